public import Calendars

/// The id of an entry, made by its author's device: a UUID of version 7, which starts with the time
/// at which it was made.
///
/// Whoever sends an entry again sends the same id, and nothing is recorded twice.
///
/// - Source: RFC 9562, 5.7.
public struct EntryID: Hashable, Comparable, Sendable {
  /// The first and the last eight bytes.
  private let high: UInt64
  private let low: UInt64

  /// - Parameters:
  ///   - instant: When it is made; at least 1970.
  ///   - chance: Where the other 74 bits come from.
  public init(at instant: Instant, using chance: inout some RandomNumberGenerator) {
    let time = UInt64(instant.milliseconds) & 0xFFFF_FFFF_FFFF
    let more = chance.next() as UInt64
    high = time << 16 | 0x7000 | more & 0x0FFF
    low = 0x8000_0000_0000_0000 | (chance.next() as UInt64) >> 2
  }

  /// Reads `0197f3a0-…` in small letters, or nothing from anything that is no UUID of version 7.
  public init?(_ text: some StringProtocol) {
    let id: EntryID?? = text.utf8.withContiguousStorageIfAvailable { EntryID($0) }
    guard let id = id ?? Array(text.utf8).withUnsafeBufferPointer({ EntryID($0) }) else {
      return nil
    }
    self = id
  }

  /// Reads the same from bytes.
  init?(_ text: UnsafeBufferPointer<UInt8>) {
    guard let words = Self.words(text) else { return nil }
    (high, low) = words
  }

  private static func words(_ text: UnsafeBufferPointer<UInt8>) -> (UInt64, UInt64)? {
    guard text.count == 36 else { return nil }
    var (high, low) = (0 as UInt64, 0 as UInt64)
    for place in 0..<36 {
      let byte = text[place]
      if place == 8 || place == 13 || place == 18 || place == 23 {
        guard byte == UInt8(ascii: "-") else { return nil }
        continue
      }
      let digit: UInt8
      switch byte {
      case UInt8(ascii: "0")...UInt8(ascii: "9"): digit = byte - UInt8(ascii: "0")
      case UInt8(ascii: "a")...UInt8(ascii: "f"): digit = byte - UInt8(ascii: "a") + 10
      default: return nil
      }
      // Sixteen digits stand before the third hyphen, and sixteen behind it.
      if place < 18 {
        high = high << 4 | UInt64(digit)
      } else {
        low = low << 4 | UInt64(digit)
      }
    }
    guard high >> 12 & 0xF == 7, low >> 62 == 2 else { return nil }
    return (high, low)
  }

  /// When its author's device made it, by that device's clock.
  public var madeAt: Instant { Instant(milliseconds: Int(high >> 16)) }

  public static func < (one: EntryID, other: EntryID) -> Bool {
    (one.high, one.low) < (other.high, other.low)
  }
}

extension EntryID: CustomStringConvertible {
  public var description: String {
    let digits = Array("0123456789abcdef".utf8)
    return String(unsafeUninitializedCapacity: 36) { text in
      var place = 0
      for digit in 0..<32 {
        if [8, 12, 16, 20].contains(digit) {
          text[place] = UInt8(ascii: "-")
          place += 1
        }
        let word = digit < 16 ? high : low
        text[place] = digits[Int(word >> UInt64(60 - digit % 16 * 4) & 0xF)]
        place += 1
      }
      return 36
    }
  }
}
