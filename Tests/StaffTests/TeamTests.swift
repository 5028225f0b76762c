import Calendars
import Fieldwork
import People
import Problems
import Providers
import Records
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
