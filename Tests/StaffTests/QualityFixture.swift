import Fieldwork
import OrderedJSON
import Records
import Standards
import Testing
import Workflows

@testable import Website

/// The training inspection with second assessments, for tests about quality.
struct QualityFixture {
  let installation: Installation
  let quality: String
  let questions: [RuleBook.KeyQuestion]

  static let path = "/fieldwork/training/quality"

  init() async throws {
    installation = try await Installation.make()
    quality = try await installation.session(of: "quality")
    let planning = installation.site.desks.planning
    let open = try #require(try await planning.memory.inspection(TrainingRecord.id))
    questions = installation.site.caseQuestions(of: open)
  }

  var planning: PlanningDesk { installation.site.desks.planning }

  func opened() async throws -> OpenInspection {
    try #require(try await planning.memory.inspection(TrainingRecord.id))
  }

  func state() async throws -> InspectionState { try await opened().state }

  func id(_ name: String) throws -> AuthorID { try #require(installation.accounts[name]?.id) }

  func actor(_ name: String) async throws -> PlanningDesk.Actor {
    PlanningDesk.Actor(try id(name), seen: try await state().revision)
  }

  /// Gets a page as the quality lead, unless somebody else is named.
  func get(_ path: String, by secret: String? = nil) async -> Page {
    await installation.respond(.get, Self.path + path, by: secret ?? quality)
  }

  /// Sends a form over what is seen now.
  func post(
    _ path: String, by secret: String? = nil, _ fields: [String: String]
  ) async throws -> Page {
    var fields = fields
    if fields["seen"] == nil { fields["seen"] = "\(try await state().revision)" }
    return await installation.respond(.post, Self.path + path, by: secret ?? quality, fields)
  }

  /// Draws and gives out second assessments.
  func drawSeconds(_ share: Int = 20) async throws {
    let drawn = try await planning.drawSeconds(
      share, seed: "4 5 6", in: try await opened(), by: try await actor("quality"))
    #expect(drawn == .done)
    let (allotted, _) = try await planning.allotSecondsEvenly(
      in: try await opened(), by: try await actor("quality"))
    #expect(allotted == .done)
  }

  /// Answers questions of an assessment of a case, in the name of its assessor unless said.
  func answer(
    _ number: Int, _ answers: [String: Sufficiency], in assessment: AnswerPlace.Assessment = .first,
    note: String? = nil, by author: AuthorID? = nil
  ) async throws {
    let open = try await opened()
    let held = assessment == .second ? open.state.seconds?.assessors : open.state.assessors
    let entries = try answers.sorted { $0.key < $1.key }.map { question, answer in
      let statements: [Statement] =
        [.answer(answer)] + (note == nil ? [] : [.note(isWritten: true)])
      return SentEntry(
        id: installation.site.desks.newID(),
        event: .answerGiven(
          AnswerPlace(assessment, number: number, question: question),
          try #require(GivenAnswer(statements))),
        over: open.state.revision, secret: note.map { ["note": .string($0)] })
    }
    _ = try await planning.append(
      entries, in: open, by: try #require(author ?? held?[number]))
  }

  /// Answers every question of an assessment of a case alike.
  func answerAll(
    _ number: Int, _ answer: Sufficiency, in assessment: AnswerPlace.Assessment = .first
  ) async throws {
    let answers = questions.map { ($0.code.text, answer) }
    try await self.answer(
      number, Dictionary(uniqueKeysWithValues: answers), in: assessment)
  }
}
