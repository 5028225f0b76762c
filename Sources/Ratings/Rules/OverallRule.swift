public import Standards

/// Rates the whole from the standards.
///
/// 1. The scores of the counted standards are added, without weights.
/// 2. Standards that were not inspected or do not count leave the sum and the maximum.
/// 3. The sum takes its band for that maximum. Without bands for it there is no overall rating,
///    and it is said why.
/// 4. Where standards are unknown, every score still possible is looked at; there is a rating only
///    when all of them agree.
/// 5. The rule book's limits are applied.
///
/// - Source: `rules.overall`, `scores` and `limits` of the rule book.
public struct OverallRule: Sendable {
  let book: RuleBook

  public init(_ book: RuleBook) {
    self.book = book
  }

  /// What is known of the counted standards, in the order of the book: a rating, or nothing where
  /// it is not known. Standards that were not inspected are left out.
  public func rate(_ standards: [Code: Rating?]) -> OverallOutcome {
    let counted = book.standards.filter { $0.isCounted && standards.keys.contains($0.code) }
    let maximum = counted.count * book.scores.most
    let lowest = conclude(standards, unknownAs: .inadequate, counted: counted)
    let highest = conclude(standards, unknownAs: .outstanding, counted: counted)
    let result: OverallOutcome.Result =
      switch book.rules.overall {
      case .none:
        .notRated("The rule book \(book.id) gives no overall rating.")
      case .bandOfSummedScores(let sets, _):
        if counted.isEmpty {
          .notRated("No standard that counts was inspected.")
        } else if let bands = sets.first(where: { $0.maximum == maximum }) {
          rating(lowest, highest, bands)
        } else {
          .notRated(
            "The rule book \(book.id) has no bands for a maximum of \(maximum) "
              + "(\(counted.count) counted standards); it has them for "
              + "\(sets.map { "\($0.maximum)" }.joined(separator: ", ")).")
        }
      }
    return OverallOutcome(
      result: result, possible: lowest.score...max(lowest.score, highest.score), maximum: maximum,
      ratings: lowest.ratings.filter { highest.ratings[$0.key] == $0.value },
      limits: highest.limits)
  }

  /// The bands for a maximum, where the rule book has them.
  public func bands(for maximum: Int) -> ScoreBands? {
    guard case .bandOfSummedScores(let sets, _) = book.rules.overall else { return nil }
    return sets.first { $0.maximum == maximum }
  }

  private struct Conclusion {
    let ratings: [Code: Rating]
    let score: Int
    let limits: [Limit]
  }

  private func conclude(
    _ standards: [Code: Rating?], unknownAs filler: Rating, counted: [RuleBook.Standard]
  ) -> Conclusion {
    let filled = standards.mapValues { $0 ?? filler }
    let holding = LimitRule(limits: book.rules.limits).holding(for: filled)
    let ratings = LimitRule.capped(filled, by: holding)
    let score = counted.reduce(0) { $0 + (ratings[$1.code].map { book.scores[$0] } ?? 0) }
    return Conclusion(ratings: ratings, score: score, limits: holding)
  }

  private func rating(
    _ lowest: Conclusion, _ highest: Conclusion, _ bands: ScoreBands
  ) -> OverallOutcome.Result {
    let least = LimitRule.capped(bands.rating(of: lowest.score), by: lowest.limits)
    let most = LimitRule.capped(bands.rating(of: highest.score), by: highest.limits)
    return least == most ? .rated(least) : .open(least...most)
  }
}

/// Where the whole stands.
public struct OverallOutcome: Hashable, Sendable {
  public enum Result: Hashable, Sendable {
    case rated(Rating)

    /// Not known: anything from the first to the last of these is still possible.
    case open(ClosedRange<Rating>)

    /// There is no overall rating, and why.
    case notRated(String)
  }

  public let result: Result

  /// Every score still possible.
  public let possible: ClosedRange<Int>

  /// The highest sum of the standards that were inspected and count.
  public let maximum: Int

  /// The ratings after caps, where the unknown standards leave them certain.
  public let ratings: [Code: Rating]

  /// The limits that hold whatever the unknown standards are.
  public let limits: [Limit]

  /// The score, where only one is possible.
  public var score: Int? { possible.count == 1 ? possible.lowerBound : nil }

  public var rating: Rating? {
    switch result {
    case .rated(let rating): rating
    case .open, .notRated: nil
    }
  }

  public var reasonNotRated: String? {
    switch result {
    case .notRated(let reason): reason
    case .rated, .open: nil
    }
  }
}
