/// What a workbook may be at most. Each limit is counted on what was really read, and none trusts
/// a number that the file gives of itself.
enum XLSXLimits {
  /// The most parts of the zip file. A workbook of many sheets with drawings has some hundreds.
  static let mostParts = 4_096

  /// The most bytes of the zip file's directory; four thousand parts need about half as many.
  static let largestDirectory = 1 << 20

  /// The most bytes that one reading unpacks, over all parts.
  static let mostUnpacked = 512 << 20

  /// How many times its packed size a part may unpack to. Real sheets stay below one hundred.
  static let largestRatio = 400

  /// How many bytes a part may unpack to whatever its ratio.
  static let unpackedUnchecked = 16 << 20

  /// The deepest nesting of XML elements. A sheet needs seven.
  static let deepestNesting = 64

  /// The most attributes of an XML element. Workbooks have about forty at most.
  static let mostAttributes = 128

  /// The most elements, attributes, comments and pieces of text of a part together. A cell of a
  /// table takes six of them; reading all takes some ten seconds.
  static let mostMarkup = 48_000_000

  /// The most equals signs between two `<`. The parser takes time that grows with the square of
  /// an element's attributes before it shows them.
  static let mostEqualsSigns = 1 << 15

  /// The most sheets of a workbook.
  static let mostSheets = 1_024

  /// The rows of a sheet, as Excel has them.
  static let mostRows = 1_048_576

  /// The columns of a sheet, as Excel has them. A row may use ``CSVScanner/mostValues`` of them.
  static let mostColumns = 16_384

  /// The most values of a sheet, empty ones before the last of a row among them.
  static let mostValues = 8_000_000

  /// The most bytes of all values of a sheet together, one more for each value.
  static let mostText = 256 << 20

  /// The most shared strings of a workbook.
  static let mostSharedStrings = 4_000_000

  /// The most bytes of all shared strings of a workbook together.
  static let mostSharedText = 128 << 20

  /// The most bytes of a value in UTF-8: the 32,767 characters that a cell holds, at three bytes.
  static let longestValue = 98_301

  /// The most bytes of a piece of text as it stands in the file, where one character may be
  /// written with seven, as in `_x000D_`.
  static let longestWritten = 7 * longestValue
}
