/// One row of a CSV file or a sheet while it is being read. Valid only inside the call that received
/// it.
///
/// Values are bytes in the reader's buffer, already without quotes; nothing is copied until asked.
public struct TableRow {
  /// The line on which the row starts, or its number in the sheet; counted from one.
  public let line: Int

  /// Whether every byte of the row is known to be ASCII.
  let isASCII: Bool

  let base: UnsafePointer<UInt8>
  let ends: UnsafePointer<Int>

  /// How many values the row has. Never less than one.
  public let count: Int

  @inline(__always)
  init(
    line: Int, isASCII: Bool, base: UnsafePointer<UInt8>,
    ends: UnsafePointer<Int>, count: Int
  ) {
    self.line = line
    self.isASCII = isASCII
    self.base = base
    self.ends = ends
    self.count = count
  }

  /// The bytes of a value.
  ///
  /// Values are stored one behind the other with one byte (the comma) between them.
  ///
  /// - Precondition: `0 ..< count` contains `index`.
  @inline(__always)
  public subscript(index: Int) -> UnsafeBufferPointer<UInt8> {
    let start = index == 0 ? 0 : ends[index - 1] + 1
    return UnsafeBufferPointer(start: base + start, count: ends[index] - start)
  }

  /// A value as text, without white space at either end. Bytes that are not UTF-8 are replaced.
  public func text(_ index: Int) -> String { Self.text(self[index]) }

  /// The bytes of a value as text, without white space at either end.
  public static func text(_ bytes: UnsafeBufferPointer<UInt8>) -> String {
    var bytes = bytes[...]
    while let first = bytes.first, first == 32 || first == 9 { bytes = bytes.dropFirst() }
    while let last = bytes.last, last == 32 || last == 9 { bytes = bytes.dropLast() }
    return String(decoding: bytes, as: UTF8.self)
  }

  static func trimmed(_ text: String) -> String {
    var text = text
    return text.withUTF8 { Self.text($0) }
  }
}
