import Fieldwork
import Problems
import Records
import RuleFiles
import Standards
import Storage
import Testing
import Workflows

@testable import Website

@Suite struct EvidenceDeskTests {
  private func draft(
    _ title: String, _ source: EvidenceDraft.Source, on questions: Set<String> = ["1.1.1"]
  ) -> EvidenceDraft {
    EvidenceDraft(
      kind: .interview, title: title, says: "They said so", questions: questions, source: source)
  }

  private func opened(_ installation: Installation) async throws -> OpenInspection {
    try #require(try await installation.site.memory.inspection(TrainingRecord.id))
  }

  @Test func `every version of a piece of evidence stays, with its file`() async throws {
    let installation = try await Installation.make()
    let planning = installation.site.desks.planning
    let assessor = try #require(installation.accounts["assessor-1"]?.id)
    var open = try await opened(installation)
    func actor() -> PlanningDesk.Actor {
      PlanningDesk.Actor(assessor, seen: open.state.revision)
    }
    let number = open.state.evidence.count + 1
    let (first, second) = (Array("first".utf8), Array("second".utf8))
    let outcome = try await planning.add(
      draft("Board minutes", .file(name: "minutes.pdf", bytes: first)), in: open, by: actor())
    #expect(outcome == .done)
    open = try await opened(installation)
    // The same file on other questions, then another text.
    _ = try await planning.change(
      number, to: draft("Minutes", .unchanged, on: ["1.1.2", "2.1.1"]), in: open, by: actor())
    open = try await opened(installation)
    _ = try await planning.change(
      number, to: draft("Minutes", .text("second")), in: open, by: actor())
    open = try await opened(installation)

    let versions = try await planning.versions(of: number, in: open)
    #expect(versions.map(\.version) == [1, 2, 3])
    #expect(versions.map(\.title) == ["Board minutes", "Minutes", "Minutes"])
    #expect(versions.map(\.fileName) == ["minutes.pdf", "minutes.pdf", "typed-text.txt"])
    #expect(versions.map(\.facts.questions) == [["1.1.1"], ["1.1.2", "2.1.1"], ["1.1.1"]])
    #expect(
      versions.map(\.facts.content) == [Digest(of: first), Digest(of: first), Digest(of: second)])
    #expect(versions.allSatisfy { $0.author == assessor && $0.says == "They said so" })
    for (version, bytes) in zip(versions, [first, first, second]) {
      #expect(try await planning.bytes(of: version.facts.file, in: open) == bytes)
    }
    #expect(try await planning.evidence(in: open).last?.version == 3)
    let verified = try await VerifyRecords.run(
      installation.store.records, try PublishedEditions.load())
    #expect(verified.map(\.fault) == [nil])
  }

  @Test func `people who add evidence over the same page both have theirs`() async throws {
    let installation = try await Installation.make()
    let planning = installation.site.desks.planning
    let open = try await opened(installation)
    let assessor = try #require(installation.accounts["assessor-1"]?.id)
    let actor = PlanningDesk.Actor(assessor, seen: open.state.revision)
    let before = open.state.evidence.count
    try await withThrowingTaskGroup(of: PlanningDesk.Outcome.self) { group in
      for one in 1...5 {
        let draft = draft("Interview \(one)", .text("Text \(one)"))
        group.addTask { try await planning.add(draft, in: open, by: actor) }
      }
      for try await outcome in group { #expect(outcome == .done) }
    }
    let evidence = try await planning.evidence(in: try await opened(installation))
    #expect(Set(evidence.map(\.title)).isSuperset(of: (1...5).map { "Interview \($0)" }))
    #expect(evidence.count == before + 5)
    #expect(evidence.suffix(5).allSatisfy { $0.version == 1 })
  }

  @Test func `a second version over the same one is not recorded`() async throws {
    let installation = try await Installation.make()
    let planning = installation.site.desks.planning
    let assessor = try #require(installation.accounts["assessor-1"]?.id)
    var open = try await opened(installation)
    let number = open.state.evidence.count + 1
    _ = try await planning.add(
      draft("Minutes", .text("x")), in: open,
      by: PlanningDesk.Actor(assessor, seen: open.state.revision))
    open = try await opened(installation)
    let seen = PlanningDesk.Actor(assessor, seen: open.state.revision)
    let first = try await planning.change(
      number, to: draft("A", .unchanged), in: open, by: seen)
    let second = try await planning.change(
      number, to: draft("B", .unchanged), in: try await opened(installation), by: seen)
    #expect([first, second] == [.done, .overtaken])
    // There is nothing to change, and no file to keep.
    let none = try await planning.change(
      99, to: draft("C", .text("x")), in: open, by: seen)
    #expect(none == .overtaken)
    await #expect(throws: Problems.self) {
      try await planning.add(draft("D", .unchanged), in: open, by: seen)
    }
  }
}
