public import Standards
public import Statistics

/// Says which ratings are open to the ratings panel, and towards which rating.
///
/// Open is a standard whose deciding share lies within the rule book's number of percentage points
/// below the next band, or whose band one case judged otherwise would change. The panel may move
/// it only into a band that is within reach in this sense, and says why. Ratings on evidence are
/// the panel's own already.
///
/// - Source: `rules.panel` of the rule book; decision 0006 on the direction.
public struct PanelRule: Sendable {
  let bands: ShareBands
  let rule: RatingRules.Panel?

  public init(_ book: RuleBook) {
    bands = book.bands
    rule = book.rules.panel
  }

  /// Why a standard is open, or nothing when it is closed.
  public func opening(of standard: Code, deciding question: QuestionResult) -> PanelOpening? {
    guard let rule, case .rated(let rating, let share) = question.outcome else { return nil }
    var reasons: [PanelOpening.Reason] = []
    var towards: Set<Rating> = []
    if let next = rating.next, let threshold = bands.threshold(of: next),
      share.reaches(threshold.lowered(by: rule.withinPoints))
    {
      reasons.append(.within(rule.withinPoints))
      towards.insert(next)
    }
    if rule.opensForOneCase {
      let others = [share.part - 1, share.part + 1].compactMap { Proportion($0, of: share.whole) }
        .map(bands.rating).filter { $0 != rating }
      if !others.isEmpty { reasons.append(.oneCase) }
      towards.formUnion(others)
    }
    guard !reasons.isEmpty else { return nil }
    return PanelOpening(
      standard: standard, question: question.code, because: reasons, towards: towards.sorted())
  }
}

/// A rating that the panel may move.
public struct PanelOpening: Hashable, Sendable {
  public enum Reason: Hashable, Sendable {
    /// The deciding share lies within so many points below the next band.
    case within(Percent)

    /// One case judged otherwise would change the band.
    case oneCase

    /// As machines read it: `within-five-points`, `one-case`.
    public var name: String {
      switch self {
      case .within(let points):
        let words = [
          "no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
        ]
        let number = points.points < words.count ? words[points.points] : "\(points.points)"
        return "within-\(number)-points"
      case .oneCase: return "one-case"
      }
    }

    /// As a person reads it.
    public var words: String {
      switch self {
      case .within(let points):
        "its deciding share lies within \(points.points) percentage points of the next band"
      case .oneCase: "one case judged otherwise would change the band"
      }
    }
  }

  public let standard: Code
  public let question: Code
  public let because: [Reason]

  /// The ratings that it may be moved to.
  public let towards: [Rating]
}
