import Fieldwork
import Records
import Storage
import Testing
import Workflows

@testable import Website

/// An inspection with the session of its lead, for tests about what its pages refuse.
struct PlanningFixture {
  let installation: Installation
  let lead: String
  let inspection: InspectionID

  /// What the page says where what somebody looked at is not so any more.
  static let faster = "<h1 class=\"govuk-heading-xl\">Somebody else was faster</h1>"

  /// The training inspection: planned, drawn and allotted.
  init() async throws {
    installation = try await Installation.make()
    lead = try await installation.session(of: "lead")
    inspection = TrainingRecord.id
  }

  /// An inspection of the same provider that has nothing but its lead.
  init(early title: String) async throws {
    installation = try await Installation.make()
    lead = try await installation.session(of: "lead")
    inspection = InspectionID(known: "early")
    let desks = installation.site.desks
    let account = try #require(installation.accounts["lead"]?.id)
    let training = try #require(try await desks.planning.memory.inspection(TrainingRecord.id))
    try await desks.inspections.create(
      inspection, about: try #require(training.state.facts), title: title, retainedUntil: nil,
      by: account, masterKey: installation.masterKey)
    let open = try #require(try await desks.planning.memory.inspection(inspection))
    _ = try await desks.planning.makeLead(
      account, in: open, by: PlanningDesk.Actor(account, seen: open.state.revision))
  }

  var planning: PlanningDesk { installation.site.desks.planning }

  func opened() async throws -> OpenInspection {
    try #require(try await planning.memory.inspection(inspection))
  }

  func revision() async throws -> Int {
    try await installation.store.records.revision(of: inspection)
  }

  func id(_ name: String) throws -> AuthorID { try #require(installation.accounts[name]?.id) }

  /// The address of one of its pages.
  func path(_ rest: String = "") -> String { "/fieldwork/\(inspection)\(rest)" }

  /// Sends a form as its lead, over what is seen now unless said.
  func post(_ rest: String, _ fields: [String: String] = [:]) async throws -> Page {
    var fields = fields
    if fields["seen"] == nil { fields["seen"] = "\(try await revision())" }
    return await installation.respond(.post, path(rest), by: lead, fields)
  }

  /// A file that a form sends.
  struct File {
    let field: String
    let name: String
    let bytes: [UInt8]

    init(_ field: String, _ name: String, _ bytes: [UInt8]) {
      self.field = field
      self.name = name
      self.bytes = bytes
    }
  }

  /// Sends a form with a file as a browser does, over what is seen now unless said.
  func send(
    _ file: File, to path: String, by secret: String, _ fields: [String: String] = [:],
    at site: StaffSite? = nil
  ) async throws -> Page {
    var fields = fields
    if fields["seen"] == nil { fields["seen"] = "\(try await revision())" }
    fields["token"] = StaffSite.formToken(of: secret)
    var body: [UInt8] = []
    for (name, value) in fields {
      body += Array(
        "------x7\r\nContent-Disposition: form-data; name=\"\(name)\"\r\n\r\n\(value)\r\n".utf8)
    }
    let names = "name=\"\(file.field)\"; filename=\"\(file.name)\""
    body += Array("------x7\r\nContent-Disposition: form-data; \(names)\r\n\r\n".utf8)
    body += file.bytes + Array("\r\n------x7--\r\n".utf8)
    var request = installation.request(.post, path, by: secret)
    request.contentType = "multipart/form-data; boundary=----x7"
    request.body = body
    return await (site ?? installation.site).respond(to: request)
  }

  /// Sends something that is to be refused: with a status, in some words, and without an entry.
  func expectRefusal(
    _ status: Int, _ words: String, _ sending: () async throws -> Page
  ) async throws {
    let before = try await revision()
    let page = try await sending()
    #expect(page.status == status, "\(words)")
    #expect(page.text.contains(words), "\(words)")
    #expect(try await revision() == before, "\(words)")
  }

  /// Sends a form as its lead that is to be refused.
  func expectRefusal(
    _ status: Int, _ words: String, of rest: String, _ fields: [String: String] = [:]
  ) async throws {
    try await expectRefusal(status, words) { try await post(rest, fields) }
  }

  /// What the summary of mistakes says of a field.
  static func mistake(_ field: String, _ text: String) -> String {
    "<a href=\"#\(field)\">\(text)</a>"
  }

  /// The fields of a day.
  static func day(_ name: String, _ day: Int, _ month: Int, _ year: Int) -> [String: String] {
    ["\(name)-day": "\(day)", "\(name)-month": "\(month)", "\(name)-year": "\(year)"]
  }
}
