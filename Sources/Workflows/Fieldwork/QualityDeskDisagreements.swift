public import Fieldwork
import OrderedJSON
import Problems
public import Records
import Standards

/// A pair of answers that differ, or differed, with what was written beside them.
public struct Disagreement: Sendable {
  public let pair: AnswerPair
  public let first: Written
  public let second: Written

  /// Why something was agreed; empty where nothing was.
  public let agreedBecause: String

  /// What is sealed beside an answer; empty where nothing was written.
  public struct Written: Hashable, Sendable {
    public let note: String
    public let reason: String
  }
}

/// Where disagreements between first and second assessments are seen and reconciled.
extension PlanningDesk {
  /// Disagreements with what was written beside each of their answers.
  public func disagreements(
    _ pairs: [AnswerPair], in inspection: OpenInspection
  ) async throws -> [Disagreement] {
    var found: [Disagreement] = []
    for pair in pairs {
      func text(
        _ assessment: AnswerPlace.Assessment, _ field: Statement.Field
      ) async throws -> String {
        try await written(
          field,
          at: AnswerPlace(assessment, number: pair.number, question: pair.question.code.text),
          in: inspection)
      }
      found.append(
        Disagreement(
          pair: pair,
          first: Disagreement.Written(
            note: try await text(.first, .note), reason: try await text(.first, .reason)),
          second: Disagreement.Written(
            note: try await text(.second, .note), reason: try await text(.second, .reason)),
          agreedBecause: try await text(.agreed, .reason)))
    }
    return found
  }

  /// What was written in a field of a question; the texts of several people one below the other.
  private func written(
    _ field: Statement.Field, at place: AnswerPlace, in inspection: OpenInspection
  ) async throws -> String {
    guard let key = inspection.key else { return "" }
    var texts: [String] = []
    for head in inspection.state.answers[place]?.heads(of: field) ?? [] {
      switch head.statement {
      case .note(isWritten: true), .reason(isWritten: true):
        let sealed = try await store.sealed(in: inspection.id, at: head.sequence, key)
        if let text = sealed?[field.name].string { texts.append(text) }
      default: break
      }
    }
    return texts.joined(separator: "\n")
  }

  /// The cases of which somebody may see what was written: none that the rules bar them from.
  public func casesOpen(
    to account: AuthorID, in inspection: OpenInspection
  ) async throws -> Set<Int> {
    Set(try await casesNotBarred(from: account, in: inspection).map(\.number))
  }

  /// Records what was agreed where two assessments differ. Both stay as they are, and what was
  /// agreed before is replaced.
  ///
  /// - Parameter reason: Why; sealed.
  /// - Throws: ``Problems`` when there is nothing to reconcile, or one of the answers is the actor's.
  public func reconcile(
    _ pair: AnswerPair, as answer: Sufficiency, because reason: String,
    in inspection: OpenInspection, by actor: Actor
  ) async throws -> Outcome {
    guard pair.isDifferent || pair.agreed != nil else {
      throw Problems(Problem("answer", "the two answers are the same", remedy: "reload the page"))
    }
    guard ![pair.first.assessor, pair.second.assessor].contains(actor.author) else {
      throw Problems(
        Problem(
          "answer", "one of the two answers is yours", remedy: "let somebody else reconcile them"))
    }
    let question = pair.question.code.text
    let place = AnswerPlace(.agreed, number: pair.number, question: question)
    guard let given = GivenAnswer([.answer(answer), .reason(isWritten: true)]) else {
      return .overtaken
    }
    let seen = [AnswerPlace.Assessment.first, .second].flatMap { assessment in
      [question, AnswerPlace.conditions].map {
        AnswerPlace(assessment, number: pair.number, question: $0).subject
      }
    }
    return try await record(
      .answerGiven(place, given), sealing: ["reason": .string(reason)], in: inspection, by: actor,
      ifUnchanged: [place.subject] + seen)
  }
}
