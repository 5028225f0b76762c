public import Judgements
public import OrderedJSON
public import Statistics

/// How far assessors agree as machines read it: numbers unrounded, `null` where there is none.
public enum AgreementDocument {
  public static func json(_ comparison: Comparison) -> JSON {
    [
      "answers": .texts(comparison.known),
      "blank": .number(comparison.blankCount),
      "questions": .array(
        comparison.questions.map { question in
          .object(
            [JSON.Member("question", .string(question.code))] + members(of: question.answers))
        }),
      "all": .object(members(of: comparison.all)),
      "notices": .texts(comparison.notices),
    ]
  }

  /// A table of counts, with the answers that its rows and columns stand for.
  public static func json(_ table: ContingencyTable, _ answers: [String]) -> JSON {
    [
      "answers": .texts(answers),
      "all": .object(members(of: table.answers) { table.agreement(by: $0) }),
    ]
  }

  private static func members(of answers: ComparedAnswers) -> [JSON.Member] {
    members(of: answers) { answers.agreement(by: $0) }
  }

  private static func members(
    of answers: ComparedAnswers, _ agreement: (AgreementCoefficient) -> Agreement
  ) -> [JSON.Member] {
    [
      JSON.Member("assessors", .number(answers.assessorCount)),
      JSON.Member("cases", .number(answers.caseCount)),
      JSON.Member("answeredTwice", .number(answers.caseCountAnsweredTwice)),
      JSON.Member("answersGiven", .number(answers.answerCount)),
      JSON.Member("pairs", .number(answers.pairCount)),
      JSON.Member("agreeing", .number(answers.agreeingPairCount)),
      JSON.Member(
        "coefficients",
        .array(
          AgreementCoefficient.allCases.map {
            coefficient(answers.assessorCount, $0, agreement($0))
          })),
    ]
  }

  private static func coefficient(
    _ assessors: Int, _ coefficient: AgreementCoefficient, _ agreement: Agreement
  ) -> JSON {
    var (value, observed, expected) = (JSON.null, JSON.null, JSON.null)
    var (standardError, interval, because) = (JSON.null, JSON.null, JSON.null)
    if case .estimated(let estimate) = agreement {
      value = .decimal(estimate.value)
      observed = .decimal(estimate.observed)
      expected = .decimal(estimate.expected)
      if case .interval(let error, let lower, let upper) = estimate.precision {
        standardError = .decimal(error)
        interval = [.decimal(lower), .decimal(upper)]
      } else {
        because = .string(estimate.precision.description)
      }
    } else {
      because = .string(agreement.description)
    }
    return [
      "name": .string(coefficient.rawValue),
      "title": .string(coefficient.title(ofAssessors: assessors)),
      "value": value, "observed": observed, "expected": expected,
      "standardError": standardError, "interval": interval, "because": because,
    ]
  }
}
