import Names
import Problems
import Standards

/// Finds a key question by the bytes of its code, fast, and explains why a code is not one.
struct QuestionIndex: Sendable {
  /// The questions that are put to cases or counted, in the order of the book.
  let codes: [Code]

  private let book: RuleBook
  /// The codes by their hashes. At least 15 of 16 are free, so that a search seldom looks at a
  /// second one.
  private let slots: [Slot]

  /// Codes of more than 15 bytes.
  private let long: [String: Int]

  private struct Slot: Sendable {
    var key = NameKey(ofLongName: 0)
    var place = -1
  }

  init(_ book: RuleBook) {
    self.book = book
    codes = book.standards.filter { $0.ratedBy != .evidence }.flatMap(\.questions).map(\.code)
    var size = 16
    while size < 16 * codes.count { size *= 2 }
    var slots = [Slot](repeating: Slot(), count: size)
    var long: [String: Int] = [:]
    for (place, code) in codes.enumerated() {
      if let key = Array(code.text.utf8).withUnsafeBufferPointer({ NameKey($0) }) {
        var at = key.hash & (size - 1)
        while slots[at].place >= 0 { at = (at + 1) & (size - 1) }
        slots[at] = Slot(key: key, place: place)
      } else {
        long[code.text] = place
      }
    }
    self.slots = slots
    self.long = long
  }

  /// The place of a code in ``codes``, or nothing when it is not one of them.
  @inline(__always)
  func find(_ bytes: UnsafeBufferPointer<UInt8>) -> Int? {
    guard let key = NameKey(bytes) else { return long[String(decoding: bytes, as: UTF8.self)] }
    var at = key.hash & (slots.count - 1)
    while slots[at].place >= 0 {
      if slots[at].key == key { return slots[at].place }
      at = (at + 1) & (slots.count - 1)
    }
    return nil
  }

  /// The place of a code in ``codes``, or nothing when it is not one of them.
  func find(_ text: String) -> Int? { Array(text.utf8).withUnsafeBufferPointer(find) }

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
