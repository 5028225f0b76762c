import Spreadsheets

/// A row as the reader of cases sees it, wherever it comes from.
protocol ValueRow {
  var count: Int { get }

  /// The bytes of a value.
  subscript(column: Int) -> UnsafeBufferPointer<UInt8> { get }
}

extension TableRow: ValueRow {}

/// A row of a file that needs no care.
struct PlainRow: ValueRow {
  let rows: PlainRows
  let row: Int
  let count: Int

  @inline(__always)
  subscript(column: Int) -> UnsafeBufferPointer<UInt8> { rows[row, column] }
}

extension ValueRow {
  var isBlank: Bool {
    (0..<count).allSatisfy { column in self[column].allSatisfy { $0 == 32 || $0 == 9 } }
  }
}
