import Caseloads
import Samples
import TestKit
import Testing

struct DrawTests {
  private static let strata = ["a", "b", "c", "female"]
  private static let places = (0..<9).map { CaseList.Place(cluster: "C\($0 % 3)", ldu: "L\($0)") }

  /// A caseload with three clusters of three LDUs, `officers` officers and a few cases without one.
  private static func cases(
    _ count: Int, officers: Int, seed: UInt64 = 1
  ) throws -> [SampleCase] {
    var chance = Chance(seed: seed)
    return try (0..<count).map { place in
      let officer = Int.random(in: 0..<officers, using: &chance)
      return SampleCase(
        crn: try #require(CRN("X\(100_000 + place)")), row: place,
        stratum: [0, 0, 0, 1, 2, 2, 3].randomElement(using: &chance) ?? 0, place: officer % 9,
        officer: officer)
    }
  }

  private static func plan(
    _ size: Int, cap: Int = 6, method: Allocation.Method = .webster
  ) -> DrawPlan {
    DrawPlan(strata: strata, size: size, method: method, officerCap: cap)
  }

  private static func ids(_ draw: Draw, _ cases: [SampleCase]) -> [CRN] {
    draw.picks.map { cases[$0.place].crn }
  }

  @Test(arguments: Allocation.Method.allCases)
  func `the strata sum to the size and the cap holds`(_ method: Allocation.Method) throws {
    for seed in 1...20 {
      let cases = try Self.cases(900, officers: 40, seed: UInt64(seed))
      for cap in [1, 2, 6, 100] {
        let draw = Draw(
          from: cases, at: Self.places, by: Self.plan(148, cap: cap, method: method),
          seed: Seed("\(seed)"))
        #expect(draw.strata.reduce(0) { $0 + $1.size } == 148)
        #expect(draw.picks.count == 148 - draw.shortfall)
        #expect(draw.shortfall == 0 || cap < 6)
        let byOfficer = Dictionary(grouping: draw.picks) { cases[$0.place].officer }
        #expect(byOfficer.allSatisfy { $0.key == 0 || $0.value.count <= cap })
        for (place, stratum) in draw.strata.enumerated() {
          let own = draw.picks.count { cases[$0.place].stratum == place }
          #expect(own == stratum.drawn && stratum.drawn <= stratum.size)
          #expect(stratum.reserve.allSatisfy { cases[$0].stratum == place })
        }
      }
    }
  }

  @Test func `picks stand in the order of their tickets, and reserves come after them`() throws {
    let cases = try Self.cases(900, officers: 60)
    let seed = Seed("20200528")
    let draw = Draw(from: cases, at: Self.places, by: Self.plan(148, cap: 900), seed: seed)
    #expect(draw.picks.map(\.ticket) == draw.picks.map(\.ticket).sorted())
    #expect(draw.picks.allSatisfy { $0.reach == .ldu })
    #expect(draw.picks.allSatisfy { $0.ticket == seed.ticket(for: cases[$0.place].crn) })
    let reserves = draw.strata.flatMap(\.reserve)
    #expect(Set(reserves).isDisjoint(with: draw.picks.map(\.place)))
    #expect(reserves.count == 30)
    for stratum in draw.strata {
      let tickets = stratum.reserve.map { seed.ticket(for: cases[$0].crn) }
      #expect(tickets == tickets.sorted())
    }
  }

  @Test func `the order of the rows does not matter`() throws {
    let cases = try Self.cases(700, officers: 30)
    var chance = Chance(seed: 9)
    let expected = Draw(from: cases, at: Self.places, by: Self.plan(120), seed: Seed("s"))
    for _ in 0..<5 {
      let mixed = cases.shuffled(using: &chance)
      let draw = Draw(from: mixed, at: Self.places, by: Self.plan(120), seed: Seed("s"))
      #expect(Self.ids(draw, mixed) == Self.ids(expected, cases))
      #expect(
        draw.strata.map { $0.reserve.map { mixed[$0].crn } }
          == expected.strata.map { $0.reserve.map { cases[$0].crn } })
    }
  }

  @Test func `names of officers do not matter, only who shares one`() throws {
    let cases = try Self.cases(700, officers: 30)
    let renamed = cases.map {
      SampleCase(
        crn: $0.crn, row: $0.row, stratum: $0.stratum, place: $0.place,
        officer: $0.officer == 0 ? 0 : 1_000 - $0.officer)
    }
    let one = Draw(from: cases, at: Self.places, by: Self.plan(150), seed: Seed("s"))
    let other = Draw(from: renamed, at: Self.places, by: Self.plan(150), seed: Seed("s"))
    #expect(Self.ids(one, cases) == Self.ids(other, renamed))
  }

  @Test func `a larger sample contains the smaller one where the cap does not bind`() throws {
    let cases = try Self.cases(600, officers: 50)
    var before: Set<CRN> = []
    for size in stride(from: 1, through: 600, by: 7) {
      let draw = Draw(
        from: cases, at: Self.places, by: Self.plan(size, cap: 1_000), seed: Seed("grow"))
      let now = Set(Self.ids(draw, cases))
      #expect(now.count == size)
      #expect(before.isSubset(of: now))
      before = now
    }
  }

  @Test func `a place that the cap leaves open goes to the cluster and then to the stratum`() throws
  {
    // Ten cases of one officer in one LDU, two of others in the same cluster, five elsewhere.
    var cases: [SampleCase] = []
    func add(_ count: Int, _ place: Int, _ officer: (Int) -> Int) throws {
      for number in 0..<count {
        let crn = try #require(CRN("X\(100_000 + cases.count)"))
        cases.append(
          SampleCase(
            crn: crn, row: cases.count, stratum: 0, place: place, officer: officer(number)))
      }
    }
    try add(10, 0) { _ in 1 }
    try add(2, 1) { $0 + 2 }
    try add(5, 2) { $0 + 4 }
    let places = [("C1", "L1"), ("C1", "L2"), ("C2", "L3")].map {
      CaseList.Place(cluster: $0, ldu: $1)
    }
    let plan = DrawPlan(strata: ["all"], size: 14, officerCap: 6)
    let draw = Draw(from: cases, at: places, by: plan, seed: Seed("x"))
    let reaches = Dictionary(grouping: draw.picks, by: \.reach).mapValues(\.count)
    // Eight places of L1 are meant, six are filled; L2 and L3 have what they were meant to have,
    // and what more there is.
    #expect(draw.picks.count { cases[$0.place].officer == 1 } == 6)
    #expect(draw.picks.count == 13)
    #expect(draw.shortfall == 1)
    #expect(reaches[.ldu] == 12)
    #expect((reaches[.cluster] ?? 0) + (reaches[.stratum] ?? 0) == 1)
    #expect(draw.strata[0].weight == 17.0 / 13)
  }
}
