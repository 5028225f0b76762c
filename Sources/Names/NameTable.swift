/// Numbers names by their bytes, in the order in which they were first seen, and keeps some words
/// for each, zero at first.
///
/// Names of up to 15 bytes, which case references are, lie beside their words and are found with
/// two comparisons; longer ones lie elsewhere, unless they are found by a key alone.
public struct NameTable: Sendable {
  /// The number of names.
  public private(set) var count = 0

  /// Two words of the key and then the words of the name, for each name and for those to come.
  @usableFromInline var records: [UInt64]

  /// How many words a record has.
  @usableFromInline let size: Int

  /// By the hash of a name one more than its number in the low bits and other bits of its hash in
  /// the high ones, so that no other name is looked at in vain. Zero when free, which at least
  /// three of four are.
  private var slots = [UInt32](repeating: 0, count: 1 << 6)

  /// The bits of a slot that hold a number.
  private var numberBits: UInt32 { UInt32(slots.count / 2 - 1) }

  private var long = LongNames()

  /// Keeps what ``bringNear(_:_:)`` reads from being left out as of no use.
  private var near: UInt64 = 0

  /// - Parameter words: How many words are kept for each name.
  public init(words: Int = 0) {
    size = 2 + words
    records = [UInt64](repeating: 0, count: 16 * size)
  }

  /// The number of a name, the next one if it is new.
  public mutating func number(of bytes: UnsafeBufferPointer<UInt8>) -> Int {
    if let key = NameKey(bytes) { return number(of: key) }
    if let number = long.number(of: bytes) { return number }
    long.add(bytes, number: count)
    makeRoomForOne()
    return append(NameKey(ofLongName: count))
  }

  /// The number of a name, the next one if it is new.
  public mutating func number(of name: String) -> Int {
    Array(name.utf8).withUnsafeBufferPointer { number(of: $0) }
  }

  /// The number of the name that has a key, the next one if it is new.
  public mutating func number(of key: NameKey) -> Int {
    makeRoomForOne()
    let (slot, number) = find(key)
    if let number { return number }
    slots[slot] = key.mark & ~numberBits | UInt32(count + 1)
    return append(key)
  }

  private mutating func append(_ key: NameKey) -> Int {
    records[count * size] = key.low
    records[count * size + 1] = key.high
    count += 1
    return count - 1
  }

  @inline(__always)
  private func key(_ number: Int) -> NameKey {
    NameKey(low: records[number * size], high: records[number * size + 1])
  }

  @inline(__always)
  private func find(_ key: NameKey) -> (slot: Int, number: Int?) {
    let mask = slots.count - 1
    var at = key.hash & mask
    while slots[at] != 0 {
      let number = Int(slots[at] & numberBits) - 1
      if (slots[at] ^ key.mark) & ~numberBits == 0, self.key(number) == key { return (at, number) }
      at = (at + 1) & mask
    }
    return (at, nil)
  }

  // MARK: - Words

  /// Reads or changes the words of names by their numbers.
  @inlinable @inline(__always)
  public mutating func withWords<Value>(
    _ body: ((Int) -> UnsafeMutablePointer<UInt64>) -> Value
  ) -> Value {
    let size = size
    return records.withUnsafeMutableBufferPointer { records in
      guard let base = records.baseAddress else { preconditionFailure("a table has room") }
      return body { number in base + number * size + 2 }
    }
  }

  /// Calls `body` with the words of each name, in their order.
  public func forEachWords(_ body: (Int, UnsafePointer<UInt64>) -> Void) {
    records.withUnsafeBufferPointer { records in
      guard let base = records.baseAddress else { return }
      for number in 0..<count { body(number, base + number * size + 2) }
    }
  }

  /// Finds many names, adding those that are new.
  ///
  /// In a large file each search waits for memory; here the searches wait together.
  ///
  /// - Parameter numbers: Room for as many numbers as there are names.
  public mutating func find(
    _ names: UnsafeBufferPointer<NameKey>, into numbers: UnsafeMutablePointer<UInt32>
  ) {
    bringNear(names, numbers)
    var (last, number) = (NameKey(ofLongName: 0), 0)
    for at in 0..<names.count {
      if names[at] != last || at == 0 {
        last = names[at]
        let guess = Int(numbers[at]) - 1
        number = guess >= 0 && key(guess) == last ? guess : self.number(of: last)
      }
      numbers[at] = UInt32(truncatingIfNeeded: number)
    }
  }

  /// Brings what is known of many names near, so that looking for each of them soon need not wait.
  public mutating func bringNear(_ names: UnsafeBufferPointer<NameKey>) {
    withUnsafeTemporaryAllocation(of: UInt32.self, capacity: names.count) { guesses in
      guard let start = guesses.baseAddress else { return }
      bringNear(names, start)
    }
  }

  /// Reads what the search for each of the names will read, without waiting for any of it.
  private mutating func bringNear(
    _ names: UnsafeBufferPointer<NameKey>, _ guesses: UnsafeMutablePointer<UInt32>
  ) {
    slots.withUnsafeBufferPointer { slots in
      let mask = slots.count - 1
      let numberBits = numberBits
      for at in 0..<names.count { guesses[at] = slots[names[at].hash & mask] }
      for at in 0..<names.count {
        if at > 0, names[at] == names[at - 1] {
          guesses[at] = guesses[at - 1]
          continue
        }
        var next = names[at].hash
        while guesses[at] != 0, (guesses[at] ^ names[at].mark) & ~numberBits != 0 {
          next += 1
          guesses[at] = slots[next & mask]
        }
        guesses[at] &= numberBits
      }
    }
    records.withUnsafeBufferPointer { records in
      var all: UInt64 = 0
      for at in 0..<names.count where guesses[at] > 0 {
        let first = (Int(guesses[at]) - 1) * size
        all |= records[first] | records[first + size - 1]
      }
      near = all
    }
  }

  // MARK: - Room

  private mutating func makeRoomForOne() {
    if (count + 1) * size > records.count {
      records.append(contentsOf: repeatElement(0, count: records.count))
    }
    if (count + 1) * 4 > slots.count { grow() }
  }

  private mutating func grow() {
    slots = [UInt32](repeating: 0, count: slots.count * 2)
    for number in 0..<count where !key(number).isOfLongName {
      slots[find(key(number)).slot] = key(number).mark & ~numberBits | UInt32(number + 1)
    }
  }

  /// Calls `body` with the words of each name that another table has too, and with its words there.
  ///
  /// - Precondition: All names were found by their keys.
  public func forEachShared(
    with other: NameTable, _ body: (UnsafePointer<UInt64>, UnsafePointer<UInt64>) -> Void
  ) {
    records.withUnsafeBufferPointer { records in
      guard let base = records.baseAddress else { return }
      other.forEachWords { foreign, theirs in
        if let number = find(other.key(foreign)).number { body(base + number * size + 2, theirs) }
      }
    }
  }
}
