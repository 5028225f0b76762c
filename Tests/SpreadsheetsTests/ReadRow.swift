import Foundation
import Problems
import Spreadsheets

/// A row as it was read, copied out of the reader's buffer.
struct ReadRow: Hashable, Sendable, CustomStringConvertible {
  let line: Int
  let values: [String]

  init(_ row: TableRow) {
    line = row.line
    values = (0..<row.count).map { String(decoding: row[$0], as: UTF8.self) }
  }

  var description: String { "\(line): \(values)" }
}

extension CSVFile {
  init(_ text: String) throws(Problems) {
    try self.init(bytes: Array(text.utf8), name: "t.csv")
  }

  func allRows() throws -> [ReadRow] {
    var rows: [ReadRow] = []
    try forEachRow { rows.append(ReadRow($0)) }
    return rows
  }
}

/// The rows below a heading, or every problem as text.
func rows(_ text: String) throws -> [ReadRow] {
  try CSVFile(text).allRows()
}

/// What is wrong with a file, as it is printed; empty when nothing is.
func complaint(_ bytes: some Sequence<UInt8>) -> String {
  do {
    _ = try CSVFile(bytes: Array(bytes), name: "t.csv").allRows()
    return ""
  } catch {
    return "\(error)"
  }
}

/// The same bytes on disk, for as long as `body` runs.
func onDisk<Result>(_ bytes: [UInt8], _ body: (CSVFile) throws -> Result) throws -> Result {
  let url = FileManager.default.temporaryDirectory
    .appendingPathComponent("plumbline-\(UUID().uuidString).csv")
  try Data(bytes).write(to: url)
  defer { try? FileManager.default.removeItem(at: url) }
  return try body(CSVFile(path: url.path, name: "t.csv"))
}
