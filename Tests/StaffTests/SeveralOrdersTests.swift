import Fieldwork
import Problems
import Records
import RuleFiles
import Testing
import Workflows

@testable import Website

/// What becomes of the orders of a person that the draw does not keep.
@Suite struct SeveralOrdersTests {
  private typealias Fixture = PlanningFixture

  private static let list = """
    crn,pnc,sex,sentence_type,started_on,rosh,team,officer,office,restricted
    X100001,,male,community-order,2026-01-15,medium,North,"Brown, Anna",Hill,no
    X100001,,male,custody,2026-03-01,medium,South,"Li, Bo",Vale,yes
    X100002,,male,community-order,2026-01-15,medium,West,"Carr, Dee",Hill,no
    X100003,2001/1000003A,male,community-order,2026-01-15,medium,West,"Carr, Dee",Hill,no
    X100013,2001/1000003A,male,community-order,2026-02-01,medium,East,"Dale, Eve",Hill,yes
    X100004,,male,community-order,2026-01-15,medium,South,"Moss, Kim",Hill,no
    X100005,,male,custody,2026-01-15,medium,North,"Brown, Anna",Hill,no
    X100005,,male,custody,2026-02-15,medium,East,"Dale, Eve",Hill,TRUE

    """

  /// With which every case in scope is drawn.
  private static let wish = [
    "seed": "3 5 1 6", "kind": "main", "method": "webster/1", "size": "5",
  ]

  /// An inspection whose sample is drawn, where somebody said that two orders are two people's.
  private func drawn() async throws -> Fixture {
    let fixture = try await Fixture(early: "Early")
    let received = try await fixture.send(
      Fixture.File("list", "list.csv", Array(Self.list.utf8)), to: fixture.path("/return"),
      by: fixture.lead, ["profile": "plumbline"])
    #expect(received.status == 303)
    let frame = try #require(try await fixture.opened().state.received?.value.frame)
    #expect(try await fixture.post("/frame", ["frame": frame.description]).status == 303)
    let decisions = "crn,started_on,decision,reason\nX100013,2026-02-01,separate,twins\n"
    let sample = try await fixture.send(
      Fixture.File("decisions", "keep.csv", Array(decisions.utf8)),
      to: fixture.path("/sample"), by: fixture.lead, Self.wish)
    #expect(sample.status == 303)
    return fixture
  }

  private func cases(of fixture: Fixture) async throws -> [String: CaseFacts] {
    let cases = try await fixture.planning.cases(of: try await fixture.opened())
    return Dictionary(cases.map { ($0.crn, $0) }) { first, _ in first }
  }

  @Test func `a case is restricted when any order of the person is, in scope or not`()
    async throws
  {
    let fixture = try await drawn()
    let cases = try await cases(of: fixture)

    #expect(
      cases.keys.sorted() == ["X100001", "X100002", "X100003", "X100004", "X100013"])
    #expect(cases.filter(\.value.isRestricted).keys.sorted() == ["X100001", "X100013"])
    #expect(cases["X100001"]?.officer == "Brown, Anna")
    #expect(cases["X100001"]?.others == [Supervision(officer: "Li, Bo", team: "South")])
    for crn in ["X100002", "X100003", "X100004", "X100013"] {
      #expect(cases[crn]?.others.isEmpty == true, "\(crn)")
    }
  }

  @Test func `a case that is added on purpose is restricted by any order, too`() async throws {
    let fixture = try await drawn()

    let added = try await fixture.post("/sample/add", ["crn": "X100005", "why": "A death"])

    #expect(added.status == 303)
    let one = try #require(try await cases(of: fixture)["X100005"])
    #expect(one.isRestricted)
    #expect(one.others == [Supervision(officer: "Dale, Eve", team: "East")])
  }

  /// By what somebody declared, and whether they are cleared, what the refusal says.
  @Test(arguments: [
    (TeamDetails(), false, "restricted"),
    (TeamDetails(officer: "Bo Li"), true, "own"),
    (TeamDetails(officer: "kim moss"), true, "own team"),
    (TeamDetails(team: "SOUTH"), true, "own team"),
  ])
  func `nobody is given a case of a person whose other order bars them`(
    _ details: TeamDetails, _ isCleared: Bool, _ word: String
  ) async throws {
    let fixture = try await drawn()
    let member = try fixture.id("local")
    let facts = try #require(
      TeamFacts(roles: [.localAssessor], isCleared: isCleared, conflicts: 0))
    let lead = try fixture.id("lead")
    _ = try await fixture.planning.set(
      member, facts, details, in: try await fixture.opened(),
      by: PlanningDesk.Actor(lead, seen: try await fixture.revision()))
    let cases = try await cases(of: fixture)
    let one = try #require(cases["X100001"])
    let free = try #require(cases["X100002"])
    let opened = try await fixture.opened()
    let actor = PlanningDesk.Actor(lead, seen: opened.state.revision)

    let problems = await #expect(throws: Problems.self) {
      try await fixture.planning.allot([one.number: member], in: opened, by: actor)
    }
    #expect(problems?.list.map { $0.what.contains(word) } == [true])
    let outcome = try await fixture.planning.allot(
      [free.number: member], in: opened, by: actor)
    #expect(outcome == .done)
  }
}
