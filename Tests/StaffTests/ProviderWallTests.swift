import Fieldwork
import People
import Providers
import Publications
import Records
import Standards
import Storage
import Testing
import Workflows

@testable import Website

/// What somebody of a provider is told of inspections, and what they cannot send.
@Suite struct ProviderWallTests {
  private typealias Fixture = PlanningFixture

  private static let own = "/provider/training-service/requests"
  private static let title = "Minutes of another provider"

  /// Another provider, which was asked for a document in an inspection of its own and sent it.
  private func setUpOther(_ installation: Installation) async throws -> Provider.ID {
    let desks = installation.site.desks
    let (id, stranger) = (InspectionID(known: "other"), AuthorID(known: "stranger"))
    let provider = try #require(installation.site.site.register.providers.first?.id)
    let edition = try #require(installation.site.site.editions.ruleBooks.first?.id)
    try await desks.inspections.create(
      id, about: InspectionFacts(provider: provider, edition: edition), title: "Other",
      retainedUntil: nil, by: stranger, masterKey: installation.masterKey)
    let open = try #require(try await desks.planning.memory.inspection(id))
    let asked = try await desks.planning.request(
      Self.title, "", due: Installation.today, in: open,
      by: PlanningDesk.Actor(stranger, seen: open.state.revision))
    let now = try #require(try await desks.planning.memory.inspection(id))
    let sent = try await desks.planning.send(
      Array(Self.title.utf8), named: "minutes.txt", for: 1, in: now,
      by: PlanningDesk.Actor(stranger, seen: now.state.revision))
    #expect([asked, sent] == [.done, .done])
    return provider
  }

  @Test func `under their own provider’s address nobody reaches an inspection of another`()
    async throws
  {
    let fixture = try await Fixture()
    let installation = fixture.installation
    let provider = try await setUpOther(installation)
    let other = InspectionID(known: "other")
    // Who leads both sides sees each under its own address alone.
    try await installation.store.accounts.set(
      .providerLead, for: provider, try fixture.id("auditor"))
    let own = try await installation.session(of: "provider")
    let theirs = try await installation.session(of: "auditor")
    let address = "/provider/\(provider.slug)/requests"

    for path in ["/other", "/other/1/files/1"] {
      let seen = await installation.respond(.get, address + path, by: theirs)
      #expect(seen.status == 200 && seen.text.contains(Self.title), "\(path)")
      let refused = await installation.respond(.get, Self.own + path, by: own)
      #expect(refused.status == 404 && !refused.text.contains(Self.title), "\(path)")
    }
    #expect(await installation.respond(.get, Self.own + "/training", by: own).status == 200)
    let turned = await installation.respond(.get, address + "/training", by: theirs)
    #expect(turned.status == 404 && !turned.text.contains("Staffing by grade"))

    let before = try await installation.store.records.revision(of: other)
    let file = Fixture.File("document-1", "minutes.txt", Array("Others’ words".utf8))
    let refused = try await fixture.send(file, to: Self.own + "/other/1", by: own)
    #expect(refused.status == 404)
    #expect(try await installation.store.records.revision(of: other) == before)
    #expect(try await fixture.send(file, to: address + "/other/1", by: theirs).status == 303)
    #expect(try await installation.store.records.revision(of: other) == before + 1)
  }

  @Test func `an inspection that asked for nothing is not there for its provider`() async throws {
    let fixture = try await Fixture(early: "Early")
    let secret = try await fixture.installation.session(of: "provider")

    let page = await fixture.installation.respond(.get, Self.own + "/early", by: secret)

    #expect(page.status == 404 && !page.text.contains("Early"))
  }

  @Test func `a provider sends a file, for what was asked, and not after it was received`()
    async throws
  {
    let fixture = try await Fixture()
    let provider = try await fixture.installation.session(of: "provider")
    let path = Self.own + "/training"
    let file = Fixture.File("document-1", "staffing.csv", Array("a,b\n".utf8))

    try await fixture.expectRefusal(
      422, Fixture.mistake("document-1", "Choose the document that is to be sent")
    ) { await fixture.installation.respond(.post, path + "/1", by: provider) }
    try await fixture.expectRefusal(404, "Page not found") {
      try await fixture.send(file, to: path + "/99", by: provider)
    }
    #expect(try await fixture.post("/requests/1/received").status == 303)
    // The form is still open where it was before, with a file chosen or without.
    let words = "Document 1 was noted as received already: what you chose was not sent"
    let late = try await fixture.send(file, to: path + "/1", by: provider)
    #expect(late.text.contains("id=\"request-1\"") && !late.text.contains("id=\"document-1\""))
    #expect(late.text.contains("</span> \(words)</p>"))
    try await fixture.expectRefusal(422, Fixture.mistake("request-1", words)) {
      try await fixture.send(file, to: path + "/1", by: provider)
    }
    try await fixture.expectRefusal(422, Fixture.mistake("request-1", words)) {
      await fixture.installation.respond(.post, path + "/1", by: provider)
    }
  }

  @Test func `when something was asked for, sent and received stands on both sides`()
    async throws
  {
    let fixture = try await Fixture()
    let provider = try await fixture.installation.session(of: "provider")
    let path = Self.own + "/training"
    let file = Fixture.File("document-1", "staffing.csv", Array("a,b\n".utf8))
    let now = "\(Words.moment(Installation.now))"
    func texts() async throws -> [String] {
      [
        await fixture.installation.respond(.get, path, by: provider).text,
        await fixture.installation.respond(.get, fixture.path("/requests"), by: fixture.lead).text,
      ]
    }
    let asked = try #require(
      try await fixture.planning.requests(in: fixture.opened()).first?.askedAt)
    for text in try await texts() {
      #expect(text.contains("\(Words.moment(asked))"))
      #expect(!text.contains(", sent ") && !text.contains(">Received<"))
    }

    #expect(try await fixture.send(file, to: path + "/1", by: provider).status == 303)
    for text in try await texts() { #expect(text.contains(", sent \(now)")) }
    #expect(try await fixture.post("/requests/1/received").status == 303)
    for text in try await texts() { #expect(text.contains("Received</dt>")) }
  }

  @Test func `where what was sent was not recorded, its sender is told`() async throws {
    let fixture = try await Fixture()
    let installation = fixture.installation
    let provider = try await installation.session(of: "provider")
    let desks = installation.site.desks
    // Every entry gets the same id, which the store takes once.
    let id = desks.newID()
    let planning = PlanningDesk(installation.store.records, desks.planning.memory) { id }
    let site = StaffSite(
      of: Website(
        record: installation.site.site.record, assets: installation.site.site.assets,
        today: desks.today, hasStaff: true),
      StaffSite.Desks(
        accounts: desks.accounts, signIn: desks.signIn, inspections: desks.inspections,
        planning: planning, masterKey: desks.masterKey, identityProvider: nil, now: desks.now,
        today: desks.today, newID: desks.newID, address: desks.address, isSecure: false,
        log: desks.log))
    let path = Self.own + "/training/1"
    let first = Fixture.File("document-1", "staffing.csv", Array("a,b\n".utf8))
    let second = Fixture.File("document-1", "staffing.csv", Array("c,d\n".utf8))

    #expect(try await fixture.send(first, to: path, by: provider, at: site).status == 303)
    try await fixture.expectRefusal(
      422, Fixture.mistake("document-1", "It could not be sent: try again")
    ) { try await fixture.send(second, to: path, by: provider, at: site) }
    #expect(try await fixture.opened().state.requests[1]?.sent.count == 1)
  }
}
