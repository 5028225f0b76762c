import Fieldwork
import Records
import Storage
import Testing
import Workflows

@testable import Website

/// Facts about the people who work there.
@Suite struct WorkforcePageTests {
  private static let base = "/fieldwork/training/workforce"

  private func form(_ changes: [String: String] = [:]) -> [String: String] {
    [
      "measure": "in-post", "grade": "pso", "value": "46.5", "held-day": "1", "held-month": "2",
      "held-year": "2026", "source": "The provider’s <return>",
    ].merging(changes) { $1 }
  }

  private func state(_ installation: Installation) async throws -> InspectionState {
    try #require(try await installation.site.memory.inspection(TrainingRecord.id)).state
  }

  @Test func `a fact is noted, corrected and taken out, and all of it stays`() async throws {
    let installation = try await Installation.make()
    let secret = try await installation.session(of: "assessor-1")
    let number = try await state(installation).workforceNoted + 1
    #expect(await installation.respond(.post, Self.base, by: secret, form()).status == 303)
    var page = await installation.respond(.get, Self.base, by: secret)
    #expect(page.text.contains("Staff in post, probation services officer"))
    #expect(page.text.contains("46.5 full-time equivalents"))
    #expect(page.text.contains("The provider’s &lt;return&gt;"))

    let path = "\(Self.base)/\(number)"
    page = await installation.respond(.get, path, by: secret)
    #expect(page.text.contains("value=\"46.5\""))
    let seen = "\(try await state(installation).revision)"
    let change = form(["value": "44", "seen": seen])
    #expect(await installation.respond(.post, path, by: secret, change).status == 303)
    let late = await installation.respond(
      .post, path, by: secret, form(["value": "43", "seen": seen]))
    #expect(late.status == 409 && late.text.contains("value=\"43\""))
    #expect(try await state(installation).workforce[number]?.value.tenths == 440)

    let none = await installation.respond(.post, path + "/out", by: secret, ["back": " "])
    #expect(none.status == 422 && none.text.contains("value=\"44\""))
    let out = await installation.respond(
      .post, path + "/out", by: secret,
      ["back": "Counted twice", "seen": "\(try await state(installation).revision)"])
    #expect(out.status == 303)
    #expect(try await state(installation).workforce[number] == nil)
    page = await installation.respond(.get, path, by: secret)
    for text in ["46.5 full", "44 full", "Counted twice", "Taken out"] {
      #expect(page.text.contains(text), "\(text)")
    }
    page = await installation.respond(.get, Self.base, by: secret)
    #expect(page.text.contains("fact \(number)"))
    // What is out is neither corrected nor taken out again.
    let gone = await installation.respond(.post, path, by: secret, change)
    #expect(gone.status == 409 && gone.text.contains("Note it as another fact"))
    #expect(gone.text.contains("value=\"44\""))
    #expect(
      await installation.respond(.post, path + "/out", by: secret, ["back": "x"]).status == 409)
  }

  private static let wrong: [([String: String], String)] = [
    (["measure": ""], "measure"), (["measure": "morale"], "measure"), (["grade": ""], "grade"),
    (["grade": "boss"], "grade"), (["value": ""], "value"), (["value": "46,5"], "value"),
    (["value": "46.55"], "value"), (["value": "-1"], "value"), (["value": "about 40"], "value"),
    (["measure": "vacancies", "value": "100.1"], "value"),
    (["measure": "sickness", "value": "366.1"], "value"), (["held-day": "31"], "held-day"),
    (["held-day": "", "held-month": "", "held-year": ""], "held-day"),
    (["held-year": "2999"], "held-day"), (["source": " "], "source"),
  ]

  @Test func `what is missing or no such number is named, and nothing typed is lost`() async throws
  {
    let installation = try await Installation.make()
    let secret = try await installation.session(of: "assessor-1")
    let noted = try await state(installation).workforceNoted
    for (changes, field) in Self.wrong {
      for path in [Self.base, Self.base + "/1"] {
        let page = await installation.respond(.post, path, by: secret, form(changes))
        #expect(page.status == 422, "\(path)")
        #expect(page.text.contains("<li><a href=\"#\(field)\">"), "\(path)")
        if changes["source"] == nil {
          #expect(page.text.contains(">The provider’s &lt;return&gt;</textarea>"), "\(path)")
        }
        if let value = changes["value"], !value.isEmpty {
          #expect(page.text.contains("value=\"\(value)\""), "\(path)")
        }
      }
    }
    #expect(try await state(installation).workforceNoted == noted)
  }

  @Test func `there is no other fact, and who only reads is offered no form`() async throws {
    let installation = try await Installation.make()
    let secret = try await installation.session(of: "assessor-1")
    for path in ["/0", "/99", "/x"] {
      #expect(await installation.respond(.get, Self.base + path, by: secret).status == 404)
      #expect(await installation.respond(.post, Self.base + path, by: secret, form()).status == 404)
      #expect(
        await installation.respond(.post, Self.base + path + "/out", by: secret, ["back": "x"])
          .status == 404)
    }
    let panel = try await installation.session(of: "panel")
    for path in ["", "/1"] {
      let page = await installation.respond(.get, Self.base + path, by: panel)
      #expect(page.text.contains("46.5 cases") && !page.text.contains("<textarea"))
    }
  }
}
