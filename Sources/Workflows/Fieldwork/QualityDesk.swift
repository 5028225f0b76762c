public import Fieldwork
import Problems
public import Records

/// Where a share of the cases is drawn and given out for blind second assessment.
extension PlanningDesk {
  /// Draws the cases that are assessed a second time. Once: another seed would be another wish.
  ///
  /// - Parameter share: How many of a hundred.
  /// - Throws: ``Problems`` when there is no sample, they were drawn already, or no such share can be
  ///   drawn.
  public func drawSeconds(
    _ share: Int, seed: String, in inspection: OpenInspection, by actor: Actor
  ) async throws -> Outcome {
    guard let sample = inspection.state.sample else {
      throw Problems(Problem("share", "there is no sample yet", remedy: "have it drawn first"))
    }
    guard inspection.state.seconds == nil else {
      throw Problems(
        Problem("seed", "the second assessments were drawn already", remedy: "reload the page"))
    }
    guard let drawn = SecondsFacts(drawing: share, of: sample.numbers, seed: seed) else {
      throw Problems(
        Problem("share", "no such share can be drawn", remedy: "enter a number from 1 to 100"))
    }
    return try await record(.secondsDrawn(drawn), in: inspection, by: actor)
  }

  /// Gives second assessments to assessors.
  ///
  /// - Throws: ``Problems`` with every case that its assessor may not assess, above all those that
  ///   they assessed the first time.
  public func allotSeconds(
    _ wanted: [Int: AuthorID], in inspection: OpenInspection, by actor: Actor
  ) async throws -> Outcome {
    try await check(
      wanted, outOf: try await seconds(of: inspection).map { allottedSecond($0, inspection) },
      else: "was not drawn for a second assessment", in: inspection)
    let changed = wanted.filter { inspection.state.seconds?.assessors[$0.key] != $0.value }
    guard !changed.isEmpty else { return .done }
    return try await record(
      .secondsAllotted(AllottedCases(changed)), in: inspection, by: actor,
      ifUnchanged: Self.allotting)
  }

  /// Gives every second assessment that has nobody, or somebody who may not do it any more, to
  /// somebody, evenly.
  ///
  /// - Returns: The numbers of the cases that nobody may assess a second time.
  public func allotSecondsEvenly(
    in inspection: OpenInspection, by actor: Actor
  ) async throws -> (Outcome, barred: [Int]) {
    let cases = try await seconds(of: inspection).map { allottedSecond($0, inspection) }
    // A lead assesses only the cases that they took by hand.
    let assessors = try await assessors(of: inspection, in: [.assessor, .localAssessor])
    let taken = try await secondsBarred(in: inspection)
    let held = (inspection.state.seconds?.assessors ?? [:]).filter { taken[$0.key] == nil }
    let allotment = Allotment(of: cases, to: assessors, keeping: held)
    let outcome = try await allotSeconds(
      allotment.assessors.filter { held[$0.key] == nil }, in: inspection, by: actor)
    return (outcome, allotment.barred)
  }

  /// The cases that were drawn for a second assessment and are in the sample, in order.
  public func seconds(of inspection: OpenInspection) async throws -> [CaseFacts] {
    guard let drawn = inspection.state.seconds?.drawn.cases else { return [] }
    return try await cases(of: inspection).filter {
      drawn.contains($0.number) && inspection.state.sample?.has($0.number) == true
    }
  }

  /// Why those who have a second assessment may not do it any more, by the number of the case.
  public func secondsBarred(in inspection: OpenInspection) async throws -> [Int: Allotment.Bar] {
    let held = inspection.state.seconds?.assessors ?? [:]
    let assessors = try await assessors(of: inspection, in: Role.ofAssessors)
    var barred: [Int: Allotment.Bar] = [:]
    for one in try await seconds(of: inspection) {
      guard let id = held[one.number], let assessor = assessors.first(where: { $0.id == id })
      else { continue }
      barred[one.number] = assessor.bar(to: allottedSecond(one, inspection))
    }
    return barred
  }

  /// A case as the allotment of its second assessment sees it: whoever had the first is barred.
  private func allottedSecond(
    _ one: CaseFacts, _ inspection: OpenInspection
  ) -> Allotment.Case {
    one.allotted(besides: inspection.state.holders.everybody(of: one.number))
  }
}
