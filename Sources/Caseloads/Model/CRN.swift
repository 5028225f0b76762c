/// A case reference number in nDelius: a letter and six digits.
///
/// - Source: `^[A-Z][0-9]{6}$`, any case on input (method h).
public struct CRN: Hashable, Comparable, Sendable {
  /// The letter, A as zero, times a million, plus the digits.
  public let number: UInt32

  init(number: UInt32) {
    self.number = number
  }

  /// Reads a CRN with its letter in either case, or nothing from anything else.
  init?(_ bytes: UnsafeBufferPointer<UInt8>) {
    guard bytes.count == 7 else { return nil }
    let letter = (bytes[0] & 0xDF) &- UInt8(ascii: "A")
    guard letter < 26, bytes[0] >= UInt8(ascii: "A") else { return nil }
    var number = UInt32(letter)
    for place in 1..<7 {
      let digit = bytes[place] &- UInt8(ascii: "0")
      guard digit < 10 else { return nil }
      number = number * 10 + UInt32(digit)
    }
    self.number = number
  }

  public init?(_ text: String) {
    guard let crn = Array(text.utf8).withUnsafeBufferPointer({ CRN($0) }) else { return nil }
    self = crn
  }

  /// Calls `body` with the seven bytes of the CRN in capitals.
  public func withBytes<Result>(_ body: (UnsafeRawBufferPointer) -> Result) -> Result {
    var word = UInt64(UInt8(ascii: "A")) + UInt64(number / 1_000_000)
    var digits = number % 1_000_000
    for place in stride(from: 6, to: 0, by: -1) {
      word |= UInt64(UInt8(ascii: "0") + UInt8(digits % 10)) << UInt64(place * 8)
      digits /= 10
    }
    return withUnsafeBytes(of: word.littleEndian) {
      body(UnsafeRawBufferPointer(rebasing: $0[..<7]))
    }
  }

  public static func < (one: CRN, other: CRN) -> Bool { one.number < other.number }
}

extension CRN: CustomStringConvertible {
  /// The CRN in capitals.
  public var description: String {
    withBytes { String(decoding: $0, as: UTF8.self) }
  }
}
