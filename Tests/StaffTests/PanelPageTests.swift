import Fieldwork
import Records
import Standards
import Storage
import Testing
import Workflows

@testable import Website

/// What the ratings panel sees and decides.
@Suite struct PanelPageTests {
  private static let base = "/fieldwork/training/panel"

  private func open(_ installation: Installation) async throws -> OpenInspection {
    try #require(try await installation.site.memory.inspection(TrainingRecord.id))
  }

  /// Answers every question of standard 2.1 on nineteen cases, so many of them sufficient.
  private func answer(_ sufficient: Int, _ installation: Installation) async throws {
    let lead = try #require(installation.accounts["lead"]?.id)
    let now = try await open(installation)
    let book = try #require(installation.site.book(of: now))
    let code = try #require(Code("2.1"))
    let questions = try #require(book.standard(code)).questions
    let entries = (1...19).flatMap { number in
      questions.map { question in
        SentEntry(
          id: installation.site.desks.newID(),
          event: .answerGiven(
            AnswerPlace(number: number, question: question.code.text),
            GivenAnswer(number <= sufficient ? .sufficient : .insufficient)),
          over: now.state.revision, secret: nil)
      }
    }
    _ = try await installation.site.desks.planning.append(entries, in: now, by: lead)
  }

  private func decide(
    _ installation: Installation, by secret: String, on code: String = "2.1",
    _ changes: [String: String] = [:]
  ) async throws -> Page {
    let fields = [
      "rating": "requires-improvement", "reason": "One case short of half",
      "members": "lead inspector, head of ratings",
      "seen": "\(try await open(installation).state.revision)",
    ].merging(changes) { $1 }
    return await installation.respond(.post, "\(Self.base)/\(code)", by: secret, fields)
  }

  @Test func `the panel moves what is open, and takes it back`() async throws {
    let installation = try await Installation.make()
    let secret = try await installation.session(of: "lead")
    try await answer(9, installation)
    let before = await installation.respond(.get, Self.base, by: secret)
    #expect(before.text.contains("one case judged otherwise would change the band"))
    #expect(before.text.contains("9 of 19 cases"))

    #expect(try await decide(installation, by: secret).status == 303)
    let after = await installation.respond(.get, Self.base, by: secret)
    #expect(after.text.contains("moved by the panel"))
    let page = await installation.respond(.get, Self.base + "/2.1", by: secret)
    #expect(page.text.contains("One case short of half"))
    #expect(page.text.contains("Decided by: lead inspector, head of ratings"))

    let none = await installation.respond(.post, Self.base + "/2.1/back", by: secret, ["back": "x"])
    #expect(none.status == 422 && none.text.contains("<li><a href=\"#back-members\">"))
    let back = await installation.respond(
      .post, Self.base + "/2.1/back", by: secret,
      [
        "back": "Decided in error", "back-members": "head of ratings",
        "seen": "\(try await open(installation).state.revision)",
      ])
    #expect(back.status == 303)
    #expect(try await open(installation).state.panel.isEmpty)
    let trail = await installation.respond(.get, Self.base + "/2.1", by: secret)
    #expect(trail.text.contains("Decided in error") && trail.text.contains("Taken back"))
    let nothing = await installation.respond(
      .post, Self.base + "/2.1/back", by: secret, ["back": "x", "back-members": "x"])
    #expect(nothing.status == 409)
  }

  @Test func `what the engine refuses is refused in its words, and nothing typed is lost`()
    async throws
  {
    let installation = try await Installation.make()
    let secret = try await installation.session(of: "lead")
    try await answer(9, installation)
    let refused: [(code: String, rating: String, why: String)] = [
      ("2.1", "outstanding", "cannot be moved to outstanding"),
      ("2.1", "inadequate", "is inadequate by the rules already"),
      ("1.2", "good", "it is judged on evidence"),
      ("2.2", "good", "its rating is not known"),
    ]
    for one in refused {
      let page = try await decide(installation, by: secret, on: one.code, ["rating": one.rating])
      #expect(page.status == 422, "\(one.code)")
      #expect(page.text.contains(one.why), "\(one.why)")
      #expect(page.text.contains(">One case short of half</textarea>"), "\(one.code)")
      #expect(page.text.contains("value=\"lead inspector, head of ratings\""), "\(one.code)")
    }
    for (field, value) in [("rating", "fair"), ("reason", " "), ("members", "")] {
      let page = try await decide(installation, by: secret, [field: value])
      #expect(page.status == 422 && page.text.contains("<li><a href=\"#\(field)\">"))
    }
    #expect(try await open(installation).state.panel.isEmpty)
    for path in ["/7.7", "/2.1.1", "/x"] {
      #expect(await installation.respond(.get, Self.base + path, by: secret).status == 404)
      #expect(
        await installation.respond(.post, Self.base + path, by: secret, [:]).status == 404)
      #expect(
        await installation.respond(.post, Self.base + path + "/back", by: secret, [:]).status
          == 404)
    }
  }

  @Test func `a decision on what is not open any more is shown as left out`() async throws {
    let installation = try await Installation.make()
    let secret = try await installation.session(of: "lead")
    try await answer(9, installation)
    #expect(try await decide(installation, by: secret).status == 303)
    try await answer(19, installation)
    let page = await installation.respond(.get, Self.base, by: secret)
    #expect(page.text.contains("Left out of these ratings"))
    #expect(page.text.contains("2.1 is not open to the panel"))
    #expect(page.text.contains("take it back, or decide anew"))
    let one = await installation.respond(.get, Self.base + "/2.1", by: secret)
    #expect(one.text.contains("The decision is left out of the rating"))
    #expect(one.text.contains("Take the decision back"))
    let without = await installation.respond(.post, Self.base + "/2.1/back", by: secret, [:])
    #expect(without.status == 422 && !without.text.contains("Record another decision"))
  }

  @Test func `over another decision nothing is recorded, and nothing typed is lost`() async throws {
    let installation = try await Installation.make()
    let secret = try await installation.session(of: "lead")
    try await answer(9, installation)
    let seen = "\(try await open(installation).state.revision)"
    #expect(try await decide(installation, by: secret).status == 303)
    let page = try await decide(installation, by: secret, ["reason": "Mine", "seen": seen])
    #expect(page.status == 409)
    #expect(page.text.contains(">Mine</textarea>"))
    #expect(page.text.contains("Somebody else recorded a decision"))
  }

  @Test func `a panel member sees it and records nothing, an assessor does not see it`()
    async throws
  {
    let installation = try await Installation.make()
    try await answer(9, installation)
    let panel = try await installation.session(of: "panel")
    let page = await installation.respond(.get, Self.base + "/2.1", by: panel)
    #expect(page.status == 200 && !page.text.contains("Record a decision"))
    let assessor = try await installation.session(of: "assessor-1")
    let inspection = await installation.respond(.get, "/fieldwork/training", by: assessor)
    #expect(inspection.text.contains("/fieldwork/training/evidence"))
    #expect(!inspection.text.contains("/fieldwork/training/panel"))
  }
}
