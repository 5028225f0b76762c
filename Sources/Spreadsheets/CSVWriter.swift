/// Writes rows as RFC 4180 has it, safe to open in a spreadsheet program.
///
/// A text value that a spreadsheet would take for a formula (it starts with `=`, `+`, `-`, `@`, a
/// tab or a carriage return) gets an apostrophe in front; plain numbers stay as they are.
public struct CSVWriter {
  /// What was written so far, with LF line ends.
  public private(set) var text = ""

  public init(columns: [String]) {
    append(columns)
  }

  /// Writes one row; nothing is an empty value.
  public mutating func append(_ values: [String?]) {
    let row = values.map { Self.quoted(FormulaLike.neutral($0 ?? "")) }.joined(separator: ",")
    // A lone empty value is written in quotes, or its row would be a blank line.
    text += (row.isEmpty ? "\"\"" : row) + "\n"
  }

  /// A value as it stands in a row: in quotes where it has to be, and otherwise as it is, also where
  /// a spreadsheet program would take it for a formula.
  public static func quoted(_ value: String) -> String {
    guard value.utf8.contains(where: { $0 == 44 || $0 == 34 || $0 == 10 || $0 == 13 }) else {
      return value
    }
    var quoted = "\""
    for scalar in value.unicodeScalars {
      if scalar == "\"" { quoted.unicodeScalars.append(scalar) }
      quoted.unicodeScalars.append(scalar)
    }
    return quoted + "\""
  }
}
