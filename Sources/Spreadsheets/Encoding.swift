public import Problems

extension CSVFile {
  /// How letters beyond ASCII are written.
  public enum Encoding: String, Sendable {
    case utf8 = "UTF-8"

    /// What older programs for Windows write.
    case windows1252 = "Windows-1252"
  }

  /// The same file, read as Windows-1252 if it is not UTF-8.
  ///
  /// Holds the whole file in memory.
  ///
  /// - Parameter heading: Which of the first rows is the heading.
  /// - Throws: ``Problems`` when it is neither.
  public func inItsEncoding(
    heading: ([[String]]) -> Int
  ) throws(Problems) -> CSVFile {
    let bytes = try allBytes()
    if String(validating: bytes, as: UTF8.self) != nil { return self }
    return try CSVFile(
      bytes: try Self.recoded(bytes, name: name), name: name, encoding: .windows1252,
      heading: heading)
  }

  /// Refuses what its first bytes show to be written in a way that we do not read.
  static func checkKind(_ start: [UInt8], name: String) throws(Problems) {
    let isMarked = start.starts(with: [0xFF, 0xFE]) || start.starts(with: [0xFE, 0xFF])
    if isMarked || looksLikeUTF16(start) {
      throw Problems(
        Problem(name, line: 1, "is written in UTF-16", remedy: "save it as “CSV UTF-8”"))
    }
    let carriageReturn = UInt8(ascii: "\r")
    if !start.contains(Delimiters.newline), start.dropLast().contains(carriageReturn) {
      throw Problems(
        Problem(
          name, line: 1, "has the line ends of an old Mac, CR alone",
          remedy: "save it as “CSV UTF-8”, not as “CSV (Macintosh)”"))
    }
  }

  /// Whether every other byte is zero, as of Latin letters in UTF-16: all in one half, none in the
  /// other. A few letters may be others.
  private static func looksLikeUTF16(_ start: [UInt8]) -> Bool {
    let pairs = min(start.count, 64) / 2
    guard pairs >= 2 else { return false }
    let first = (0..<pairs).count { start[2 * $0] == 0 }
    let second = (0..<pairs).count { start[2 * $0 + 1] == 0 }
    return min(first, second) == 0 && max(first, second) * 4 >= pairs * 3
  }

  /// Windows-1252 as UTF-8.
  ///
  /// - Source: WHATWG Encoding, index windows-1252, without its five control characters.
  private static func recoded(_ bytes: [UInt8], name: String) throws(Problems) -> [UInt8] {
    var text: [UInt8] = []
    text.reserveCapacity(bytes.count + bytes.count / 8)
    var line = 1
    for byte in bytes {
      if byte == Delimiters.newline { line += 1 }
      if byte < 0x80 {
        text.append(byte)
        continue
      }
      let scalar = byte < 0xA0 ? high[Int(byte - 0x80)] : UInt32(byte)
      guard scalar != 0, let letter = Unicode.Scalar(scalar) else {
        throw Problems(
          Problem(
            name, line: line, "is neither UTF-8 nor Windows-1252", remedy: "save it as “CSV UTF-8”")
        )
      }
      text += Array(UTF8.encode(letter) ?? .init())
    }
    return text
  }

  /// What 0x80 to 0x9F stand for; zero for nothing.
  private static let high: [UInt32] = [
    0x20AC, 0, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021,
    0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0, 0x017D, 0,
    0, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
    0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0, 0x017E, 0x0178,
  ]
}
