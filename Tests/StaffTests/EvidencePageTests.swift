import Fieldwork
import Records
import RuleFiles
import Standards
import Storage
import Synchronization
import Testing
import Workflows

@testable import Website

/// The pages on which evidence is kept and seen.
@Suite struct EvidencePageTests {
  private static let base = "/fieldwork/training/evidence"

  private func form(_ changes: [String: String] = [:]) -> [String: String] {
    [
      "kind": "interview", "title": "The chief officer", "says": "Posts are hard to fill",
      "text": "Notes & <thoughts>", "questions": "1.3.1",
    ].merging(changes) { $1 }
  }

  /// A form with a file, as a browser sends it.
  private func upload(
    _ path: String, by secret: String, _ installation: Installation, _ fields: [String: String],
    file: (name: String, bytes: [UInt8])
  ) async -> Page {
    var request = installation.request(.post, path, by: secret)
    request.contentType = "multipart/form-data; boundary=----x7"
    var body: [UInt8] = []
    let all = fields.merging(["token": StaffSite.formToken(of: secret)]) { $1 }
    for (name, value) in all {
      body += Array(
        "------x7\r\nContent-Disposition: form-data; name=\"\(name)\"\r\n\r\n\(value)\r\n".utf8)
    }
    let heading =
      "------x7\r\nContent-Disposition: form-data; name=\"file\"; filename=\"\(file.name)\"\r\n\r\n"
    body += Array(heading.utf8) + file.bytes + Array("\r\n------x7--\r\n".utf8)
    request.body = body
    return await installation.site.respond(to: request)
  }

  private func evidence(_ installation: Installation) async throws -> [EvidenceVersion] {
    let open = try #require(try await installation.site.memory.inspection(TrainingRecord.id))
    return try await installation.site.desks.planning.evidence(in: open)
  }

  @Test func `a file comes back as it went in, in every version`() async throws {
    let installation = try await Installation.make()
    let secret = try await installation.session(of: "assessor-1")
    let bytes: [UInt8] = [0, 13, 10, 255, 45, 45]
    let added = await upload(
      Self.base + "/new", by: secret, installation, form(["text": ""]),
      file: ("board minutes.pdf", bytes))
    #expect(added.status == 303)
    let one = try #require(try await evidence(installation).last)
    let path = "\(Self.base)/\(one.number)"
    let seen = try #require(
      try await installation.site.memory.inspection(TrainingRecord.id)
    ).state.revision

    let changed = await installation.respond(
      .post, path + "/change", by: secret,
      form(["title": "Notes", "questions": "1.3.2", "seen": "\(seen)"]))
    #expect(changed.status == 303)
    let first = await installation.respond(.get, path + "/files/1", by: secret)
    let second = await installation.respond(.get, path + "/files/2", by: secret)
    #expect(first.body == bytes)
    #expect(
      first.header("Content-Disposition") == "attachment; filename=\"board-minutes.pdf\"")
    #expect(second.text == "Notes & <thoughts>")
    let page = await installation.respond(.get, path, by: secret)
    #expect(page.text.contains(one.facts.content.hexadecimal))
    #expect(page.text.contains("board minutes.pdf") && page.text.contains("typed-text.txt"))
    for missing in ["/files/3", "/files/0", "/files/x"] {
      #expect(await installation.respond(.get, path + missing, by: secret).status == 404)
    }
    for missing in ["/99", "/0", "/x", "/99/change"] {
      #expect(await installation.respond(.get, Self.base + missing, by: secret).status == 404)
    }
    #expect(
      await installation.respond(.post, Self.base + "/99/change", by: secret, form()).status == 404)
  }

  @Test func `a file that is not as it was kept is said to be damaged, to the log as well`()
    async throws
  {
    let installation = try await Installation.make()
    let open = try #require(try await installation.site.memory.inspection(TrainingRecord.id))
    let number = open.state.evidence.count + 1
    let digest = Digest(of: Array("never kept".utf8))
    let event = Event.evidenceKept(
      number,
      EvidenceFacts(
        kind: .interview, file: StoredFile(digest: digest, size: 10), content: digest,
        questions: ["1.1.1"]))
    let draft = Draft(
      id: installation.site.desks.newID(), inspection: open.id,
      author: try #require(installation.accounts["assessor-1"]).id, event: event.name,
      subject: event.subject, over: open.state.revision, edition: try #require(open.state.edition),
      values: event.values)
    _ = try await installation.store.records.append(draft, if: .always)

    let secret = try await installation.session(of: "assessor-1")
    let page = await installation.respond(.get, "\(Self.base)/\(number)/files/1", by: secret)

    #expect(page.status == 500)
    #expect(page.text.contains("The file is damaged"))
    #expect(installation.log.lines.withLock { $0 }.contains { $0.contains("record verify") })
  }

  private static let wrong: [([String: String], [String])] = [
    (["kind": "rumour"], ["kind"]), (["title": " "], ["title"]), (["says": ""], ["says"]),
    (["text": " "], ["file"]), (["questions": ""], ["questions"]),
    (["questions": "7.7.7"], ["questions"]), (["case-questions": "2.1"], ["questions"]),
    (["title": "", "says": "", "kind": ""], ["kind", "title", "says"]),
    (["text": String(repeating: "x", count: 20_001)], ["text"]),
    (["says": String(repeating: "x", count: 4_001)], ["says"]),
  ]

  @Test func `what is missing or wrong is named, and nothing typed is lost`() async throws {
    let installation = try await Installation.make()
    let secret = try await installation.session(of: "assessor-1")
    let before = try await evidence(installation).count
    for (changes, fields) in Self.wrong {
      var sent = form(changes)
      if sent["questions"] == "" { sent["questions"] = nil }
      let page = await installation.respond(.post, Self.base + "/new", by: secret, sent)
      #expect(page.status == 422)
      for field in fields {
        #expect(page.text.contains("<li><a href=\"#\(field)\">"), "\(field)")
        #expect(page.text.contains("id=\"\(field)\""), "\(field)")
      }
      if changes["says"] == nil {
        #expect(page.text.contains(">Posts are hard to fill</textarea>"))
      }
      if changes["text"] == nil {
        #expect(page.text.contains(">Notes &amp; &lt;thoughts&gt;</textarea>"))
      }
    }
    #expect(try await evidence(installation).count == before)
  }

  @Test func `a file that is empty, lost or one too many is told`() async throws {
    let installation = try await Installation.make()
    let secret = try await installation.session(of: "assessor-1")
    let path = Self.base + "/new"
    let both = await upload(path, by: secret, installation, form(), file: ("a.txt", [1]))
    #expect(both.status == 422 && both.text.contains("not both"))
    let empty = await upload(
      path, by: secret, installation, form(["text": ""]), file: ("a.txt", []))
    #expect(empty.status == 422 && empty.text.contains("The file is empty"))
    let lost = await upload(
      path, by: secret, installation, form(["text": "", "title": ""]), file: ("a.txt", [1]))
    #expect(lost.status == 422 && lost.text.contains("Choose the file again"))
  }

  @Test func `over a version that somebody else made, what was typed is shown again`()
    async throws
  {
    let installation = try await Installation.make()
    let secret = try await installation.session(of: "assessor-1")
    let path = Self.base + "/1/change"
    let seen = try #require(
      try await installation.site.memory.inspection(TrainingRecord.id)
    ).state.revision
    let first = await installation.respond(
      .post, path, by: secret, form(["seen": "\(seen)", "text": ""]))
    #expect(first.status == 303)
    let second = await installation.respond(
      .post, path, by: secret, form(["seen": "\(seen)", "title": "Mine"]))
    #expect(second.status == 409)
    #expect(second.text.contains("Somebody else made version 2"))
    #expect(second.text.contains("value=\"Mine\""))
    // Sent again, it is over what is there now.
    let now = try #require(
      try await installation.site.memory.inspection(TrainingRecord.id)
    ).state.revision
    #expect(second.text.contains("name=\"seen\" value=\"\(now)\""))
    let third = await installation.respond(
      .post, path, by: secret, form(["seen": "\(now)", "title": "Mine"]))
    #expect(third.status == 303)
    #expect(try await evidence(installation).first?.version == 3)
  }

  @Test func `the list shows what the matrix counts`() async throws {
    let installation = try await Installation.make()
    let secret = try await installation.session(of: "panel")
    let matrix = await installation.respond(.get, Self.base + "/matrix", by: secret)
    #expect(matrix.text.contains("1.2.4 rests on one survey"))
    #expect(matrix.text.contains("1.3.2 and 1.3.3 rest on nothing yet"))
    #expect(matrix.text.contains("evidence?question=1.2.1&amp;kind=focus-group"))
    var request = installation.request(.get, Self.base, by: secret)
    request.query = "question=1.2.1&kind=focus-group"
    let found = await installation.site.respond(to: request)
    #expect(found.text.contains("1 of 4 pieces of evidence"))
    #expect(found.text.contains("Only: Focus group on 1.2.1."))
    #expect(found.text.contains("Probation officers") && !found.text.contains("Survey of staff"))
    request.query = "question=9.9.9"
    #expect(await installation.site.respond(to: request).text.contains("no such evidence"))
    // A panel member sees evidence, and keeps none.
    #expect(!found.text.contains("Add evidence"))
  }

  @Test func `an inspection under a text that this program does not have says so`() async throws {
    let installation = try await Installation.make()
    let desks = installation.site.desks
    let (id, lead) = (
      InspectionID(known: "other-text"), try #require(installation.accounts["lead"]?.id)
    )
    let training = try #require(try await installation.site.memory.inspection(TrainingRecord.id))
    let created = Event.inspectionCreated(try #require(training.state.facts))
    _ = try await installation.store.records.keep(
      key: installation.masterKey.wrap(InspectionKey(), of: id), of: id)
    _ = try await installation.store.records.append(
      Draft(
        id: desks.newID(), inspection: id, author: lead, event: created.name,
        subject: created.subject, over: 0, edition: Digest(of: [1]), values: created.values,
        sealed: nil), if: .always)
    let facts = try #require(TeamFacts(roles: [.lead], isCleared: true, conflicts: 0))
    let inspection = try #require(try await installation.site.memory.inspection(id))
    _ = try await desks.planning.set(
      lead, facts, TeamDetails(), in: inspection, by: PlanningDesk.Actor(lead, seen: 1))
    let secret = try await installation.session(of: "lead")
    for path in ["evidence/matrix", "evidence/new", "judgements", "panel", "panel/2.1"] {
      let page = await installation.respond(.get, "/fieldwork/other-text/\(path)", by: secret)
      #expect(page.status == 404 && page.text.contains("Edition not known"), "\(path)")
    }
    let page = await installation.respond(.get, "/fieldwork/other-text/evidence", by: secret)
    #expect(page.status == 200)
  }
}
