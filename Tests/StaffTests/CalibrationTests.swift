import Fieldwork
import Standards
import Statistics
import Testing
import Workflows

@testable import Website

/// Calibration cases, from writing them to how far assessors agree on them.
@Suite struct CalibrationTests {
  @Test func `a calibration case is written, changed until somebody answers, and compared`()
    async throws
  {
    let fixture = try await QualityFixture()
    #expect(await fixture.get("/calibration").text.contains("There are none yet"))
    for (fields, field, what) in [
      (["title": "", "text": "Somebody"], "title", "Enter a title"),
      (["title": "A plan", "text": ""], "text", "Write the case"),
      (
        ["title": "A plan", "text": String(repeating: "x", count: 4_001)], "text",
        "Write at most 4,000 characters"
      ),
    ] {
      let page = try await fixture.post("/calibration", fields)
      #expect(page.status == 422)
      #expect(page.text.contains("<a href=\"#\(field)\">\(what)</a>"))
      for typed in fields.values where !typed.isEmpty { #expect(page.text.contains(typed)) }
    }
    let written = try await fixture.post(
      "/calibration", ["title": "A plan <1>", "text": "Somebody made up.\nNobody real."])
    #expect(written.status == 303)
    let changed = try await fixture.post(
      "/calibration/1", ["title": "A plan", "text": "Somebody else made up."])
    #expect(changed.status == 303)
    #expect(await fixture.get("/calibration/1").text.contains("Somebody else made up."))
    #expect(try await fixture.planning.calibrations(in: try await fixture.opened()).count == 1)
    for path in ["/calibration/2", "/calibration/x"] {
      #expect(await fixture.get(path).status == 404)
      #expect(try await fixture.post(path, ["title": "t", "text": "t"]).status == 404)
    }

    let secret = try await fixture.installation.session(of: "assessor-1")
    let own = await fixture.installation.respond(
      .get, "/fieldwork/training/calibrations", by: secret)
    #expect(own.text.contains("/fieldwork/training/calibrations/1\""))
    for (name, answer) in [
      ("assessor-1", Sufficiency.sufficient), ("assessor-2", .sufficient), ("local", .insufficient),
    ] {
      let id = try fixture.id(name)
      try await fixture.answer(
        1, [fixture.questions[0].code.text: answer], in: .calibration(id), by: id)
    }
    let page = await fixture.get("/calibration").text
    #expect(page.contains("Begun by 3 of 5 assessors"))
    #expect(page.contains("1 of 3"))
    let late = try await fixture.post("/calibration/1", ["title": "A plan", "text": "Other"])
    #expect(late.status == 422)
    #expect(late.text.contains("Somebody answered it already: write a new calibration case"))
    #expect(await !fixture.get("/calibration/1").text.contains("<textarea"))
  }

  @Test func `the share of pairs that agree is that of the two numbers beside it`() async throws {
    let fixture = try await QualityFixture()
    _ = try await fixture.post("/calibration", ["title": "A plan", "text": "Made up"])
    let (one, other) = (fixture.questions[0].code.text, fixture.questions[1].code.text)
    for (name, answers) in [
      ("assessor-1", [one: .sufficient, other: .sufficient]),
      ("assessor-2", [one: .sufficient, other: .sufficient]),
      ("local", [one: .insufficient]),
    ] as [(String, [String: Sufficiency])] {
      let id = try fixture.id(name)
      try await fixture.answer(1, answers, in: .calibration(id), by: id)
    }
    let page = await fixture.get("/calibration").text
    // The mean over the two questions is 67 %.
    #expect(page.contains("2 of 4<span class=\"reason\">50%</span>"))
    #expect(page.contains("1 of 3<span class=\"reason\">33%</span>"))
    #expect(page.contains("1 of 1<span class=\"reason\">100%</span>"))
    #expect(!page.contains(">67%"))
  }

  @Test func `where the one other answer stands alone, alpha is not defined and kappa is`()
    async throws
  {
    let fixture = try await QualityFixture()
    _ = try await fixture.post("/calibration", ["title": "A plan", "text": "Made up"])
    let questions = fixture.questions.prefix(2).map(\.code.text)
    for (name, answers) in [
      ("assessor-1", [questions[0]: .sufficient, questions[1]: .insufficient]),
      ("assessor-2", [questions[0]: .sufficient]),
    ] as [(String, [String: Sufficiency])] {
      let id = try fixture.id(name)
      try await fixture.answer(1, answers, in: .calibration(id), by: id)
    }
    let answers = CalibrationAnswers(try await fixture.state(), fixture.questions)
      .compared(fixture.questions)
    #expect(answers.agreement(by: .krippendorff) == .onlyOneAnswer)
    #expect(answers.agreement(by: .cohen) != .onlyOneAnswer)
    let page = await fixture.get("/calibration").text
    #expect(page.contains("Not defined: where two or more answered, everybody gave one and the"))
    #expect(!page.contains("Not defined: everybody"))
  }

  @Test func `a calibration case is not changed over what somebody else changed`() async throws {
    let fixture = try await QualityFixture()
    _ = try await fixture.post("/calibration", ["title": "One", "text": "Text"])
    let seen = try await fixture.state().revision
    _ = try await fixture.post("/calibration/1", ["title": "Two", "text": "Text"])
    let late = try await fixture.post(
      "/calibration/1", ["title": "Three", "text": "Text", "seen": "\(seen)"])
    #expect(late.status == 409)
  }
}
