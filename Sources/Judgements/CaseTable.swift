import Names

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

  /// Each case with a word that is one more than the place of its group, zero while it has none,
  /// and then the words with its answers.
  private var cases: NameTable

  private let answerWords: Int

  /// What cases are grouped by, if they are.
  private(set) var groups: GroupNames?

  init(questions: Int, groups: GroupNames?) {
    answerWords = max(1, (questions * 2 + 63) / 64)
    cases = NameTable(words: 1 + answerWords)
    self.groups = groups
  }

  /// The number of cases.
  var count: Int { cases.count }

  // MARK: - One by one

  /// The place of a case, added if it is new.
  mutating func place(of name: String) -> Int { cases.number(of: name) }

  /// Records an answer, unless there is one already.
  ///
  /// - Returns: What was there before: `none` when the answer was recorded.
  mutating func record(_ answer: Answer, case place: Int, question: Int) -> Answer {
    cases.withWords { Self.record(answer, question, in: $0(place)) }
  }

  /// Puts a case into a group, unless it is in one already.
  ///
  /// - Returns: Whether the case is in that group now; true where cases are not grouped.
  mutating func assign(case place: Int, to spelling: UnsafeBufferPointer<UInt8>) -> Bool {
    guard let group = groups?.place(of: spelling) else { return true }
    return cases.withWords { Self.assign(group, $0(place)) }
  }

  @inline(__always)
  private static func record(
    _ answer: Answer, _ question: Int, in words: UnsafeMutablePointer<UInt64>
  ) -> Answer {
    let word = words + 1 + question >> 5
    let shift = UInt64(question & 31) * 2
    let before = word.pointee >> shift & 3
    if before == 0 { word.pointee |= answer.rawValue << shift }
    return Answer(rawValue: before) ?? .none
  }

  private static func assign(_ group: Int, _ words: UnsafeMutablePointer<UInt64>) -> Bool {
    if words[0] == 0 { words[0] = UInt64(group + 1) }
    return words[0] == UInt64(group + 1)
  }

  // MARK: - Many at once

  /// What stands for a case in a batch.
  ///
  /// Two long names that have one key would be one case here. No count can come out wrong by that:
  /// counts are of answers, and where the two answer the same question or are in different groups,
  /// it is as if one case did, and the file is read again one by one.
  @inline(__always)
  func key(of name: UnsafeBufferPointer<UInt8>) -> NameKey {
    if let key = NameKey(name) { return key }
    return NameKey(hashing: name)
  }

  /// What stands for a group in a batch.
  @inline(__always)
  mutating func key(ofGroup spelling: UnsafeBufferPointer<UInt8>) -> NameKey {
    groups?.key(of: spelling) ?? NameKey(ofLongName: 0)
  }

  /// Records many answers.
  ///
  /// - Returns: Whether none of them was there before and each case is in the group that is given.
  ///   When not, some are recorded and others not.
  mutating func record(_ batch: AnswerBatch) -> Bool {
    cases.find(batch.cases, into: batch.places)
    return cases.withWords { words in
      var isNew = true
      for at in 0..<batch.count {
        let (entry, words) = (batch.entries[at], words(Int(batch.places[at])))
        if Self.record(entry.answer, entry.question, in: words) != .none { isNew = false }
        if groups == nil { continue }
        if words[0] == 0 {
          words[0] = UInt64((groups?.place(of: entry.group) ?? 0) + 1)
        } else if groups?.isGroup(Int(words[0]) - 1, entry.group) != true {
          isNew = false
        }
      }
      return isNew
    }
  }

  /// Whether another table has no answer that this one has too, and no case in another group.
  func agrees(with other: CaseTable) -> Bool {
    // For each group there the word that stands for it here; no word stands for one that is new.
    let places = Dictionary(
      uniqueKeysWithValues: (groups?.names ?? []).enumerated().map { ($1, UInt64($0 + 1)) })
    let renumbered = [0] + (other.groups?.names ?? []).map { places[$0] ?? .max }
    var agrees = true
    cases.forEachShared(with: other.cases) { ours, theirs in
      if ours[0] != renumbered[Int(theirs[0])] { agrees = false }
      for word in 1...answerWords where Self.occupied(ours[word]) & Self.occupied(theirs[word]) != 0
      {
        agrees = false
      }
    }
    return agrees
  }

  /// The low bit of each pair that is not zero.
  private static func occupied(_ word: UInt64) -> UInt64 {
    (word | word >> 1) & 0x5555_5555_5555_5555
  }

  /// Counts the answers: for each group (the last for cases without one) and question.
  func tallies(questions: Int) -> [[QuestionTally]] {
    // Counts by group, question and answer, in one block; turned into tallies at the end.
    let groupCount = groups?.names.count ?? 0
    var counts = [Int](repeating: 0, count: (groupCount + 1) * questions * 4)
    counts.withUnsafeMutableBufferPointer { counts in
      cases.forEachWords { _, words in
        let group = words[0] == 0 ? groupCount : Int(words[0]) - 1
        for word in 0..<answerWords {
          var bits = words[1 + word]
          var at = (group * questions + word * 32) * 4
          while bits != 0 {
            counts[at + Int(bits & 3)] += 1
            bits >>= 2
            at += 4
          }
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
