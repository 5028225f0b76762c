public import Calendars
import OrderedJSON
public import Problems
public import Samples

/// What everybody may see of a sample file.
///
/// Which cases are restricted and which officer holds a case stay out of it: they say something
/// about people whom a CRN names to those who know it. So do reasons of single rows and decisions
/// on single people, of which only numbers are kept. Of sex, ethnicity and risk, values that fewer
/// than five cases in scope have are counted together. What people wrote as a reason or as the
/// source of the seed is public as it stands.
public struct SampleAudit: Sendable {
  /// A case that was drawn or stands in reserve.
  public struct Case: Hashable, Sendable {
    /// Counted from one.
    public let position: Int
    public let crn: String
    public let stratum: String
    public let ticket: String

    /// How many cases it stands for; nothing in the reserve.
    public let weight: Double?

    /// How far its place had to go to be filled; nothing in the reserve.
    public let reach: Draw.Reach?
  }

  public struct Stratum: Hashable, Sendable {
    public let name: String
    public let population: Int

    /// How many were to be drawn.
    public let size: Int
    public let drawn: Int
    public let reserve: Int
    public let weight: Double?
  }

  /// One value of something that cases differ in, as in ``Achieved/Row``.
  public struct Value: Hashable, Sendable {
    public let name: String
    public let population: Int
    public let planned: Double
    public let achieved: Int
  }

  /// A case that was added on purpose. It is in no estimate.
  public struct Addition: Hashable, Sendable {
    public let crn: String
    public let reason: String
    public let by: String
    public let at: String
  }

  /// A number of rows that are not in scope for the same reason.
  public struct LeftOut: Hashable, Sendable {
    public let reason: String
    public let rows: Int
  }

  /// Of sex, ethnicity and risk, values with fewer cases than this are counted together.
  public static let fewestShown = 5

  /// What ``Value/name`` says where values were counted together.
  public static let together = "values with fewer than five cases"

  public let planID: String
  public let planDigest: String

  /// The id of the kind of sample.
  public let kind: String
  public let profileID: String
  public let profileDigest: String

  /// The digest of the frame, without `sha256:`.
  public let frame: String
  public let rows: Int
  public let inScope: Int
  public let refused: Int
  public let listedOn: Day?
  public let window: Scope.Window

  /// How many decisions were taken on people with several orders.
  public let decisions: Int
  public let seed: String
  public let seedSource: String?
  public let method: Allocation.Method
  public let wanted: Int

  /// In percent; nothing where a number of cases was asked for.
  public let confidence: Double?

  /// In points of percent.
  public let margin: Double?
  public let officerCap: Int
  public let shortfall: Int

  /// Why a shortfall was accepted.
  public let shortfallReason: String?
  public let strata: [Stratum]

  /// In the order of their tickets.
  public let selected: [Case]

  /// By stratum, and in the order of their tickets.
  public let reserve: [Case]
  public let sex: [Value]
  public let ethnicity: [Value]
  public let risk: [Value]

  /// With the cluster in front.
  public let ldu: [Value]

  /// How many officers have a number of cases in the sample; the first entry is for none.
  public let officersByCases: [Int]

  /// The most frequent reason first.
  public let leftOut: [LeftOut]
  public let replacements: [SampleDocument.Replacement]

  public let additions: [Addition]

  /// The digest that the sample file ends with.
  public let digest: String

  /// - Throws: ``Problems`` when the file was changed by hand, a replacement is none that the
  ///   reserve gives, or something cannot be used.
  public init(_ file: SampleFile) throws(Problems) {
    try ChangeSample.checkWhole(file)
    let reader = SampleFileReader(file: file)
    planID = try reader.text("plan", "id")
    planDigest = try reader.text("plan", "digest")
    kind = try reader.text("plan", "sample")
    profileID = try reader.text("profile", "id")
    profileDigest = try reader.text("profile", "digest")
    frame = try reader.text("frame", "sha256")
    rows = try reader.count("frame", "rows")
    inScope = try reader.count("frame", "inScope")
    refused = try reader.count("refused")
    listedOn = file.listedOn
    window = try file.window()
    decisions = file.json["keep"].array?.count ?? 0
    seed = try reader.text("seed")
    seedSource = file.json["seedSource"].string
    method = try file.method()
    wanted = try reader.count("wanted", "size")
    confidence = file.json["wanted"]["confidence"].double
    margin = file.json["wanted"]["margin"].double
    officerCap = try reader.count("officerCap")
    shortfall = file.json["shortfall"]["cases"].int ?? 0
    shortfallReason = file.json["shortfall"]["accepted"].string
    strata = try reader.strata()
    selected = try reader.cases("selected")
    reserve = try reader.cases("reserve")
    sex = Self.withoutFew(try reader.values("sex"))
    ethnicity = Self.withoutFew(try reader.values("ethnicity"))
    risk = Self.withoutFew(try reader.values("risk"))
    ldu = try reader.values("ldu")
    officersByCases = try reader.officers()
    leftOut = try reader.leftOut()
    replacements = try file.replacements()
    additions = try file.additions().map {
      Addition(crn: $0.crn, reason: $0.reason, by: $0.by, at: $0.at)
    }
    digest = try reader.text("sha256")
    _ = try ChangeSample.current(try SampleDocument(file), file)
  }

  /// Values with few cases as one, at the end.
  private static func withoutFew(_ values: [Value]) -> [Value] {
    let few = values.filter { $0.population < fewestShown }
    guard !few.isEmpty else { return values }
    let planned = few.reduce(0) { $0 + $1.planned }
    return values.filter { $0.population >= fewestShown } + [
      Value(
        name: together, population: few.reduce(0) { $0 + $1.population },
        planned: (planned * 100).rounded() / 100, achieved: few.reduce(0) { $0 + $1.achieved })
    ]
  }
}
