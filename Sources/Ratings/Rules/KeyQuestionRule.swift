public import Judgements
public import Standards
public import Statistics

/// Rates one key question from the answers to it.
///
/// A key question takes the band that its exact share of sufficient cases reaches. A question that
/// applied to no case, or that nobody answered, has no share: it is never 0 %, and the rule book
/// says what follows.
///
/// - Source: `rules.key-question` and `bands` of the rule book.
public struct KeyQuestionRule: Sendable {
  let bands: ShareBands
  let rule: RatingRules.KeyQuestion

  public init(_ book: RuleBook) {
    bands = book.bands
    rule = book.rules.keyQuestion
  }

  public func rate(_ question: RuleBook.KeyQuestion, from tally: QuestionTally) -> QuestionResult {
    let outcome: QuestionResult.Outcome =
      if let share = tally.share {
        .rated(bands.rating(of: share), share)
      } else {
        .withoutShare(
          tally.isAnswered ? .noApplicableCase : .notAnswered,
          tally.isAnswered ? rule.noApplicableCase : rule.notAnswered)
      }
    return QuestionResult(
      code: question.code, title: question.title, tally: tally, outcome: outcome)
  }
}

/// What a key question came to.
public struct QuestionResult: Hashable, Sendable {
  public enum Outcome: Hashable, Sendable {
    case rated(Rating, Proportion)

    /// No share, why, and what the rule book says follows.
    case withoutShare(Absence, RatingRules.KeyQuestion.WithoutShare)
  }

  public enum Absence: Hashable, Sendable {
    case noApplicableCase
    case notAnswered
  }

  public let code: Code
  public let title: String
  public let tally: QuestionTally
  public let outcome: Outcome

  public var rating: Rating? {
    if case .rated(let rating, _) = outcome { rating } else { nil }
  }

  public var share: Proportion? {
    if case .rated(_, let share) = outcome { share } else { nil }
  }
}
