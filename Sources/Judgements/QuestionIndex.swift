import Problems
import Standards

/// Finds a key question by the bytes of its code, fast, and explains why a code is not one.
struct QuestionIndex: Sendable {
  /// The questions that are put to cases or counted, in the order of the book.
  let codes: [Code]

  private let book: RuleBook
  private let slots: [Slot]
  private let shift: UInt64
  private let long: [String: Int]

  private struct Slot: Sendable {
    var key: UInt64 = 0
    var index = -1
  }

  init(_ book: RuleBook) {
    self.book = book
    codes = book.standards.filter { $0.ratedBy != .evidence }.flatMap(\.questions).map(\.code)
    var bits: UInt64 = 4
    while 1 << bits < codes.count * 4 { bits += 1 }
    shift = 64 - bits
    var slots = [Slot](repeating: Slot(), count: 1 << Int(bits))
    var long: [String: Int] = [:]
    for (index, code) in codes.enumerated() {
      let bytes = Array(code.text.utf8)
      guard bytes.count <= 8 else {
        long[code.text] = index
        continue
      }
      let key = bytes.withUnsafeBufferPointer(Self.key)
      var at = Int((key &* Self.mix) >> shift)
      while slots[at].index >= 0 { at = (at + 1) % slots.count }
      slots[at] = Slot(key: key, index: index)
    }
    self.slots = slots
    self.long = long
  }

  private static let mix: UInt64 = 0x9E37_79B9_7F4A_7C15

  /// Up to eight bytes as one number. Different codes have different numbers, since no code holds
  /// a zero byte.
  @inline(__always)
  private static func key(_ bytes: UnsafeBufferPointer<UInt8>) -> UInt64 {
    var key: UInt64 = 0
    for byte in bytes { key = key << 8 | UInt64(byte) }
    return key
  }

  /// The place of a code in ``codes``, or nothing when it is not one of them.
  @inline(__always)
  func find(_ bytes: UnsafeBufferPointer<UInt8>) -> Int? {
    guard bytes.count <= 8 else { return long[String(decoding: bytes, as: UTF8.self)] }
    let key = Self.key(bytes)
    var at = Int((key &* Self.mix) >> shift)
    while slots[at].index >= 0 {
      if slots[at].key == key { return slots[at].index }
      at = (at + 1) & (slots.count - 1)
    }
    return nil
  }

  /// Why `text` is not a question that cases answer, and what to do.
  func complaint(about text: String) -> (what: String, remedy: String) {
    if text.isEmpty { return ("the question is blank", "give the code of a key question") }
    for standard in book.standards {
      if standard.code.text == text {
        return (
          "“\(text)” is a standard, not a key question",
          "use one of: \(standard.questions.map(\.code.text).joined(separator: ", "))"
        )
      }
      if standard.ratedBy == .evidence, standard.questions.contains(where: { $0.code.text == text })
      {
        return (
          "\(text) belongs to \(standard.code) \(standard.title), which is judged on evidence",
          "put the rating of \(standard.code) into the evidence file"
        )
      }
    }
    return (
      "\(book.id) has no key question “\(text)”",
      NearestName.remedy(for: text, among: codes.map(\.text))
    )
  }
}
