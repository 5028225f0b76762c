import Calendars
import Inspections
import Providers
public import Standards

/// A published count held against our facts.
public struct CountCheck: Hashable, Sendable {
  public let published: PublishedCount

  /// How many inspections we have at each rating.
  public let found: [Rating: Int]

  public var agrees: Bool {
    Rating.allCases.allSatisfy { found[$0, default: 0] == published.counts[$0, default: 0] }
  }

  /// What is missing or too many, such as `1 Good missing`.
  public var differences: [String] {
    Rating.allCases.reversed().compactMap { rating in
      let difference = published.counts[rating, default: 0] - found[rating, default: 0]
      if difference == 0 { return nil }
      return "\(abs(difference)) \(rating.title) \(difference > 0 ? "missing" : "too many")"
    }
  }

  /// The comparison in a sentence.
  public var words: String {
    func list(_ counts: [Rating: Int]) -> String {
      Rating.allCases.reversed().compactMap { rating in
        counts[rating, default: 0] == 0 ? nil : "\(counts[rating, default: 0]) \(rating.title)"
      }.joined(separator: ", ")
    }
    let scope = published.standards.map { " (\($0))" } ?? ""
    let day =
      published.from.map { "from \($0.words)" } ?? "as of \(published.asOf.words)"
    return "\(published.kind.plural)\(scope), \(day): published \(list(published.counts)); "
      + (agrees
        ? "our facts agree."
        : "our facts have \(list(found)): \(differences.joined(separator: ", ")).")
  }
}

extension Register {
  /// Holds every published count against our facts.
  public func countChecks() -> [CountCheck] {
    publishedCounts.map { count in
      let counted = providers.filter { $0.kind == count.kind }.flatMap { provider in
        let known = inspections(of: provider.id).filter { inspection in
          (count.standards == nil || inspection.standards == count.standards)
            && publicationWindow(of: inspection).lowerBound <= count.asOf
        }
        guard let from = count.from, let until = count.until else {
          return Array(known.suffix(1))
        }
        return known.filter { inspection in
          let window = publicationWindow(of: inspection)
          return inspection.published != nil && window.lowerBound >= from
            && window.upperBound < until
        }
      }
      let ratings = counted.compactMap(\.overallRating)
      return CountCheck(
        published: count, found: Dictionary(ratings.map { ($0, 1) }, uniquingKeysWith: +))
    }
  }
}
