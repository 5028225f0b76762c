import Calendars
import Caseloads
import Problems
import Samples
import TestKit
import Testing

struct SampleTests {
  /// A list of many people with officers, LDUs and all strata.
  static func rows(_ count: Int, officers: Int) -> [String] {
    (0..<count).map { number in
      let officer = number % officers
      return [
        "X\(100_000 + number)", ["male", "male", "male", "female", "other"][number % 5],
        ["CO", "licence"][number % 2], "2026-01-01", ["low", "high", "medium"][number % 3],
        "C\(officer % 2)", "L\(officer % 6)", officer == 0 ? "" : "O\(officer)",
      ].joined(separator: ",")
    }
  }

  static func list(_ rows: [String]) throws -> CaseList {
    try ScopeTests.list(rows, ",cluster,ldu,officer")
  }

  static func request(
    _ size: Int, seed: String = "20200528", _ change: (inout SampleRequest) -> Void = { _ in }
  ) throws -> SampleRequest {
    var request = SampleRequest(plan: try SamplingPlan.load("probation"), seed: seed)
    request.wanted = .cases(size)
    change(&request)
    return request
  }

  @Test func `a sample has the size, and its strata sum to it`() throws {
    let list = try Self.list(Self.rows(900, officers: 40))
    for size in [1, 2, 10, 100, 148, 200] {
      let sample = try Sample(from: list, by: try Self.request(size))
      #expect(sample.selected.count == size)
      #expect(sample.strata.reduce(0) { $0 + $1.drawn } == size)
      #expect(sample.reserve.count == sample.strata.reduce(0) { $0 + $1.reserve.count })
      let weights = sample.selected.reduce(0.0) { $0 + (sample.strata[$1.stratum].weight ?? 0) }
      if sample.strata.allSatisfy({ $0.drawn > 0 }) { #expect(abs(weights - 900) < 1e-6) }
    }
  }

  @Test func `rows in another order give the same sample`() throws {
    let rows = Self.rows(500, officers: 25)
    let expected = try Sample(from: try Self.list(rows), by: try Self.request(90))
    var chance = Chance(seed: 2)
    let sample = try Sample(
      from: try Self.list(rows.shuffled(using: &chance)), by: try Self.request(90))
    #expect(sample.selected.map(\.crn) == expected.selected.map(\.crn))
    #expect(sample.reserve.map(\.crn) == expected.reserve.map(\.crn))
    #expect(sample.selected.map(\.officer) == expected.selected.map(\.officer))
    #expect(sample.frame == expected.frame)
  }

  @Test func `refused rows stop a draw until they are left out`() throws {
    let list = try Self.list(Self.rows(50, officers: 30) + ["12,male,CO,2026-01-01,low,C,L,O"])
    #expect(throws: Problems.self) { try Sample(from: list, by: try Self.request(5)) }
    let sample = try Sample(from: list, by: try Self.request(5) { $0.leavesOutRefused = true })
    #expect(sample.refused == 1)
    #expect(sample.excluded.map(\.line) == [52])
  }

  @Test func `too few cases are refused with the arithmetic until somebody accepts it`() throws {
    let list = try Self.list(Self.rows(60, officers: 4))
    let problems = #expect(throws: Problems.self) {
      try Sample(from: list, by: try Self.request(40))
    }
    let what = try #require(problems?.list.first?.what)
    #expect(
      what == "40 cases are wanted and 31 can be drawn: 60 are in scope, and no officer gives more "
        + "than 6; male-community-not-low has 12 and gives 7 of 8; male-post-custody-not-low has 12 "
        + "and gives 3 of 8; male-post-custody-low has 6 and gives 1 of 4")
    let sample = try Sample(
      from: list, by: try Self.request(40) { $0.shortfallReason = "few officers" })
    #expect(sample.selected.count == 31)
    #expect(sample.shortfall == 9)
    #expect(throws: Problems.self) {
      try Sample(from: try Self.list(Self.rows(9, officers: 4)), by: try Self.request(10))
    }
  }

  @Test func `achieved tells drawn cases by what they are`() throws {
    let list = try Self.list(Self.rows(900, officers: 40))
    let sample = try Sample(from: list, by: try Self.request(100))
    for rows in [sample.achieved.sex, sample.achieved.risk, sample.achieved.ldu] {
      #expect(rows.reduce(0) { $0 + $1.population } == 900)
      #expect(rows.reduce(0) { $0 + $1.achieved } == 100)
      #expect(abs(rows.reduce(0) { $0 + $1.planned } - 100) < 0.1)
      #expect(rows.allSatisfy { abs($0.planned - Double($0.achieved)) < 25 })
    }
    let officers = sample.achieved.officersByCases
    #expect(officers.reduce(0, +) == 39)
    #expect(officers.count <= 7)
  }

  @Test func `a replacement is the next of the stratum that keeps the cap, once a case`() throws {
    func entry(_ crn: String, _ stratum: String, _ officer: Int?) -> SampleInUse.Entry {
      SampleInUse.Entry(crn: crn, stratum: stratum, officer: officer)
    }
    var sample = SampleInUse(
      selected: [entry("A", "f", 1), entry("B", "f", 1), entry("C", "m", 2)],
      reserve: [
        entry("D", "m", nil), entry("E", "f", 1), entry("F", "f", 2), entry("G", "f", nil),
      ], officerCap: 2)
    // E is of an officer with two cases, but one of them goes.
    #expect(try sample.replace("A", in: "s").crn == "E")
    #expect(throws: Problems.self) { try sample.replace("A", in: "s") }
    #expect(try sample.replace("E", in: "s").crn == "F")
    #expect(throws: Problems.self) { try sample.replace("Z", in: "s") }
    #expect(try sample.replace("C", in: "s").crn == "D")
    #expect(throws: Problems.self) { try sample.replace("D", in: "s") }
    #expect(sample.current.map(\.crn) == ["F", "B", "D"])
  }
}
