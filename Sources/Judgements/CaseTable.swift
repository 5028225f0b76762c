/// The cases of a file and their answers, packed: two bits an answer, ids in one block of bytes.
///
/// Made for national files: 240,000 cases with 40 questions take about 15 MB.
struct CaseTable {
  /// What is recorded for one case and one question.
  enum Answer: UInt64 {
    case none = 0
    case sufficient = 1
    case insufficient = 2
    case notApplicable = 3
  }

  /// The number of cases.
  private(set) var count = 0

  /// A place in the list of groups for each case; −1 while not known.
  private(set) var groups: [Int32] = []

  let wordsPerCase: Int
  private var words: [UInt64] = []
  private var idBytes: [UInt8] = []
  private var idEnds: [Int] = []
  private var hashes: [UInt32] = []
  private var slots: [UInt32]
  private var last = -1

  init(questions: Int) {
    wordsPerCase = max(1, (questions * 2 + 63) / 64)
    slots = [UInt32](repeating: 0, count: 1 << 12)
  }

  private static func hash(_ bytes: UnsafeBufferPointer<UInt8>) -> UInt32 {
    let raw = UnsafeRawBufferPointer(bytes)
    var state: UInt64 = 0x9E37_79B9_7F4A_7C15 ^ UInt64(raw.count)
    var at = 0
    while at + 8 <= raw.count {
      state =
        (state ^ raw.loadUnaligned(fromByteOffset: at, as: UInt64.self))
        &* 0xFF51_AFD7_ED55_8CCD
      state ^= state >> 32
      at += 8
    }
    var rest: UInt64 = 0
    while at < raw.count {
      rest = rest << 8 | UInt64(raw[at])
      at += 1
    }
    state = (state ^ rest) &* 0xC4CE_B9FE_1A85_EC53
    return UInt32(truncatingIfNeeded: state ^ (state >> 32))
  }

  @inline(__always)
  private func isCase(_ index: Int, _ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    let start = index == 0 ? 0 : idEnds[index - 1]
    let length = idEnds[index] - start
    guard length == bytes.count else { return false }
    return idBytes.withUnsafeBufferPointer { Bytes.areSame($0, from: start, bytes) }
  }

  /// The place of a case, added if it is new.
  mutating func index(of bytes: UnsafeBufferPointer<UInt8>) -> Int {
    if last >= 0, isCase(last, bytes) { return last }
    let hash = Self.hash(bytes)
    var at = Int(hash) & (slots.count - 1)
    while slots[at] != 0 {
      let index = Int(slots[at]) - 1
      if hashes[index] == hash, isCase(index, bytes) {
        last = index
        return index
      }
      at = (at + 1) & (slots.count - 1)
    }
    slots[at] = UInt32(count + 1)
    idBytes.append(contentsOf: bytes)
    idEnds.append(idBytes.count)
    hashes.append(hash)
    groups.append(-1)
    words.append(contentsOf: repeatElement(0, count: wordsPerCase))
    last = count
    count += 1
    if count * 2 > slots.count { grow() }
    return last
  }

  private mutating func grow() {
    slots = [UInt32](repeating: 0, count: slots.count * 2)
    for (index, hash) in hashes.enumerated() {
      var at = Int(hash) & (slots.count - 1)
      while slots[at] != 0 { at = (at + 1) & (slots.count - 1) }
      slots[at] = UInt32(index + 1)
    }
  }

  /// Records an answer, unless there is one already.
  ///
  /// - Returns: What was there before: `none` when the answer was recorded.
  @inline(__always)
  mutating func record(_ answer: Answer, case index: Int, question: Int) -> Answer {
    let word = index * wordsPerCase + question >> 5
    let shift = UInt64(question & 31) * 2
    let before = words[word] >> shift & 3
    if before == 0 {
      words[word] |= answer.rawValue << shift
      return .none
    }
    return Answer(rawValue: before) ?? .none
  }

  /// Puts a case into a group, unless it is in one already.
  ///
  /// - Returns: Whether the case is in that group now.
  @inline(__always)
  mutating func assign(case index: Int, to group: Int32) -> Bool {
    if groups[index] == group { return true }
    guard groups[index] < 0 else { return false }
    groups[index] = group
    return true
  }

  /// Takes over the cases of another table, whose groups are renumbered by `renumbered`.
  ///
  /// - Returns: Whether the two agree: no question of a case is answered in both, no case is in
  ///   two groups. When not, this table is of no further use.
  mutating func merge(_ other: CaseTable, renumbered: [Int32]) -> Bool {
    var start = 0
    for foreign in 0..<other.count {
      let end = other.idEnds[foreign]
      let index = other.idBytes[start..<end].withUnsafeBufferPointer { self.index(of: $0) }
      start = end
      let group = other.groups[foreign]
      if group >= 0, !assign(case: index, to: renumbered[Int(group)]) { return false }
      for word in 0..<wordsPerCase {
        let theirs = other.words[foreign * wordsPerCase + word]
        let ours = words[index * wordsPerCase + word]
        let both = Self.occupied(theirs) & Self.occupied(ours)
        guard both == 0 else { return false }
        words[index * wordsPerCase + word] = ours | theirs
      }
    }
    return true
  }

  /// The low bit of each pair that is not zero.
  private static func occupied(_ word: UInt64) -> UInt64 {
    (word | word >> 1) & 0x5555_5555_5555_5555
  }

  /// Counts the answers: for each group (the last for cases without one) and question.
  func tallies(questions: Int, groups groupCount: Int) -> [[QuestionTally]] {
    // Counts by group, question and answer, in one block; turned into tallies at the end.
    var counts = [Int](repeating: 0, count: (groupCount + 1) * questions * 4)
    for index in 0..<count {
      let group = groups[index] < 0 ? groupCount : Int(groups[index])
      let base = group * questions * 4
      for word in 0..<wordsPerCase {
        var bits = words[index * wordsPerCase + word]
        var question = word * 32
        while bits != 0 {
          counts[base + question * 4 + Int(bits & 3)] += 1
          bits >>= 2
          question += 1
        }
      }
    }
    return (0...groupCount).map { group in
      (0..<questions).map { question in
        let at = (group * questions + question) * 4
        return QuestionTally(
          sufficient: counts[at + 1], insufficient: counts[at + 2], notApplicable: counts[at + 3])
      }
    }
  }
}

/// Comparing bytes eight at a time.
enum Bytes {
  @inline(__always)
  static func areSame(_ one: [UInt8], _ other: UnsafeBufferPointer<UInt8>) -> Bool {
    guard one.count == other.count else { return false }
    return one.withUnsafeBufferPointer { areSame($0, from: 0, other) }
  }

  /// Whether the bytes of `one` from `start` on begin with `other`.
  ///
  /// - Precondition: `one` has that many.
  @inline(__always)
  static func areSame(
    _ one: UnsafeBufferPointer<UInt8>, from start: Int, _ other: UnsafeBufferPointer<UInt8>
  ) -> Bool {
    let (a, b) = (UnsafeRawBufferPointer(one), UnsafeRawBufferPointer(other))
    var at = 0
    while at + 8 <= b.count {
      let theirs = b.loadUnaligned(fromByteOffset: at, as: UInt64.self)
      if a.loadUnaligned(fromByteOffset: start + at, as: UInt64.self) != theirs { return false }
      at += 8
    }
    while at < b.count {
      if a[start + at] != b[at] { return false }
      at += 1
    }
    return true
  }
}
