import Records
import Workflows

/// Reads exported records, and single entries.
enum RecordTrial {
  static func run(_ bytes: [UInt8]) throws(BrokenPromise) {
    let lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    for line in lines { try read(Array(line)) }
    let known = try Known.load()
    guard let verified = VerifyRecords.run(export: bytes, known.editions) else { return }
    try promise(
      (0...lines.count).contains(verified.entries),
      "\(verified.entries) entries of \(lines.count) lines")
    if verified.fault == nil {
      try promise(
        verified.entries == lines.count - 2,
        "\(verified.entries) entries are right and \(lines.count) lines are there")
    } else {
      try promise(verified.fault?.what.isEmpty == false, "a fault without words")
    }
  }

  private static func read(_ line: [UInt8]) throws(BrokenPromise) {
    guard let entry = try? Entry(line: line) else { return }  // Most are none.
    try promise(entry.line == line, "a line that is not what was read")
  }
}
