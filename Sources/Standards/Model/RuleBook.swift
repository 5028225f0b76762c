public import Calendars
public import Providers
public import RuleFiles

/// One edition of the standards: what is judged, and the rules that turn judgements into ratings.
///
/// A published edition is never edited. Its ``digest`` names it wherever a rating is shown.
public final class RuleBook: Sendable {
  /// The edition's authored identifier, such as `crc-2018`.
  public struct ID: Hashable, Comparable, Sendable, CustomStringConvertible {
    public let text: String

    /// Makes an identifier, or nothing unless `text` is words and a year: `crc-2018`.
    public init?(_ text: some StringProtocol) {
      let parts = text.split(separator: "-", omittingEmptySubsequences: false)
      guard parts.count > 1, let year = parts.last, year.utf8.count == 4,
        year.utf8.allSatisfy({ (48...57).contains($0) }),
        parts.dropLast().allSatisfy({ part in
          !part.isEmpty && part.utf8.allSatisfy { (97...122).contains($0) }
        })
      else { return nil }
      self.text = String(text)
    }

    public static func < (one: ID, other: ID) -> Bool { one.text < other.text }

    public var description: String { text }
  }

  public let id: ID
  public let title: String
  public let providerKinds: [ProviderKind]
  public let validFrom: Day

  /// The first day on which it no longer holds, or nothing while it does.
  public let validUntil: Day?
  public let validity: Provenance
  public let bands: ShareBands

  /// What each rating adds to the sum.
  public let scores: Scores
  public let rules: RatingRules
  public let conditions: [Condition]
  public let domains: [Domain]
  public let digest: Digest

  /// Every standard, in the order of the book.
  public let standards: [Standard]

  /// Every rule that a rating under this edition rests on, with a name for readers.
  public let ruleTexts: [(name: String, rule: RuleText)]

  /// The names of the rules that no page we saw confirms.
  public let assumedRules: [String]

  init(
    id: ID, title: String, providerKinds: [ProviderKind], validFrom: Day, validUntil: Day?,
    validity: Provenance, bands: ShareBands, scores: Scores, rules: RatingRules,
    conditions: [Condition], domains: [Domain], digest: Digest
  ) {
    self.id = id
    self.title = title
    self.providerKinds = providerKinds
    self.validFrom = validFrom
    self.validUntil = validUntil
    self.validity = validity
    self.bands = bands
    self.scores = scores
    self.rules = rules
    self.conditions = conditions
    self.domains = domains
    self.digest = digest
    standards = domains.flatMap(\.standards)
    ruleTexts =
      [
        ("Key questions", rules.keyQuestion.text),
        (
          "Bands",
          RuleText(
            text: "The bands that turn a share of sufficient cases into a rating.",
            provenance: bands.provenance)
        ),
        ("Standards", rules.standard.text),
        ("Overall rating", rules.overall.text),
        (
          "Scores",
          RuleText(
            text: "What each rating adds to the overall score.", provenance: scores.provenance)
        ),
        ("Ratings panel", rules.panelText),
      ] + rules.limits.map { ("Limit: \($0.name)", $0.text) }
    assumedRules = ruleTexts.filter { $0.rule.provenance.status == .assumed }.map(\.name)
  }

  /// What each rating adds to the overall score.
  public struct Scores: Hashable, Sendable {
    let points: [Rating: Int]
    public let provenance: Provenance

    public subscript(rating: Rating) -> Int { points[rating] ?? 0 }

    /// The points of the highest rating.
    public var most: Int { self[.outstanding] }

    /// The points of the lowest rating.
    public var least: Int { self[.inadequate] }
  }

  /// A kind of case that a key question applies to.
  public struct Condition: Hashable, Sendable {
    /// The name of the condition that every case meets.
    public static let everyCase = "every-case"

    public let name: String
    public let title: String
    public let provenance: Provenance
  }

  public struct Domain: Hashable, Sendable {
    public let code: Code
    public let title: String
    public let standards: [Standard]
  }

  public struct Standard: Hashable, Sendable {
    /// What a standard's rating rests on.
    public enum RatedBy: String, CaseIterable, Hashable, Sendable {
      /// Evidence weighed by the lead inspector and the ratings panel.
      case evidence

      /// Answers to key questions on sampled cases.
      case caseQuestions = "case-questions"

      /// Counts pooled from other inspections, never their percentages.
      case pooled

      public var words: String {
        switch self {
        case .evidence: "judged on evidence"
        case .caseQuestions: "judged on cases"
        case .pooled: "pooled from other inspections"
        }
      }
    }

    public let code: Code
    public let title: String
    public let ratedBy: RatedBy

    /// Whether its score is part of the overall score.
    public let isCounted: Bool
    public let questions: [KeyQuestion]
    public let provenance: Provenance
  }

  public struct KeyQuestion: Hashable, Sendable {
    public let code: Code
    public let title: String

    /// The question as it is put.
    public let text: String

    /// The name of the ``Condition`` under which it is put; nothing for a question on evidence.
    public let appliesTo: String?

    /// What to look for, in our words.
    public let guidance: String
    public let prompts: [String]

    /// The questions whose counts are pooled for this one.
    public let pooledFrom: Pooling?
    public let provenance: Provenance
  }

  public struct Pooling: Hashable, Sendable {
    public let edition: ID
    public let questions: [Code]
  }
}

/// One rule book is the same as another when its digest is.
extension RuleBook: Hashable {
  public static func == (one: RuleBook, other: RuleBook) -> Bool { one.digest == other.digest }

  public func hash(into hasher: inout Hasher) { hasher.combine(digest) }
}

extension RuleBook {
  public func standard(_ code: Code) -> Standard? {
    standards.first { $0.code == code }
  }

  /// The largest sum when every counted standard is rated.
  public var maximum: Int { standards.count(where: \.isCounted) * scores.most }

  public func condition(_ name: String) -> Condition? {
    conditions.first { $0.name == name }
  }
}
