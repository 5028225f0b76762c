import Fieldwork
import Foundation
import OrderedJSON
import Records
import RuleFiles
import Testing
import Workflows

@testable import Website

/// Cases on an assessor’s own device: what the server gives it, and what it takes from it.
@Suite struct DeviceTests {
  private static let page = "/fieldwork/training/device"

  private func json(_ page: Page) throws -> JSON { try JSON(bytes: page.body) }

  /// Sends entries as a device does.
  private func send(
    _ body: JSON, to installation: Installation, by secret: String?, token: String? = nil
  ) async -> Page {
    var request = installation.request(.post, "\(Self.page)/entries", by: secret)
    request.contentType = "application/json"
    request.formToken = token ?? secret.map { StaffSite.formToken(of: $0) }
    request.body = body.compactBytes
    return await installation.site.respond(to: request)
  }

  private func body(_ entries: [JSON], waiting: Int = 1) -> JSON {
    [
      "device": "01a1ffdc-5e9e-70ee-9dd6-f0b1d47a12f9", "waiting": .number(waiting),
      "entries": .array(entries),
    ]
  }

  private func entry(
    _ id: String = "01a1ffdc-5e9e-70ee-9dd6-f0b1d47a1200", on number: Int,
    question: String = "2.1.1", event: String = "answer-given",
    values: JSON = ["answer": "sufficient"]
  ) -> JSON {
    [
      "id": .string(id), "event": .string(event),
      "subject": .string("answer/\(number)/\(question)"),
      "over": .number(0), "values": values,
    ]
  }

  private func number(
    of name: String, _ installation: Installation
  ) async throws -> Int {
    let inspection = try #require(try await installation.site.memory.inspection(TrainingRecord.id))
    let account = try #require(installation.accounts[name]).id
    return try #require(
      inspection.state.assessors.filter { $0.value == account }.keys.min())
  }

  @Test func `a page that is kept says whose it is and how new, and runs our scripts alone`()
    async throws
  {
    let installation = try await Installation.make()
    let secret = try await installation.session(of: "assessor-1")
    let number = try await number(of: "assessor-1", installation)
    let account = try #require(installation.accounts["assessor-1"])
    for path in [Self.page, "/fieldwork/training/cases/\(number)/assess"] {
      let page = await installation.respond(.get, path, by: secret)
      #expect(page.status == 200)
      #expect(page.header("X-Account") == account.id.description)
      #expect(page.header("X-Revision").flatMap { Int($0) } ?? 0 > 0)
      #expect(page.header("Content-Security-Policy")?.contains("script-src 'self'") == true)
      #expect(!page.text.contains(account.name))
      // Every script is named, so that a device can store all of them.
      for script in installation.site.site.assets.scripts.values {
        #expect(page.text.contains("<link rel=\"modulepreload\" href=\"\(script.path)\">"))
      }
    }
    let plain = await installation.respond(.get, "/fieldwork/training", by: secret)
    #expect(plain.header("X-Account") == account.id.description)
    #expect(plain.header("X-Revision") == nil)
    #expect(plain.header("Content-Security-Policy")?.contains("script-src") == false)
  }

  @Test func `the worker answers for every page of this part and may ask us`() async throws {
    let installation = try await Installation.make()
    let worker = await installation.respond(.get, "/fieldwork/worker.js", by: nil)
    #expect(worker.status == 200)
    #expect(worker.header("Service-Worker-Allowed") == "/fieldwork")
    #expect(worker.header("Cache-Control") == "no-cache")
    #expect(
      worker.header("Content-Security-Policy")?.contains("connect-src 'self'") == true)
  }

  @Test func `the list of cases holds no name and no date of birth`() async throws {
    let installation = try await Installation.make()
    let secret = try await installation.session(of: "assessor-1")
    let page = await installation.respond(.get, "\(Self.page)/cases", by: secret)
    let cases = try #require(try json(page)["cases"].array)
    #expect(!cases.isEmpty)
    let names = Set(
      cases.flatMap { one -> [String] in
        guard case .object(let members) = one else { return [] }
        return members.map(\.name)
      })
    #expect(
      names == [
        "number", "crn", "assessment", "address", "risk", "office", "stage", "open", "answered",
        "put", "conflicts",
      ])
  }

  @Test func `what is sent twice is there once`() async throws {
    let installation = try await Installation.make()
    let secret = try await installation.session(of: "assessor-1")
    let sent = body([entry(on: try await number(of: "assessor-1", installation))])
    let first = try json(await send(sent, to: installation, by: secret))
    let second = try json(await send(sent, to: installation, by: secret))
    #expect(first["outcomes"].array?.first?["outcome"] == "recorded")
    #expect(second["outcomes"].array?.first?["outcome"] == "repeated")
    #expect(
      first["outcomes"].array?.first?["sequence"] == second["outcomes"].array?.first?["sequence"])
  }

  @Test func `one that cannot be taken keeps no other from the record`() async throws {
    let installation = try await Installation.make()
    let secret = try await installation.session(of: "assessor-1")
    let own = try await number(of: "assessor-1", installation)
    let others = try await number(of: "assessor-2", installation)
    let sent = body([
      entry("01a1ffdc-5e9e-70ee-9dd6-f0b1d47a1201", on: others),
      entry("01a1ffdc-5e9e-70ee-9dd6-f0b1d47a1202", on: own, question: "9.9.9"),
      entry("01a1ffdc-5e9e-70ee-9dd6-f0b1d47a1203", on: own, event: "case-submitted"),
      entry("no id", on: own),
      entry(
        "01a1ffdc-5e9e-70ee-9dd6-f0b1d47a1204", on: own, event: "answer-dropped",
        values: ["entry": "01a1ffdc-5e9e-70ee-9dd6-f0b1d47a1299"]),
      entry("01a1ffdc-5e9e-70ee-9dd6-f0b1d47a1205", on: own),
    ])
    let told = try #require(
      try json(await send(sent, to: installation, by: secret))["outcomes"].array)
    #expect(
      told.map { $0["outcome"].string } == [
        "refused", "refused", "refused", "refused", "recorded", "recorded",
      ])
    #expect(told.prefix(4).allSatisfy { $0["why"].string?.isEmpty == false })
  }

  @Test func `a device without a sign-in, or with the token of another one, is told in JSON`()
    async throws
  {
    let installation = try await Installation.make()
    let secret = try await installation.session(of: "assessor-1")
    let other = try await installation.session(of: "assessor-2")
    let sent = body([entry(on: try await number(of: "assessor-1", installation))])
    let nobody = await send(sent, to: installation, by: nil)
    let stale = await send(
      sent, to: installation, by: secret, token: StaffSite.formToken(of: other))
    let none = await send(sent, to: installation, by: secret, token: "")
    let outside = await send(
      sent, to: installation, by: try await installation.session(of: "panel"))
    #expect([nobody, stale, none, outside].map(\.status) == [401, 403, 403, 403])
    for page in [nobody, stale, none, outside] { _ = try json(page) }
    let list = await installation.respond(.get, "\(Self.page)/cases", by: nil)
    #expect(list.status == 401)
    _ = try json(list)
  }

  @Test(
    arguments: [
      "", "[]", "{}", "{\"entries\": [], \"waiting\": 0}",
      "{\"device\": \"mine\", \"waiting\": 0, \"entries\": []}",
      "{\"device\": \"01a1ffdc-5e9e-70ee-9dd6-f0b1d47a12f9\", \"waiting\": -1, \"entries\": []}",
    ]) func `what no device of ours sends is refused`(_ text: String) async throws
  {
    let installation = try await Installation.make()
    let secret = try await installation.session(of: "assessor-1")
    var request = installation.request(.post, "\(Self.page)/entries", by: secret)
    request.contentType = "application/json"
    request.formToken = StaffSite.formToken(of: secret)
    request.body = Array(text.utf8)
    #expect(await installation.site.respond(to: request).status == 400)
  }
}
