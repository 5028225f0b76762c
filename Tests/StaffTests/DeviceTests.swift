import Fieldwork
import Foundation
import OrderedJSON
import Records
import RuleFiles
import Storage
import Testing
import Workflows

@testable import Standards
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
    over: JSON = .number(0), values: JSON = ["answer": "sufficient"]
  ) -> JSON {
    [
      "id": .string(id), "event": .string(event),
      "subject": .string("answer/\(number)/\(question)"),
      "over": over, "values": values,
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

  @Test func `each entry may seal 64 KiB, and what is longer is refused by itself`() async throws {
    let installation = try await Installation.make()
    let secret = try await installation.session(of: "assessor-1")
    let number = try await number(of: "assessor-1", installation)
    func noted(_ id: String, bytes: Int) -> JSON {
      let rest = bytes - (["note": ""] as JSON).compactBytes.count
      return [
        "id": .string(id), "event": "answer-given", "subject": .string("answer/\(number)/2.1.1"),
        "over": .number(0), "values": ["note": true],
        "sealed": ["note": .string(String(repeating: "a", count: rest))],
      ]
    }
    let sent = body([
      noted("01a1ffdc-5e9e-70ee-9dd6-f0b1d47a1201", bytes: 65_537),
      noted("01a1ffdc-5e9e-70ee-9dd6-f0b1d47a1202", bytes: 65_536),
    ])
    let told = try #require(
      try json(await send(sent, to: installation, by: secret))["outcomes"].array)
    #expect(told.map { $0["outcome"].string } == ["refused", "recorded"])
    #expect(told[0]["why"] == "sealed has more than 65536 bytes")
  }

  @Test func `what an entry names must be there`() async throws {
    let installation = try await Installation.make()
    let secret = try await installation.session(of: "assessor-1")
    let number = try await number(of: "assessor-1", installation)
    let id = "01a1ffdc-5e9e-70ee-9dd6-f0b1d47a120"
    let sent = body([
      entry(id + "1", on: number, values: ["evidence": [.number(999)]]),
      entry(id + "2", on: number, values: ["note": true]),
      entry(id + "3", on: number, values: ["reason": true]),
      entry(id + "4", on: number, question: "conditions", values: ["no-such-one": true]),
      entry(id + "5", on: 999),
      entry(id + "6", on: number, values: ["evidence": []]),
      entry(id + "7", on: number, values: ["note": false]),
    ])
    let told = try #require(
      try json(await send(sent, to: installation, by: secret))["outcomes"].array)
    #expect(
      told.map { $0["why"].string } == [
        "there is no evidence 999", "note is said to be written, and sealed has no note",
        "reason is said to be written, and sealed has no reason",
        "the edition has no condition no-such-one", "there is no case 999", nil, nil,
      ])
    #expect(told.suffix(2).allSatisfy { $0["outcome"] == "recorded" })
  }

  @Test func `what is sealed beside an entry is what its event has, each a text`() async throws {
    let installation = try await Installation.make()
    let secret = try await installation.session(of: "assessor-1")
    let number = try await number(of: "assessor-1", installation)
    let given: [(sealed: JSON, why: String?)] = [
      ("seen", "sealed is no object with note and reason"),
      (["seen"], "sealed is no object with note and reason"),
      (["note": .number(1)], "note in sealed is no text"),
      (["reason": .null], "reason in sealed is no text"),
      (["note": "a", "name": "b"], "sealed takes note and reason, and not name"),
      (["said": "a"], "sealed takes note and reason, and not said"), (.null, nil), ([:], nil),
      (["note": "", "reason": "b"], nil),
    ]
    let dropped: [(sealed: JSON, why: String?)] = [
      (["note": "a"], "sealed takes reason and said, and not note"),
      (["said": [:]], "said in sealed is no text"), (["reason": "a", "said": "b"], nil),
    ]
    func entries(_ event: String, _ values: JSON, _ sealed: [JSON], from first: Int) -> [JSON] {
      sealed.enumerated().map { place, one -> JSON in
        [
          "id": .string("01a1ffdc-5e9e-70ee-9dd6-f0b1d47a\(first + place)"),
          "event": .string(event), "subject": .string("answer/\(number)/2.1.1"),
          "over": .number(0), "values": values, "sealed": one,
        ]
      }
    }
    let gone: JSON = ["entry": "01a1ffdc-5e9e-70ee-9dd6-f0b1d47a1299"]
    let sent = body(
      entries("answer-given", ["answer": "sufficient"], given.map(\.sealed), from: 1210)
        + entries("answer-dropped", gone, dropped.map(\.sealed), from: 1230))
    let told = try #require(
      try json(await send(sent, to: installation, by: secret))["outcomes"].array)
    let why = given.map(\.why) + dropped.map(\.why)
    #expect(told.map { $0["why"].string } == why)
    let outcomes = why.map { $0 == nil ? "recorded" : "refused" }
    #expect(told.compactMap { $0["outcome"].string } == outcomes)
  }

  @Test func `an entry does not replace itself`() async throws {
    let installation = try await Installation.make()
    let secret = try await installation.session(of: "assessor-1")
    let number = try await number(of: "assessor-1", installation)
    let (own, other) = (
      "01a1ffdc-5e9e-70ee-9dd6-f0b1d47a1201", "01a1ffdc-5e9e-70ee-9dd6-f0b1d47a1202"
    )
    let values: JSON = ["answer": "sufficient", "replaces": [.string(own)]]
    let sent = body([
      entry(own, on: number, values: values), entry(other, on: number, values: values),
    ])
    let told = try #require(
      try json(await send(sent, to: installation, by: secret))["outcomes"].array)
    #expect(told.map { $0["why"].string } == ["replaces names the entry itself", nil])
    #expect(told.last?["outcome"] == "recorded")
  }

  @Test func `what differs from what was said elsewhere is told to whoever sends it`()
    async throws
  {
    let installation = try await Installation.make()
    let secret = try await installation.session(of: "assessor-1")
    let number = try await number(of: "assessor-1", installation)
    let id = "01a1ffdc-5e9e-70ee-9dd6-f0b1d47a122"
    func told(_ entries: [JSON]) async throws -> [Bool] {
      let page = await send(body(entries), to: installation, by: secret)
      return try #require(try json(page)["outcomes"].array).map { $0["differs"] == true }
    }
    #expect(try await told([entry(id + "1", on: number)]) == [false])
    // The same said twice is no conflict.
    #expect(try await told([entry(id + "2", on: number)]) == [false])
    let other = entry(id + "3", on: number, values: ["answer": "insufficient"])
    #expect(
      try await told([other, entry(id + "4", on: number, question: "2.1.2")]) == [true, false])
    #expect(try await told([other]) == [true])
  }

  @Test func `what arrived cannot be taken back as if it had not`() async throws {
    let installation = try await Installation.make()
    let secret = try await installation.session(of: "assessor-1")
    let number = try await number(of: "assessor-1", installation)
    let id = "01a1ffdc-5e9e-70ee-9dd6-f0b1d47a123"
    func drop(_ own: String, of other: String) async throws -> JSON {
      let dropped = entry(
        id + own, on: number, event: "answer-dropped", values: ["entry": .string(id + other)])
      let page = await send(body([dropped]), to: installation, by: secret)
      return try #require(try json(page)["outcomes"].array?.first)["outcome"]
    }
    _ = await send(body([entry(id + "1", on: number)]), to: installation, by: secret)
    let revision = try await installation.store.records.revision(of: TrainingRecord.id)
    #expect(try await drop("2", of: "1") == "arrived")
    #expect(try await installation.store.records.revision(of: TrainingRecord.id) == revision)
    #expect(try await drop("3", of: "9") == "recorded")
  }

  @Test func `nobody replaces by name what somebody else said`() async throws {
    let installation = try await Installation.make()
    let planning = installation.site.desks.planning
    let number = try await number(of: "assessor-1", installation)
    let first = try #require(installation.accounts["assessor-1"]?.id)
    let open = try #require(try await planning.memory.inspection(TrainingRecord.id))
    let said = SentEntry(
      id: installation.site.desks.newID(),
      event: .answerGiven(
        AnswerPlace(number: number, question: "2.1.1"), GivenAnswer(.insufficient)),
      over: 0, secret: nil)
    // As somebody who had the case before.
    _ = try await planning.append(
      [said], in: open, by: try #require(installation.accounts["assessor-2"]?.id))
    let secret = try await installation.session(of: "assessor-1")
    let values: JSON = ["answer": "sufficient", "replaces": [.string(said.id.description)]]

    let page = await send(
      body([entry(on: number, values: values)]), to: installation, by: secret)

    let told = try #require(try json(page)["outcomes"].array?.first)
    #expect(told["why"] == "replaces names what somebody else said")
    let after = try #require(try await planning.memory.inspection(TrainingRecord.id))
    let place = AnswerPlace(number: number, question: "2.1.1")
    #expect(after.state.answers[place]?.heads.map(\.author).contains(first) == false)
  }

  @Test func `a device is known with what it holds, and forgotten once it holds nothing`()
    async throws
  {
    let installation = try await Installation.make()
    let secret = try await installation.session(of: "assessor-1")
    let lead = try await installation.session(of: "lead")
    let device = "01a1ffdc-5e9e-70ee-9dd6-f0b1d47a12f9"
    func ask(_ query: String) async -> Page {
      var request = installation.request(.get, "\(Self.page)/cases", by: secret)
      request.query = query
      return await installation.site.respond(to: request)
    }
    func isShown() async -> Bool {
      await installation.respond(.get, "/fieldwork/training/progress", by: lead).text
        .contains(device.suffix(6))
    }
    for query in ["", "device=x&waiting=0&held=7", "device=\(device)&waiting=-1&held=7"] {
      #expect(await ask(query).status == 200)
      #expect(await !isShown(), "\(query)")
    }
    _ = await ask("device=\(device)&waiting=0&held=7")
    #expect(await isShown())
    _ = await ask("device=\(device)&waiting=0&held=0")
    #expect(await !isShown())
    _ = await ask("device=\(device)&waiting=2&held=0")
    #expect(await isShown())
  }

  @Test func `what was seen must be a revision of the record`() async throws {
    let installation = try await Installation.make()
    let secret = try await installation.session(of: "assessor-1")
    let number = try await number(of: "assessor-1", installation)
    let inspection = try #require(try await installation.site.memory.inspection(TrainingRecord.id))
    let last = inspection.state.revision
    let overs: [JSON] = [.number(-1), "1", .null, .number(last + 1), .number(last)]
    let sent = body(
      overs.enumerated().map { place, over in
        entry("01a1ffdc-5e9e-70ee-9dd6-f0b1d47a121\(place)", on: number, over: over)
      })
    let told = try #require(
      try json(await send(sent, to: installation, by: secret))["outcomes"].array)
    #expect(
      told.map { $0["why"].string } == [
        "over is no revision", "over is no revision", "over is no revision",
        "over is a revision that the record does not have", nil,
      ])
    #expect(told[3]["last"].int == last)
    #expect(told.map { $0["outcome"].string }.last == "recorded")
  }

  @Test func `up to 100 entries are taken at once`() async throws {
    let installation = try await Installation.make()
    let secret = try await installation.session(of: "assessor-1")
    let number = try await number(of: "assessor-1", installation)
    let entries = (0...100).map { place in
      let id = String(1000 + place)
      return entry("01a1ffdc-5e9e-70ee-9dd6-f0b1d47a\(id)", on: number)
    }
    let many = await send(body(entries), to: installation, by: secret)
    #expect(many.status == 400 && many.text.contains("up to 100 entries"))
    let most = try json(
      await send(body(Array(entries.dropLast())), to: installation, by: secret))
    #expect(most["outcomes"].array?.count == 100)
    #expect(most["outcomes"].array?.allSatisfy { $0["outcome"] == "recorded" } == true)
  }

  @Test func `nothing is answered where the program has another edition of that name`()
    async throws
  {
    let all = try PublishedEditions.load()
    let known = try all.edition(named: "pdu-2023")
    let text = try #require(all.sources[known.id])
      .replacing("Does assessment engage the person under supervision?", with: "Is it another?")
    let changed = try RuleBook.read(yaml: text, file: "pdu-2023.yaml")
    #expect(changed.digest != known.digest)
    let installation = try await Installation.make(
      published: PublishedEditions(
        ruleBooks: all.ruleBooks.filter { $0.id != known.id } + [changed],
        concordances: all.concordances, sources: all.sources))
    let secret = try await installation.session(of: "assessor-1")
    let number = try await number(of: "assessor-1", installation)
    let list = await installation.respond(.get, "\(Self.page)/cases", by: secret)
    let sent = await send(body([entry(on: number)]), to: installation, by: secret)
    for page in [list, sent] {
      #expect(page.status == 422 && page.text.contains("its edition is not one"))
    }
    let form = "/fieldwork/training/cases/\(number)/assess"
    #expect(await installation.respond(.get, form, by: secret).status == 404)
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
