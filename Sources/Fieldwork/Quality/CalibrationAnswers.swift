public import Records
public import Standards
public import Statistics

/// What all assessors answer on the calibration cases, each for themselves.
public struct CalibrationAnswers: Sendable {
  private let given: [CollectedSufficiency.Given]

  /// Those who answered at least one question, by the number of the calibration case.
  public let assessors: [Int: Set<AuthorID>]

  /// - Parameter questions: Those that the edition puts on cases.
  public init(_ state: InspectionState, _ questions: [RuleBook.KeyQuestion]) {
    var assessors: [Int: Set<AuthorID>] = [:]
    for place in state.answers.keys {
      if case .calibration(let author) = place.assessment {
        assessors[place.number, default: []].insert(author)
      }
    }
    var given: [CollectedSufficiency.Given] = []
    for (number, authors) in assessors {
      for author in authors {
        for question in questions {
          let answer = state.assessedAnswer(to: question, on: number, in: .calibration(author))
          guard let answer else { continue }
          given.append(
            CollectedSufficiency.Given(
              number: number, question: question.code, assessor: author, answer: answer.answer))
        }
      }
    }
    self.assessors = assessors
    self.given = given.sorted {
      ($0.number, $0.question, $0.assessor.description)
        < ($1.number, $1.question, $1.assessor.description)
    }
  }

  /// The answers to some key questions on some calibration cases, all unless said, as measures of
  /// agreement take them.
  public func compared(
    _ questions: [RuleBook.KeyQuestion], on number: Int? = nil
  ) -> ComparedAnswers {
    let codes = Set(questions.map(\.code))
    return CollectedSufficiency(
      given.filter { codes.contains($0.question) && (number == nil || $0.number == number) }
    ).compared
  }
}
