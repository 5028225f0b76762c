import Calendars
public import Fieldwork
import OrderedJSON

/// A fact about the people who work there, as people read it.
public struct KnownWorkforceFact: Sendable {
  public let number: Int
  public let fact: WorkforceFact

  /// Where it comes from, who noted it and when.
  public let entry: ReasonedEntry
}

extension PlanningDesk {
  /// Notes a fact about the people who work there. Others who add theirs at the same time do not
  /// stand in the way.
  ///
  /// - Parameter source: Where it comes from.
  public func add(
    _ fact: WorkforceFact, from source: String, in inspection: OpenInspection, by actor: Actor
  ) async throws -> Outcome {
    try await recordNext(in: inspection, by: actor, sealing: ["reason": .string(source)]) {
      .workforceNoted($0.workforceNoted + 1, fact)
    }
  }

  /// Corrects a fact. What was noted before stays in the record.
  public func correct(
    _ number: Int, to fact: WorkforceFact, from source: String, in inspection: OpenInspection,
    by actor: Actor
  ) async throws -> Outcome {
    guard inspection.state.workforce[number] != nil else { return .overtaken }
    return try await record(
      .workforceNoted(number, fact), sealing: ["reason": .string(source)], in: inspection,
      by: actor)
  }

  /// Takes a fact out. It stays in the record.
  public func takeOut(
    _ number: Int, because reason: String, in inspection: OpenInspection, by actor: Actor
  ) async throws -> Outcome {
    try await record(
      .workforceNoted(number, nil), sealing: ["reason": .string(reason)], in: inspection,
      by: actor)
  }

  /// What is known about the people who work there: measure by measure, of each the grades, the
  /// newest day first.
  public func workforce(in inspection: OpenInspection) async throws -> [KnownWorkforceFact] {
    let facts = inspection.state.workforce
    let entries = Dictionary(
      uniqueKeysWithValues: try await reasoned(at: facts.values.map(\.sequence), in: inspection)
        .map { ($0.sequence, $0) })
    return facts.compactMap { number, noted in
      entries[noted.sequence].map {
        KnownWorkforceFact(number: number, fact: noted.value, entry: $0)
      }
    }.sorted { $0.order < $1.order }
  }
}

extension KnownWorkforceFact {
  fileprivate var order: (Int, String, Int, Int) {
    (
      WorkforceFact.Measure.allCases.firstIndex(of: fact.measure) ?? 0, fact.grade ?? "",
      -fact.heldOn.number, number
    )
  }
}
