import Calendars
import Fieldwork
import People
import Providers
import Publications
import Records
import Storage
import Testing
import Workflows

@testable import Website

/// What the pages on which an inspection is planned refuse, in which words.
@Suite struct PlanningRefusalTests {
  private typealias Fixture = PlanningFixture

  // MARK: - Team

  @Test func `nobody comes into a team who may not, and nobody without what the rules need`()
    async throws
  {
    let fixture = try await Fixture()
    let ofProvider = "Somebody of a provider can only be a local assessor"
    let local = try fixture.id("local").description
    let forms: [(fields: [String: String], words: String)] = [
      (
        ["email": "admin@example.org", "role": "assessor"],
        Fixture.mistake("email", "Who manages accounts cannot be in a team: they see no cases")
      ),
      (
        ["email": "officer@example.org", "role": "assessor"],
        Fixture.mistake("role", ofProvider)
      ),
      (["email": "provider@example.org", "role": "lead"], Fixture.mistake("role", ofProvider)),
      (
        ["email": "nobody@example.org", "role": "assessor"],
        Fixture.mistake("email", "Enter the address of somebody with an account")
      ),
      (
        ["member": local, "email": "local@example.org", "role": "provider-lead"],
        Fixture.mistake("role", "Choose what they are")
      ),
      (
        ["member": local, "email": "local@example.org", "role": "local-assessor"],
        Fixture.mistake("officer", "Enter how a local assessor stands in the list, or their team")
      ),
    ]
    for (fields, words) in forms {
      try await fixture.expectRefusal(422, words, of: "/team", fields)
    }

    // Local assessor, and something else besides.
    let one = try #require(
      try await fixture.planning.cases(of: try await fixture.opened()).first { !$0.team.isEmpty })
    let fields = ["email": "officer@example.org", "role": "local-assessor", "team": one.team]
    var both = fixture.installation.request(.post, fixture.path("/team"), by: fixture.lead, fields)
    both.body += Array("&role=assessor".utf8)
    let sent = both
    try await fixture.expectRefusal(422, Fixture.mistake("role", ofProvider)) {
      await fixture.installation.site.respond(to: sent)
    }
    #expect(try await fixture.post("/team", fields).status == 303)
    let officer = try fixture.id("officer")
    #expect(try await fixture.opened().state.roles(of: officer) == [.localAssessor])
  }

  @Test func `the last lead is neither made something else nor removed`() async throws {
    let fixture = try await Fixture()
    let lead = try fixture.id("lead")
    let words = Fixture.mistake(
      "role", "Nobody else leads the inspection: make somebody else a lead first")

    try await fixture.expectRefusal(
      422, words, of: "/team",
      ["member": lead.description, "email": "lead@example.org", "role": "editor"])
    try await fixture.expectRefusal(422, words, of: "/team/\(lead)/remove")
    #expect(try await fixture.opened().state.leads == [lead])

    try await fixture.expectRefusal(404, "Page not found", of: "/team/nobody/remove")
  }

  // MARK: - Creating

  @Test func `no inspection is created without all that it needs, nor under a name that was used`()
    async throws
  {
    let fixture = try await Fixture()
    let records = fixture.installation.store.records
    let heads = try await records.heads()
    let right = [
      "title": "A title", "id": "kent-2027", "provider": TrainingInspection.provider.slug,
      "edition": "pdu-2023",
    ].merging(Fixture.day("retention", 1, 2, 2031)) { $1 }
    let unknown = WorkingDays.englandAndWales.years.upperBound + 1
    let december = try #require(Day(unknown - 1, 12, 10))
    let late = try #require(WorkingDays.englandAndWales.day(0, from: december))
    let empty = ["title": "", "id": "", "provider": "", "edition": "", "retention-day": ""]
    let forms: [(changes: [String: String], field: String, what: String)] = [
      (empty, "title", "Enter a title"),
      (["title": String(repeating: "x", count: 201)], "title", "Write at most 200 characters"),
      (empty, "id", "Enter a short name of small letters, digits and hyphens"),
      (empty, "provider", "Enter the name of a known provider"),
      (empty, "edition", "Choose an edition"),
      (empty, "retention-day", "The day until which personal data are kept must be a day"),
      (["id": "Kent 2027"], "id", "Enter a short name of small letters, digits and hyphens"),
      (["provider": "atlantis"], "provider", "Enter the name of a known provider"),
      (["edition": "pdu-1823"], "edition", "Choose an edition"),
      (
        Fixture.day("publication", 13, 3, 2027), "publication-day",
        "13 March 2027 is at a weekend, and nothing is published then: choose a working day"
      ),
      (
        Fixture.day("publication", 26, 3, 2027), "publication-day",
        "26 March 2027 is Good Friday, and nothing is published then: choose a working day"
      ),
      (
        Fixture.day("publication", 3, 2, unknown), "publication-day",
        "A phase lies outside"
      ),
      // A working day itself, but the provider’s action plan comes in the year after.
      (
        Fixture.day("publication", late.day, 12, unknown - 1), "publication-day",
        "A phase lies outside"
      ),
    ]
    for (changes, field, what) in forms {
      let page = await fixture.installation.respond(
        .post, "/fieldwork/new", by: fixture.lead, right.merging(changes) { $1 })
      #expect(page.status == 422, "\(what)")
      #expect(page.text.contains("<a href=\"#\(field)\">\(what)"), "\(what)")
    }
    let taken = await fixture.installation.respond(
      .post, "/fieldwork/new", by: fixture.lead, right.merging(["id": "training"]) { $1 })
    #expect(taken.status == 422 && taken.text.contains("<a href=\"#id\">"))
    #expect(taken.text.contains("an inspection of that name, or was one: choose another name"))
    #expect(try await records.heads() == heads)

    let created = await fixture.installation.respond(
      .post, "/fieldwork/new", by: fixture.lead, right)
    #expect(created.status == 303)
    #expect(try await records.heads().count == heads.count + 1)
  }

  @Test func `somebody of a provider creates no inspection`() async throws {
    let fixture = try await Fixture()
    let store = fixture.installation.store
    try await store.accounts.set(
      .providerLead, for: TrainingInspection.provider, try fixture.id("lead"))
    let heads = try await store.records.heads()
    let fields = [
      "title": "A title", "id": "kent-2027", "provider": TrainingInspection.provider.slug,
      "edition": "pdu-2023",
    ].merging(Fixture.day("retention", 1, 2, 2031)) { $1 }

    let page = await fixture.installation.respond(
      .post, "/fieldwork/new", by: fixture.lead, fields)

    #expect(page.status == 422)
    #expect(
      page.text.contains(
        Fixture.mistake("title", "Somebody of a provider cannot lead an inspection")))
    #expect(try await store.records.heads() == heads)
  }

  // MARK: - Plan

  @Test func `nothing is published at a weekend, on a bank holiday or in years not known`()
    async throws
  {
    let fixture = try await Fixture()
    let days = WorkingDays.englandAndWales
    let last = days.years.upperBound
    let outside =
      "A phase lies outside \(days.years.lowerBound) to \(last), the years whose bank holidays are "
      + "known: choose another day of publication, or bring the bank holidays up to date"
    // A working day itself, but the provider’s action plan comes in the year after.
    let december = try #require(Day(last, 12, 10))
    let late = try #require(days.day(0, from: december))
    let forms: [(fields: [String: String], what: String)] = [
      (
        Fixture.day("publication", 13, 3, 2027),
        "13 March 2027 is at a weekend, and nothing is published then: choose a working day"
      ),
      (
        Fixture.day("publication", 26, 3, 2027),
        "26 March 2027 is Good Friday, and nothing is published then: choose a working day"
      ),
      (Fixture.day("publication", 3, 2, last + 1), outside),
      (Fixture.day("publication", late.day, 12, last), outside),
      (
        Fixture.day("publication", 31, 2, 2027),
        "The day of publication must be a day, such as 11 3 2027"
      ), ([:], "Enter the day of publication"),
    ]
    let plan = try #require(try await fixture.opened().state.plan)
    for (fields, what) in forms {
      try await fixture.expectRefusal(
        422, Fixture.mistake("publication-day", what), of: "/plan", fields)
    }
    #expect(try await fixture.opened().state.plan == plan)
  }

  // MARK: - Faster

  @Test func `of two forms over one revision the second is told that somebody else was faster`()
    async throws
  {
    let fixture = try await Fixture()
    let open = try await fixture.opened()
    let seen = ["seen": "\(open.state.revision)"]
    let (lead, first) = (try fixture.id("lead"), try fixture.id("assessor-1"))
    let third = try fixture.id("assessor-3")
    let one = try #require(
      try await fixture.planning.cases(of: open).first {
        let holder = open.state.assessors[$0.number]
        return holder != nil && holder != first && holder != lead
      })
    let member = [
      "member": third.description, "email": "assessor-3@example.org", "role": "assessor",
    ]
    let forms: [(path: String, faster: [String: String], later: [String: String])] = [
      (
        "/plan", Fixture.day("publication", 11, 3, 2027), Fixture.day("publication", 12, 3, 2027)
      ), ("/team", member.merging(["cleared": "yes"]) { $1 }, member),
      (
        "/allotment", ["case-\(one.number)": first.description],
        ["case-\(one.number)": lead.description]
      ),
    ]
    for (path, faster, later) in forms {
      let page = try await fixture.post(path, faster.merging(seen) { $1 })
      #expect(page.status == 303, "\(path)")
      try await fixture.expectRefusal(
        409, Fixture.faster, of: path, later.merging(seen) { $1 })
    }
    try await fixture.expectRefusal(409, Fixture.faster, of: "/team/\(third)/remove", seen)
    let state = try await fixture.opened().state
    #expect(state.plan?.value.publication == Day(2027, 3, 11))
    #expect(state.isCleared(third))
    #expect(state.assessors[one.number] == first)

    // With cases that nobody has, given out over what was seen before the others were.
    #expect(try await fixture.post("/team/\(third)/remove").status == 303)
    try await fixture.expectRefusal(409, Fixture.faster, of: "/allotment/evenly", seen)
  }

  @Test func `a document that came since the page was opened is not noted as received unseen`()
    async throws
  {
    let fixture = try await Fixture()
    let provider = try await fixture.installation.session(of: "provider")
    let seen = ["seen": "\(try await fixture.revision())"]
    let sent = try await fixture.send(
      Fixture.File("document-1", "staffing.csv", Array("a,b\n".utf8)),
      to: "/provider/training-service/requests/training/1", by: provider)
    #expect(sent.status == 303)

    try await fixture.expectRefusal(409, Fixture.faster, of: "/requests/1/received", seen)
    #expect(try await fixture.opened().state.requests[1]?.receivedAt == nil)
  }

  // MARK: - Requests

  @Test func `no document is asked for without a name, nor for a day that is over`() async throws {
    let fixture = try await Fixture()
    let today = Installation.today
    let over = try #require(Day(number: today.number - 1))
    let right = ["title": "Minutes"].merging(
      Fixture.day("due", today.day, today.month, today.year)
    ) { $1 }
    let forms: [(changes: [String: String], field: String, what: String)] = [
      (Fixture.day("due", over.day, over.month, over.year), "due-day", "That day is over"),
      (
        Fixture.day("due", 31, 2, 2027), "due-day",
        "The day on which it is due must be a day, such as 11 3 2027"
      ), (["title": " "], "title", "Enter the name of the document"),
      (["title": String(repeating: "x", count: 201)], "title", "Write at most 200 characters"),
      (["text": String(repeating: "x", count: 4_001)], "text", "Write at most 4,000 characters"),
    ]
    for (changes, field, what) in forms {
      try await fixture.expectRefusal(
        422, Fixture.mistake(field, what), of: "/requests", right.merging(changes) { $1 })
    }
    // The day itself is not over yet.
    #expect(try await fixture.post("/requests", right).status == 303)
    try await fixture.expectRefusal(404, "Page not found", of: "/requests/99/received")
  }

  // MARK: - Sent again

  @Test func `a form that is sent again is done already, and asks nobody twice`() async throws {
    let fixture = try await Fixture()
    let before = try await fixture.revision()
    let request = [
      "title": "Supervision policy", "text": "The newest", "seen": "\(before)",
    ].merging(Fixture.day("due", 1, 2, 2031)) { $1 }
    let count = try await fixture.opened().state.requests.count
    for _ in 1...2 { #expect(try await fixture.post("/requests", request).status == 303) }
    #expect(try await fixture.opened().state.requests.count == count + 1)
    // Another title is another document.
    let other = request.merging(["title": "Another policy"]) { $1 }
    #expect(try await fixture.post("/requests", other).status == 303)
    #expect(try await fixture.opened().state.requests.count == count + 2)

    let feed = try await fixture.opened().state.feed
    for _ in 1...2 {
      #expect(try await fixture.post("/plan/feed", ["seen": "\(before)"]).status == 303)
    }
    #expect(try await fixture.opened().state.feed == feed + 1)

    let plan = Fixture.day("publication", 13, 3, 2028).merging(["seen": "\(before)"]) { $1 }
    for _ in 1...2 { #expect(try await fixture.post("/plan", plan).status == 303) }
    // Once somebody planned otherwise, it is not so any more.
    let otherwise = Fixture.day("publication", 14, 3, 2028)
    #expect(try await fixture.post("/plan", otherwise).status == 303)
    try await fixture.expectRefusal(409, Fixture.faster, of: "/plan", plan)
  }

  // MARK: - Accounts

  @Test func `administrators disable and enable others, and not themselves`() async throws {
    let installation = try await Installation.make()
    let accounts = installation.store.accounts
    let admin = try #require(installation.accounts["admin"]?.id)
    let officer = try #require(installation.accounts["officer"]?.id)
    let secret = try await installation.session(of: "admin")
    let before = try await installation.session(of: "officer")

    for verb in ["disable", "enable"] {
      let page = await installation.respond(.post, "/accounts/\(admin)/\(verb)", by: secret)
      #expect(page.status == 422)
      #expect(page.text.contains("You cannot \(verb) your own account"))
    }
    for unknown in ["01a1ffdc-5e9e-70ee-9dd6-f0b1d47a12f9", "nobody here"] {
      let page = await installation.respond(.post, "/accounts/\(unknown)/disable", by: secret)
      #expect(page.status == 404, "\(unknown)")
    }
    #expect(try await accounts.account(admin)?.isDisabled == false)

    let disabled = await installation.respond(.post, "/accounts/\(officer)/disable", by: secret)
    #expect(disabled.status == 303)
    #expect(try await accounts.account(officer)?.isDisabled == true)
    let list = await installation.respond(.get, "/accounts", by: secret)
    #expect(list.text.contains("/accounts/\(officer)/enable"))
    #expect(await installation.respond(.get, "/account", by: before).status == 303)
    await #expect(throws: Installation.NoSession.self) {
      try await installation.session(of: "officer")
    }

    let enabled = await installation.respond(.post, "/accounts/\(officer)/enable", by: secret)
    #expect(enabled.status == 303)
    #expect(try await accounts.account(officer)?.isDisabled == false)
    let after = try await installation.session(of: "officer")
    #expect(await installation.respond(.get, "/account", by: after).status == 200)
    // What was ended stays ended.
    #expect(await installation.respond(.get, "/account", by: before).status == 303)
  }
}
