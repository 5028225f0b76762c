public import Calendars
public import Caseloads
public import Problems
public import RuleFiles

/// A sample with everything that is needed to draw it again. Holds no name and no date of birth.
public struct Sample: Sendable {
  /// A case that was drawn or stands in reserve.
  public struct Entry: Sendable {
    public let crn: CRN

    /// Where the list has the order that was kept.
    public let line: Int
    public let stratum: Int
    public let ticket: Ticket

    /// Only for those cleared to see it.
    public let isRestricted: Bool

    /// Which officer, numbered from one as they first appear; nothing where not recorded.
    public let officer: Int?

    /// How far the place had to go to be filled; nothing in the reserve.
    public let reach: Draw.Reach?
  }

  /// What was asked for.
  public let request: SampleRequest

  /// How the list was read.
  public let profile: Profile

  /// The day of the list, if one was given.
  public let listedOn: Day?

  /// The digest of the list.
  public let frame: Digest

  /// How many rows the list has.
  public let rows: Int

  /// How many of them were refused and are left out.
  public let refused: Int
  public let inScope: Int
  public let excluded: [Scope.Exclusion]

  /// How many cases were wanted.
  public let wanted: Int
  public let strata: [Draw.Stratum]

  /// In the order of their tickets.
  public let selected: [Entry]

  /// By stratum, and in the order of their tickets.
  public let reserve: [Entry]
  public let achieved: Achieved

  /// How many cases are missing.
  public var shortfall: Int { wanted - selected.count }

  /// Draws a sample from a list.
  ///
  /// - Throws: ``Problems`` when the list has refused rows that nobody said to leave out, when
  ///   nothing is in scope, or when fewer cases can be drawn than are wanted and nobody said why
  ///   that is accepted.
  public init(from list: CaseList, by request: SampleRequest) throws(Problems) {
    let kind = try request.kindOfSample()
    guard list.counts.refused == 0 || request.leavesOutRefused else {
      throw Problems(
        Problem(
          list.name, "has \(list.counts.refused) rows that were refused",
          remedy: "ask for a corrected list, or leave them out with --leave-out-refused"))
    }
    let scope = try Scope(
      of: list, for: kind, window: request.window, decisions: request.decisions)
    guard !scope.cases.isEmpty else {
      throw Problems(
        Problem(
          list.name, "no case is in scope of the sample “\(kind.id)”",
          remedy: "look at the window and at the reasons in caseload check"))
    }
    let wanted = try request.size(of: scope.cases.count)
    let plan = DrawPlan(
      strata: scope.strata, size: wanted, reserve: request.plan.reserve.value,
      method: request.method, officerCap: request.plan.officerCap.value)
    let draw = Draw(from: scope.cases, at: list.places, by: plan, seed: Seed(request.seed))

    var officers: [Int: Int] = [:]
    func entry(_ place: Int, _ ticket: Ticket, _ reach: Draw.Reach?) -> Entry {
      let one = scope.cases[place]
      var number: Int?
      if one.officer != 0 {
        let known = officers[one.officer] ?? officers.count + 1
        officers[one.officer] = known
        number = known
      }
      return Entry(
        crn: one.crn, line: Int(list[one.row].line), stratum: one.stratum, ticket: ticket,
        isRestricted: list[one.row].isRestricted, officer: number, reach: reach)
    }
    selected = draw.picks.map { entry($0.place, $0.ticket, $0.reach) }
    let seed = Seed(request.seed)
    reserve = draw.strata.flatMap(\.reserve).map {
      entry($0, seed.ticket(for: scope.cases[$0].crn), nil)
    }
    achieved = Achieved(list, scope, draw)
    self.request = request
    profile = list.profile
    listedOn = list.listedOn
    frame = list.frame
    rows = list.counts.read
    refused = list.counts.refused
    inScope = scope.cases.count
    excluded = scope.excluded
    self.wanted = wanted
    strata = draw.strata
    if shortfall > 0, request.shortfallReason == nil { throw Problems(self.shortfallProblem(list)) }
  }

  private func shortfallProblem(_ list: CaseList) -> Problem {
    let short = strata.filter { $0.drawn < $0.size }.map {
      "\($0.name) has \($0.population) and gives \($0.drawn) of \($0.size)"
    }
    let sum =
      "\(wanted) cases are wanted and \(selected.count) can be drawn: \(inScope) are in scope, and "
      + "no officer gives more than \(request.plan.officerCap.value)"
    return Problem(
      list.name, ([sum] + short).joined(separator: "; "),
      remedy: "lower the size, widen the window, or take fewer with --accept-shortfall REASON")
  }
}
