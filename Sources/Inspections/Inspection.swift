public import Calendars
public import Providers
public import RuleFiles
public import Standards

/// One published inspection, as far as its facts were seen.
///
/// Nothing means not seen, never "none" and never zero.
public final class Inspection: Sendable {
  /// The authored identifier, such as `west-kent-pdu-1`.
  public struct ID: Hashable, Comparable, Sendable, CustomStringConvertible {
    public let slug: String

    public init(_ slug: String) {
      self.slug = slug
    }

    public static func < (one: ID, other: ID) -> Bool { one.slug < other.slug }

    public var description: String { slug }
  }

  public let id: ID
  public let provider: Provider.ID

  /// The name that the report used.
  public let reportedAs: String

  /// The edition it was judged under, also one that gives no ratings.
  public let standards: RuleBook.ID

  /// The how-manieth inspection of this provider, counted from one.
  public let round: Int

  public let fieldworkStart: PartialDate?
  public let fieldworkEnd: PartialDate?
  public let published: PartialDate?
  public let overall: OverallFact?
  public let overallStatus: Provenance.Status

  /// The overall score, where it was printed.
  public let printedScore: PrintedScore?

  public let caseload: ApproximateCount?
  public let caseloadAsOf: PartialDate?
  public let recommendations: Int?

  /// The overall rating that this report says the last inspection gave.
  public let previousOverall: Rating?

  /// The ratings of standards that were seen.
  public let ratings: [Code: Rating]

  /// How many standards got a rating, where that was stated without saying which.
  public let statedGrades: [Rating: Int]

  public let percentages: [PrintedPercentage]
  public let sources: [String]
  public let notes: String

  public init(
    id: ID, provider: Provider.ID, reportedAs: String, standards: RuleBook.ID, round: Int,
    fieldworkStart: PartialDate?, fieldworkEnd: PartialDate?, published: PartialDate?,
    overall: OverallFact?, overallStatus: Provenance.Status, printedScore: PrintedScore?,
    caseload: ApproximateCount?, caseloadAsOf: PartialDate?, recommendations: Int?,
    previousOverall: Rating?, ratings: [Code: Rating], statedGrades: [Rating: Int],
    percentages: [PrintedPercentage], sources: [String], notes: String
  ) {
    self.id = id
    self.provider = provider
    self.reportedAs = reportedAs
    self.standards = standards
    self.round = round
    self.fieldworkStart = fieldworkStart
    self.fieldworkEnd = fieldworkEnd
    self.published = published
    self.overall = overall
    self.overallStatus = overallStatus
    self.printedScore = printedScore
    self.caseload = caseload
    self.caseloadAsOf = caseloadAsOf
    self.recommendations = recommendations
    self.previousOverall = previousOverall
    self.ratings = ratings
    self.statedGrades = statedGrades
    self.percentages = percentages
    self.sources = sources
    self.notes = notes
  }

  /// The overall rating, where there is one and it was seen.
  public var overallRating: Rating? {
    if case .rated(let rating) = overall { rating } else { nil }
  }
}

/// One inspection is the same as another when it has the same identifier.
extension Inspection: Hashable {
  public static func == (one: Inspection, other: Inspection) -> Bool { one.id == other.id }

  public func hash(into hasher: inout Hasher) { hasher.combine(id) }
}

/// What was published as the overall rating.
public enum OverallFact: Hashable, Sendable {
  case rated(Rating)

  /// The report says that it gives none.
  case notRated
}

/// An overall score as it was printed: points out of a maximum.
public struct PrintedScore: Hashable, Sendable {
  public let points: Int
  public let maximum: Int

  public init?(points: Int, maximum: Int) {
    guard maximum > 0, (0...maximum).contains(points) else { return nil }
    self.points = points
    self.maximum = maximum
  }
}

/// A percentage as it was printed, with the name of what it counts.
public struct PrintedPercentage: Hashable, Sendable {
  /// What it counts, as words joined by underscores; the direction is in the name.
  public let name: String
  public let percent: Int

  public init(name: String, percent: Int) {
    self.name = name
    self.percent = percent
  }

  /// The name as words.
  public var words: String {
    let words = name.replacing("_", with: " ")
    return words.prefix(1).uppercased() + words.dropFirst()
  }
}
