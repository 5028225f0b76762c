public import Standards

/// Whether a key question is put on a case.
public enum Applicability: Hashable, Sendable {
  case applies

  /// Nobody said yet whether the case meets the condition, or two who did differ.
  case notSaid

  /// The case does not meet the condition. What was answered stays in the record and counts for
  /// nothing.
  case setAside
}

extension InspectionState {
  /// Whether a key question is put on a case, in an assessment of it.
  public func applicability(
    of question: RuleBook.KeyQuestion, to number: Int,
    in assessment: AnswerPlace.Assessment = .first
  ) -> Applicability {
    guard let condition = question.appliesTo, condition != RuleBook.Condition.everyCase else {
      return .applies
    }
    let place = AnswerPlace(assessment, number: number, question: AnswerPlace.conditions)
    let said = Set(answers[place]?.heads(of: .condition(condition)).map(\.statement) ?? [])
    guard said.count == 1, case .condition(_, let isMet?)? = said.first else { return .notSaid }
    return isMet ? .applies : .setAside
  }

  /// Whether anybody says of a case that it meets a condition or not, also where several differ.
  public func isSaid(_ condition: RuleBook.Condition, of number: Int) -> Bool {
    let place = AnswerPlace(number: number, question: AnswerPlace.conditions)
    return answers[place]?.heads(of: .condition(condition.name)).contains { head in
      if case .condition(_, .some) = head.statement { true } else { false }
    } ?? false
  }

  /// The answer that counts for a key question on a case: the agreed one where there is one. Nothing
  /// while there is none, and while several that differ hold.
  public func answer(to question: RuleBook.KeyQuestion, on number: Int) -> Sufficiency? {
    let agreed = AnswerPlace(.agreed, number: number, question: question.code.text)
    if let answer = answers[agreed]?.answer { return answer }
    if applicability(of: question, to: number) == .setAside { return .notApplicable }
    return answers[AnswerPlace(number: number, question: question.code.text)]?.answer
  }
}
