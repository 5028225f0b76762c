/// Splits bytes into CSV rows as RFC 4180 has it: commas, quotes doubled inside quotes, LF or CRLF.
///
/// Feed it a buffer; it calls back for each complete row and says how many bytes it used, so that
/// a file of any size can be read through a small buffer. Blank lines are told apart from rows.
///
/// - Complexity: one pass over the bytes; memory for one row.
struct CSVScanner {
  /// Why the rest of the bytes cannot be read as rows.
  enum Fault: Error, Equatable {
    /// A value that opens with a quote on this line is never closed.
    case unclosedQuote(line: Int)

    /// A closing quote on this line is followed by something other than a comma or the line's end.
    case textAfterQuote(line: Int)

    /// A row has more values than any table that we read.
    case tooManyValues(line: Int)

    /// A row has more bytes than ``longestRow``.
    case rowTooLong(line: Int)
  }

  /// The most bytes of a row, its line end among them.
  static let longestRow = 1 << 20

  static let mostValues = 1_024
  private static let comma = Delimiters.comma
  private static let newline = Delimiters.newline
  private static let quote = Delimiters.quote
  private static let carriageReturn = UInt8(ascii: "\r")

  /// The line on which the next row starts.
  var line: Int

  /// Is told the line of each blank line.
  private let onBlank: (Int) -> Void

  /// Whether any byte read so far is outside ASCII.
  private var sawNonASCII = false

  private let ends = Ends(count: mostValues)
  private var unquoted: [UInt8] = []

  init(line: Int, onBlank: @escaping (Int) -> Void = { _ in }) {
    self.line = line
    self.onBlank = onBlank
  }

  /// Calls `onRow` for each complete row at the start of `bytes`, until it returns false.
  ///
  /// - Parameter isEnd: Whether nothing follows `bytes`, so that a last row needs no line end.
  /// - Returns: How many bytes were used up.
  mutating func scan(
    _ bytes: UnsafeBufferPointer<UInt8>, isEnd: Bool, onRow: (TableRow) throws -> Bool
  ) throws -> Int {
    guard let start = bytes.baseAddress else { return 0 }
    let ends = ends.places
    var row = 0
    var values = 0
    var at = 0
    while at < bytes.count {
      let rest = bytes.count - at
      let block =
        rest < Delimiters.blockSize
        ? Delimiters(start + at, count: rest) : Delimiters(start + at)
      if !block.isASCII { sawNonASCII = true }
      var marks = block.marks
      let base = at
      at += Delimiters.blockSize
      while marks != 0 {
        let place = base + marks.trailingZeroBitCount
        marks &= marks - 1
        switch start[place] {
        case Self.comma:
          guard values < Self.mostValues - 1 else { throw Fault.tooManyValues(line: line) }
          ends[values] = place - row
          values += 1
        case Self.newline:
          try checkLength(place + 1 - row, isComplete: true)
          ends[values] = place - row
          if try !deliver(start + row, values + 1, onRow) { return place + 1 }
          row = place + 1
          values = 0
        default:
          // A quote inside a value that does not start with one is a letter like any other.
          guard place == row || start[place - 1] == Self.comma else { continue }
          guard let next = try scanQuoted(bytes, from: row, isEnd: isEnd, onRow: onRow) else {
            return row
          }
          if next < 0 { return -next }
          (row, at, values, marks) = (next, next, 0, 0)
        }
      }
    }
    guard row < bytes.count else { return row }
    try checkLength(bytes.count - row, isComplete: isEnd)
    guard isEnd else { return row }
    ends[values] = bytes.count - row
    _ = try deliver(start + row, values + 1, onRow)
    return bytes.count
  }

  /// Hands on a row that has no quotes; blank lines are only counted.
  @inline(__always)
  private mutating func deliver(
    _ base: UnsafePointer<UInt8>, _ count: Int, _ onRow: (TableRow) throws -> Bool
  ) throws -> Bool {
    let last = ends.places[count - 1]
    if last > 0, base[last - 1] == Self.carriageReturn { ends.places[count - 1] = last - 1 }
    let thisLine = line
    line += 1
    if ends.places[count - 1] == 0 {
      onBlank(thisLine)
      return true
    }
    return try onRow(
      TableRow(
        line: thisLine, isASCII: !sawNonASCII, base: base, ends: ends.places,
        count: count))
  }

  /// Reads one row that has quotes in it, the slow and careful way.
  ///
  /// - Returns: Where the next row starts, negated when `onRow` wants no more; nothing when the row
  ///   is not complete in `bytes`.
  private mutating func scanQuoted(
    _ bytes: UnsafeBufferPointer<UInt8>, from row: Int, isEnd: Bool,
    onRow: (TableRow) throws -> Bool
  ) throws -> Int? {
    unquoted.removeAll(keepingCapacity: true)
    var values = 0
    var at = row
    var here = line
    var isInQuotes = false
    var wasQuoted = false
    var openedOn = line
    var isComplete = false

    scanning: while at < bytes.count {
      let byte = bytes[at]
      at += 1
      if byte >= 0x80 { sawNonASCII = true }
      if isInQuotes {
        if byte == Self.quote {
          if at < bytes.count, bytes[at] == Self.quote {
            unquoted.append(Self.quote)
            at += 1
          } else if at == bytes.count, !isEnd {
            try checkLength(at - row, isComplete: false)
            return nil
          } else {
            isInQuotes = false
            wasQuoted = true
          }
        } else {
          if byte == Self.newline { here += 1 }
          unquoted.append(byte)
        }
        continue
      }
      switch byte {
      case Self.comma:
        guard values < Self.mostValues - 1 else { throw Fault.tooManyValues(line: line) }
        ends.places[values] = unquoted.count
        values += 1
        unquoted.append(byte)
        wasQuoted = false
      case Self.newline:
        here += 1
        isComplete = true
        break scanning
      case Self.quote
      where !wasQuoted && unquoted.count == (values == 0 ? 0 : ends.places[values - 1] + 1):
        isInQuotes = true
        openedOn = here
      case Self.carriageReturn where at < bytes.count && bytes[at] == Self.newline:
        continue
      case Self.carriageReturn where at == bytes.count:
        if !isEnd {
          try checkLength(at - row, isComplete: false)
          return nil
        }
      default:
        if wasQuoted { throw Fault.textAfterQuote(line: here) }
        unquoted.append(byte)
      }
    }
    try checkLength(at - row, isComplete: isComplete || isEnd)
    if isInQuotes {
      if isEnd { throw Fault.unclosedQuote(line: openedOn) }
      return nil
    }
    guard isComplete || isEnd else { return nil }
    ends.places[values] = unquoted.count
    let thisLine = line
    // The last row of a file may lack its line end.
    line = isComplete ? here : here + 1
    let isASCII = !sawNonASCII
    let isWanted = try unquoted.withUnsafeBufferPointer { text in
      // An empty array may have no address; a row of empty quotes still needs one.
      let base = text.baseAddress ?? UnsafePointer(ends.blank)
      return try onRow(
        TableRow(
          line: thisLine, isASCII: isASCII, base: base, ends: ends.places,
          count: values + 1))
    }
    return isWanted ? at : -at
  }

  /// Refuses a row that is too long, or that is going to be: one that is not complete goes on.
  private func checkLength(_ length: Int, isComplete: Bool) throws {
    if length > Self.longestRow || (length == Self.longestRow && !isComplete) {
      throw Fault.rowTooLong(line: line)
    }
  }
}

/// Where the values of the row being read end, in memory that does not move.
private final class Ends {
  let places: UnsafeMutablePointer<Int>

  /// One byte to point at for a row without any.
  let blank: UnsafeMutablePointer<UInt8>

  init(count: Int) {
    places = .allocate(capacity: count)
    places.initialize(repeating: 0, count: count)
    blank = .allocate(capacity: 1)
    blank.initialize(to: 0)
  }

  deinit {
    places.deallocate()
    blank.deallocate()
  }
}
