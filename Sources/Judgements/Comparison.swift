public import Statistics

/// What several assessors answered on the same cases, by question.
public struct Comparison: Sendable {
  /// The answers to one question.
  public struct Question: Sendable {
    /// As it stands in the file.
    public let code: String
    public let answers: ComparedAnswers
  }

  /// In the order in which the file first names them; empty where it names none.
  public let questions: [Question]

  /// The answers to all questions, each question of a case as a case of its own.
  public let all: ComparedAnswers

  /// The answers that could be given.
  public let known: [String]

  /// How many answers are blank, which is to say missing.
  public let blankCount: Int

  /// Only the cases that at least two assessors answered, question by question.
  public var answeredTwice: Comparison {
    Comparison(
      questions: questions.map { Question(code: $0.code, answers: $0.answers.answeredTwice) },
      all: all.answeredTwice, known: known, blankCount: blankCount)
  }

  /// What a reader of the coefficients has to be told.
  public var notices: [String] {
    var notices: [String] = []
    if blankCount > 0 {
      notices.append("Blank answers, which are missing and never agreement: \(blankCount).")
    }
    let once = all.caseCount - all.caseCountAnsweredTwice
    if once > 0, all.pairCount > 0 {
      notices.append(
        """
        Cases and questions with a single answer: \(once) of \(all.caseCount). They count for what \
        chance gives, and widen the intervals of all but Krippendorff’s alpha.
        """)
    }
    if !all.isEvenlyAnswered {
      notices.append(
        """
        Percent agreement takes each case alike. Not all were answered by as many assessors, so it \
        need not be the share of pairs that agree.
        """)
    }
    if questions.count > 1 {
      notices.append(
        """
        All questions together take the questions of one case for cases of their own. Answers on one \
        case go together, so the interval should be wider.
        """)
    }
    return notices
  }
}
