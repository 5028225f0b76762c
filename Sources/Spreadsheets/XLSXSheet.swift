/// The rows of one sheet of a workbook, read and checked.
///
/// Values are texts as the file has them: dates are serial numbers, because their format is not
/// looked at. May hold personal data.
public struct XLSXSheet: Sendable {
  /// A row that has values.
  private struct Row {
    /// Counted from one.
    let number: Int32

    /// Where its bytes begin.
    let start: Int32

    /// Where the ends of its values begin.
    let firstEnd: Int32
  }

  private var rows: [Row] = []

  /// The values, with one byte between those of a row.
  private var text: [UInt8] = []

  /// Where each value ends, from the start of its row.
  private var ends: [Int32] = []

  /// How many rows have values.
  public var rowCount: Int { rows.count }

  /// How many values the longest row has.
  public private(set) var columnCount = 0

  init() {}

  /// Calls `onRow` for each row that has values, in order. Its `line` is its number in the sheet, so
  /// that blank rows show as a gap.
  ///
  /// A row has values up to its last cell with text; cells before it that are missing are empty.
  public func forEachRow(_ onRow: (TableRow) throws -> Void) rethrows {
    try text.withUnsafeBufferPointer { text in
      try withUnsafeTemporaryAllocation(of: Int.self, capacity: columnCount) { places in
        guard let base = text.baseAddress, let place = places.baseAddress else { return }
        for (index, row) in rows.enumerated() {
          let first = Int(row.firstEnd)
          let end = index + 1 < rows.count ? Int(rows[index + 1].firstEnd) : ends.count
          for value in first..<end { places[value - first] = Int(ends[value]) }
          try onRow(
            TableRow(
              line: Int(row.number), isASCII: false, base: base + Int(row.start), ends: place,
              count: end - first))
        }
      }
    }
  }

  // MARK: - Building

  /// How many values the row being built has.
  private var width = 0

  /// The number of the row being built.
  private var number = 0

  private var start = 0

  /// The number of the row being built.
  var currentRow: Int { number }

  /// Starts a row. Rows come in the order of their numbers.
  mutating func startRow(_ number: Int) throws(XLSXFault) {
    guard number > self.number, number <= XLSXLimits.mostRows else {
      throw number > XLSXLimits.mostRows
        ? .badReference(row: self.number + 1) : .rowOutOfPlace(row: number)
    }
    self.number = number
    width = 0
    start = text.count
  }

  /// Adds a value to the row. Values come in the order of their columns, counted from zero; those
  /// between are empty. A value without text adds nothing.
  mutating func append(
    _ value: UnsafeBufferPointer<UInt8>, column: Int
  ) throws(XLSXFault) {
    guard !value.isEmpty else { return }
    guard column >= width else { throw .cellOutOfPlace(row: number) }
    guard column < CSVScanner.mostValues else { throw .tooManyValues(row: number) }
    guard value.count <= XLSXLimits.longestValue else { throw .valueTooLong(row: number) }
    if width == 0 {
      rows.append(
        Row(number: Int32(number), start: Int32(start), firstEnd: Int32(ends.count)))
    }
    while width <= column {
      if width > 0 { text.append(UInt8(ascii: ",")) }
      if width == column { text.append(contentsOf: value) }
      ends.append(Int32(text.count - start))
      width += 1
    }
    columnCount = max(columnCount, width)
    guard text.count - start <= CSVScanner.longestRow else { throw .rowTooLong(row: number) }
    guard ends.count <= XLSXLimits.mostValues, text.count <= XLSXLimits.mostText else {
      throw .sheetTooLarge(row: number)
    }
  }
}
