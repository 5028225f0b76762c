import Calendars
import Caseloads
import Problems
import Samples
import Spreadsheets
import Testing

struct ScopeTests {
  /// Rows of `crn,sex,sentence,start,rosh` and whatever follows.
  static func list(_ rows: [String], _ more: String = "") throws -> CaseList {
    let profile = try Profile.load("plumbline")
    let text = (["crn,sex,sentence_type,started_on,rosh" + more] + rows).joined(separator: "\n")
    return try CaseList.read(
      try CaseFile(bytes: Array(text.utf8), name: "list.csv", profile: profile),
      profile: profile)
  }

  private static func scope(
    _ list: CaseList, _ kind: String = "main", _ window: Scope.Window = Scope.Window(),
    decisions: String? = nil
  ) throws -> Scope {
    let plan = try SamplingPlan.load("probation")
    let kind = try #require(plan.kinds.first { $0.id == kind })
    let decisions = try decisions.map {
      try KeepDecisions(
        try CSVFile(bytes: Array("crn,started_on,decision,reason\n\($0)".utf8), name: "keep.csv"))
    }
    return try Scope(of: list, for: kind, window: window, decisions: decisions)
  }

  private static func said(_ scope: Scope) -> [String] {
    scope.cases.map { "\($0.crn) \(scope.strata[$0.stratum])" }
  }

  private static func left(_ scope: Scope) -> [String] {
    scope.excluded.map { "\($0.line) \($0.crn?.description ?? "-"): \($0.reason)" }
  }

  @Test func `each case has the stratum that the plan says, and nobody is dropped`() throws {
    let list = try Self.list([
      "X100001,male,community-order,2026-01-01,medium", "X100002,male,SSO,2026-01-01,RLRH",
      "X100003,male,licence,2026-01-01,RVRH", "X100004,male,PSS,2026-01-01,low",
      "X100005,female,licence,2026-01-01,", "X100006,other,licence,2026-01-01,low",
      "X100007,,licence,2026-01-01,low", "X100008,male,CO,2026-01-01,",
    ])
    let scope = try Self.scope(list)
    #expect(
      Self.said(scope) == [
        "X100001 male-community-not-low", "X100002 male-community-low",
        "X100003 male-post-custody-not-low", "X100004 male-post-custody-low", "X100005 female",
        "X100006 other-or-not-recorded", "X100007 other-or-not-recorded",
        "X100008 male-community-not-low",
      ])
    #expect(scope.excluded.isEmpty)
  }

  @Test func `a stratum that needs people is only there where the list has them`() throws {
    let scope = try Self.scope(try Self.list(["X100001,male,licence,2026-01-01,low"]))
    #expect(
      scope.strata == [
        "male-community-not-low", "male-community-low", "male-post-custody-not-low",
        "male-post-custody-low", "female",
      ])
  }

  @Test func `every row that is left out has its reason`() throws {
    let list = try Self.list([
      "X100001,male,licence,2025-12-31,low", "X100002,male,licence,2026-01-01,low",
      "X100003,male,licence,2026-02-01,low", "X100004,male,licence,2026-02-02,low",
      "X100005,male,custody,2026-01-05,low", "12,male,licence,,low",
      "X100003,male,licence,2026-01-20,low", "X100003,male,licence,2025-01-20,low",
    ])
    let scope = try Self.scope(
      list, "main", Scope.Window(from: Day(2026, 1, 1), until: Day(2026, 2, 1)))
    #expect(scope.cases.map(\.crn.description) == ["X100002", "X100003"])
    #expect(
      Self.left(scope) == [
        "2 X100001: started_on 2025-12-31 is before the window",
        "4 X100003: same person as line 8 (same crn), whose order is the earliest",
        "5 X100004: started_on 2026-02-02 is after the window",
        "6 X100005: custody is not sampled for main",
        "7 -: refused: crn “12” is not a letter and six digits; started_on is blank",
        "9 X100003: started_on 2025-01-20 is before the window",
      ])
    #expect(scope.cases.count + scope.excluded.count == list.counts.read)
  }

  @Test func `unpaid work under 40 hours is left out of its sample`() throws {
    let list = try Self.list(
      ["39", "40", "", "300", "x"].enumerated().map { number, hours in
        "X10000\(number),male,CO,2026-01-01,low,\(hours)"
      }, ",unpaid_work_hours")
    let scope = try Self.scope(list, "unpaid-work")
    #expect(Self.said(scope) == ["X100001 male", "X100003 male"])
    #expect(
      Self.left(scope) == [
        "2 X100000: 39 hours of unpaid work, under 40", "4 X100002: no unpaid work",
        "6 X100004: no unpaid work",
      ])
  }

  @Test func `Through the Gate and court reports go by their own days`() throws {
    let list = try Self.list(
      [
        "X100001,male,custody,2026-01-01,low,2026-03-01,,",
        "X100002,female,licence,2026-01-01,low,,,",
        "X100003,male,CO,2026-01-01,low,,standard,2026-02-01",
        "X100004,male,other,2026-01-01,low,,fast,2026-02-01", "X100005,male,SSO,2026-01-01,low,,,",
      ], ",released_on,report_type,reported_on")
    let gate = try Self.scope(list, "through-the-gate", Scope.Window(from: Day(2026, 3, 1)))
    #expect(Self.said(gate) == ["X100001 male"])
    #expect(Self.left(gate)[0] == "3 X100002: released_on is not recorded")
    let reports = try Self.scope(list, "court-reports")
    #expect(Self.said(reports) == ["X100003 standard-or-oral"])
    #expect(
      Self.left(reports).suffix(2) == [
        "5 X100004: other is not sampled for court-reports", "6 X100005: no report",
      ])
    let problems = #expect(throws: Problems.self) {
      try Self.scope(try Self.list(["X100001,male,CO,2026-01-01,low"]), "court-reports")
    }
    #expect(problems?.list.count == 2)
  }

  @Test func `a decision keeps another order, or says that it is another person's`() throws {
    let rows = [
      "X100001,male,licence,2026-01-01,low,1/1A", "X100001,male,licence,2026-01-02,low,1/1A",
      "X100002,male,licence,2026-01-03,low,01/1A",
    ]
    let list = try Self.list(rows + ["X100003,male,licence,2026-01-03,low,01/1a"], ",pnc")
    #expect(try Self.scope(list).cases.map(\.crn.description) == ["X100001", "X100002"])
    let kept = try Self.scope(
      list,
      decisions: "X100001,2026-01-02,keep,the live one\n"
        + "X100003,2026-01-03,separate,brothers\n")
    #expect(kept.cases.map { "\($0.crn) \($0.row)" } == ["X100001 1", "X100002 2", "X100003 3"])
    #expect(
      Self.left(kept) == [
        "2 X100001: same person as line 3 (same crn, pnc), kept because: the live one"
      ])
    for wrong in [
      "X100009,2026-01-02,keep,x", "X100001,2026-01-09,keep,x",
      "X100001,2026-01-01,keep,x\nX100001,2026-01-02,keep,x",
      "X100001,2026-01-02,separate,x",
    ] {
      #expect(throws: Problems.self) { try Self.scope(list, decisions: wrong) }
    }
  }

  @Test(.timeLimit(.minutes(1))) func `many decisions on one person are settled at once`() throws {
    let days = (0..<4_000).compactMap { Day(number: 40_000 + $0)?.description }
    let list = try Self.list(
      days.enumerated().map { "X\(100_000 + $0),male,CO,\($1),low,01/1A" }, ",pnc")
    let decisions = days.enumerated().map { "X\(100_000 + $0),\($1),separate,r" }
    let scope = try Self.scope(list, decisions: decisions.joined(separator: "\n"))
    #expect(scope.cases.count == days.count)
  }

  @Test func `a plan in which a case has no stratum or two is refused`() throws {
    let yaml = { (strata: String) in
      """
      format: plumbline-sampling-plan/1
      id: mine
      title: Mine
      editions: [crc-2019]
      officer-cap: {value: 6, source: ours, status: assumed}
      reserve: {value: 20, source: ours, status: assumed}
      samples:
        - id: main
          title: Main
          source: ours
          status: assumed
          sentences: [licence]
          window: started_on
          strata: \(strata)
      """
    }
    let all = "[{name: a, sex: [male]}, {name: b, sex: [female, other, not-recorded]}]"
    #expect(try SamplingPlan.read(yaml: yaml(all), file: "p.yaml").kinds[0].strata.count == 2)
    for (strata, what) in [
      (
        "[{name: a, sex: [male]}]",
        "a case that is not-recorded, licence, not-recorded has no stratum"
      ),
      (
        "[{name: a}, {name: b, sex: [male]}]",
        "a case that is male, licence, not-recorded is in a and b"
      ),
      (
        // Strata in which no case can be do not overlap.
        "[" + (0..<256).map { "{name: s\($0), sentences: [other]}, " }.joined() + "{name: all}]",
        "a sample has more than 100 strata"
      ),
    ] {
      let problems = #expect(throws: Problems.self) {
        try SamplingPlan.read(yaml: yaml(strata), file: "p.yaml")
      }
      #expect(problems?.list.map(\.what) == [what])
    }
  }
}
