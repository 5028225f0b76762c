public import Fieldwork
import Judgements
import OrderedJSON
import Problems
public import Standards

/// What the lead inspector judges on evidence, and what the ratings panel decides. The engine is
/// asked whether it would take it; nothing is decided here.
extension PlanningDesk {
  /// Judges a standard or a key question on evidence.
  ///
  /// - Throws: ``Problems`` when the engine would refuse it; and what the store throws.
  public func judge(
    _ code: Code, _ rating: EvidenceRating, because reason: String, under book: RuleBook,
    in inspection: OpenInspection, by actor: Actor
  ) async throws -> Outcome {
    if book.standard(code) != nil, let given = rating.given {
      try RateRecord.check(
        StandardJudgement(standard: code, rating: given, reason: reason, place: Place("record")),
        on: inspection.state, book)
    }
    return try await record(
      .evidenceJudged(code, rating), sealing: ["reason": .string(reason)], in: inspection,
      by: actor)
  }

  /// Takes a judgement back.
  public func takeBackJudgement(
    of code: Code, because reason: String, in inspection: OpenInspection, by actor: Actor
  ) async throws -> Outcome {
    guard inspection.state.judgements[code] != nil else { return .overtaken }
    return try await record(
      .evidenceJudged(code, .none), sealing: ["reason": .string(reason)], in: inspection,
      by: actor)
  }

  /// Records that the panel moved a standard.
  ///
  /// - Parameter members: Who decided, as roles.
  /// - Throws: ``Problems`` when the engine would refuse it; and what the store throws.
  public func decide(
    _ standard: Code, _ rating: Rating, because reason: String, members: String,
    under book: RuleBook, in inspection: OpenInspection, by actor: Actor
  ) async throws -> Outcome {
    try RateRecord.check(
      PanelDecision(
        standard: standard, rating: rating, reason: reason, members: members,
        place: Place("record")), on: inspection.state, book)
    return try await record(
      .panelDecided(standard, rating),
      sealing: ["reason": .string(reason), "members": .string(members)], in: inspection, by: actor)
  }

  /// Takes a decision of the panel back.
  public func takeBackDecision(
    on standard: Code, because reason: String, members: String, in inspection: OpenInspection,
    by actor: Actor
  ) async throws -> Outcome {
    guard inspection.state.panel[standard] != nil else { return .overtaken }
    return try await record(
      .panelDecided(standard, nil),
      sealing: ["reason": .string(reason), "members": .string(members)], in: inspection, by: actor)
  }
}
