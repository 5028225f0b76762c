public import RuleFiles
public import Statistics

/// The rules of an edition, as data. The engine has one file for the shape of each.
public struct RatingRules: Hashable, Sendable {
  public let keyQuestion: KeyQuestion
  public let standard: Standard
  public let overall: Overall
  public let panel: Panel?

  /// What the edition says about the panel, also where it has none.
  public let panelText: RuleText

  /// Caps and limits by name. None was found in any shipped edition.
  public let limits: [Limit]

  /// How a key question gets its band.
  public struct KeyQuestion: Hashable, Sendable {
    /// What follows for a question that has no share.
    public enum WithoutShare: String, CaseIterable, Hashable, Sendable {
      /// The question is left out; the standard rests on the others.
      case setAside = "set-aside"

      /// The standard's rating is not known.
      case unknown
    }

    public let noApplicableCase: WithoutShare
    public let notAnswered: WithoutShare
    public let text: RuleText
  }

  /// How a standard gets its rating from its key questions.
  public struct Standard: Hashable, Sendable {
    public let text: RuleText
  }

  /// How the whole gets its rating from the standards.
  public enum Overall: Hashable, Sendable {
    /// The edition gives no overall rating.
    case none(RuleText)

    /// The band of the summed scores, with one set of bands for each maximum.
    case bandOfSummedScores([ScoreBands], RuleText)

    public var text: RuleText {
      switch self {
      case .none(let text), .bandOfSummedScores(_, let text): text
      }
    }
  }

  /// What makes a standard's rating open to the ratings panel.
  public struct Panel: Hashable, Sendable {
    /// How far below the next band a deciding share may lie, in percentage points; the end is in.
    public let withinPoints: Percent

    /// Whether a rating is open when one case judged otherwise would change the band.
    public let opensForOneCase: Bool
  }
}

/// What a rule says in words, and where it comes from.
public struct RuleText: Hashable, Sendable {
  public let text: String
  public let provenance: Provenance
}

/// The bands of a summed score out of one maximum.
public struct ScoreBands: Hashable, Sendable {
  /// The highest possible sum.
  public let maximum: Int

  /// The smallest sum of each band, one for each rating, lowest first, the first zero.
  public let from: [Entry]

  public struct Entry: Hashable, Sendable {
    public let rating: Rating
    public let score: Int
  }

  /// The rating of a sum from 0 to ``maximum``.
  public func rating(of score: Int) -> Rating {
    from.last { score >= $0.score }?.rating ?? .inadequate
  }

  /// The first and the last sum of a band; both are in it.
  public func range(of rating: Rating) -> ClosedRange<Int> {
    let start = from.first { $0.rating == rating }?.score ?? 0
    let end = from.first { $0.rating > rating }.map { $0.score - 1 } ?? maximum
    return start...max(start, end)
  }
}

/// A named cap: when enough of some standards are rated low, something can be at most so high.
public struct Limit: Hashable, Sendable {
  public enum Effect: Hashable, Sendable {
    case overallAtMost(Rating)
    case standardAtMost(Code, Rating)
  }

  public let name: String

  /// The standards it looks at.
  public let standards: [Code]

  /// It counts those rated this or lower.
  public let ratedAtMost: Rating

  /// It holds when at least this many are.
  public let atLeast: Int

  public let effect: Effect
  public let text: RuleText
}
