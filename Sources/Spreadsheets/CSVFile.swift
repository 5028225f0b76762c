public import Problems

/// A CSV file on disk or in memory, read in pieces.
///
/// Knows nothing of what the columns mean. Refuses what cannot be read as text: every complaint is
/// a ``Problem`` with its line.
public struct CSVFile: Sendable {
  /// A row longer than this many bytes is refused; nothing that we read comes near it.
  public static let longestRow = CSVScanner.longestRow

  /// The name that problems carry.
  public let name: String

  enum Content: Sendable {
    case bytes([UInt8])
    case path(String)
  }

  let content: Content

  /// How it is written, as far as that is known before it is read.
  public let encoding: Encoding

  /// The rows above the heading, as they stand.
  public let above: [[String]]

  /// The heading's names in order, trimmed.
  public let columns: [String]

  /// Where the rows below the heading start and end, in bytes.
  public let body: Range<Int>

  /// The line of the first row below the heading.
  public let bodyLine: Int

  /// How many rows at the start of a file are searched for the heading.
  public static let mostRowsAbove = 20

  /// Opens a file that lies on disk.
  ///
  /// - Parameters:
  ///   - encodings: What it may be written in. Where more than UTF-8 is accepted, letters of the
  ///     heading that are not UTF-8 are replaced: see ``inItsEncoding(heading:)``.
  ///   - heading: Which of the first rows is the heading.
  /// - Throws: ``Problems`` when it cannot be opened, is empty, is not UTF-8 or has no heading.
  public init(
    path: String, name: String? = nil, accepting encodings: Set<Encoding> = [.utf8],
    heading: ([[String]]) -> Int = { _ in 0 }
  ) throws(Problems) {
    let name = name ?? path
    let size = try ByteSource.size(ofFileAt: path, name: name, shouldBe: "a CSV file")
    try self.init(.path(path), size: size, name: name, .utf8, encodings, heading)
  }

  /// The first bytes of a file on disk. Four tell what kind of file it is.
  ///
  /// - Throws: ``Problems`` when it cannot be opened.
  public static func firstBytes(path: String, atMost count: Int) throws(Problems) -> [UInt8] {
    let size = try ByteSource.size(ofFileAt: path, name: path, shouldBe: "a CSV file")
    return try ByteSource.read(.path(path), 0..<min(size, count), name: path)
  }

  /// Takes content that is already in memory.
  ///
  /// - Parameter heading: Which of the first rows is the heading.
  /// - Throws: ``Problems`` when it is empty, is not UTF-8 or has no heading.
  public init(
    bytes: [UInt8], name: String, accepting encodings: Set<Encoding> = [.utf8],
    heading: ([[String]]) -> Int = { _ in 0 }
  ) throws(Problems) {
    try self.init(.bytes(bytes), size: bytes.count, name: name, .utf8, encodings, heading)
  }

  /// Takes what was written in another encoding and is UTF-8 now.
  init(
    bytes: [UInt8], name: String, encoding: Encoding, heading: ([[String]]) -> Int
  ) throws(Problems) {
    try self.init(.bytes(bytes), size: bytes.count, name: name, encoding, [.utf8], heading)
  }

  private init(
    _ content: Content, size: Int, name: String, _ encoding: Encoding, _ encodings: Set<Encoding>,
    _ heading: ([[String]]) -> Int
  ) throws(Problems) {
    self.encoding = encoding
    self.name = name
    self.content = content
    guard size > 0 else {
      throw Problems(Problem(name, "is empty", remedy: "give a file with a heading and rows"))
    }
    let start = try ByteSource.read(content, 0..<min(size, Self.longestRow), name: name)
    try Self.checkKind(start, name: name)
    let mark = start.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    let first = try Self.firstRows(
      of: start, from: mark, isWhole: size == start.count, name, encodings)
    let place = first.isEmpty ? 0 : heading(first.map(\.values))
    guard first.indices.contains(place) else {
      throw Problems(
        Problem(name, line: 1, "has no heading", remedy: "put the names of the columns on line 1"))
    }
    let columns = first[place].values.map(TableRow.trimmed)
    var seen: Set<String> = []
    for column in columns where !column.isEmpty && !seen.insert(column).inserted {
      throw Problems(
        Problem(
          name, line: first[place].nextLine - 1, "has two columns named “\(column)”",
          remedy: "rename or remove one"))
    }
    self.columns = columns
    above = first[..<place].map(\.values)
    body = first[place].end..<size
    bodyLine = first[place].nextLine
  }

  /// A row at the start of a file.
  private struct FirstRow {
    let values: [String]

    /// Where it ends, in bytes from the start of the file.
    let end: Int

    /// The line of what follows.
    let nextLine: Int
  }

  private static func firstRows(
    of start: [UInt8], from mark: Int, isWhole: Bool, _ name: String, _ encodings: Set<Encoding>
  ) throws(Problems) -> [FirstRow] {
    var scanner = CSVScanner(line: 1)
    var rows: [FirstRow] = []
    var used = mark
    do {
      while rows.count <= mostRowsAbove, used < start.count {
        var values: [String] = []
        used += try start[used...].withUnsafeBufferPointer { bytes in
          try scanner.scan(bytes, isEnd: isWhole) { row in
            if encodings == [.utf8] { try Self.checkEncoding(of: row, in: name) }
            values = (0..<row.count).map { String(decoding: row[$0], as: UTF8.self) }
            return false
          }
        }
        if values.isEmpty { break }
        rows.append(FirstRow(values: values, end: used, nextLine: scanner.line))
      }
    } catch {
      // What is wrong below the heading is said when it is read.
      if rows.isEmpty { throw Self.problems(of: error, name: name) }
    }
    return rows
  }

  /// Calls `onRow` for each row below the heading, in order.
  ///
  /// - Parameter onBlank: Is told each line that is blank.
  /// - Throws: ``Problems`` for bytes that are not rows or not UTF-8, and whatever `onRow` throws.
  public func forEachRow(
    onBlank: @escaping (Int) -> Void = { _ in }, _ onRow: (TableRow) throws -> Void
  ) throws {
    var scanner = CSVScanner(line: bodyLine, onBlank: onBlank)
    do {
      try stream(&scanner) { row in
        if !row.isASCII { try Self.checkEncoding(of: row, in: name) }
        try onRow(row)
      }
    } catch {
      throw Self.translated(error, name: name)
    }
  }

  /// The body in about equal parts, cut only between rows. Valid only when no value has quotes
  /// with line ends in them: where ``forEachPlainRows(in:_:)`` finds that a part is not plain, the
  /// body must be read undivided.
  public func parts(_ count: Int) throws(Problems) -> [Range<Int>] {
    var cuts = [body.lowerBound]
    for index in 1..<max(count, 1) {
      let wanted = body.lowerBound + body.count / count * index
      guard wanted > (cuts.last ?? 0) else { continue }
      let window = wanted..<min(wanted + Self.longestRow, body.upperBound)
      let bytes = try ByteSource.read(content, window, name: name)
      guard let lineEnd = bytes.firstIndex(of: UInt8(ascii: "\n")) else { continue }
      cuts.append(wanted + lineEnd + 1)
    }
    cuts.append(body.upperBound)
    return zip(cuts, cuts.dropFirst()).map { $0..<$1 }
  }

  // MARK: - Reading in pieces

  private func stream(
    _ scanner: inout CSVScanner, _ onRow: (TableRow) throws -> Void
  ) throws {
    let source = try ByteSource(content, body, name: name)
    let size = min(body.count, 2 * Self.longestRow)
    let buffer = UnsafeMutablePointer<UInt8>.allocate(capacity: size)
    defer { buffer.deallocate() }

    var held = 0
    while !source.isAtEnd {
      held += try source.read(into: buffer + held, atMost: size - held)
      let bytes = UnsafeBufferPointer(start: buffer, count: held)
      let used = try scanner.scan(bytes, isEnd: source.isAtEnd) { row in
        try onRow(row)
        return true
      }
      held -= used
      buffer.update(from: buffer + used, count: held)
    }
  }

  func allBytes() throws(Problems) -> [UInt8] {
    switch content {
    case .bytes(let bytes): bytes
    case .path: try ByteSource.read(content, 0..<body.upperBound, name: name)
    }
  }

  // MARK: - Complaints

  static func unreadable(_ name: String) -> Problems {
    Problems(
      Problem(name, "could not be read to its end", remedy: "check the disk and try again"))
  }

  private static func checkEncoding(of row: TableRow, in name: String) throws {
    for index in 0..<row.count where String(validating: row[index], as: UTF8.self) == nil {
      throw Problems(
        Problem(
          name, line: row.line, "value \(index + 1) is not UTF-8", remedy: "save it as “CSV UTF-8”")
      )
    }
  }

  private static func translated(_ error: any Error, name: String) -> any Error {
    error is CSVScanner.Fault ? problems(of: error, name: name) : error
  }

  private static func problems(of error: any Error, name: String) -> Problems {
    switch error {
    case let problems as Problems: problems
    case CSVScanner.Fault.unclosedQuote(let line):
      Problems(
        Problem(
          name, line: line, "a quote opens here and is never closed",
          remedy: "close it, or double a quote that belongs to the text"))
    case CSVScanner.Fault.textAfterQuote(let line):
      Problems(
        Problem(
          name, line: line, "text follows a closing quote",
          remedy: "put a comma between, or double a quote that belongs to the text"))
    case CSVScanner.Fault.tooManyValues(let line):
      Problems(
        Problem(
          name, line: line, "a row has more than \(CSVScanner.mostValues) values",
          remedy: "check that this is the right file"))
    case CSVScanner.Fault.rowTooLong(let line):
      Problems(
        Problem(
          name, line: line, "a row is longer than \(longestRow) bytes",
          remedy: "look for a quote that is not closed, or shorten the row"))
    default: unreadable(name)
    }
  }
}
