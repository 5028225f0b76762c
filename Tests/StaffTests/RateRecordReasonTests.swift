import Fieldwork
import Judgements
import OrderedJSON
import Problems
import Ratings
import Records
import Standards
import Storage
import Testing
import Workflows

@testable import Website

/// What people judged and decided, as the engine is handed it.
@Suite struct RateRecordReasonTests {
  private let editions: PublishedEditions
  private let book: RuleBook

  init() throws {
    editions = try PublishedEditions.load()
    book = try editions.edition(named: "pdu-2023")
  }

  private func code(_ text: String) throws -> Code { try #require(Code(text)) }

  /// An inspection in whose record something happened, as it is read from there.
  private func state(after events: [Event], in installation: Installation) async throws
    -> InspectionState
  {
    let planning = installation.site.desks.planning
    let open = try #require(try await planning.memory.inspection(TrainingRecord.id))
    let lead = try #require(installation.accounts["lead"]?.id)
    let entries = events.map {
      SentEntry(
        id: installation.site.desks.newID(), event: $0, over: open.state.revision, secret: nil)
    }
    _ = try await planning.append(entries, in: open, by: lead)
    return try #require(try await planning.memory.inspection(TrainingRecord.id)).state
  }

  /// So many answers to every question of a standard, the first of them sufficient.
  private func answers(to standard: Code, sufficient: Int, of cases: Int) throws -> [Event] {
    let questions = try #require(book.standard(standard)).questions
    return (1...cases).flatMap { number in
      questions.map { question in
        .answerGiven(
          AnswerPlace(number: number, question: question.code.text),
          GivenAnswer(number <= sufficient ? .sufficient : .insufficient))
      }
    }
  }

  @Test func `a standard on evidence has the rating that was judged, until it is taken back`()
    async throws
  {
    let installation = try await Installation.make()
    let standard = try code("1.2")
    var state = try await state(
      after: [
        .evidenceJudged(standard, .rated(.good)), .evidenceJudged(try code("1.3"), .notInspected),
        // The working of a judgement rates nothing by itself.
        .evidenceJudged(try code("1.1.1"), .rated(.outstanding)),
        // Codes that the edition does not have, and a standard that cases decide.
        .evidenceJudged(try code("7.7"), .rated(.good)),
        .evidenceJudged(try code("2.1"), .rated(.outstanding)),
        .panelDecided(try code("8.8"), .good),
      ], in: installation)
    var rated = try #require(try RateRecord.rate(state, editions))
    func result(_ text: String) -> StandardResult? {
      rated.rating.standards.first { $0.code.text == text }
    }
    #expect(result("1.2")?.rating == .good)
    #expect(result("1.1")?.rating == nil)
    #expect(result("2.1")?.rating == nil)
    #expect(result("1.3")?.isCounted == false)
    #expect(rated.leftOut.isEmpty)

    state = try await self.state(after: [.evidenceJudged(standard, .none)], in: installation)
    rated = try #require(try RateRecord.rate(state, editions))
    #expect(result("1.2")?.rating == nil)
  }

  @Test func `a decision of the panel moves a rating, and one that is not open is left out alone`()
    async throws
  {
    let installation = try await Installation.make()
    let (moved, closed) = (try code("2.1"), try code("2.2"))
    // 9 of 19 is one case short of half; 1 of 19 is not near anything.
    let events =
      try answers(to: moved, sufficient: 9, of: 19) + answers(to: closed, sufficient: 1, of: 19) + [
        .panelDecided(moved, .requiresImprovement), .panelDecided(closed, .good),
      ]
    let state = try await state(after: events, in: installation)
    let rated = try #require(try RateRecord.rate(state, editions))
    func result(_ code: Code) -> StandardResult? {
      rated.rating.standards.first { $0.code == code }
    }
    #expect(result(moved)?.ruleRating == .inadequate)
    #expect(result(moved)?.rating == .requiresImprovement)
    #expect(result(closed)?.rating == .inadequate)
    #expect(rated.leftOut.map(\.line) == [state.panel[closed]?.sequence])
  }

  @Test func `what was not inspected and has answers is left out, and the answers count`()
    async throws
  {
    let installation = try await Installation.make()
    let standard = try code("2.1")
    let state = try await state(
      after: [.evidenceJudged(standard, .notInspected)]
        + answers(to: standard, sufficient: 4, of: 4), in: installation)
    let rated = try #require(try RateRecord.rate(state, editions))
    #expect(rated.rating.standards.first { $0.code == standard }?.rating == .outstanding)
    #expect(rated.leftOut.map(\.line) == [state.judgements[standard]?.sequence])
  }

  @Test func `what was not set up is not rated`() throws {
    #expect(try RateRecord.rate(InspectionState(), editions) == nil)
  }

  @Test func `reasons and members are read from beside the entries`() async throws {
    let installation = try await Installation.make()
    let planning = installation.site.desks.planning
    let lead = try #require(installation.accounts["lead"]?.id)
    _ = try await state(
      after: answers(to: try code("2.1"), sufficient: 9, of: 19), in: installation)
    let open = try #require(try await planning.memory.inspection(TrainingRecord.id))
    let said: [(Event, JSON)] = [
      (.evidenceJudged(try code("1.3"), .rated(.good)), ["reason": "Workloads are fair"]),
      (
        .panelDecided(try code("2.1"), .requiresImprovement),
        ["reason": "One case short", "members": "lead and head of ratings"]
      ),
    ]
    _ = try await planning.append(
      said.map {
        SentEntry(
          id: installation.site.desks.newID(), event: $0, over: open.state.revision, secret: $1)
      }, in: open, by: lead)
    let now = try #require(try await planning.memory.inspection(TrainingRecord.id))

    let rated = try #require(try await planning.rate(now, editions))
    let standards = rated.rating.standards
    #expect(
      standards.first { $0.code.text == "1.3" }?.outcome
        == .rated(.good, .evidence("Workloads are fair")))
    let decision = standards.first { $0.code.text == "2.1" }?.panel
    #expect(decision?.reason == "One case short")
    #expect(decision?.members == "lead and head of ratings")
    let trail = try await planning.trail(of: "judgement/1.3", in: now)
    #expect(trail.map(\.reason) == ["Workloads are fair"])
    #expect(trail.map(\.author) == [lead])
    #expect(try await planning.trail(of: "judgement/1.1", in: now).isEmpty)

    // Erased: the ratings stay, what was said is gone.
    try await installation.site.desks.inspections.erase(
      TrainingRecord.id, by: AuthorID(known: "operator"))
    let erased = try #require(try await planning.memory.inspection(TrainingRecord.id))
    let after = try #require(try await planning.rate(erased, editions))
    #expect(after.rating.overall == rated.rating.overall)
    #expect(after.rating.standards.allSatisfy { ($0.panel?.reason ?? "").isEmpty })
  }
}
