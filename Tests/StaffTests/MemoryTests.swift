import Fieldwork
import Records
import Storage
import Testing
import Workflows

@testable import Website

@Suite struct MemoryTests {
  @Test func `whoever asks how an inspection stands sees all that was recorded before`()
    async throws
  {
    let installation = try await Installation.make()
    let planning = installation.site.desks.planning
    let lead = try #require(installation.accounts["lead"]?.id)
    let open = try #require(try await planning.memory.inspection(TrainingRecord.id))
    let newID = installation.site.desks.newID

    // Many at once: those who come while the record is read must not be given what was read.
    try await withThrowingTaskGroup(of: Void.self) { group in
      for number in 1...40 {
        group.addTask {
          for _ in 1...5 {
            let entry = SentEntry(
              id: newID(),
              event: .answerGiven(
                AnswerPlace(number: number, question: "2.1.1"), GivenAnswer(.sufficient)),
              over: open.state.revision, secret: nil)
            let outcomes = try await planning.append([entry], in: open, by: lead)
            guard case .recorded(let sequence)? = outcomes.first else {
              Issue.record("\(outcomes)")
              return
            }
            let now = try await planning.memory.inspection(TrainingRecord.id)
            #expect(now.map { $0.state.revision >= sequence } == true)
            let lenient = try await planning.memory.inspection(TrainingRecord.id, within: 1)
            #expect(lenient != nil)
          }
        }
      }
      try await group.waitForAll()
    }

    let last = try #require(try await planning.memory.inspection(TrainingRecord.id))
    #expect(last.state.revision == open.state.revision + 200)
    #expect(last.state == (try await installation.store.records.state(of: TrainingRecord.id)))
    #expect(last.state.answers.count == 40 && Set(last.state.answers.keys).count == 40)
    // Who looked before still sees what they saw.
    #expect(open.state.answers.count == 0)
  }

  @Test func `a long record comes to the same at once and piece by piece`() async throws {
    let installation = try await Installation.make()
    let records = installation.store.records
    let planning = installation.site.desks.planning
    let lead = try #require(installation.accounts["lead"]?.id)
    let open = try #require(try await planning.memory.inspection(TrainingRecord.id))
    let entries = try (0..<1_700).map { number in
      SentEntry(
        id: installation.site.desks.newID(),
        event: .answerGiven(
          AnswerPlace(number: number % 97 + 1, question: "2.1.\(number % 3 + 1)"),
          try #require(
            GivenAnswer([
              .prompt(number % 2 + 1, .yes),
              .answer(Sufficiency.allCases[number % 7 % 3]),
            ]))), over: open.state.revision + number / 2, secret: nil)
    }
    _ = try await planning.append(entries, in: open, by: lead)

    let whole = try #require(try await records.state(of: TrainingRecord.id))
    #expect(whole.revision == open.state.revision + 1_700)
    var pieces: InspectionState? = InspectionState()
    for revision in [3, 19, 520, 1_019, 1_020, whole.revision] {
      pieces = try await records.state(
        of: TrainingRecord.id, after: try #require(pieces), through: revision)
    }
    #expect(pieces == whole)
    #expect(try await planning.memory.inspection(TrainingRecord.id)?.state == whole)
  }

  @Test func `asking for what is in no record gives nothing, again and again`() async throws {
    let installation = try await Installation.make()
    let memory = installation.site.desks.planning.memory
    for _ in 1...2 {
      #expect(try await memory.inspection(InspectionID(known: "another")) == nil)
      #expect(try await memory.inspection(InspectionID(known: "another"), within: 1) == nil)
    }
  }
}
