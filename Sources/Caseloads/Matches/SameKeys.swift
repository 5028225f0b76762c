import Dispatch
import Synchronization

/// Finds which of many rows have the same key.
///
/// The rows are parted by their keys first, so that each part is looked through in near memory and
/// on any core.
struct SameKeys {
  /// Two rows with one key, the earlier first.
  struct Pair {
    let first: UInt32
    let second: UInt32
  }

  private static let parts = 256

  private let entries: UnsafeMutablePointer<(key: UInt64, row: UInt32)>
  private let bounds: [Int]

  /// Gathers the keys of rows; those whose key is zero have none.
  ///
  /// - Parameter key: The key of a record, and zero for a row that is to be left out.
  private init(_ records: [[CaseRecord]], _ key: (CaseRecord, _ row: Int) -> UInt64) {
    var counts = [Int](repeating: 0, count: Self.parts + 1)
    Self.forEach(records, key) { key, _ in counts[Self.part(of: key) + 1] += 1 }
    for part in 0..<Self.parts { counts[part + 1] += counts[part] }
    bounds = counts
    let entries = UnsafeMutablePointer<(key: UInt64, row: UInt32)>.allocate(
      capacity: max(1, counts[Self.parts]))
    Self.forEach(records, key) { key, row in
      let part = Self.part(of: key)
      (entries + counts[part]).initialize(to: (key, row))
      counts[part] += 1
    }
    self.entries = entries
  }

  private static func forEach(
    _ records: [[CaseRecord]], _ key: (CaseRecord, _ row: Int) -> UInt64,
    _ body: (UInt64, UInt32) -> Void
  ) {
    var row = 0
    for page in records {
      for record in page {
        let key = key(record, row)
        if key != 0 { body(key, UInt32(row)) }
        row += 1
      }
    }
  }

  /// Every row whose key an earlier one has, with the first that has it.
  static func pairs(
    _ records: [[CaseRecord]], _ key: (CaseRecord, _ row: Int) -> UInt64
  ) -> [Pair] {
    let keys = SameKeys(records, key)
    defer { keys.entries.deallocate() }
    let found = Mutex<[Int: [Pair]]>([:])
    // Each part is read by one thread alone.
    nonisolated(unsafe) let entries = keys.entries
    let bounds = keys.bounds
    DispatchQueue.concurrentPerform(iterations: parts) { part in
      let range = bounds[part]..<bounds[part + 1]
      let pairs = pairs(UnsafeBufferPointer(start: entries + range.lowerBound, count: range.count))
      if !pairs.isEmpty { found.withLock { $0[part] = pairs } }
    }
    return found.withLock { found in (0..<parts).flatMap { found[$0] ?? [] } }
  }

  private static func pairs(
    _ entries: UnsafeBufferPointer<(key: UInt64, row: UInt32)>
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

  @inline(__always)
  private static func part(of key: UInt64) -> Int { Int(mixed(key) >> 56) }
}
