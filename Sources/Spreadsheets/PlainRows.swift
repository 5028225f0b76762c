import Foundation
public import Problems

/// Some rows of a file that needs no care: no quotes, no blank lines, the same number of values in
/// each row. Valid only inside the call that received it.
@frozen public struct PlainRows {
  /// How many rows there are.
  public let count: Int

  /// How many values a row has.
  @usableFromInline let width: Int

  @usableFromInline let base: UnsafePointer<UInt8>

  /// Where the mark before each value is, a comma or a line feed, and behind the last one.
  @usableFromInline let marks: UnsafePointer<Int32>

  /// The bytes of a value.
  ///
  /// - Precondition: `0 ..< count` contains `row`, and `column` is one of the file's.
  @inlinable @inline(__always)
  public subscript(row: Int, column: Int) -> UnsafeBufferPointer<UInt8> {
    let place = row &* width &+ column
    let start = Int(marks[place]) &+ 1
    var end = Int(marks[place &+ 1])
    if column == width &- 1, end > start, base[end &- 1] == UInt8(ascii: "\r") { end &-= 1 }
    return UnsafeBufferPointer(start: base + start, count: end &- start)
  }
}

extension CSVFile {
  /// Bytes that are looked at together; few enough to stay in the nearest memory.
  private static let blockSize = 1 << 17

  /// Hands on the rows of a part of the body many at a time, as long as they are plain.
  ///
  /// - Parameter onRows: Returns whether it wants more.
  /// - Returns: Whether all rows were handed on. When not, the part has rows that need
  ///   ``forEachRow(onBlank:_:)``, or `onRows` wanted no more.
  /// - Throws: ``Problems`` when the file cannot be read.
  public func forEachPlainRows(
    in range: Range<Int>, _ onRows: (PlainRows) -> Bool
  ) throws(Problems) -> Bool {
    // A blank line and a row with one empty value are the same bytes.
    guard columns.count > 1 else { return false }
    let source = try ByteSource(content, range, name: name)
    // Room for a line end that is missing and for what may be looked at behind it.
    let capacity = Self.blockSize + 2 * Delimiters.blockSize
    let buffer = UnsafeMutablePointer<UInt8>.allocate(capacity: capacity)
    defer { buffer.deallocate() }
    let marks = UnsafeMutablePointer<Int32>.allocate(capacity: capacity)
    defer { marks.deallocate() }

    var held = 0
    while true {
      held += try source.read(into: buffer + held, atMost: Self.blockSize - held)
      if source.isAtEnd {
        if held == 0 { return true }
        if buffer[held - 1] != Delimiters.newline {
          buffer[held] = Delimiters.newline
          held += 1
        }
      }
      guard let (rows, used) = plainRows(buffer, held, marks), rows.count > 0, onRows(rows)
      else { return false }
      held -= used
      buffer.update(from: buffer + used, count: held)
    }
  }

  /// The complete rows at the start of some bytes and how many bytes they take; nothing when they
  /// are not plain.
  private func plainRows(
    _ bytes: UnsafeMutablePointer<UInt8>, _ count: Int, _ marks: UnsafeMutablePointer<Int32>
  ) -> (rows: PlainRows, used: Int)? {
    // What lies behind the last byte must not look like a mark.
    (bytes + count).initialize(repeating: 0, count: Delimiters.blockSize)
    marks[0] = -1
    var found = 1
    var isASCII = true
    for at in stride(from: 0, to: count, by: Delimiters.blockSize) {
      let block = Delimiters(bytes + at)
      if !block.isASCII { isASCII = false }
      var bits = block.marks
      while bits != 0 {
        marks[found] = Int32(truncatingIfNeeded: at &+ bits.trailingZeroBitCount)
        found &+= 1
        bits &= bits &- 1
      }
    }
    let width = columns.count
    let rows = (found - 1) / width
    var place = 1
    for _ in 0..<rows {
      for _ in 1..<width {
        if bytes[Int(marks[place])] != Delimiters.comma { return nil }
        place &+= 1
      }
      if bytes[Int(marks[place])] != Delimiters.newline { return nil }
      place &+= 1
    }
    while place < found {
      if bytes[Int(marks[place])] != Delimiters.comma { return nil }
      place += 1
    }
    let used = Int(marks[rows * width]) + 1
    let text = UnsafeBufferPointer(start: bytes, count: used)
    if !isASCII, String(validating: text, as: UTF8.self) == nil { return nil }
    return (PlainRows(count: rows, width: width, base: UnsafePointer(bytes), marks: marks), used)
  }
}
