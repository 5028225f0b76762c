import Fieldwork
import Foundation
import OrderedJSON
import Problems
import Records
import Spreadsheets
import Standards
import Statistics
import Testing
import Workflows

@testable import Website

/// Agreement, disagreements and severity, as the quality lead sees them.
@Suite struct AgreementPageTests {
  /// Second assessments with one case answered in full, on which the two differ in one question.
  private func assessed() async throws -> (QualityFixture, number: Int, question: String) {
    let fixture = try await QualityFixture()
    try await fixture.drawSeconds()
    let state = try await fixture.state()
    let lead = try fixture.id("lead")
    let number = try #require(
      state.seconds?.drawn.cases.first {
        state.assessors[$0] != lead && state.seconds?.assessors[$0] != nil
      })
    let question = fixture.questions[1].code.text
    try await fixture.answerAll(number, .sufficient)
    try await fixture.answerAll(number, .sufficient, in: .second)
    try await fixture.answer(
      number, [question: .insufficient], in: .second, note: "The plan is a copy & out of date")
    return (fixture, number, question)
  }

  @Test func `before anything is drawn or answered the pages say so`() async throws {
    let fixture = try await QualityFixture()
    #expect(await fixture.get("").text.contains("Draw a share of the cases"))
    #expect(await fixture.get("/agreement").text.contains("No second assessments are drawn yet"))
    #expect(await fixture.get("/severity").text.contains("Nobody has answered a question yet"))
    #expect(await fixture.get("/disagreements").text.contains("differ nowhere so far"))
    #expect(await fixture.get("/agreement.csv").text == "case,question,assessor,answer\n")
    try await fixture.drawSeconds()
    let page = await fixture.get("/agreement")
    #expect(page.status == 200)
    #expect(page.text.contains("None yet"))
    #expect(page.text.contains("a missing answer is neither agreement nor disagreement"))
    #expect(!page.text.lowercased().contains("nan"))
  }

  @Test func `the page has what the downloaded pairs come to`() async throws {
    let (fixture, number, question) = try await assessed()
    let page = await fixture.get("/agreement").text
    let count = fixture.questions.count
    #expect(page.contains("\(count - 1) of \(count)"))
    #expect(page.contains("Assessors agree least on \(question)"))
    #expect(page.contains("Not defined"))
    #expect(!page.contains("nan") && !page.contains("NaN"))

    let csv = await fixture.get("/agreement.csv")
    let table = try CSVTable(
      try CSVFile(bytes: csv.body, name: "pairs"),
      required: ["case", "question", "assessor", "answer"], optional: [])
    #expect(table.rows.count == 2 * count)
    let answers = table.rows.map { row in
      (
        case: [row.text("case") ?? "", row.text("question") ?? ""],
        assessor: row.text("assessor") ?? "", answer: row.text("answer") ?? ""
      )
    }
    let read = try #require(
      ComparedAnswers(answers, outOf: Sufficiency.allCases.map(\.rawValue)))
    let own = PairedAnswers(try await fixture.state(), fixture.questions)
      .compared(fixture.questions)
    for coefficient in AgreementCoefficient.allCases {
      #expect(read.agreement(by: coefficient) == own.agreement(by: coefficient))
    }
    let ids = Set(table.rows.compactMap { $0.text("assessor") })
    let state = try await fixture.state()
    #expect(
      ids
        == Set(
          [state.assessors[number], state.seconds?.assessors[number]].compactMap { $0?.description }
        ))
  }

  @Test func `a disagreement is reconciled with a reason, anew too, and both answers stay`()
    async throws
  {
    let (fixture, number, question) = try await assessed()
    let path = "/disagreements/\(number)/\(question)"
    let list = await fixture.get("/disagreements").text
    #expect(list.contains("To reconcile: 1"))
    #expect(list.contains("The plan is a copy &amp; out of date"))
    #expect(await fixture.get(path).text.contains("The plan is a copy &amp; out of date"))

    for (fields, field, what) in [
      ([:], "answer", "Choose what was agreed"),
      (["answer": "perhaps", "reason": "Both looked"], "answer", "Choose what was agreed"),
      (["answer": "sufficient", "reason": " "], "reason", "Say why"),
      (
        ["answer": "sufficient", "reason": String(repeating: "x", count: 4_001)], "reason",
        "Write at most 4,000 characters"
      ),
    ] as [([String: String], String, String)] {
      let page = try await fixture.post(path, fields)
      #expect(page.status == 422)
      #expect(page.text.contains("<a href=\"#\(field)\">\(what)</a>"))
      if let reason = fields["reason"], reason != " " {
        #expect(page.text.contains(">\(reason)</textarea>"))
      }
      #expect(
        page.text.contains("value=\"sufficient\" checked") == (fields["answer"] == "sufficient"))
    }
    let done = try await fixture.post(
      path, ["answer": "sufficient", "reason": "Both looked again"])
    #expect(done.status == 303)
    let state = try await fixture.state()
    let key = fixture.questions[1]
    #expect(state.assessedAnswer(to: key, on: number, in: .first)?.answer == .sufficient)
    #expect(state.assessedAnswer(to: key, on: number, in: .second)?.answer == .insufficient)
    #expect(state.answer(to: key, on: number) == .sufficient)
    let reconciled = await fixture.get("/disagreements").text
    #expect(reconciled.contains("Reconciled: 1"))
    #expect(reconciled.contains("Both looked again"))
    // Sealed: the record itself does not say why.
    let record = try #require(try await fixture.planning.export(TrainingRecord.id))
    #expect(!String(decoding: record, as: UTF8.self).contains("Both looked again"))

    let anew = try await fixture.post(path, ["answer": "insufficient", "reason": "On reflection"])
    #expect(anew.status == 303)
    #expect(try await fixture.state().answer(to: key, on: number) == .insufficient)
    #expect(await fixture.get(path).text.contains("On reflection"))
    #expect(await !fixture.get(path).text.contains("Both looked again"))

    try await fixture.answer(number, [question: .notApplicable], in: .second)
    #expect(await fixture.get("/disagreements").text.contains("Changed since"))
  }

  @Test func `nothing is reconciled over an answer that came meanwhile`() async throws {
    let (fixture, number, question) = try await assessed()
    let seen = try await fixture.state().revision
    try await fixture.answer(number, [question: .notApplicable], in: .second)
    let page = try await fixture.post(
      "/disagreements/\(number)/\(question)",
      ["answer": "sufficient", "reason": "Both looked", "seen": "\(seen)"])
    #expect(page.status == 409)
    let place = AnswerPlace(.agreed, number: number, question: question)
    #expect(try await fixture.state().answers[place] == nil)
  }

  @Test func `where the two agree there is nothing to reconcile`() async throws {
    let (fixture, number, _) = try await assessed()
    let same = fixture.questions[0].code.text
    #expect(await fixture.get("/disagreements/\(number)/\(same)").status == 404)
    #expect(await fixture.get("/disagreements/\(number)/9.9.9").status == 404)
    #expect(await fixture.get("/disagreements/x/\(same)").status == 404)
    let page = try await fixture.post(
      "/disagreements/\(number)/\(same)", ["answer": "sufficient", "reason": "r"])
    #expect(page.status == 404)
    let pair = try #require(
      PairedAnswers(try await fixture.state(), fixture.questions).pairs.first { !$0.isDifferent })
    let open = try await fixture.opened()
    let actor = try await fixture.actor("quality")
    await #expect(throws: Problems.self) {
      try await fixture.planning.reconcile(
        pair, as: .sufficient, because: "r", in: open, by: actor)
    }
  }

  @Test
  func
    `a lead who gives the second answers sees the first when they are done, and reconciles none`()
    async throws
  {
    let (fixture, number, question) = try await assessed()
    let lead = try fixture.id("lead")
    let secret = try await fixture.installation.session(of: "lead")
    _ = try await fixture.planning.allotSeconds(
      [number: lead], in: try await fixture.opened(), by: try await fixture.actor("quality"))
    // Everything was answered by who had it before.
    #expect(await fixture.get("/disagreements", by: secret).text.contains("To reconcile: 1"))
    try await fixture.answer(number, [question: .insufficient], in: .second)

    let own = await fixture.get("/disagreements/\(number)/\(question)", by: secret)
    #expect(own.text.contains("One of the two answers is yours"))
    #expect(!own.text.contains("Note what was agreed"))
    let refused = try await fixture.post(
      "/disagreements/\(number)/\(question)", by: secret,
      ["answer": "insufficient", "reason": "I said so"])
    #expect(refused.status == 422)
    #expect(refused.text.contains("One of the two answers is yours: let somebody else"))

    // A case that they have just begun.
    let other = try #require(
      try await fixture.state().seconds?.drawn.cases.first { $0 != number })
    _ = try await fixture.planning.allotSeconds(
      [other: lead], in: try await fixture.opened(), by: try await fixture.actor("quality"))
    try await fixture.answerAll(other, .sufficient)
    try await fixture.answer(other, [question: .insufficient], in: .second)
    for path in ["/agreement", "/disagreements", "/severity"] {
      let page = await fixture.get(path, by: secret).text
      #expect(page.contains("Left out for you: case \(other)"), "\(path)")
    }
    #expect(await fixture.get("/disagreements/\(other)/\(question)", by: secret).status == 404)
    #expect(await fixture.get("/disagreements/\(other)/\(question)").status == 200)
    #expect(await !fixture.get("/agreement.csv", by: secret).text.contains("\n\(other),"))
  }

  @Test func `what was written on a restricted case is only for those who are cleared`()
    async throws
  {
    let fixture = try await QualityFixture()
    try await fixture.drawSeconds(100)
    let restricted = try #require(
      try await fixture.planning.cases(of: try await fixture.opened()).first(where: \.isRestricted))
    let number = restricted.number
    let lead = try fixture.id("lead")
    _ = try await fixture.planning.allotSeconds(
      [number: lead], in: try await fixture.opened(), by: try await fixture.actor("quality"))
    let question = fixture.questions[0].code.text
    try await fixture.answer(number, [question: .sufficient], note: "A known name")
    try await fixture.answer(number, [question: .insufficient], in: .second)
    #expect(await fixture.get("/disagreements").text.contains("A known name"))

    let facts = try #require(TeamFacts(roles: [.qualityLead], isCleared: false, conflicts: 0))
    _ = try await fixture.planning.set(
      try fixture.id("quality"), facts, TeamDetails(), in: try await fixture.opened(),
      by: try await fixture.actor("lead"))
    let page = await fixture.get("/disagreements").text
    #expect(page.contains("1 disagreement is on cases that are not for you"))
    #expect(!page.contains("A known name"))
    #expect(await fixture.get("/disagreements/\(number)/\(question)").status == 404)
  }

  @Test func `severity flags only what does not overlap, in the order of names`() async throws {
    let fixture = try await QualityFixture()
    let state = try await fixture.state()
    let (one, two) = (try fixture.id("assessor-1"), try fixture.id("assessor-2"))
    for (number, id) in state.assessors.sorted(by: { $0.key < $1.key }).prefix(40) {
      if id == one { try await fixture.answerAll(number, .insufficient) }
      if id == two { try await fixture.answerAll(number, .sufficient) }
    }
    let page = await fixture.get("/severity").text
    #expect(page.contains(">Milder<") && page.contains(">Stricter<"))
    let first = try #require(page.range(of: "Assessor one"))
    let second = try #require(page.range(of: "Assessor two"))
    #expect(first.lowerBound < second.lowerBound)
    #expect(!page.contains("Assessor three"))
  }

  @Test func `erased, the pages answer without what was written`() async throws {
    let (fixture, number, question) = try await assessed()
    _ = try await fixture.post("/calibration", ["title": "A vignette", "text": "Its text"])
    try await fixture.installation.site.desks.inspections.erase(
      TrainingRecord.id, by: AuthorID(known: "operator"))
    for path in ["", "/seconds", "/agreement", "/disagreements", "/severity", "/calibration"] {
      let page = await fixture.get(path)
      #expect(page.status == 200, "\(path)")
      #expect(!page.text.contains("The plan is a copy") && !page.text.contains("A vignette"))
    }
    let revision = try await fixture.state().revision
    for (path, fields) in [
      ("/seconds/evenly", [:]), ("/seconds", ["share": "10", "seed": "s"]),
      ("/calibration", ["title": "t", "text": "t"]),
      ("/disagreements/\(number)/\(question)", ["answer": "sufficient", "reason": "r"]),
    ] as [(String, [String: String])] {
      let page = try await fixture.post(path, fields)
      #expect([303, 404, 422].contains(page.status), "\(path): \(page.status)")
    }
    #expect(try await fixture.state().revision == revision)
  }
}
