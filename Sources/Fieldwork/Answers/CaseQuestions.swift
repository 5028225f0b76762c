public import Standards

/// What an edition puts on cases.
public struct CaseQuestions: Sendable {
  public let book: RuleBook

  /// The standards that are judged on cases.
  public let standards: [RuleBook.Standard]

  /// Their key questions, in the order of the book.
  public let questions: [RuleBook.KeyQuestion]

  /// The conditions under which questions are put, but for the one that every case meets.
  public let conditions: [RuleBook.Condition]

  private let byCode: [String: RuleBook.KeyQuestion]

  public init(_ book: RuleBook) {
    self.book = book
    standards = book.standards.filter { $0.ratedBy == .caseQuestions }
    questions = standards.flatMap(\.questions)
    let used = Set(questions.compactMap(\.appliesTo))
    conditions = book.conditions.filter {
      used.contains($0.name) && $0.name != RuleBook.Condition.everyCase
    }
    byCode = Dictionary(questions.map { ($0.code.text, $0) }) { first, _ in first }
  }

  public func question(_ code: String) -> RuleBook.KeyQuestion? { byCode[code] }

  /// Why something cannot be said under this edition, as the rest of a sentence; nothing when it can.
  public func refusal(of given: GivenAnswer, at place: AnswerPlace) -> String? {
    if place.question == AnswerPlace.conditions {
      for statement in given.statements {
        guard case .condition(let name, _) = statement,
          conditions.contains(where: { $0.name == name })
        else { return "the edition has no condition \(statement.field.name)" }
      }
      return nil
    }
    guard let question = byCode[place.question] else {
      return "the edition puts no question \(place.question) on cases"
    }
    for case .prompt(let number, _) in given.statements where number > question.prompts.count {
      return "question \(place.question) has no prompt \(number)"
    }
    return nil
  }

  /// The places of an assessment of a case: its conditions, where the edition has some, and every
  /// question.
  public func places(of number: Int, in assessment: AnswerPlace.Assessment) -> [AnswerPlace] {
    (conditions.isEmpty ? [] : [AnswerPlace.conditions])
      .map { AnswerPlace(assessment, number: number, question: $0) }
      + questions.map { AnswerPlace(assessment, number: number, question: $0.code.text) }
  }
}

extension InspectionState {
  /// How far an assessment of a case is.
  public struct Tally: Hashable, Sendable {
    /// The questions that are put on the case, or would be if its conditions were known.
    public var put = 0
    public var answered = 0

    /// The codes of those that nobody answered.
    public var open: [String] = []

    /// The places for which statements hold that differ.
    public var conflicts: [AnswerPlace] = []

    public var isDone: Bool { open.isEmpty && conflicts.isEmpty }
  }

  /// How far an assessment of a case is.
  public func tally(
    of number: Int, in assessment: AnswerPlace.Assessment, _ questions: CaseQuestions
  ) -> Tally {
    var tally = Tally()
    for question in questions.questions {
      guard applicability(of: question, to: number, in: assessment) != .setAside else { continue }
      tally.put += 1
      let place = AnswerPlace(assessment, number: number, question: question.code.text)
      if answers[place]?.isAnswered == true {
        tally.answered += 1
      } else {
        tally.open.append(question.code.text)
      }
    }
    tally.conflicts = questions.places(of: number, in: assessment).filter {
      answers[$0]?.conflicts.isEmpty == false
    }
    return tally
  }
}
