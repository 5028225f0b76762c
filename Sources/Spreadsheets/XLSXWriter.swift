import CXLSXWriter
public import Problems

/// Writes a workbook with one sheet: a title if wanted, headings, rows. The same input gives the
/// same bytes.
///
/// Text is only ever text: it makes no formula and no link, and gets an apostrophe in front where
/// ``CSVWriter`` gives it one. Rows go to a temporary file as they come, so that memory does not
/// grow with them.
public final class XLSXWriter {
  /// What a cell may hold.
  public enum Value: Hashable, Sendable {
    case blank
    case text(String)

    /// A whole number. One of more than 15 digits is written as text, because a spreadsheet would
    /// round it.
    case number(Int)

    /// A day, shown as dd/mm/yyyy: its serial number, which is 1 for 1 January 1900 and 43,831 for
    /// 1 January 2020. From 1 to 2,958,465, the last day of the year 9999.
    case day(Int)
  }

  /// The most rows of a sheet, title and headings among them.
  public static let mostRows = XLSXLimits.mostRows

  /// The most characters of a text, counted in UTF-16 as spreadsheets count.
  public static let longestText = 32_767

  private static let lastDay = 2_958_465
  private static let mostDigits = 999_999_999_999_999

  /// What a column is wide at least and at most, in digits. A day takes eleven.
  private static let widths = 11...60

  private let name: String
  private let book: OpenWorkbook
  private var row = 0
  private var isFinished = false
  private var widths: [Int]

  /// Starts a sheet and writes its title and headings.
  ///
  /// - Parameters:
  ///   - name: What problems carry.
  ///   - sheet: The sheet's name: 1 to 31 characters without any of `[]:*?/\`.
  ///   - title: A line above the headings.
  /// - Throws: ``Problems`` when a spreadsheet cannot hold them or no temporary file can be written.
  public init(
    name: String, sheet: String, title: String? = nil, columns: [String]
  ) throws(Problems) {
    book = try OpenWorkbook(name: name, sheet: sheet)
    self.name = name
    widths = Array(repeating: Self.widths.lowerBound, count: columns.count)
    if let title {
      // Does not widen the first column: it runs on over the others.
      try put(title, column: 0, book.heading)
      row += 1
    }
    for (column, heading) in columns.enumerated() {
      try write(heading, column: column, book.heading)
    }
    row += 1
    worksheet_freeze_panes(book.sheet, UInt32(row), 0)
  }

  /// Writes one row.
  ///
  /// - Throws: ``Problems`` when a spreadsheet cannot hold it.
  /// - Precondition: The workbook is not finished.
  public func append(_ values: [Value]) throws(Problems) {
    precondition(!isFinished, "Nothing can be added to a finished workbook.")
    guard row < Self.mostRows else {
      throw refusal("has more than \(Self.mostRows) rows", "write several workbooks")
    }
    for (column, value) in values.enumerated() {
      switch value {
      case .blank: break
      case .text(let text): try write(text, column: column, nil)
      case .number(let number) where number.magnitude > Self.mostDigits:
        try write(String(number), column: column, nil)
      case .number(let number): try write(number, column: column, nil)
      case .day(let serial):
        guard (1...Self.lastDay).contains(serial) else {
          throw refusal("has a day that no spreadsheet knows", "give one from 1900 to 9999")
        }
        try write(serial, column: column, book.day)
      }
    }
    row += 1
  }

  /// Finishes the workbook.
  ///
  /// - Returns: The bytes of the file.
  /// - Throws: ``Problems`` when there is no room for temporary files.
  /// - Precondition: The workbook is not finished.
  public func finish() throws(Problems) -> [UInt8] {
    precondition(!isFinished, "A workbook is finished only once.")
    isFinished = true
    for (column, width) in widths.enumerated() where column < XLSXLimits.mostColumns {
      worksheet_set_column(book.sheet, UInt16(column), UInt16(column), Double(width), nil)
    }
    return try book.close()
  }

  private func write(
    _ text: String, column: Int, _ format: UnsafeMutablePointer<lxw_format>?
  ) throws(Problems) {
    try put(text, column: column, format)
    if column < widths.count {
      widths[column] = min(max(widths[column], text.utf8.count + 1), Self.widths.upperBound)
    }
  }

  private func put(
    _ text: String, column: Int, _ format: UnsafeMutablePointer<lxw_format>?
  ) throws(Problems) {
    guard !text.isEmpty else { return }
    let text = CellText.escaped(FormulaLike.neutral(text))
    guard text.utf8.count <= Self.longestText || text.utf16.count <= Self.longestText else {
      throw refusal("has a text of more than \(Self.longestText) characters", "shorten it")
    }
    try check(
      worksheet_write_string(book.sheet, UInt32(row), place(column), text, format))
  }

  private func write(
    _ number: Int, column: Int, _ format: UnsafeMutablePointer<lxw_format>?
  ) throws(Problems) {
    try check(
      worksheet_write_number(book.sheet, UInt32(row), place(column), Double(number), format))
  }

  private func place(_ column: Int) throws(Problems) -> UInt16 {
    guard column < XLSXLimits.mostColumns else {
      throw refusal("has more than \(XLSXLimits.mostColumns) columns", "write fewer")
    }
    return UInt16(column)
  }

  private func check(_ error: lxw_error) throws(Problems) {
    guard error == LXW_NO_ERROR else {
      throw refusal("cannot be written", "make room for temporary files and try again")
    }
  }

  private func refusal(_ what: String, _ remedy: String) -> Problems {
    Problems(Problem(name, line: row + 1, what, remedy: remedy))
  }
}
