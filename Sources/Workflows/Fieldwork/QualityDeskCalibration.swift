import Fieldwork
import OrderedJSON
import Problems

/// A made-up case that all assessors answer, as people read it.
public struct CalibrationCase: Sendable {
  public let number: Int
  public let title: String
  public let text: String
}

/// Where calibration cases are written.
extension PlanningDesk {
  /// Every calibration case, in the order of their numbers.
  public func calibrations(in inspection: OpenInspection) async throws -> [CalibrationCase] {
    guard let key = inspection.key else { return [] }
    var found: [CalibrationCase] = []
    for (number, sequence) in inspection.state.calibrations.sorted(by: { $0.key < $1.key }) {
      let secret = try await store.sealed(in: inspection.id, at: sequence, key) ?? .null
      found.append(
        CalibrationCase(
          number: number, title: secret["title"].string ?? "", text: secret["text"].string ?? ""))
    }
    return found
  }

  /// Writes a calibration case, or changes one that nobody has answered.
  ///
  /// - Parameter number: The one that is changed; nothing for a new one.
  /// - Throws: ``Problems`` when somebody answered it: their answers would be about another text.
  public func setCalibration(
    _ number: Int?, title: String, text: String, in inspection: OpenInspection, by actor: Actor
  ) async throws -> Outcome {
    let state = inspection.state
    if let number {
      let isBegun = state.answers.keys.contains { place in
        if case .calibration = place.assessment { place.number == number } else { false }
      }
      if isBegun {
        throw Problems(
          Problem(
            "text", "somebody answered it already", remedy: "write a new calibration case instead"))
      }
    }
    return try await record(
      .calibrationSet(number ?? state.calibrations.count + 1),
      sealing: ["title": .string(title), "text": .string(text)], in: inspection, by: actor)
  }
}
