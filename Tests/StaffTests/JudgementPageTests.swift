import Fieldwork
import Ratings
import Records
import Standards
import Storage
import Testing
import Workflows

@testable import Website

/// What the lead inspector judges on evidence.
@Suite struct JudgementPageTests {
  private static let base = "/fieldwork/training/judgements"

  private func state(_ installation: Installation) async throws -> InspectionState {
    try #require(try await installation.site.memory.inspection(TrainingRecord.id)).state
  }

  private func rating(of code: String, _ installation: Installation) async throws -> Rating? {
    let state = try await state(installation)
    let rated = try RateRecord.rate(state, installation.site.site.editions)
    return rated?.rating.standards.first { $0.code.text == code }?.rating
  }

  @Test func `a judgement rates its standard, and is taken back with a reason`() async throws {
    let installation = try await Installation.make()
    let secret = try await installation.session(of: "lead")
    let path = Self.base + "/1.3"
    #expect(try await rating(of: "1.3", installation) == nil)
    func fields(_ more: [String: String]) async throws -> [String: String] {
      more.merging(["seen": "\(try await state(installation).revision)"]) { $1 }
    }
    for (name, reason) in [("good", "A wide range"), ("outstanding", "A wider <one>")] {
      let page = await installation.respond(
        .post, path, by: secret, try await fields(["rating": name, "reason": reason]))
      #expect(page.status == 303)
    }
    #expect(try await rating(of: "1.3", installation) == .outstanding)

    let page = await installation.respond(.get, path, by: secret)
    // The earlier one is there, too, with who, when and why.
    #expect(page.text.contains("A wide range") && page.text.contains("A wider &lt;one&gt;"))
    #expect(
      page.text.contains("The lead inspector") && page.text.contains(Words.moment(Installation.now))
    )

    let none = await installation.respond(.post, path + "/back", by: secret, try await fields([:]))
    #expect(none.status == 422 && none.text.contains("<li><a href=\"#back\">"))
    let back = await installation.respond(
      .post, path + "/back", by: secret, try await fields(["back": "A mistake"]))
    #expect(back.status == 303)
    #expect(try await rating(of: "1.3", installation) == nil)
    let after = await installation.respond(.get, path, by: secret)
    #expect(after.text.contains("It was not judged yet") && after.text.contains("A mistake"))
    // Nothing is left to take back.
    let again = await installation.respond(
      .post, path + "/back", by: secret, try await fields(["back": "A mistake"]))
    #expect(again.status == 409)
  }

  @Test func `a key question is judged beside its standard`() async throws {
    let installation = try await Installation.make()
    let secret = try await installation.session(of: "lead")
    let path = Self.base + "/1.3.1"
    let before = await installation.respond(.get, path, by: secret)
    // What to look for, and what it rests on.
    #expect(before.text.contains("Needs and risks of the caseload known"))
    #expect(before.text.contains("Look for figures on needs"))
    #expect(before.text.contains("It rests on nothing yet"))
    let page = await installation.respond(
      .post, path, by: secret,
      [
        "rating": "not-inspected", "reason": "No time",
        "seen": "\(try await state(installation).revision)",
      ])
    #expect(page.status == 303)
    #expect(try await rating(of: "1.3", installation) == nil)
    let linked = await installation.respond(.get, Self.base + "/1.2.1", by: secret)
    #expect(linked.text.contains("Head of the service"))
    #expect(linked.text.contains("One post in eight is vacant"))
  }

  @Test func `what is missing is named, and what was typed is kept`() async throws {
    let installation = try await Installation.make()
    let secret = try await installation.session(of: "lead")
    let wrong: [([String: String], [String])] = [
      ([:], ["rating", "reason"]), (["rating": "fair", "reason": "x"], ["rating"]),
      (["rating": "good", "reason": " "], ["reason"]),
      (["rating": "good", "reason": String(repeating: "x", count: 4_001)], ["reason"]),
      (["rating": "inadequate"], ["reason"]),
    ]
    for (fields, mistakes) in wrong {
      let page = await installation.respond(.post, Self.base + "/1.1", by: secret, fields)
      #expect(page.status == 422)
      for mistake in mistakes { #expect(page.text.contains("<li><a href=\"#\(mistake)\">")) }
      if fields["rating"] == "good" {
        #expect(page.text.contains("<option value=\"good\" selected>"))
      }
    }
    for path in ["/7.7", "/2.1.1", "/1", "/1.1.99", "/x"] {
      #expect(await installation.respond(.get, Self.base + path, by: secret).status == 404)
      for rest in ["", "/back"] {
        #expect(
          await installation.respond(
            .post, Self.base + path + rest, by: secret, ["rating": "good", "reason": "x"]
          ).status == 404)
      }
    }
  }

  @Test func `a standard that cases decide can be left out while nothing is answered on it`()
    async throws
  {
    let installation = try await Installation.make()
    let secret = try await installation.session(of: "lead")
    let lead = try #require(installation.accounts["lead"]?.id)
    let path = Self.base + "/2.4"
    let rated = await installation.respond(
      .post, path, by: secret, ["rating": "good", "reason": "x"])
    #expect(rated.status == 422)

    let open = try #require(try await installation.site.memory.inspection(TrainingRecord.id))
    _ = try await installation.site.desks.planning.append(
      [
        SentEntry(
          id: installation.site.desks.newID(),
          event: .answerGiven(
            AnswerPlace(number: 1, question: "2.3.1"), GivenAnswer(.sufficient)),
          over: open.state.revision, secret: nil)
      ], in: open, by: lead)
    let seen = "\(try await state(installation).revision)"
    let fields = ["rating": "not-inspected", "reason": "Agreed", "seen": seen]
    let answered = await installation.respond(
      .post, Self.base + "/2.3", by: secret, fields)
    // In the words of the engine.
    #expect(answered.status == 422 && answered.text.contains("has answers too"))
    #expect(answered.text.contains(">Agreed</textarea>"))
    let empty = await installation.respond(.post, path, by: secret, fields)
    #expect(empty.status == 303)
    let list = await installation.respond(.get, Self.base, by: secret)
    #expect(list.text.contains("Not inspected"))
  }

  @Test func `who judges over somebody else's judgement is told, and loses nothing`() async throws {
    let installation = try await Installation.make()
    let secret = try await installation.session(of: "lead")
    let path = Self.base + "/1.1"
    let seen = "\(try await state(installation).revision)"
    let first = await installation.respond(
      .post, path, by: secret, ["rating": "good", "reason": "Theirs", "seen": seen])
    #expect(first.status == 303)
    let second = await installation.respond(
      .post, path, by: secret, ["rating": "inadequate", "reason": "Mine", "seen": seen])
    #expect(second.status == 409)
    #expect(second.text.contains("Somebody else judged this"))
    #expect(second.text.contains(">Mine</textarea>") && second.text.contains("Theirs"))
    #expect(second.text.contains("<option value=\"inadequate\" selected>"))
    #expect(try await rating(of: "1.1", installation) == .good)
    let now = "\(try await state(installation).revision)"
    #expect(second.text.contains("name=\"seen\" value=\"\(now)\""))
  }

  @Test func `an assessor sees judgements and is offered no form`() async throws {
    let installation = try await Installation.make()
    let secret = try await installation.session(of: "assessor-1")
    let page = await installation.respond(.get, Self.base + "/1.2", by: secret)
    #expect(page.status == 200)
    #expect(page.text.contains("Too few staff"))
    #expect(!page.text.contains("Judge it again"))
  }
}
