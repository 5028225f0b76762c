public import Caseloads
public import RuleFiles

/// What is sampled and how: the kinds of samples, their strata, the cap of an officer.
public struct SamplingPlan: Sendable {
  /// A number with its source.
  public struct Setting: Sendable {
    public let value: Int
    public let provenance: Provenance
  }

  /// One kind of sample, such as the case sample or unpaid work.
  public struct Kind: Sendable {
    /// A case keeps the place of its stratum in a byte.
    static let mostStrata = 100

    public let id: String
    public let title: String
    public let provenance: Provenance

    /// The sentence types that are sampled.
    public let sentences: Set<SentenceType>

    /// The day of a case that the window is about.
    public let window: WindowField

    /// The fewest hours of unpaid work, where the sample is about it.
    public let unpaidWorkHours: Int?

    public let strata: [Stratum]
  }

  public enum WindowField: String, CaseIterable, Sendable {
    case startedOn = "started_on"
    case releasedOn = "released_on"
    case reportedOn = "reported_on"
  }

  /// A part of the caseload. What is nil does not matter.
  public struct Stratum: Sendable {
    public let name: String
    public let sexes: Set<Sex>?
    public let sentences: Set<SentenceType>?
    public let risks: Set<RiskOfSeriousHarm>?
    public let reportTypes: Set<ReportType>?

    /// Whether the sample leaves it out where no case is in it.
    public let isOnlyWherePresent: Bool

    func holds(
      _ sex: Sex, _ sentence: SentenceType, _ risk: RiskOfSeriousHarm, _ report: ReportType
    ) -> Bool {
      sexes?.contains(sex) != false && sentences?.contains(sentence) != false
        && risks?.contains(risk) != false && reportTypes?.contains(report) != false
    }
  }

  public let id: String
  public let title: String

  /// The editions that it belongs to.
  public let editions: [String]

  public let officerCap: Setting

  /// In percent of the size.
  public let reserve: Setting

  public let kinds: [Kind]
  public let digest: Digest
}

extension SamplingPlan.Kind {
  /// Whether the strata look at the kind of a report; a case without one is then not sampled.
  var isAboutReports: Bool { strata.contains { $0.reportTypes != nil } }

  /// By sex, sentence type, risk and report type the place of the stratum.
  func stratum(
    _ sex: Sex, _ sentence: SentenceType, _ risk: RiskOfSeriousHarm, _ report: ReportType
  ) -> Int? {
    strata.firstIndex { $0.holds(sex, sentence, risk, report) }
  }
}
