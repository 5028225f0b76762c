import Foundation

/// Names of more than 15 bytes with their numbers, one behind the other in one block.
struct LongNames: Sendable {
  private struct Entry: Sendable {
    let start: Int
    let count: Int
    let number: Int
  }

  private var bytes: [UInt8] = []
  private var entries: [Entry] = []

  /// One more than the place of an entry, or zero, by the hash of the name. At least half are free.
  private var slots = [UInt32](repeating: 0, count: 1 << 6)

  /// The number of a name, if it has one.
  func number(of name: UnsafeBufferPointer<UInt8>) -> Int? {
    bytes.withUnsafeBufferPointer { bytes in
      var at = slot(of: name)
      while slots[at] != 0 {
        let entry = entries[Int(slots[at]) - 1]
        if entry.count == name.count, let known = bytes.baseAddress, let name = name.baseAddress,
          memcmp(known + entry.start, name, entry.count) == 0
        {
          return entry.number
        }
        at = (at + 1) & (slots.count - 1)
      }
      return nil
    }
  }

  /// - Precondition: The name has no number yet.
  mutating func add(_ name: UnsafeBufferPointer<UInt8>, number: Int) {
    if (entries.count + 1) * 2 > slots.count { grow() }
    entries.append(Entry(start: bytes.count, count: name.count, number: number))
    bytes.append(contentsOf: name)
    occupy(slot(of: name), with: entries.count)
  }

  private func slot(of name: UnsafeBufferPointer<UInt8>) -> Int {
    NameKey(hashing: name).hash & (slots.count - 1)
  }

  private mutating func occupy(_ slot: Int, with entry: Int) {
    var at = slot
    while slots[at] != 0 { at = (at + 1) & (slots.count - 1) }
    slots[at] = UInt32(entry)
  }

  private mutating func grow() {
    slots = [UInt32](repeating: 0, count: slots.count * 2)
    for (place, entry) in entries.enumerated() {
      let slot = bytes[entry.start..<entry.start + entry.count].withUnsafeBufferPointer {
        self.slot(of: $0)
      }
      occupy(slot, with: place + 1)
    }
  }
}
