/// The cases of a file and their answers, packed: two bits an answer.
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

  /// A place in the list of groups for each case; −1 while not known.
  private(set) var groups: [Int32] = []

  private let wordsPerCase: Int
  private var words: [UInt64] = []
  private var names = NameIndex()

  init(questions: Int) {
    wordsPerCase = max(1, (questions * 2 + 63) / 64)
  }

  /// The number of cases.
  var count: Int { groups.count }

  /// The place of a case, added if it is new.
  @inline(__always)
  mutating func index(of name: UnsafeBufferPointer<UInt8>) -> Int {
    let index = names.index(of: name)
    if index == groups.count { add() }
    return index
  }

  private mutating func add() {
    groups.append(-1)
    for _ in 0..<wordsPerCase { words.append(0) }
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
    let places = names.merge(other.names)
    while count < names.count { add() }
    for (foreign, index) in places.enumerated() {
      let group = other.groups[foreign]
      if group >= 0, !assign(case: index, to: renumbered[Int(group)]) { return false }
      for word in 0..<wordsPerCase {
        let theirs = other.words[foreign * wordsPerCase + word]
        let ours = words[index * wordsPerCase + word]
        guard Self.occupied(theirs) & Self.occupied(ours) == 0 else { return false }
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
