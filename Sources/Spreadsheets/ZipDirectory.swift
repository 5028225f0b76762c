/// A look at the end of a zip file before libzip reads its directory.
///
/// libzip takes the number of parts and the size of the directory as they stand there, makes room
/// for all of them, and reads the directory anew for each place that could be its end.
enum ZipDirectory {
  private static let endSize = 22
  private static let longestComment = 65_535
  private static let locatorSize = 20
  private static let largeEndSize = 56

  /// The most places that may look like the directory's end: a zip file inside has one, too.
  private static let mostEnds = 8

  /// Refuses a file whose directory is larger than any workbook's.
  static func check(_ bytes: UnsafeBufferPointer<UInt8>) throws(XLSXFault) {
    var ends = 0
    var place = max(0, bytes.count - longestComment - endSize - locatorSize)
    while place + endSize <= bytes.count {
      defer { place += 1 }
      guard number(bytes, place, 4) == 0x0605_4B50 else { continue }
      var parts = number(bytes, place + 10, 2)
      var size = number(bytes, place + 12, 4)
      var start = number(bytes, place + 16, 4)
      let locator = place - locatorSize
      if locator >= 0, number(bytes, locator, 4) == 0x0706_4B50 {
        let large = number(bytes, locator + 8, 8)
        guard large <= UInt64(bytes.count - largeEndSize),
          number(bytes, Int(large), 4) == 0x0606_4B50
        else { throw .damaged }
        parts = max(number(bytes, Int(large) + 24, 8), number(bytes, Int(large) + 32, 8))
        size = number(bytes, Int(large) + 40, 8)
        start = number(bytes, Int(large) + 48, 8)
      }
      let (end, isAbsurd) = start.addingReportingOverflow(size)
      // What only looks like an end by chance points outside of the file.
      guard !isAbsurd, end <= UInt64(place) else { continue }
      ends += 1
      guard parts <= XLSXLimits.mostParts, size <= XLSXLimits.largestDirectory, ends <= mostEnds
      else { throw .tooManyParts }
    }
    guard ends > 0 else { throw .damaged }
  }

  /// The number that stands in `size` bytes at `place`, the lowest byte first.
  private static func number(
    _ bytes: UnsafeBufferPointer<UInt8>, _ place: Int, _ size: Int
  ) -> UInt64 {
    (0..<size).reduce(0) { $0 | UInt64(bytes[place + $1]) << UInt64(8 * $1) }
  }
}
