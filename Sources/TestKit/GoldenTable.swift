public import Foundation
public import Testing

/// A Markdown table that a test and a person read alike: a source, then rows.
public struct GoldenTable: Sendable {
  /// One row: text by column.
  public struct Row: Sendable, CustomTestStringConvertible {
    public let line: Int
    let cells: [String: String]

    public var testDescription: String { "line \(line): \(cells["case"] ?? "")" }

    /// The text in a column.
    public func text(_ column: String) throws -> String {
      guard let text = cells[column] else { throw GoldenTableError.noColumn(column, line: line) }
      return text
    }

    /// The whole number in a column.
    public func number(_ column: String) throws -> Int {
      let text = try text(column)
      guard let number = Int(text) else { throw GoldenTableError.noNumber(text, line: line) }
      return number
    }
  }

  /// Never empty.
  public let rows: [Row]

  /// Reads `Tables/<name>.md` of a test target.
  public init(_ name: String, in bundle: Bundle) throws {
    guard let url = bundle.url(forResource: name, withExtension: "md", subdirectory: "Tables")
    else {
      throw GoldenTableError.noTable(name)
    }
    let lines = try String(contentsOf: url, encoding: .utf8).components(separatedBy: "\n")
    var heading: [String]?
    var rows: [Row] = []
    for (place, line) in lines.enumerated() where line.hasPrefix("|") {
      let cells = line.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
      if cells.allSatisfy({ cell in cell.allSatisfy { "-:".contains($0) } }) { continue }
      guard let heading else {
        heading = cells
        continue
      }
      rows.append(
        Row(line: place + 1, cells: Dictionary(zip(heading, cells)) { first, _ in first }))
    }
    guard !rows.isEmpty else { throw GoldenTableError.noRows(name) }
    self.rows = rows
  }
}

/// Why a golden table cannot be used.
public enum GoldenTableError: Error {
  case noTable(String)
  case noRows(String)
  case noColumn(String, line: Int)
  case noNumber(String, line: Int)
}
