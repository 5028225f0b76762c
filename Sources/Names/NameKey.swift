/// A name of up to 15 bytes as two words: the bytes and, in the last one, how many they are.
///
/// A longer name has a key too, made of a number that it was given, or of a hash.
@frozen public struct NameKey: Equatable, Sendable {
  public let low: UInt64
  public let high: UInt64

  @inlinable @inline(__always)
  public init(low: UInt64, high: UInt64) {
    self.low = low
    self.high = high
  }

  /// The key of a longer name that has a number.
  @inlinable
  public init(ofLongName number: Int) {
    low = UInt64(number)
    high = 0xFE << 56
  }

  @inlinable public var isOfLongName: Bool { high >> 56 == 0xFE }

  /// A key made from a longer name by mixing its bytes: 120 bits that two names have in common only
  /// by a very odd chance, or because somebody made them so.
  ///
  /// - Precondition: `bytes` has more than 15.
  public init(hashing bytes: UnsafeBufferPointer<UInt8>) {
    let raw = UnsafeRawBufferPointer(bytes)
    var one = UInt64(truncatingIfNeeded: raw.count) &* 0x9E37_79B9_7F4A_7C15
    var other = ~one
    var at = 0
    while at < raw.count {
      // The last word may hold bytes of the one before.
      let place = min(at, raw.count - 8)
      let word = UInt64(littleEndian: raw.loadUnaligned(fromByteOffset: place, as: UInt64.self))
      one = (one ^ word) &* 0xFF51_AFD7_ED55_8CCD
      one ^= one >> 32
      other = (other &+ word) &* 0xC4CE_B9FE_1A85_EC53
      other ^= other >> 29
      at += 8
    }
    low = one
    high = 0xFF << 56 | other >> 8
  }

  /// Nothing when there are more than 15 bytes.
  @inlinable @inline(__always)
  public init?(_ bytes: UnsafeBufferPointer<UInt8>) {
    let raw = UnsafeRawBufferPointer(bytes)
    let count = UInt64(truncatingIfNeeded: raw.count) << 56
    switch raw.count {
    case 8...15:
      low = UInt64(littleEndian: raw.loadUnaligned(as: UInt64.self))
      // The last eight bytes, those that are in the first word already shifted out.
      let end = UInt64(
        littleEndian: raw.loadUnaligned(fromByteOffset: raw.count - 8, as: UInt64.self))
      high = count | (raw.count == 8 ? 0 : end >> UInt64((16 - raw.count) * 8))
    case 4...7:
      // Bytes that are in both halves are the same in both.
      let start = UInt32(littleEndian: raw.loadUnaligned(as: UInt32.self))
      let end = UInt32(
        littleEndian: raw.loadUnaligned(fromByteOffset: raw.count - 4, as: UInt32.self))
      low = UInt64(start) | UInt64(end) << UInt64((raw.count - 4) * 8)
      high = count
    case 0...3:
      var word: UInt64 = 0
      for place in 0..<raw.count { word |= UInt64(raw[place]) << UInt64(place * 8) }
      low = word
      high = count
    default: return nil
    }
  }

  /// The bytes, when the name is not a longer one.
  public var bytes: [UInt8] {
    (0..<Int(high >> 56)).map {
      UInt8(truncatingIfNeeded: ($0 < 8 ? low : high) >> UInt64($0 % 8 * 8))
    }
  }

  @inlinable @inline(__always)
  var mixed: UInt64 {
    var state = (low ^ (high &* 0x9E37_79B9_7F4A_7C15)) &* 0xFF51_AFD7_ED55_8CCD
    state ^= state >> 32
    return state &* 0xC4CE_B9FE_1A85_EC53
  }

  /// 32 bits that are spread evenly.
  @inlinable @inline(__always)
  public var hash: Int { Int(truncatingIfNeeded: mixed >> 32) }

  /// Other bits, the highest spread best.
  @inlinable @inline(__always)
  public var mark: UInt32 { UInt32(truncatingIfNeeded: mixed) }
}
