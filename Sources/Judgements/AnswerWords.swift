/// The words that an answer may be, found by their bytes.
struct AnswerWords {
  static let all = ["sufficient", "insufficient", "not-applicable"]
  private static let answers: [CaseTable.Answer] = [.sufficient, .insufficient, .notApplicable]

  /// The first and the last eight bytes of the word of each length: the three differ in length and
  /// have fewer than sixteen bytes, so that the two say all.
  private let words: [Word]

  private struct Word {
    var first: UInt64 = 0
    var last: UInt64 = 0
    var answer = CaseTable.Answer.none
  }

  init() {
    var words = [Word](repeating: Word(), count: 16)
    for (text, answer) in zip(Self.all, Self.answers) {
      let bytes = Array(text.utf8)
      bytes.withUnsafeBytes { raw in
        words[raw.count] = Word(
          first: raw.loadUnaligned(as: UInt64.self),
          last: raw.loadUnaligned(fromByteOffset: raw.count - 8, as: UInt64.self), answer: answer)
      }
    }
    self.words = words
  }

  /// What the bytes of an answer mean; `none` when they are not one of the words.
  @inline(__always)
  func find(_ bytes: UnsafeBufferPointer<UInt8>) -> CaseTable.Answer {
    guard bytes.count >= 8, bytes.count < words.count else { return .none }
    let raw = UnsafeRawBufferPointer(bytes)
    let word = words[bytes.count]
    let first = raw.loadUnaligned(as: UInt64.self)
    let last = raw.loadUnaligned(fromByteOffset: bytes.count - 8, as: UInt64.self)
    return first == word.first && last == word.last ? word.answer : .none
  }

  /// What a text means, or nothing when it is not one of the words.
  func find(_ text: String) -> CaseTable.Answer? {
    let answer = Array(text.utf8).withUnsafeBufferPointer { find($0) }
    return answer == .none ? nil : answer
  }
}
