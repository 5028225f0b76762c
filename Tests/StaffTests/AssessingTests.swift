import Calendars
import Fieldwork
import OrderedJSON
import Problems
import Records
import RuleFiles
import Storage
import Testing
import Workflows

@testable import Website

@Suite struct AssessingTests {
  /// Somebody with a case of theirs.
  private struct Assessing {
    let installation: Installation
    let secret: String
    let id: AuthorID
    let number: Int

    init(_ name: String = "assessor-1") async throws {
      installation = try await Installation.make()
      secret = try await installation.session(of: name)
      id = try #require(installation.accounts[name]?.id)
      let id = self.id
      let open = try await installation.site.memory.inspection(TrainingRecord.id)
      let state = try #require(open?.state)
      number = try #require(state.assessors.filter { $0.value == id }.keys.min())
    }

    var path: String { "/fieldwork/training/cases/\(number)/assess" }

    func state() async throws -> InspectionState {
      try #require(try await installation.site.memory.inspection(TrainingRecord.id)).state
    }

    func answer(_ question: String) async throws -> AnswerState? {
      try await state().answers[AnswerPlace(number: number, question: question)]
    }

    /// The fields of the form as a browser sends them when nothing was touched.
    func form() async throws -> [String: String] {
      let text = await installation.respond(.get, path, by: secret).text
      var fields: [String: String] = [:]
      for match in text.matches(of: /name="(seen|entry:[^"]*|was:[^"]*)" value="([^"]*)"/) {
        fields[String(match.1)] = String(match.2)
      }
      for match in text.matches(of: /name="([0-9a-z.:-]+)" id="[^"]*" value="([^"]*)" checked/) {
        fields[String(match.1)] = String(match.2)
      }
      for match in text.matches(of: /name="([0-9.]+:note)" [^>]*>([^<]*)</) {
        fields[String(match.1)] = String(match.2)
      }
      return fields
    }

    func send(_ fields: [String: String]) async -> Page {
      await installation.respond(.post, path, by: secret, fields)
    }
  }

  @Test func `what was changed in the form is recorded, once, and nothing else`() async throws {
    let one = try await Assessing()
    var form = try await one.form()
    #expect(form.keys.contains("entry:2.1.1") && form["2.1.1:answer"]?.isEmpty == true)
    form["2.1.1:answer"] = "sufficient"
    for prompt in 1...3 { form["2.1.1:p\(prompt)"] = "no" }
    form["2.1.1:note"] = "Seen on the file.\r\nAnd said."
    form["conditions:risk-of-harm-not-low"] = "yes"
    let before = try await one.state().revision
    #expect(await one.send(form).status == 303)
    #expect(await one.send(form).status == 303)
    #expect(try await one.state().revision == before + 2)
    let answer = try #require(try await one.answer("2.1.1"))
    #expect(answer.answer == .sufficient && answer.isContradicted(ofPrompts: 4))
    #expect(
      answer.heads.map(\.statement.field) == [.answer, .prompt(1), .prompt(2), .prompt(3), .note])
    let open = try #require(
      try await one.installation.site.memory.inspection(TrainingRecord.id))
    let texts = try await one.installation.site.desks.planning.texts(
      at: [AnswerPlace(number: one.number, question: "2.1.1")], in: open)
    #expect(texts.values.map(\.note) == ["Seen on the file.\nAnd said."])

    // What the page shows now, sent as it is, says nothing.
    #expect(await one.send(try await one.form()).status == 303)
    #expect(try await one.state().revision == before + 2)
    // Taken back.
    form = try await one.form()
    #expect(form["2.1.1:note"] == "Seen on the file.\nAnd said.")
    form["2.1.1:note"] = ""
    form["2.1.1:answer"] = ""
    #expect(await one.send(form).status == 303)
    #expect(try await one.answer("2.1.1")?.answer == nil)
    #expect(try await one.answer("2.1.1")?.last(.note)?.statement == .note(isWritten: false))
  }

  @Test
  func `two forms over one revision merge where they do not clash, and are shown where they do`()
    async throws
  {
    let one = try await Assessing()
    let shown = try await one.form()
    var (office, prison) = (shown, shown)
    for name in shown.keys where name.hasPrefix("entry:") { prison[name] = nil }
    office["2.1.1:answer"] = "sufficient"
    office["2.1.2:answer"] = "sufficient"
    prison["2.1.1:answer"] = "insufficient"
    prison["2.1.1:p1"] = "yes"
    prison["2.1.3:answer"] = "insufficient"
    #expect(await one.send(office).status == 303)
    #expect(await one.send(prison).status == 303)
    #expect(try await one.answer("2.1.1")?.conflicts == [.answer])
    #expect(try await one.answer("2.1.2")?.answer == .sufficient)
    #expect(try await one.answer("2.1.3")?.answer == .insufficient)

    let page = await one.installation.respond(.get, one.path + "/conflicts", by: one.secret)
    #expect(page.text.contains("<strong>Sufficient</strong>"))
    #expect(page.text.contains("<strong>Insufficient</strong>"))
    let sheet = await one.installation.respond(
      .get, "/fieldwork/training/cases/\(one.number)/sheet", by: one.secret)
    #expect(sheet.text.contains("<strong>answers differ: Sufficient; Insufficient</strong>"))
    let submitted = await one.installation.respond(
      .post, "/fieldwork/training/cases/\(one.number)/submit", by: one.secret, ["seen": "9999"])
    #expect(submitted.status == 422 && submitted.text.contains("2.1.1 has answers that differ"))
    // Nothing was chosen.
    let none = await one.installation.respond(
      .post, one.path + "/conflicts", by: one.secret, ["seen": "999"])
    #expect(none.status == 422 && none.text.contains("Choose what holds"))
    let heads = try #require(try await one.answer("2.1.1")).heads(of: .answer)
    let chosen = await one.installation.respond(
      .post, one.path + "/conflicts", by: one.secret,
      ["seen": "\(try await one.state().revision)", "2.1.1:answer": "\(heads[1].entry)"])
    #expect(chosen.status == 303)
    #expect(try await one.answer("2.1.1")?.answer == .insufficient)
    #expect(try await one.answer("2.1.1")?.conflicts.isEmpty == true)
    // Another page that still offers the choice is told, and records nothing.
    let before = try await one.state().revision
    let late = await one.installation.respond(
      .post, one.path + "/conflicts", by: one.secret,
      ["seen": "\(before - 1)", "2.1.1:answer": "\(heads[0].entry)"])
    #expect(late.status == 409 && late.text.contains("Somebody chose meanwhile"))
    #expect(try await one.state().revision == before)
    // Both are in the record, and the choice.
    let export = try await one.installation.site.desks.planning.export(TrainingRecord.id)
    let lines = String(decoding: try #require(export), as: UTF8.self)
    #expect(lines.matches(of: /"subject":"answer\/\d+\/2\.1\.1"/).count == 3)
  }

  @Test func `an id that something else has is replaced, so that nothing is lost`() async throws {
    let one = try await Assessing()
    var form = try await one.form()
    form["2.1.1:answer"] = "sufficient"
    #expect(await one.send(form).status == 303)
    // One step back in the browser, and something else chosen.
    form["2.1.1:answer"] = "insufficient"
    #expect(await one.send(form).status == 303)
    #expect(try await one.answer("2.1.1")?.heads(of: .answer).count == 2)
  }

  @Test func `an id that another note has is replaced, so that no note is lost`() async throws {
    let one = try await Assessing()
    var form = try await one.form()
    form["2.1.1:note"] = "Written first"
    for _ in 1...2 { #expect(await one.send(form).status == 303) }
    form["2.1.1:note"] = "Written after going back"
    #expect(await one.send(form).status == 303)
    #expect(try await one.answer("2.1.1")?.heads(of: .note).count == 2)
    let text = await one.installation.respond(.get, one.path + "/conflicts", by: one.secret).text
    #expect(text.contains("Written first") && text.contains("Written after going back"))
  }

  @Test func `a question that does not apply is set aside with its answer`() async throws {
    let one = try await Assessing()
    var form = try await one.form()
    form["conditions:risk-of-harm-not-low"] = "yes"
    form["2.2.3:answer"] = "insufficient"
    _ = await one.send(form)
    form = try await one.form()
    form["conditions:risk-of-harm-not-low"] = "no"
    _ = await one.send(form)
    let text = await one.installation.respond(.get, one.path, by: one.secret).text
    #expect(text.contains("<span data-kept>Set aside and kept: <strong>Insufficient</strong>"))
    let edition = try #require(try await one.state().facts?.edition)
    let questions = try #require(one.installation.site.site.caseQuestions[edition])
    let question = try #require(questions.question("2.2.3"))
    #expect(try await one.state().answer(to: question, on: one.number) == .notApplicable)
    #expect(try await one.answer("2.2.3")?.answer == .insufficient)
  }

  @Test func `wrong values come back with everything that was typed`() async throws {
    let one = try await Assessing()
    var form = try await one.form()
    form["2.1.1:answer"] = "perhaps"
    form["2.1.2:note"] = String(repeating: "x", count: 4_001)
    form["2.1.3:note"] = "Do not lose this"
    let before = try await one.state().revision
    let page = await one.send(form)
    #expect(page.status == 422)
    #expect(page.text.contains("Choose one of the answers again"))
    #expect(page.text.contains("Write at most 4,000 characters on 2.1.2"))
    #expect(page.text.contains("Do not lose this"))
    #expect(try await one.state().revision == before)
  }

  @Test func `who lost a case chooses between what they said and what came after, and only that`()
    async throws
  {
    let one = try await Assessing()
    let desks = one.installation.site.desks
    let lead = try #require(one.installation.accounts["lead"]?.id)
    let other = try #require(one.installation.accounts["assessor-3"]?.id)
    func opened() async throws -> OpenInspection {
      try #require(try await desks.planning.memory.inspection(TrainingRecord.id))
    }
    let own = try await opened().state.assessors.filter { $0.value == one.id }
    // Assessor three is not cleared.
    let number = try #require(
      try await desks.planning.cases(of: opened()).first {
        own[$0.number] != nil && !$0.isRestricted
      }?.number)
    let place = AnswerPlace(number: number, question: "2.1.1")
    func answer() async throws -> AnswerState? { try await one.state().answers[place] }
    func say(_ answer: Sufficiency, over: Int, by author: AuthorID) async throws {
      let entry = SentEntry(
        id: desks.newID(),
        event: .answerGiven(place, GivenAnswer(answer)), over: over, secret: nil)
      _ = try await desks.planning.append([entry], in: opened(), by: author)
    }
    let before = try await opened().state.revision
    let allotted = try await desks.planning.allot(
      [number: other], in: opened(), by: PlanningDesk.Actor(lead, seen: before))
    #expect(allotted == .done)
    let state = try await opened().state
    // What was on its way is theirs to send; what they say knowing that they lost it is not.
    #expect(state.mayAnswer(place, one.id, over: before))
    #expect(!state.mayAnswer(place, one.id, over: state.revision))
    #expect(state.mayAnswer(place, other, over: state.revision))

    try await say(.insufficient, over: state.revision, by: other)
    try await say(.sufficient, over: before, by: one.id)
    #expect(try await answer()?.conflicts == [.answer])
    let form = "/fieldwork/training/cases/\(number)/assess"
    let path = form + "/conflicts"
    #expect(await one.installation.respond(.get, form, by: one.secret).status == 404)
    let page = await one.installation.respond(.get, path, by: one.secret)
    #expect(page.status == 200 && page.text.contains("<strong>Insufficient</strong>"))
    let mine = try #require(
      try await answer()?.heads(of: .answer).first { $0.author == one.id })
    let chosen = await one.installation.respond(
      .post, path, by: one.secret,
      ["seen": "\(try await one.state().revision)", "2.1.1:answer": "\(mine.entry)"])
    #expect(chosen.status == 303)
    #expect(try await answer()?.answer == .sufficient)
    // Nothing is left that concerns them.
    #expect(await one.installation.respond(.get, path, by: one.secret).status == 404)
  }

  @Test func `submitting asks for every condition that nobody says, and for no other`()
    async throws
  {
    let one = try await Assessing()
    let submit = "/fieldwork/training/cases/\(one.number)/submit"
    let seen = ["seen": "9999"]
    let unsaid = "is not said"
    var form = try await one.form()
    for question in form.keys where question.hasSuffix(":answer") && !question.contains("was:") {
      form[question] = "sufficient"
    }
    form["conditions:risk-of-harm-not-low"] = "yes"
    #expect(await one.send(form).status == 303)
    // Taken back, with every question answered.
    form = try await one.form()
    form["conditions:risk-of-harm-not-low"] = ""
    #expect(await one.send(form).status == 303)
    var page = await one.installation.respond(.post, submit, by: one.secret, seen)
    #expect(page.status == 422 && page.text.contains(unsaid))

    // Two that differ are said, and to be chosen between.
    let revision = try await one.state().revision
    let place = AnswerPlace(number: one.number, question: AnswerPlace.conditions)
    let open = try #require(
      try await one.installation.site.memory.inspection(TrainingRecord.id))
    let entries = try [true, false].map { isMet in
      SentEntry(
        id: one.installation.site.desks.newID(),
        event: .answerGiven(
          place, try #require(GivenAnswer([.condition("risk-of-harm-not-low", isMet)]))),
        over: revision, secret: nil)
    }
    _ = try await one.installation.site.desks.planning.append(entries, in: open, by: one.id)
    page = await one.installation.respond(.post, submit, by: one.secret, seen)
    #expect(page.status == 422 && page.text.contains("answers that differ"))
    #expect(!page.text.contains(unsaid))
  }

  @Test func `a case is submitted, returned with a query, and opened again`() async throws {
    let one = try await Assessing()
    let site = one.installation
    let lead = try await site.session(of: "lead")
    let cases = "/fieldwork/training/cases/\(one.number)"
    var page = await site.respond(.post, cases + "/submit", by: one.secret, ["seen": "9999"])
    #expect(page.status == 422 && page.text.contains("2.1.1 is not answered"))
    for (path, fields) in [("/queries", ["text": "Why?"]), ("/reopen", ["reason": "Why not"])] {
      page = await site.respond(
        .post, cases + path, by: lead, fields.merging(["seen": "9999"]) { $1 })
      #expect(page.status == 422 && page.text.contains("The case is not submitted"))
    }

    var form = try await one.form()
    form["conditions:risk-of-harm-not-low"] = "no"
    for question in form.keys where question.hasSuffix(":answer") && !question.contains("was:") {
      form[question] = "sufficient"
    }
    #expect(await one.send(form).status == 303)
    let seen = ["seen": "9999"]
    #expect(await site.respond(.post, cases + "/submit", by: one.secret, seen).status == 303)
    page = await site.respond(.post, cases + "/submit", by: one.secret, seen)
    #expect(page.status == 422 && page.text.contains("The case is submitted already"))
    // The form does not take changes any more, and does not lose them.
    form = try await one.form()
    form["2.1.1:note"] = "Late thought"
    page = await one.send(form)
    #expect(page.status == 422 && page.text.contains("Late thought"))

    // Nothing typed, then a query.
    page = await site.respond(.post, cases + "/queries", by: lead, seen)
    #expect(page.status == 422 && page.text.contains("Write what you ask"))
    page = await site.respond(
      .post, cases + "/queries", by: lead,
      ["seen": "9999", "text": "Where was that seen?", "question": "9.9.9"])
    #expect(page.status == 422 && page.text.contains("9.9.9 is not put on cases"))
    #expect(page.text.contains("Where was that seen?") && page.text.contains("#question"))
    page = await site.respond(
      .post, cases + "/queries", by: lead,
      ["seen": "9999", "text": "Where was that seen?", "question": "2.1.1"])
    #expect(page.status == 303)
    page = await site.respond(.get, cases, by: one.secret)
    #expect(page.text.contains("Where was that seen?"))
    #expect(page.text.contains("Returned with queries"))
    // Returned, it takes changes, and they are not late.
    #expect(await one.send(form).status == 303)
    #expect(try await one.state().cases[one.number]?.lateAnswers == 0)
    page = await site.respond(.post, cases + "/submit", by: one.secret, seen)
    #expect(page.status == 422 && page.text.contains("answer them; it is still submitted"))
    page = await site.respond(.post, cases + "/queries/1/answer", by: one.secret, seen)
    #expect(page.status == 422 && page.text.contains("Write your answer"))
    page = await site.respond(
      .post, cases + "/queries/1/answer", by: lead, ["seen": "9999", "answer-1": "In their place"])
    #expect(page.status == 404)
    page = await site.respond(
      .post, cases + "/queries/1/answer", by: one.secret,
      ["seen": "9999", "answer-1": "On the contact log."])
    #expect(page.status == 303)
    #expect(await site.respond(.post, cases + "/queries/1/close", by: lead, seen).status == 303)
    #expect(await site.respond(.post, cases + "/queries/1/close", by: lead, seen).status == 409)
    #expect(await site.respond(.post, cases + "/queries/2/close", by: lead, seen).status == 404)
    page = await site.respond(
      .post, cases + "/queries/1/answer", by: one.secret,
      ["seen": "9999", "answer-1": "After it was closed"])
    #expect(page.status == 409)
    #expect(page.text.contains("to copy from") && page.text.contains("After it was closed"))
    // From a device that knew nothing of the submission: taken, and counted.
    let sent: JSON = [
      "device": .string(site.site.desks.newID().description), "waiting": .number(1),
      "entries": [entry(one, "2.1.1", ["answer": "insufficient"])],
    ]
    let token = StaffSite.formToken(of: one.secret)
    #expect(try await device(one, sent, token: token).status == 200)
    #expect(try await one.state().cases[one.number]?.lateAnswers == 1)

    page = await site.respond(.post, cases + "/reopen", by: lead, seen)
    #expect(page.status == 422 && page.text.contains("Say why it is to be opened again"))
    let before = try await one.state().answers
    page = await site.respond(
      .post, cases + "/reopen", by: lead, ["seen": "9999", "reason": "A file came late"])
    #expect(page.status == 303)
    #expect(try await one.state().answers == before)
    page = await site.respond(.get, cases + "/sheet", by: lead)
    #expect(page.text.contains("Late thought") && page.text.contains("Opened again"))
    #expect(
      page.text.contains("Which questions are put") && page.text.contains("<strong>No</strong>"))
    #expect(page.text.contains("Where was that seen?") && page.text.contains("On the contact log."))
    #expect(await site.respond(.get, cases, by: lead).text.contains("A file came late"))
  }

  @Test func `two tabs on a calibration case are chosen between by whoever answered`() async throws
  {
    let one = try await Assessing()
    let quality = try await one.installation.session(of: "quality")
    let written = await one.installation.respond(
      .post, "/fieldwork/training/quality/calibration", by: quality,
      ["seen": "9999", "title": "A plan", "text": "Made up."])
    #expect(written.status == 303)
    let path = "/fieldwork/training/calibrations/1"
    func form() async throws -> [String: String] {
      let text = await one.installation.respond(.get, path, by: one.secret).text
      let fields = text.matches(of: /name="(seen|entry:[^"]*|was:[^"]*)" value="([^"]*)"/)
      return Dictionary(fields.map { (String($0.1), String($0.2)) }) { first, _ in first }
    }
    let (first, second) = (try await form(), try await form())
    for (form, answer) in [(first, "sufficient"), (second, "insufficient")] {
      let sent = form.merging(["2.1.1:answer": answer]) { $1 }
      #expect(await one.installation.respond(.post, path, by: one.secret, sent).status == 303)
    }
    let text = await one.installation.respond(.get, path, by: one.secret).text
    #expect(text.contains("href=\"\(path)/conflicts#"))
    let place = AnswerPlace(.calibration(one.id), number: 1, question: "2.1.1")
    let heads = try #require(try await one.state().answers[place]).heads(of: .answer)
    #expect(heads.count == 2)
    let page = await one.installation.respond(.get, path + "/conflicts", by: one.secret)
    #expect(page.status == 200 && page.text.contains("\(heads[0].entry)"))
    let chosen = await one.installation.respond(
      .post, path + "/conflicts", by: one.secret,
      ["seen": "9999", "2.1.1:answer": "\(heads[0].entry)"])
    #expect(chosen.status == 303)
    #expect(try await one.state().answers[place]?.answer == .sufficient)
    // Nobody else sees that there is a choice.
    let other = try await one.installation.session(of: "assessor-2")
    let theirs = await one.installation.respond(.get, path + "/conflicts", by: other).text
    #expect(theirs.contains("There are none."))
  }

  @Test func `nobody answers the cases of others`() async throws {
    let one = try await Assessing()
    for name in ["assessor-2", "lead"] {
      let secret = try await one.installation.session(of: name)
      for method in [StaffRequest.Method.get, .post] {
        let page = await one.installation.respond(method, one.path, by: secret)
        #expect(page.status == 404, "\(method) by \(name)")
      }
    }
    let path = "/fieldwork/training"
    for place in ["/seconds/\(one.number)", "/calibrations/1", "/cases/999/assess"] {
      #expect(await one.installation.respond(.get, path + place, by: one.secret).status == 404)
    }
  }

  // MARK: - Devices

  private func device(
    _ one: Assessing, _ body: JSON, token: String?
  ) async throws -> (status: Int, json: JSON) {
    var request = one.installation.request(
      .post, "/fieldwork/training/device/entries", by: one.secret)
    request.contentType = "application/json"
    request.body = body.compactBytes
    request.formToken = token
    let page = await one.installation.site.respond(to: request)
    return (page.status, try JSON(bytes: page.body))
  }

  private func entry(
    _ one: Assessing, _ question: String, _ values: JSON, edition: JSON = .null
  ) -> JSON {
    [
      "id": .string(one.installation.site.desks.newID().description), "event": "answer-given",
      "subject": .string("answer/\(one.number)/\(question)"), "over": .number(5),
      "edition": edition, "values": values, "sealed": ["note": "Said on a device"],
    ]
  }

  @Test func `a device sends what it has, and each entry is taken or refused by itself`()
    async throws
  {
    let one = try await Assessing()
    let cases = await one.installation.respond(
      .get, "/fieldwork/training/device/cases", by: one.secret)
    let token = try JSON(bytes: cases.body)["token"].string
    let right = entry(one, "2.1.1", ["answer": "sufficient"])
    let entries: JSON = [
      right, entry(one, "9.9.9", ["answer": "sufficient"]), entry(one, "2.1.1", ["p9": "yes"]),
      entry(one, "2.1.2", ["answer": "sufficient"], edition: "sha256:another"), right,
      [
        "id": .string(one.installation.site.desks.newID().description),
        "event": "answer-dropped", "subject": .string("answer/\(one.number)/2.1.2"),
        "over": .number(5), "edition": "sha256:another", "values": ["entry": right["id"]],
        "sealed": ["reason": "Typed on the wrong case"],
      ],
    ]
    let body: JSON = [
      "device": .string(one.installation.site.desks.newID().description), "waiting": .number(6),
      "entries": entries,
    ]
    let (status, json) = try await device(one, body, token: token)
    #expect(status == 200)
    let outcomes = json["outcomes"].array ?? []
    #expect(
      outcomes.map { $0["outcome"].string ?? "" } == [
        "recorded", "refused", "refused", "refused", "repeated", "recorded",
      ])
    #expect(outcomes[1]["why"].string?.contains("9.9.9") == true)
    #expect(outcomes[3]["why"].string?.contains("edition") == true)
    #expect(try await one.answer("2.1.1")?.answer == .sufficient)
    let contacts = try await one.installation.site.desks.planning.contacts(
      of: TrainingRecord.id)
    #expect(contacts.map(\.waiting) == [3] && contacts.map(\.author) == [one.id])

    // Whoever has no token, or a stale one, or sends something else.
    #expect(try await device(one, body, token: nil).status == 403)
    #expect(try await device(one, body, token: "stale").status == 403)
    #expect(try await device(one, ["entries": []], token: token).status == 400)
    var request = one.installation.request(
      .post, "/fieldwork/training/device/entries", by: nil)
    request.contentType = "application/json"
    let page = await one.installation.site.respond(to: request)
    #expect(page.status == 401)
    #expect(try JSON(bytes: page.body)["problems"].array?.isEmpty == false)
  }

  @Test func `after what is personal was erased, a device keeps what it has and is told why`()
    async throws
  {
    let one = try await Assessing()
    let cases = await one.installation.respond(
      .get, "/fieldwork/training/device/cases", by: one.secret)
    let token = try JSON(bytes: cases.body)["token"].string
    let revision = try await one.state().revision
    try await one.installation.site.desks.inspections.erase(
      TrainingRecord.id, by: AuthorID(known: "operator"))
    let (status, json) = try await device(
      one,
      [
        "device": .string(one.installation.site.desks.newID().description),
        "waiting": .number(1), "entries": [entry(one, "2.1.1", ["answer": "sufficient"])],
      ], token: token)
    #expect(status == 422)
    #expect(String(decoding: json.compactBytes, as: UTF8.self).contains("was erased"))
    #expect(try await one.state().revision == revision + 1)
  }

  @Test func `somebody who lost a case sends what they still have, and nobody else does`()
    async throws
  {
    let one = try await Assessing()
    let desk = one.installation.site.desks.planning
    let open = try #require(try await desk.memory.inspection(TrainingRecord.id))
    let lead = try #require(one.installation.accounts["lead"]?.id)
    _ = try await desk.allot(
      [one.number: lead], in: open, by: PlanningDesk.Actor(lead, seen: open.state.revision))
    let cases = await one.installation.respond(
      .get, "/fieldwork/training/device/cases", by: one.secret)
    let token = try JSON(bytes: cases.body)["token"].string
    let other = try #require(
      try await one.state().assessors.first { $0.value != one.id && $0.value != lead }?.key)
    let foreign: JSON = [
      "id": .string(one.installation.site.desks.newID().description), "event": "answer-given",
      "subject": .string("answer/\(other)/2.1.1"), "over": .number(5),
      "values": ["answer": "sufficient"],
    ]
    let (_, json) = try await device(
      one,
      [
        "device": .string(one.installation.site.desks.newID().description),
        "waiting": .number(2),
        "entries": [entry(one, "2.1.1", ["answer": "sufficient"]), foreign],
      ], token: token)
    #expect(json["outcomes"].array?.map { $0["outcome"].string ?? "" } == ["recorded", "refused"])
  }

  @Test func `what lies on a device names nobody`() async throws {
    let one = try await Assessing()
    let desk = one.installation.site.desks.planning
    let open = try #require(try await desk.memory.inspection(TrainingRecord.id))
    let facts = try await desk.cases(of: open)
    let paths = [one.path, "/fieldwork/training/device", "/fieldwork/training/device/cases"]
    for path in paths {
      let text = await one.installation.respond(.get, path, by: one.secret).text
      #expect(text.count > 100)
      for one in facts {
        for secret in [one.name, one.officer, one.dateOfBirth] where secret.count > 3 {
          #expect(!text.contains(secret), "\(path) has \(secret)")
        }
      }
    }
  }

  @Test func `what somebody else did a moment before makes no record that cannot be read`()
    async throws
  {
    let installation = try await Installation.make(.assessed)
    let desk = installation.site.desks.planning
    let lead = try #require(installation.accounts["lead"]?.id)
    let before = try #require(try await desk.memory.inspection(TrainingRecord.id))
    let actor = PlanningDesk.Actor(lead, seen: before.state.revision)
    let number = try #require(
      before.state.cases.filter { $0.value.submittedAt != nil }.keys.min())
    let reopened = try await desk.reopen(
      number, because: "A file came late", in: before, by: actor)
    #expect(reopened == .done)
    // Two buttons on one page, pressed at the same moment.
    let asked = try await desk.ask("Why?", about: number, question: nil, in: before, by: actor)
    #expect(asked == .overtaken)
    let after = try #require(try await desk.memory.inspection(TrainingRecord.id))
    #expect(after.state.revision == before.state.revision + 1)

    // With what is there now, it is said plainly.
    let now = PlanningDesk.Actor(lead, seen: after.state.revision)
    for work in [
      { try await desk.ask("Why?", about: number, question: nil, in: after, by: now) },
      { try await desk.reopen(number, because: "Again", in: after, by: now) },
    ] {
      let problems = await #expect(throws: Problems.self) { _ = try await work() }
      #expect(problems?.list.map(\.what) == ["the case is not submitted"])
    }
  }

  @Test func `the lead sees how the training inspection goes`() async throws {
    let installation = try await Installation.make(.assessed)
    let lead = try await installation.session(of: "lead")
    let author = try #require(installation.accounts["assessor-1"]?.id)
    let day = 24 * 60
    // Of the last two nothing is left to know.
    for (minutes, waiting, held) in [(30, 0, 3), (30 * 60, 7, 0), (5, 0, 0), (15 * day, 0, 9)] {
      try await installation.site.desks.planning.note(
        DeviceContact(
          device: installation.site.desks.newID(), author: author,
          at: Installation.now.adding(seconds: -60 * minutes), waiting: waiting, held: held),
        of: TrainingRecord.id)
    }
    let text = await installation.respond(.get, "/fieldwork/training/progress", by: lead).text
    let values = text.matches(of: /stacked__value">([^<]*)(?:<strong[^>]*>([^<]*)<)?/)
      .map { [String($0.1), $0.2.map(String.init) ?? ""] }
    #expect(values.contains(["Less than one", ""]) && values.contains(["30 ", "Quiet"]))
    #expect(values.contains(["7", ""]))
    #expect(text.matches(of: /<code>…/).count == 2)
    #expect(text.contains("answers that differ wait for a choice"))
    #expect(text.contains("query 1 waits for an answer"))
    #expect(text.contains("Provisional"))
    #expect(text.contains("rating--"))
  }
}
