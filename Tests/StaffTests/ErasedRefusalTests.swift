import Calendars
import Caseloads
import Fieldwork
import OrderedJSON
import People
import Records
import RuleFiles
import Standards
import Storage
import Testing
import Workflows

@testable import Website

/// What those are told who still send something to an inspection whose personal data were erased.
@Suite struct ErasedRefusalTests {
  private typealias Fixture = PlanningFixture

  private static let gone = "hat is personal in it was erased, or its key is another"

  private func erase(_ fixture: Fixture) async throws {
    try await fixture.installation.site.desks.inspections.erase(
      fixture.inspection, by: AuthorID(known: "operator"))
    // A program is answered from what was read within the second, and the clock stands.
    #expect(try await fixture.opened().state.isErased)
  }

  @Test func `the pages of its lead refuse whatever would be recorded`() async throws {
    let fixture = try await Fixture()
    let open = try await fixture.opened()
    let one = try #require(try await fixture.planning.cases(of: open).first)
    let lead = try fixture.id("lead")
    let third = try fixture.id("assessor-3")
    let frame = try #require(open.state.frame?.value.frame)
    #expect(open.state.assessors[one.number] != lead)
    try await erase(fixture)

    let forms: [(path: String, fields: [String: String], words: String)] = [
      ("/frame", ["frame": frame.description], Self.gone),
      (
        "/sample", ["seed": "6", "method": "webster/1", "size": "9", "refused": "yes"],
        "not frozen: freeze it before the seed is known"
      ),
      (
        "/sample/replace", ["number": "\(one.number)", "reason": "x"],
        "not in the sample: choose one that is"
      ), ("/sample/add", ["crn": "Z999999", "why": "x"], "not drawn: draw it first"),
      (
        "/allotment", ["case-\(one.number)": lead.description],
        "Case \(one.number) is not in the sample"
      ), ("/team/\(third)/remove", [:], Self.gone), ("/requests/1/received", [:], Self.gone),
    ]
    for (path, fields, words) in forms {
      try await fixture.expectRefusal(422, words, of: path, fields)
    }
    let other = Digest(of: Array("another list".utf8))
    try await fixture.expectRefusal(
      409, Fixture.faster, of: "/frame", ["frame": other.description])
    let list = Fixture.File("list", "list.csv", Array("crn\nA000001\n".utf8))
    try await fixture.expectRefusal(
      422,
      Fixture.mistake(
        "frozen", "No other list can be received: draw from the one that was frozen")
    ) {
      try await fixture.send(
        list, to: fixture.path("/return"), by: fixture.lead, ["profile": "plumbline"])
    }
    let verified = try await VerifyRecords.run(
      fixture.installation.store.records, try PublishedEditions.load())
    #expect(verified.map(\.fault) == [nil])
  }

  @Test func `its calendar feed leads nowhere`() async throws {
    let fixture = try await Fixture()
    let open = try await fixture.opened()
    let secret = try #require(open.key).feedSecret(open.state.feed)
    let path = "/calendar/training/\(secret).ics"
    let before = await fixture.installation.respond(.get, path, by: nil)
    #expect(before.status == 200 && before.text.contains(open.title))

    try await erase(fixture)

    try await fixture.expectRefusal(404, "Page not found") {
      await fixture.installation.respond(.get, path, by: nil)
    }
    let after = await fixture.installation.respond(.get, path, by: nil)
    #expect(!after.text.contains(open.title))
  }

  @Test func `its provider sees no request and sends nothing`() async throws {
    let fixture = try await Fixture()
    let provider = try await fixture.installation.session(of: "provider")
    let path = "/provider/training-service/requests/training"
    let title = "Staffing by grade and office"
    let before = await fixture.installation.respond(.get, path, by: provider)
    #expect(before.text.contains(title))

    try await erase(fixture)

    let page = await fixture.installation.respond(.get, path, by: provider)
    #expect(page.status == 200 && !page.text.contains(title))
    try await fixture.expectRefusal(422, Self.gone) {
      try await fixture.send(
        Fixture.File("document-1", "staffing.csv", Array("a,b\n".utf8)), to: path + "/1",
        by: provider)
    }
  }

  @Test func `a program is told why its entries are not taken`() async throws {
    let fixture = try await Fixture()
    let installation = fixture.installation
    let assessor = try fixture.id("assessor-1")
    let open = try await fixture.opened()
    let number = try #require(open.state.assessors.filter { $0.value == assessor }.keys.min())
    var chance = SystemRandomNumberGenerator()
    let secret = HeldSecret(.token, using: &chance)
    let token = AccessToken(
      id: installation.site.desks.newID(), account: assessor, title: "a test",
      inspection: fixture.inspection, permissions: [.seeInspection, .answer],
      expiresAt: Installation.now.adding(seconds: 60))
    try await installation.store.accounts.add(token, secret.digest(.token))
    let path = "/api/v1/inspections/training"
    func sent(_ question: String) -> StaffRequest {
      var request = StaffRequest(.post, path + "/entries")
      request.authorization = "Bearer \(secret.text)"
      request.contentType = "application/json"
      let entry: JSON = [
        "id": .string(installation.site.desks.newID().description), "event": "answer-given",
        "subject": .string("answer/\(number)/\(question)"), "over": .number(5),
        "values": ["answer": "sufficient"], "sealed": ["note": "Said by a program"],
      ]
      let body: JSON = ["entries": .array([entry])]
      request.body = body.compactBytes
      return request
    }
    let before = await installation.site.respond(to: sent("2.1.1"))
    #expect(before.status == 200 && before.text.contains("\"outcome\":\"recorded\""))

    try await erase(fixture)

    try await fixture.expectRefusal(422, Self.gone) {
      await installation.site.respond(to: sent("2.1.2"))
    }
    var state = StaffRequest(.get, path)
    state.authorization = "Bearer \(secret.text)"
    let told = await installation.site.respond(to: state)
    #expect(told.status == 200 && told.text.contains("\"erased\":true"))
  }

  @Test func `erased before its frame was frozen, it takes no list, and its name stays taken`()
    async throws
  {
    let fixture = try await Fixture(early: "Early")
    let list = try SyntheticCaseload(
      cases: 60, seed: 7, listDate: try #require(Day(2026, 6, 1)),
      profile: try Profile.load("plumbline"))
    var bytes: [UInt8] = []
    list.forEachBlock { bytes += $0 }
    let file = Fixture.File("list", "list.csv", bytes)
    try await erase(fixture)

    for words in [
      Fixture.mistake("list", "The list cannot be used. Nothing was kept"), Self.gone,
    ] {
      try await fixture.expectRefusal(422, words) {
        try await fixture.send(
          file, to: fixture.path("/return"), by: fixture.lead, ["profile": "plumbline"])
      }
    }
    let fields = [
      "title": "A title", "id": "early", "provider": "training-service", "edition": "pdu-2023",
    ].merging(Fixture.day("retention", 1, 2, 2031)) { $1 }
    try await fixture.expectRefusal(
      422, "an inspection of that name, or was one: choose another name"
    ) {
      await fixture.installation.respond(
        .post, "/fieldwork/new", by: fixture.lead, fields)
    }
  }
}
