public import Records
public import Standards

/// The answer that an assessment of a case gives to a key question, and who gave it.
public struct AssessedAnswer: Hashable, Sendable {
  public let answer: Sufficiency
  public let assessor: AuthorID

  /// The sequence of the entry that said it last.
  public let sequence: Int

  /// Whether it is not applicable because the case does not meet the condition of the question,
  /// whatever was answered.
  public let isSetAside: Bool
}

extension InspectionState {
  /// The answer that one assessment of a case gives to a key question, whatever was agreed.
  ///
  /// - Returns: Nothing while there is none, and while several that differ hold.
  public func assessedAnswer(
    to question: RuleBook.KeyQuestion, on number: Int, in assessment: AnswerPlace.Assessment
  ) -> AssessedAnswer? {
    if let condition = question.appliesTo,
      applicability(of: question, to: number, in: assessment) == .setAside
    {
      let place = AnswerPlace(assessment, number: number, question: AnswerPlace.conditions)
      return answers[place]?.last(.condition(condition)).map {
        AssessedAnswer(
          answer: .notApplicable, assessor: assessor(of: place, $0), sequence: $0.sequence,
          isSetAside: true)
      }
    }
    let place = AnswerPlace(assessment, number: number, question: question.code.text)
    guard let state = answers[place], let answer = state.answer, let head = state.last(.answer)
    else { return nil }
    return AssessedAnswer(
      answer: answer, assessor: assessor(of: place, head), sequence: head.sequence,
      isSetAside: false)
  }

  /// Whose answer a statement is: a lead who chose between two speaks for the assessor of the case.
  private func assessor(of place: AnswerPlace, _ head: AnswerState.Head) -> AuthorID {
    guard place.assessment == .first,
      !holders.everybody(of: place.number).contains(head.author)
    else { return head.author }
    return assessors[place.number] ?? head.author
  }

  /// How many of some questions an assessment of a case answers.
  public func answered(
    _ questions: [RuleBook.KeyQuestion], on number: Int, in assessment: AnswerPlace.Assessment
  ) -> Int {
    questions.count { assessedAnswer(to: $0, on: number, in: assessment) != nil }
  }

  /// The cases that somebody assesses, the first time or blind, and is not done with. Before that
  /// they see nothing of the other assessment, whatever else they are in the team.
  public func unfinished(
    by account: AuthorID, _ questions: [RuleBook.KeyQuestion]
  ) -> Set<Int> {
    guard let seconds else { return [] }
    return Set(
      seconds.drawn.cases.filter { number in
        func isOpen(_ holder: AuthorID?, _ assessment: AnswerPlace.Assessment) -> Bool {
          holder == account && answered(questions, on: number, in: assessment) < questions.count
        }
        return isOpen(assessors[number], .first) || isOpen(seconds.assessors[number], .second)
      })
  }
}
