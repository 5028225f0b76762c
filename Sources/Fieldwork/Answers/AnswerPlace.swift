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
  /// `calibration/2/2.1.3/ACCOUNT`.
  init?(subject: String) {
    let parts = subject.utf8.split(
      separator: UInt8(ascii: "/"), omittingEmptySubsequences: false
    ).map { Substring($0) }
    guard parts.count >= 3, let number = Int(parts[1]), number > 0, !parts[2].isEmpty else {
      return nil
    }
    let assessment: Assessment
    switch (parts[0], parts.count) {
    case ("answer", 3): assessment = .first
    case ("second", 3): assessment = .second
    case ("agreed", 3): assessment = .agreed
    case ("calibration", 4):
      guard let author = AuthorID(parts[3]) else { return nil }
      assessment = .calibration(author)
    default: return nil
    }
    self.init(assessment, number: number, question: String(parts[2]))
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
