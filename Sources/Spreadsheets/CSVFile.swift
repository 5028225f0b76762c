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

  /// The heading's names in order, trimmed.
  public let columns: [String]

  /// Where the rows below the heading start and end, in bytes.
  public let body: Range<Int>

  /// The line of the first row below the heading.
  public let bodyLine: Int

  /// Opens a file that lies on disk.
  ///
  /// - Throws: ``Problems`` when it cannot be opened, is empty, is not UTF-8 or has no heading.
  public init(path: String, name: String? = nil) throws(Problems) {
    let name = name ?? path
    let size = try ByteSource.size(ofFileAt: path, name: name, shouldBe: "a CSV file")
    try self.init(.path(path), size: size, name: name)
  }

  /// Takes content that is already in memory.
  ///
  /// - Throws: ``Problems`` when it is empty, is not UTF-8 or has no heading.
  public init(bytes: [UInt8], name: String) throws(Problems) {
    try self.init(.bytes(bytes), size: bytes.count, name: name)
  }

  private init(_ content: Content, size: Int, name: String) throws(Problems) {
    self.name = name
    self.content = content
    guard size > 0 else {
      throw Problems(Problem(name, "is empty", remedy: "give a file with a heading and rows"))
    }
    let start = try ByteSource.read(content, 0..<min(size, Self.longestRow), name: name)
    if start.starts(with: [0xFF, 0xFE]) || start.starts(with: [0xFE, 0xFF]) {
      throw Problems(
        Problem(name, line: 1, "is written in UTF-16", remedy: "save it as “CSV UTF-8”"))
    }
    let mark = start.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    var scanner = CSVScanner(line: 1)
    var columns: [String] = []
    var used = 0
    do {
      used = try start[mark...].withUnsafeBufferPointer { bytes in
        try scanner.scan(bytes, isEnd: size == start.count) { row in
          try Self.checkEncoding(of: row, in: name)
          columns = (0..<row.count).map(row.text)
          return false
        }
      }
    } catch {
      throw Self.problems(of: error, name: name)
    }
    guard !columns.isEmpty else {
      throw Problems(
        Problem(name, line: 1, "has no heading", remedy: "put the names of the columns on line 1"))
    }
    var seen: Set<String> = []
    for column in columns where !column.isEmpty && !seen.insert(column).inserted {
      throw Problems(
        Problem(
          name, line: scanner.line - 1, "has two columns named “\(column)”",
          remedy: "rename or remove one"))
    }
    self.columns = columns
    body = (mark + used)..<size
    bodyLine = scanner.line
  }

  /// Calls `onRow` for each row below the heading, in order.
  ///
  /// - Throws: ``Problems`` for bytes that are not rows or not UTF-8, and whatever `onRow` throws.
  public func forEachRow(_ onRow: (TableRow) throws -> Void) throws {
    try forEachRow(in: body, line: bodyLine, onRow)
  }

  /// Calls `onRow` for each row in a part of the body that starts and ends at a row.
  public func forEachRow(
    in range: Range<Int>, line: Int, _ onRow: (TableRow) throws -> Void
  ) throws {
    var scanner = CSVScanner(line: line)
    do {
      try stream(range, &scanner) { row in
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
    _ range: Range<Int>, _ scanner: inout CSVScanner, _ onRow: (TableRow) throws -> Void
  ) throws {
    let source = try ByteSource(content, range, name: name)
    let size = min(range.count, 2 * Self.longestRow)
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
