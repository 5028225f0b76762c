import Calendars
import Fieldwork
import People
import Problems
import Providers
import Records
import Standards
import Storage
import Testing
import Workflows

@testable import Website

/// What happens to cases and rights when the team changes.
@Suite struct TeamTests {
  private func opened(_ installation: Installation) async throws -> OpenInspection {
    try #require(try await installation.site.memory.inspection(TrainingRecord.id))
  }

  private func id(_ name: String, _ installation: Installation) throws -> AuthorID {
    try #require(installation.accounts[name]?.id)
  }

  @Test func `two leads cannot remove each other at once`() async throws {
    let installation = try await Installation.make()
    let planning = installation.site.desks.planning
    let (lead, other) = (try id("lead", installation), try id("quality", installation))
    let facts = try #require(TeamFacts(roles: [.lead], isCleared: true, conflicts: 0))
    let before = try await opened(installation)
    _ = try await planning.set(
      other, facts, TeamDetails(), in: before,
      by: PlanningDesk.Actor(lead, seen: before.state.revision))

    let now = try await opened(installation)
    let seen = now.state.revision
    let first = try await planning.remove(
      other, in: now, by: PlanningDesk.Actor(lead, seen: seen))
    let second = try await planning.remove(
      lead, in: now, by: PlanningDesk.Actor(other, seen: seen))

    #expect([first, second] == [.done, .overtaken])
    let after = try await opened(installation)
    #expect(after.state.leads == [lead])
    // Who left knew the address of the feed.
    #expect(after.state.feed == now.state.feed + 1)
    await #expect(throws: Problems.self) {
      try await planning.remove(
        lead, in: after, by: PlanningDesk.Actor(lead, seen: after.state.revision))
    }
  }

  @Test func `cases that somebody may not assess any more are nobody's`() async throws {
    let installation = try await Installation.make()
    let planning = installation.site.desks.planning
    let (lead, assessor) = (try id("lead", installation), try id("assessor-3", installation))
    let before = try await opened(installation)
    let held = before.state.assessors.filter { $0.value == assessor }.keys.sorted()
    let cases = try await planning.cases(of: before)
    let one = try #require(cases.first { $0.number == held.first })
    let facts = try #require(TeamFacts(roles: [.assessor], isCleared: false, conflicts: 1))

    _ = try await planning.set(
      assessor, facts, TeamDetails(conflicts: [one.place.uppercased()]), in: before,
      by: PlanningDesk.Actor(lead, seen: before.state.revision))

    let after = try await opened(installation)
    let there = Set(cases.filter { $0.place == one.place }.map(\.number))
    for number in held {
      #expect((after.state.assessors[number] == assessor) == !there.contains(number))
    }
    let problems = await #expect(throws: Problems.self) {
      try await planning.allot(
        [one.number: assessor], in: after,
        by: PlanningDesk.Actor(lead, seen: after.state.revision))
    }
    #expect(problems?.list.first?.what.contains("conflict of interest") == true)

    _ = try await planning.remove(
      assessor, in: after, by: PlanningDesk.Actor(lead, seen: after.state.revision))
    #expect(!(try await opened(installation)).state.assessors.values.contains(assessor))
  }

  @Test func `who is made a lead stays what they were, with what they declared`() async throws {
    let installation = try await Installation.make()
    let planning = installation.site.desks.planning
    let (local, other) = (try id("local", installation), try id("assessor-2", installation))
    let newcomer = AuthorID(known: "newcomer")
    let before = try await opened(installation)
    let declared = try await planning.details(of: before)
    #expect(declared[local]?.officer.isEmpty == false)
    #expect(declared[other]?.conflicts.isEmpty == false)

    for member in [local, other, newcomer] {
      let now = try await opened(installation)
      let outcome = try await planning.makeLead(
        member, in: now,
        by: PlanningDesk.Actor(AuthorID(known: "operator"), seen: now.state.revision))
      #expect(outcome == .done)
    }

    let after = try await opened(installation)
    let kept = try await planning.details(of: after)
    for (member, role) in [(local, Role.localAssessor), (other, Role.assessor)] {
      let was = try #require(before.state.team[member]?.value)
      let now = try #require(after.state.team[member]?.value)
      #expect(now.roles == [.lead, role])
      #expect(now.isCleared == was.isCleared)
      #expect(now.conflicts == was.conflicts)
      #expect(kept[member] == declared[member])
    }
    #expect(after.state.assessors == before.state.assessors)
    #expect(after.state.team[newcomer]?.value.roles == [.lead])
    #expect(after.state.isCleared(newcomer))
  }

  @Test func `who is no assessor any more has no case, of first or second assessments`()
    async throws
  {
    let fixture = try await QualityFixture()
    try await fixture.drawSeconds()
    let before = try await fixture.opened()
    let assessor = try fixture.id("assessor-2")
    let first = before.state.assessors.filter { $0.value == assessor }.keys.sorted()
    let second = before.state.seconds?.assessors.filter { $0.value == assessor } ?? [:]
    #expect(!first.isEmpty && !second.isEmpty)
    let facts = try #require(TeamFacts(roles: [.editor], isCleared: false, conflicts: 1))
    let details = try #require(try await fixture.planning.details(of: before)[assessor])

    let outcome = try await fixture.planning.set(
      assessor, facts, details, in: before, by: try await fixture.actor("lead"))

    #expect(outcome == .done)
    let after = try await fixture.state()
    #expect(after.roles(of: assessor) == [.editor])
    #expect(!after.assessors.values.contains(assessor))
    #expect(after.seconds?.assessors.values.contains(assessor) == false)
    // What they answered is theirs to send.
    for number in first { #expect(after.holders.everybody(of: number).contains(assessor)) }
    let installation = fixture.installation
    let lead = try await installation.session(of: "lead")
    let path = "/fieldwork/training/allotment"
    let page = await installation.respond(.get, path, by: lead)
    let sample = try #require(after.sample).numbers
    #expect(page.text.contains("\(Words.count(first.count, "case")) of \(sample.count)"))
    let evenly = await installation.respond(
      .post, path + "/evenly", by: lead, ["seen": "\(after.revision)"])
    #expect(evenly.status == 303)
    #expect(try await fixture.state().assessors.keys.sorted() == sample)
    let verified = try await VerifyRecords.run(
      installation.store.records, try PublishedEditions.load())
    #expect(verified.map(\.fault) == [nil])
  }

  @Test func `a member changes in one step, whatever else others recorded meanwhile`()
    async throws
  {
    let installation = try await Installation.make()
    let planning = installation.site.desks.planning
    let (lead, assessor) = (try id("lead", installation), try id("assessor-3", installation))
    let before = try await opened(installation)
    let actor = PlanningDesk.Actor(lead, seen: before.state.revision)
    let one = try #require(
      try await planning.cases(of: before).first {
        before.state.assessors[$0.number] == assessor
      })
    _ = try await planning.renewFeed(in: before, by: actor)
    let facts = try #require(TeamFacts(roles: [.assessor], isCleared: false, conflicts: 1))
    let details = TeamDetails(conflicts: [one.place])

    let first = try await planning.set(assessor, facts, details, in: before, by: actor)
    let second = try await planning.set(assessor, facts, TeamDetails(), in: before, by: actor)

    #expect([first, second] == [.done, .overtaken])
    let after = try await opened(installation)
    #expect(after.state.revision == before.state.revision + 3)
    #expect(after.state.assessors[one.number] == nil)
    #expect(try await planning.details(of: after)[assessor] == details)
  }

  @Test func `who declared only their name has no case of the team that the list has them in`()
    async throws
  {
    let installation = try await Installation.make()
    let planning = installation.site.desks.planning
    let (lead, local) = (try id("lead", installation), try id("local", installation))
    let before = try await opened(installation)
    let cases = try await planning.cases(of: before)
    let names = try #require(try await planning.names(of: before))
    for one in cases { #expect(one.colleagues == names.colleagues(on: one)) }
    let pairs = cases.flatMap { one in cases.map { (one, $0) } }
    let (own, one) = try #require(
      pairs.first { own, one in
        !own.team.isEmpty && own.team == one.team && !own.officer.isEmpty
          && !one.officer.isEmpty && own.officer != one.officer && !one.isRestricted
      })
    let facts = try #require(TeamFacts(roles: [.localAssessor], isCleared: false, conflicts: 0))
    _ = try await planning.set(
      local, facts, TeamDetails(officer: own.officer.uppercased()), in: before,
      by: PlanningDesk.Actor(lead, seen: before.state.revision))
    let changed = try await opened(installation)
    _ = try await planning.allotEvenly(
      in: changed, by: PlanningDesk.Actor(lead, seen: changed.state.revision))

    let after = try await opened(installation)
    for other in cases where other.team == own.team {
      #expect(after.state.assessors[other.number] != local)
    }
    let problems = await #expect(throws: Problems.self) {
      try await planning.allot(
        [one.number: local], in: after,
        by: PlanningDesk.Actor(lead, seen: after.state.revision))
    }
    #expect(problems?.list.first?.what.contains("own team") == true)
  }

  @Test func `who is of a provider sees no inspection, whatever else somebody made them`()
    async throws
  {
    let installation = try await Installation.make()
    let secret = try await installation.session(of: "lead")
    #expect(await installation.respond(.get, "/fieldwork/training/cases", by: secret).status == 200)

    try await installation.store.accounts.set(
      .providerLead, for: TrainingInspection.provider, try id("lead", installation))

    for path in ["/fieldwork/training", "/fieldwork/training/cases", "/fieldwork/training/sample"] {
      #expect(await installation.respond(.get, path, by: secret).status == 404)
    }
    let list = await installation.respond(.get, "/fieldwork", by: secret)
    #expect(!list.text.contains("Training inspection"))
  }

  @Test func `a page refuses to make an inspector somebody of a provider`() async throws {
    let installation = try await Installation.make()
    let admin = try await installation.session(of: "admin")
    for (name, what) in [
      ("lead", "sets up inspections"), ("assessor-1", "They inspect"),
      ("admin", "An administrator"),
    ] {
      let page = await installation.respond(
        .post, "/accounts/providers", by: admin,
        [
          "who": "\(name)@example.org", "provider": TrainingInspection.provider.slug,
          "role": "officer",
        ])
      #expect(page.status == 422)
      #expect(page.text.contains(what), "\(name)")
    }
  }

  @Test func `what somebody is for a provider is taken away only when that is chosen`()
    async throws
  {
    let installation = try await Installation.make()
    let admin = try await installation.session(of: "admin")
    let accounts = installation.store.accounts
    let officer = try id("officer", installation)
    var fields = ["who": "officer@example.org", "provider": TrainingInspection.provider.slug]
    let wrong: [String?] = [nil, "", "boss", "lead"]
    for role in wrong {
      fields["role"] = role
      let page = await installation.respond(.post, "/accounts/providers", by: admin, fields)
      #expect(page.status == 422)
      #expect(page.text.contains("<a href=\"#role\">Choose what they are there"))
      #expect(try await accounts.providerRoles(of: officer).map(\.role) == [.officer])
    }
    let chosen: [(String, [Role])] = [("provider-auditor", [.providerAuditor]), ("none", [])]
    for (role, roles) in chosen {
      fields["role"] = role
      let page = await installation.respond(.post, "/accounts/providers", by: admin, fields)
      #expect(page.status == 303)
      #expect(try await accounts.providerRoles(of: officer).map(\.role) == roles)
    }
  }

  @Test func `a form that was sent signed out is carried on until it is sent again`() async throws {
    let installation = try await Installation.make()
    let path = "/fieldwork/training/requests"
    var request = StaffRequest(.post, path)
    request.contentType = "application/x-www-form-urlencoded"
    request.fetchSite = "same-origin"
    request.body = Array("token=old&title=Minutes+%22of%22+the+board&password=secret".utf8)

    let out = await installation.site.respond(to: request)
    #expect(out.status == 401)
    #expect(out.text.contains("value=\"Minutes &quot;of&quot; the board\""))
    #expect(!out.text.contains("secret"))

    let secret = try await installation.session(of: "lead")
    request.cookies = "\(installation.site.cookies.session)=\(secret)"
    let again = await installation.site.respond(to: request)
    #expect(again.status == 403)
    #expect(again.text.contains(StaffSite.formToken(of: secret)))
    // Another site gets no token, and no page to press a button on.
    request.fetchSite = "cross-site"
    let cross = await installation.site.respond(to: request)
    #expect(cross.status == 403)
    #expect(!cross.text.contains("Minutes"))
  }

  @Test func `only those who signed in may send much`() async throws {
    let installation = try await Installation.make()
    var request = StaffRequest(.post, "/fieldwork/training/return")
    request.contentType = "multipart/form-data; boundary=x"
    let unknown = await installation.site.mostBytes(of: request)
    request.cookies =
      "\(installation.site.cookies.session)=\(try await installation.session(of: "lead"))"
    let known = await installation.site.mostBytes(of: request)
    #expect(unknown < 1 << 20)
    #expect(known == 64 << 20)
    request.path = "/account"
    #expect(await installation.site.mostBytes(of: request) == unknown)
  }
}
