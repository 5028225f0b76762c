public import Records

/// Which question on which case, in whose assessment of it.
public struct AnswerPlace: Hashable, Sendable {
  /// Which of the assessments of a case.
  public enum Assessment: Hashable, Sendable {
    /// The one of the assessor to whom the case was given.
    case first

    /// The blind one of a second assessor.
    case second

    /// What was agreed where the two differ. Both stay as they were.
    case agreed

    /// Somebody’s own of a calibration case.
    case calibration(AuthorID)
  }

  public let assessment: Assessment

  /// The number of the case.
  public let number: Int

  /// The code of the key question, or ``conditions``.
  public let question: String

  /// What stands in the place of a question for the conditions that a case meets.
  public static let conditions = "conditions"

  public init(_ assessment: Assessment = .first, number: Int, question: String) {
    self.assessment = assessment
    self.number = number
    self.question = question
  }

  /// Reads `answer/17/2.1.3`, `second/17/2.1.3`, `agreed/17/2.1.3`, or
  /// `calibration/2/2.1.3/ACCOUNT`, and nothing that ``subject`` does not write.
  init?(subject: String) {
    var subject = subject
    let read = subject.withUTF8 { bytes -> AnswerPlace? in
      var parts = Parts(bytes: bytes)
      let kind = parts.next()
      guard let number = parts.nextNumber() else { return nil }
      let question = parts.next()
      let assessment: Assessment
      switch kind {
      case "answer": assessment = .first
      case "second": assessment = .second
      case "agreed": assessment = .agreed
      case "calibration":
        guard let author = AuthorID(parts.next()) else { return nil }
        assessment = .calibration(author)
      default: return nil
      }
      guard !question.isEmpty, parts.isAtEnd else { return nil }
      return AnswerPlace(assessment, number: number, question: question)
    }
    guard let read else { return nil }
    self = read
  }

  public var subject: String {
    switch assessment {
    case .first: "answer/\(number)/\(question)"
    case .second: "second/\(number)/\(question)"
    case .agreed: "agreed/\(number)/\(question)"
    case .calibration(let author): "calibration/\(number)/\(question)/\(author)"
    }
  }
}

extension AnswerPlace: Comparable {
  public static func < (one: AnswerPlace, other: AnswerPlace) -> Bool {
    (one.number, one.subject) < (other.number, other.subject)
  }
}

/// Goes from stroke to stroke.
private struct Parts {
  let bytes: UnsafeBufferPointer<UInt8>
  private var place = 0

  init(bytes: UnsafeBufferPointer<UInt8>) {
    self.bytes = bytes
  }

  /// Whether nothing stands behind what was read, not even a stroke.
  var isAtEnd: Bool { place > bytes.count }

  /// What stands before the next stroke.
  mutating func next() -> String { String(decoding: bytes[range()], as: UTF8.self) }

  /// A number from one on as it is written.
  mutating func nextNumber() -> Int? {
    let digits = bytes[range()]
    guard let first = digits.first, first != UInt8(ascii: "0"), digits.count < 10 else {
      return nil
    }
    var number = 0
    for digit in digits {
      guard case let value = digit &- UInt8(ascii: "0"), value < 10 else { return nil }
      number = number * 10 + Int(value)
    }
    return number
  }

  private mutating func range() -> Range<Int> {
    let start = min(place, bytes.count)
    var end = start
    while end < bytes.count, bytes[end] != UInt8(ascii: "/") { end += 1 }
    place = end + 1
    return start..<end
  }
}
