import Judgements
public import Standards
import Statistics

/// Rates one standard from its key questions.
///
/// A standard takes the band of its lowest key question: the one with the smallest exact share, the
/// first listed of equals. Questions that the rule book sets aside do not count; where it says
/// that the standard is not known without one, it is not known.
///
/// - Source: `rules.standard` and `rules.key-question` of the rule book.
public struct StandardRule: Sendable {
  public init() {}

  public func rate(_ questions: [QuestionResult]) -> StandardOutcome {
    let blocking = questions.filter { question in
      if case .withoutShare(_, .unknown) = question.outcome { true } else { false }
    }
    if !blocking.isEmpty, questions.contains(where: \.tally.isAnswered) {
      let codes = blocking.map(\.code.text).joined(separator: ", ")
      return .unknown("\(codes) has no share, and the rule book does not set it aside.")
    }
    var lowest: QuestionResult?
    for question in questions {
      guard let share = question.share else { continue }
      if lowest?.share.map({ share.isLower(than: $0) }) ?? true { lowest = question }
    }
    if let lowest, let rating = lowest.rating {
      return .rated(rating, .lowestQuestion(lowest.code))
    }
    return questions.contains(where: \.tally.isAnswered)
      ? .unknown("None of its key questions applied to any case.")
      : .unknown("None of its key questions was answered.")
  }
}

/// Where a standard stands.
public enum StandardOutcome: Hashable, Sendable {
  /// What a rating rests on.
  public enum Basis: Hashable, Sendable {
    /// The key question with the smallest share.
    case lowestQuestion(Code)

    /// The lead inspector's judgement on evidence, with the reason.
    case evidence(String)

    /// A rating that is known without what it rests on.
    case given
  }

  case rated(Rating, Basis)

  /// Not known, and why. Its score can still be anything.
  case unknown(String)

  /// Left out of this inspection, with the reason. It leaves the sum and the maximum.
  case notInspected(String)

  public var rating: Rating? {
    if case .rated(let rating, _) = self { rating } else { nil }
  }

  /// The code of the question that decided.
  public var deciding: Code? {
    if case .rated(_, .lowestQuestion(let code)) = self { code } else { nil }
  }
}
