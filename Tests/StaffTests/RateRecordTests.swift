import Fieldwork
import Ratings
import Records
import Standards
import Storage
import Testing
import Workflows

@testable import Website

@Suite struct RateRecordTests {
  @Test func `a rating is the engine's answer to the answers on the cases in the sample`()
    async throws
  {
    let installation = try await Installation.make()
    let planning = installation.site.desks.planning
    let editions = try PublishedEditions.load()
    let lead = try #require(installation.accounts["lead"]?.id)
    func state() async throws -> InspectionState {
      try #require(try await installation.store.records.state(of: TrainingRecord.id))
    }
    let empty = try #require(try RateRecord.rate(try await state(), editions))
    let standard = try #require(empty.book.standards.first { $0.ratedBy == .caseQuestions })
    func rating() async throws -> Rating? {
      let rated = try #require(try RateRecord.rate(try await state(), editions))
      return rated.rating.standards.first { $0.code == standard.code }?.rating
    }
    #expect(try await rating() == nil)

    func answer(_ number: Int, _ answer: Sufficiency) async throws {
      let open = try #require(try await planning.memory.inspection(TrainingRecord.id))
      let entries = standard.questions.map { question in
        SentEntry(
          id: installation.site.desks.newID(),
          event: .answerGiven(
            AnswerPlace(number: number, question: question.code.text), GivenAnswer(answer)),
          over: open.state.revision, secret: nil)
      }
      _ = try await planning.append(entries, in: open, by: lead)
    }
    for number in 1...4 { try await answer(number, .sufficient) }
    #expect(try await rating() == .outstanding)
    try await answer(5, .insufficient)
    try await answer(6, .insufficient)
    try await answer(7, .notApplicable)
    // Four of six.
    #expect(try await rating() == .good)

    // An answer on a case that went counts for nothing.
    let open = try #require(try await planning.memory.inspection(TrainingRecord.id))
    _ = try await planning.replace(
      1, because: "Moved away", at: Installation.now, in: open,
      by: PlanningDesk.Actor(lead, seen: open.state.revision))
    #expect(try await state().answers.keys.contains { $0.number == 1 })
    #expect(try await rating() == .requiresImprovement)
    // The last answer to a question is the one that counts: four of five.
    try await answer(6, .sufficient)
    #expect(try await rating() == .outstanding)
  }
}
