import Synchronization

/// Finds which of many rows have the same key.
enum SameKeys {
  /// Two rows with one key, the earlier first.
  struct Pair: Sendable {
    let first: UInt32
    let second: UInt32
  }

  struct Entry: Sendable {
    let key: UInt64
    let row: UInt32
  }

  /// Every row whose key an earlier one has, with the first that has it.
  static func pairs<Rule: PartingRule>(_ records: [[Rule.Row]], by rule: Rule) -> [Pair]
  where Rule.Element == Entry {
    let parted = Parted(records, by: rule)
    let found = Mutex<[Int: [Pair]]>([:])
    parted.forEachPart { part, entries in
      let pairs = pairs(UnsafeBufferPointer(entries))
      if !pairs.isEmpty { found.withLock { $0[part] = pairs } }
    }
    return found.withLock { found in found.keys.sorted().flatMap { found[$0] ?? [] } }
  }

  private static func pairs(
    _ entries: UnsafeBufferPointer<Entry>
  ) -> [Pair] {
    guard entries.count > 1 else { return [] }
    var size = 4
    while size < entries.count * 2 { size *= 2 }
    // One more than the place of an entry; zero is free.
    var slots = [UInt32](repeating: 0, count: size)
    var pairs: [Pair] = []
    for place in entries.indices {
      var slot = Int(truncatingIfNeeded: mixed(entries[place].key)) & (size - 1)
      while slots[slot] != 0, entries[Int(slots[slot]) - 1].key != entries[place].key {
        slot = (slot + 1) & (size - 1)
      }
      if slots[slot] == 0 {
        slots[slot] = UInt32(place + 1)
      } else {
        pairs.append(Pair(first: entries[Int(slots[slot]) - 1].row, second: entries[place].row))
      }
    }
    return pairs
  }

  @inline(__always)
  private static func mixed(_ key: UInt64) -> UInt64 {
    let state = (key ^ key >> 32) &* 0xFF51_AFD7_ED55_8CCD
    return state ^ state >> 29
  }

  /// From 0 to 255.
  @inline(__always)
  static func part(of key: UInt64) -> Int { Int(mixed(key) >> 56) }
}
