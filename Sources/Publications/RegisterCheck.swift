public import Inspections
import Ratings
import Standards

/// Whether a published overall rating follows from what is known of the standards.
public struct RegisterCheck: Hashable, Sendable {
  public enum Verdict: String, CaseIterable, Hashable, Sendable {
    /// Every score still possible gives the published rating.
    case confirmed

    /// Some scores still possible give it.
    case possible

    /// None does: a fact or a rule is wrong.
    case contradicted

    /// There is no overall rating, no rule for one, or nothing known of the standards.
    case notCheckable = "not-checkable"

    /// As a person reads it.
    public var words: String {
      switch self {
      case .confirmed: "Confirmed"
      case .possible: "Possible"
      case .contradicted: "Contradicted"
      case .notCheckable: "Not checkable"
      }
    }
  }

  public let inspection: Inspection
  public let verdict: Verdict

  /// The scores that the known standards leave possible; nothing where there is no rule.
  public let range: ClosedRange<Int>?

  /// Those of them that give the published rating.
  public let agreeing: ClosedRange<Int>?

  public let maximum: Int?

  /// Why, in a sentence.
  public let reason: String
}

extension Register {
  /// Checks every inspection, oldest first.
  public func check() -> [RegisterCheck] {
    inspections.map(check)
  }

  /// Checks one inspection against the rule book it was judged under.
  public func check(_ inspection: Inspection) -> RegisterCheck {
    func notCheckable(_ reason: String, _ range: ClosedRange<Int>? = nil, _ maximum: Int? = nil)
      -> RegisterCheck
    {
      RegisterCheck(
        inspection: inspection, verdict: .notCheckable, range: range, agreeing: nil,
        maximum: maximum, reason: reason)
    }
    guard let book = editions[inspection.standards] else {
      return notCheckable("Inspections under \(inspection.standards) carry no rule for a rating.")
    }
    guard let bands = OverallRule(book).bands(for: book.maximum) else {
      return notCheckable("The rule book \(book.id) gives no overall rating.")
    }
    let known = KnownScores(inspection, book)
    let (range, maximum) = (known.range, book.maximum)
    guard let published = inspection.overallRating else {
      return notCheckable(
        inspection.overall == .notRated
          ? "The report gives no overall rating." : "The overall rating was not seen.",
        range, maximum)
    }
    guard known.isAnything else {
      return notCheckable("No rating of a standard was seen.", range, maximum)
    }
    guard !known.isContradictory else {
      return RegisterCheck(
        inspection: inspection, verdict: .contradicted, range: range, agreeing: nil,
        maximum: maximum, reason: "The printed score cannot come from the known ratings.")
    }
    let band = bands.range(of: published)
    let agreeing = range.overlaps(band) ? range.clamped(to: band) : nil
    let words = "\(published.title) takes \(band.lowerBound) to \(band.upperBound) of \(maximum)"
    let found =
      range.count == 1
      ? "the score is \(range.lowerBound)"
      : "scores from \(range.lowerBound) to \(range.upperBound) are possible"
    let verdict: RegisterCheck.Verdict =
      agreeing == nil ? .contradicted : agreeing == range ? .confirmed : .possible
    return RegisterCheck(
      inspection: inspection, verdict: verdict, range: range, agreeing: agreeing,
      maximum: maximum, reason: "\(words); \(found).")
  }

  /// The score of an inspection, where the facts leave only one.
  public func score(of inspection: Inspection) -> Int? {
    guard let book = editions[inspection.standards] else { return nil }
    let known = KnownScores(inspection, book)
    guard known.isAnything, !known.isContradictory, known.range.count == 1 else { return nil }
    return known.range.lowerBound
  }
}

/// The scores that the facts of an inspection leave possible.
struct KnownScores {
  /// Never empty; where facts contradict each other, what the ratings alone leave.
  let range: ClosedRange<Int>

  /// Whether anything at all is known of the standards.
  let isAnything: Bool

  /// Whether the printed score cannot come from the known ratings.
  let isContradictory: Bool

  /// Known ratings add their scores. Stated grades that no known rating accounts for add theirs.
  /// What is left can be anything. A printed score beats all of that, unless it contradicts it.
  init(_ inspection: Inspection, _ book: RuleBook) {
    let counted = book.standards.filter(\.isCounted)
    let ratings = counted.compactMap { inspection.ratings[$0.code] }
    var sum = ratings.reduce(0) { $0 + book.scores[$1] }
    var open = counted.count - ratings.count
    for (grade, stated) in inspection.statedGrades {
      let further = min(open, max(0, stated - ratings.count { $0 == grade }))
      sum += further * book.scores[grade]
      open -= further
    }
    let possible = (sum + open * book.scores.least)...(sum + open * book.scores.most)
    let printed = inspection.printedScore.flatMap { $0.maximum == book.maximum ? $0.points : nil }
    isAnything = open < counted.count || printed != nil
    if let printed, possible.contains(printed) {
      range = printed...printed
      isContradictory = false
    } else {
      range = possible
      isContradictory = printed != nil
    }
  }
}
