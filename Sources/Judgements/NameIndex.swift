/// Numbers names by their bytes, in the order in which they were first seen.
///
/// Names of up to 15 bytes, which case references are, take 16 bytes each and are found with two
/// comparisons; longer ones go through a dictionary.
struct NameIndex {
  /// The number of names.
  var count: Int { keys.count }

  private var keys: [Key] = []
  private var slots: [UInt32]
  private var long: [[UInt8]: Int] = [:]
  private var last = -1

  /// Up to 15 bytes and their number, as two words. A key whose last byte is 255 stands for a
  /// longer name.
  private struct Key: Equatable {
    var low: UInt64 = 0
    var high: UInt64 = 0

    static let longName = Key(low: .max, high: .max)

    init(low: UInt64, high: UInt64) {
      self.low = low
      self.high = high
    }

    /// - Precondition: `bytes` has at most 15.
    @inline(__always)
    init(_ bytes: UnsafeBufferPointer<UInt8>) {
      let raw = UnsafeRawBufferPointer(bytes)
      if raw.count >= 8 {
        low = UInt64(littleEndian: raw.loadUnaligned(as: UInt64.self))
        // The last eight bytes, those that are in the first word already shifted out.
        let end = UInt64(
          littleEndian: raw.loadUnaligned(fromByteOffset: raw.count - 8, as: UInt64.self))
        high = raw.count == 8 ? 0 : end >> UInt64((16 - raw.count) * 8)
      } else {
        for place in 0..<raw.count { low |= UInt64(raw[place]) << UInt64(place * 8) }
      }
      high |= UInt64(raw.count) << 56
    }

    @inline(__always)
    var hash: Int {
      var state = (low ^ (high &* 0x9E37_79B9_7F4A_7C15)) &* 0xFF51_AFD7_ED55_8CCD
      state ^= state >> 32
      return Int(truncatingIfNeeded: state &* 0xC4CE_B9FE_1A85_EC53 >> 32)
    }
  }

  init() {
    slots = [UInt32](repeating: 0, count: 1 << 10)
  }

  /// The number of a name, the next one if it is new.
  @inline(__always)
  mutating func index(of bytes: UnsafeBufferPointer<UInt8>) -> Int {
    guard bytes.count <= 15 else { return index(ofLong: Array(bytes)) }
    return index(of: Key(bytes))
  }

  @inline(__always)
  private mutating func index(of key: Key) -> Int {
    if last >= 0, keys[last] == key { return last }
    let mask = slots.count - 1
    var at = key.hash & mask
    while slots[at] != 0 {
      let index = Int(slots[at]) - 1
      if keys[index] == key {
        last = index
        return index
      }
      at = (at + 1) & mask
    }
    keys.append(key)
    slots[at] = UInt32(keys.count)
    last = keys.count - 1
    if keys.count * 2 > slots.count { grow() }
    return last
  }

  private mutating func index(ofLong bytes: [UInt8]) -> Int {
    if let index = long[bytes] { return index }
    long[bytes] = keys.count
    keys.append(.longName)
    return keys.count - 1
  }

  private mutating func grow() {
    slots = [UInt32](repeating: 0, count: slots.count * 2)
    let mask = slots.count - 1
    for (index, key) in keys.enumerated() where key != .longName {
      var at = key.hash & mask
      while slots[at] != 0 { at = (at + 1) & mask }
      slots[at] = UInt32(index + 1)
    }
  }

  /// Takes over the names of another index.
  ///
  /// - Returns: For each number there the number here.
  mutating func merge(_ other: NameIndex) -> [Int] {
    var numbers = other.keys.map { $0 == .longName ? -1 : index(of: $0) }
    for (bytes, index) in other.long { numbers[index] = self.index(ofLong: bytes) }
    return numbers
  }
}
