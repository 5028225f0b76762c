import Fieldwork
import Problems
import Records
import Testing
import Workflows

@testable import Website

/// Drawing second assessments and giving them out.
@Suite struct SecondsTests {
  @Test func `a share is drawn once, and the page draws it again`() async throws {
    let fixture = try await QualityFixture()
    #expect(await fixture.get("/seconds").text.contains("Draw the second assessments"))
    let page = try await fixture.post("/seconds", ["share": "10", "seed": "4 \"5\" 6"])
    #expect(page.status == 303)
    let drawn = try #require(try await fixture.state().seconds?.drawn)
    let count = try #require(try await fixture.state().sample).numbers.count
    #expect(drawn.cases.count == (count + 9) / 10)
    let shown = await fixture.get("/seconds").text
    #expect(shown.contains("The same cases"))
    // The seed as Python has it.
    #expect(shown.contains(#"4 \&quot;5\&quot; 6"#))

    let again = try await fixture.post("/seconds", ["share": "20", "seed": "1"])
    #expect(again.status == 422)
    #expect(again.text.contains("The second assessments were drawn already"))
    #expect(try await fixture.state().seconds?.drawn == drawn)
  }

  @Test func `a draw stays the same when cases are replaced after it`() async throws {
    let fixture = try await QualityFixture()
    try await fixture.drawSeconds()
    let drawn = try #require(try await fixture.state().seconds?.drawn)
    var replaced: Int?
    for number in drawn.cases where replaced == nil {
      do {
        _ = try await fixture.planning.replace(
          number, because: "It was a duplicate", at: Installation.now,
          in: try await fixture.opened(), by: try await fixture.actor("lead"))
        replaced = number
      } catch is Problems {
        continue  // The reserve of its stratum has no case left.
      }
    }
    let one = try #require(replaced)
    #expect(try await fixture.state().secondsDrawnAgain == drawn)
    let page = await fixture.get("/seconds").text
    #expect(page.contains("The same cases"))
    #expect(!page.contains("id=\"case-\(one)\""))
    let refused = try await fixture.post(
      "/seconds/allotment", ["case-\(one)": try fixture.id("assessor-1").description])
    #expect(refused.status == 422)
    #expect(refused.text.contains("was not drawn for a second assessment"))
  }

  @Test(arguments: [
    ("0", "s", "share", "Enter a whole number from 1 to 100"),
    ("101", "s", "share", "Enter a whole number from 1 to 100"),
    ("ten", "s", "share", "Enter a whole number from 1 to 100"),
    ("", "s", "share", "Enter a whole number from 1 to 100"),
    ("10", " ", "seed", "Enter a seed"),
  ])
  func `what is wrong with a wish is told, and nothing typed is lost`(
    _ share: String, _ seed: String, _ field: String, _ what: String
  ) async throws {
    let fixture = try await QualityFixture()
    let page = try await fixture.post("/seconds", ["share": share, "seed": seed])
    #expect(page.status == 422)
    #expect(page.text.contains("<a href=\"#\(field)\">\(what)</a>"))
    #expect(page.text.contains("value=\"\(share)\""))
    #expect(try await fixture.state().seconds == nil)
  }

  @Test func `nothing is drawn before there is a sample`() async throws {
    let fixture = try await QualityFixture()
    let desks = fixture.installation.site.desks
    let lead = try fixture.id("lead")
    let id = InspectionID(known: "early")
    try await desks.inspections.create(
      id, about: try #require(try await fixture.state().facts), title: "Early",
      retainedUntil: nil, by: lead, masterKey: desks.masterKey)
    let open = try #require(try await desks.planning.memory.inspection(id))
    let team = try #require(TeamFacts(roles: [.lead], isCleared: true, conflicts: 0))
    _ = try await desks.planning.set(
      lead, team, TeamDetails(), in: open, by: PlanningDesk.Actor(lead, seen: 1))
    let secret = try await fixture.installation.session(of: "lead")
    let path = "/fieldwork/early/quality/seconds"
    let installation = fixture.installation
    #expect(
      await installation.respond(.get, path, by: secret).text.contains("There is no sample yet"))
    let page = await installation.respond(
      .post, path, by: secret, ["share": "10", "seed": "s", "seen": "2"])
    #expect(page.status == 422)
    #expect(page.text.contains("There is no sample yet"))
    let evenly = await installation.respond(.post, path + "/evenly", by: secret, ["seen": "2"])
    #expect(evenly.status == 303)
  }

  @Test func `given out evenly, nobody has a case twice, nor one that they are barred from`()
    async throws
  {
    let fixture = try await QualityFixture()
    #expect(try await fixture.post("/seconds", ["share": "100", "seed": "s"]).status == 303)
    let page = try await fixture.post("/seconds/evenly", [:])
    let open = try await fixture.opened()
    let seconds = try #require(open.state.seconds)
    for (number, id) in seconds.assessors { #expect(open.state.assessors[number] != id) }
    #expect(try await fixture.planning.secondsBarred(in: open).isEmpty)
    // Restricted cases are with the one assessor who is cleared, so nobody is left for their second.
    let restricted = try await fixture.planning.cases(of: open).filter(\.isRestricted).map(\.number)
    #expect(!restricted.isEmpty)
    #expect(Set(seconds.drawn.cases).subtracting(seconds.assessors.keys) == Set(restricted))
    let names = Words.list(restricted.map { "\($0)" })
    #expect(page.status == 200)
    #expect(page.text.contains("\(names) a second time: each was somebody’s first"))
    let loads = Dictionary(grouping: seconds.assessors.values) { $0 }.mapValues(\.count)
    #expect(loads.count == 4)
    #expect(try #require(loads.values.max()) < 2 * (try #require(loads.values.min())))
  }

  @Test func `the two assessments of a case never go to one person`() async throws {
    let fixture = try await QualityFixture()
    try await fixture.drawSeconds()
    let state = try await fixture.state()
    let number = try #require(state.seconds?.drawn.cases.first)
    let first = try #require(state.assessors[number])
    let second = try #require(state.seconds?.assessors[number])

    let page = try await fixture.post(
      "/seconds/allotment", ["case-\(number)": first.description])
    #expect(page.status == 422)
    let what = "was given to this assessor for the other of its two assessments"
    #expect(page.text.contains("<a href=\"#case-\(number)\">Case \(number) \(what)</a>"))
    let problems = await #expect(throws: Problems.self) {
      try await fixture.planning.allot(
        [number: second], in: try await fixture.opened(), by: try await fixture.actor("lead"))
    }
    #expect(problems?.list.first?.what == what)
    #expect(try await fixture.state().seconds?.assessors[number] == second)
  }

  @Test func `by hand a case goes to another assessor, not to nobody, nobody known or a stranger`()
    async throws
  {
    let fixture = try await QualityFixture()
    try await fixture.drawSeconds()
    let state = try await fixture.state()
    let number = try #require(
      state.seconds?.assessors.keys.sorted().first {
        state.assessors[$0] != (try? fixture.id("lead"))
      })
    let lead = try fixture.id("lead")
    #expect(
      try await fixture.post("/seconds/allotment", ["case-\(number)": lead.description]).status
        == 303)
    #expect(try await fixture.state().seconds?.assessors[number] == lead)

    let empty = try await fixture.post("/seconds/allotment", ["case-\(number)": ""])
    #expect(empty.status == 422)
    #expect(empty.text.contains("has an assessor: choose another, not nobody"))
    let stranger = try await fixture.post(
      "/seconds/allotment", ["case-\(number)": try fixture.id("panel").description])
    #expect(stranger.text.contains("goes to nobody in the team"))
    // Over what somebody else changed since.
    let late = try await fixture.post(
      "/seconds/allotment",
      ["case-\(number)": try fixture.id("local").description, "seen": "\(state.revision)"])
    #expect([409, 422].contains(late.status))
    #expect(try await fixture.state().seconds?.assessors[number] == lead)
  }

  @Test func `a second assessor sees their cases, and not who assesses them first`() async throws {
    let fixture = try await QualityFixture()
    try await fixture.drawSeconds()
    let state = try await fixture.state()
    let secret = try await fixture.installation.session(of: "assessor-1")
    let page = await fixture.installation.respond(
      .get, "/fieldwork/training/seconds", by: secret
    ).text
    for (number, id) in try #require(state.seconds?.assessors) {
      let isOwn = try id == fixture.id("assessor-1")
      #expect(page.contains("/fieldwork/training/seconds/\(number)\"") == isOwn)
    }
    for name in ["assessor-2", "assessor-3", "local"] {
      let account = try #require(fixture.installation.accounts[name])
      #expect(!page.contains(account.name))
    }
    let overview = await fixture.installation.respond(.get, "/fieldwork/training", by: secret).text
    #expect(overview.contains("/fieldwork/training/seconds\""))
    #expect(!overview.contains("/fieldwork/training/quality\""))
  }

  @Test func `whom a new conflict bars is named, and their case goes to somebody else`()
    async throws
  {
    let fixture = try await QualityFixture()
    try await fixture.drawSeconds()
    let open = try await fixture.opened()
    let assessor = try fixture.id("assessor-1")
    let number = try #require(
      open.state.seconds?.assessors.filter { $0.value == assessor }.keys.sorted().first)
    let one = try #require(
      try await fixture.planning.cases(of: open).first { $0.number == number })
    let facts = try #require(TeamFacts(roles: [.assessor], isCleared: true, conflicts: 1))
    _ = try await fixture.planning.set(
      assessor, facts, TeamDetails(conflicts: [one.place]), in: open,
      by: try await fixture.actor("lead"))

    #expect(
      await fixture.get("/seconds").text.contains(
        "Case \(number) is at an office of which this assessor declared a conflict"))
    let own = await fixture.installation.respond(
      .get, "/fieldwork/training/seconds",
      by: try await fixture.installation.session(of: "assessor-1"))
    #expect(!own.text.contains("/seconds/\(number)\""))
    #expect(try await fixture.post("/seconds/evenly", [:]).status == 303)
    #expect(try await fixture.state().seconds?.assessors[number] != assessor)
    #expect(try await fixture.planning.secondsBarred(in: try await fixture.opened()).isEmpty)
  }
}
