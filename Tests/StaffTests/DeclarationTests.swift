import Fieldwork
import Records
import Testing
import Workflows

@testable import Website

/// What members of a team declare, on the pages of the team and of the allotment.
@Suite struct DeclarationTests {
  private let installation: Installation
  private let lead: String
  private let planning: PlanningDesk
  private static let path = "/fieldwork/training/team"

  init() async throws {
    installation = try await Installation.make()
    lead = try await installation.session(of: "lead")
    planning = installation.site.desks.planning
  }

  private func opened() async throws -> OpenInspection {
    try #require(try await planning.memory.inspection(TrainingRecord.id))
  }

  private func id(_ name: String) throws -> AuthorID {
    try #require(installation.accounts[name]?.id)
  }

  /// Sends the form of the team over what is seen now.
  private func post(_ fields: [String: String]) async throws -> Page {
    var fields = fields
    fields["seen"] = "\(try await opened().state.revision)"
    return await installation.respond(.post, Self.path, by: lead, fields)
  }

  @Test func `who is in the team is changed where their declarations are shown, not added again`()
    async throws
  {
    let id = try id("assessor-2")
    let before = try await planning.details(of: try await opened())[id]
    let conflict = try #require(before?.conflicts.first)
    let added = try await post(["email": "assessor-2@example.org", "role": "assessor"])
    #expect(added.status == 422)
    #expect(added.text.contains("<a href=\"#email\">They are in the team already"))
    #expect(try await planning.details(of: try await opened())[id] == before)

    var request = installation.request(.get, Self.path, by: lead)
    request.query = "member=\(id)"
    let form = await installation.site.respond(to: request)
    #expect(form.text.contains("name=\"member\" value=\"\(id)\""))
    let changed = try await post([
      "member": id.description, "email": "assessor-2@example.org", "role": "assessor",
      "cleared": "yes", "conflicts": conflict,
    ])
    #expect(changed.status == 303)
    let after = try await opened()
    #expect(after.state.isCleared(id))
    #expect(try await planning.details(of: after)[id] == before)
  }

  @Test func `what is not in the list is told at its field`() async throws {
    let one = try #require(
      try await planning.cases(of: try await opened()).first {
        !$0.team.isEmpty && !$0.officer.isEmpty
      })
    let id = try id("local")
    let place = one.place.uppercased() + " "
    var fields = [
      "member": id.description, "email": "local@example.org", "role": "local-assessor",
      "conflicts": "Atlantis\n\(place)", "officer": "Nobody Such", "team": "No <team>",
    ]
    let page = try await post(fields)
    #expect(page.status == 422)
    for (field, name) in [
      ("conflicts", "Atlantis"), ("officer", "Nobody Such"), ("team", "No &lt;team&gt;"),
    ] {
      let what = "“\(name)” is not in the list: write it as the list has it"
      #expect(page.text.contains("<a href=\"#\(field)\">\(what)</a>"))
    }
    #expect(page.text.ranges(of: "is not in the list:").count == 6)

    fields["conflicts"] = place
    fields["officer"] = one.officer.uppercased()
    fields["team"] = one.team.lowercased()
    #expect(try await post(fields).status == 303)
    for path in [Self.path, "/fieldwork/training/allotment"] {
      let page = await installation.respond(.get, path, by: lead)
      #expect(!page.text.contains("is not in the list"), "\(path)")
    }
  }

  @Test func `what was declared before the list came is told by name when it is not in it`()
    async throws
  {
    let before = try await opened()
    let id = try id("assessor-3")
    let facts = try #require(TeamFacts(roles: [.assessor], isCleared: false, conflicts: 1))
    _ = try await planning.set(
      id, facts, TeamDetails(conflicts: ["Atlantis"], team: "No team"), in: before,
      by: PlanningDesk.Actor(try self.id("lead"), seen: before.state.revision))

    for path in [Self.path, "/fieldwork/training/allotment"] {
      let page = await installation.respond(.get, path, by: lead)
      #expect(page.text.contains("declared is not in the list"), "\(path)")
      let link = "href=\"/fieldwork/training/team?member=\(id)#member\">Assessor three</a>"
      let what = ": the office “Atlantis” and the team “No team”"
      #expect(page.text.contains(link + what), "\(path)")
    }
  }

  @Test func `what was declared already, and what is kept on purpose, is not held against it`()
    async throws
  {
    let id = try id("assessor-3")
    let before = try await opened()
    let facts = try #require(TeamFacts(roles: [.assessor], isCleared: true, conflicts: 1))
    _ = try await planning.set(
      id, facts, TeamDetails(conflicts: ["Atlantis"]), in: before,
      by: PlanningDesk.Actor(try self.id("lead"), seen: before.state.revision))
    var fields = [
      "member": id.description, "email": "assessor-3@example.org", "role": "assessor",
      "conflicts": "Atlantis",
    ]
    #expect(try await post(fields).status == 303)
    #expect(try await !opened().state.isCleared(id))

    fields["conflicts"] = "Atlantis\nLemuria"
    let refused = try await post(fields)
    #expect(refused.status == 422)
    #expect(refused.text.contains("“Lemuria” is not in the list"))
    #expect(!refused.text.contains("“Atlantis” is not in the list"))
    #expect(refused.text.contains("name=\"unlisted\""))
    fields["unlisted"] = "yes"
    #expect(try await post(fields).status == 303)
    #expect(
      try await planning.details(of: try await opened())[id]?.conflicts == ["Atlantis", "Lemuria"])
  }

  @Test func `while there is no list nothing is held against it`() async throws {
    let lead = try id("lead")
    let early = InspectionID(known: "early")
    try await installation.site.desks.inspections.create(
      early, about: try #require(try await opened().state.facts), title: "Early",
      retainedUntil: nil, by: lead, masterKey: installation.masterKey)
    let open = try #require(try await planning.memory.inspection(early))
    _ = try await planning.makeLead(
      lead, in: open, by: PlanningDesk.Actor(lead, seen: open.state.revision))

    let added = await installation.respond(
      .post, "/fieldwork/early/team", by: self.lead,
      [
        "email": "local@example.org", "role": "local-assessor", "officer": "Nobody Such",
        "seen": "\(open.state.revision + 1)",
      ])
    #expect(added.status == 303)
    let page = await installation.respond(.get, "/fieldwork/early/team", by: self.lead)
    #expect(page.text.contains("2 members"))
    #expect(!page.text.contains("is not in the list"))
  }
}
