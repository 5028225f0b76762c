import Foundation
public import Problems
public import RuleFiles
import Yams

/// The phases of an inspection, counted in working days before the day of publication.
public struct PlanTemplate: Sendable {
  /// A phase, from its first to its last day, both included.
  public struct Phase: Hashable, Sendable {
    public let id: String
    public let title: String

    /// Working days before publication; below zero after it. Never smaller than ``last``.
    public let first: Int
    public let last: Int
    public let provenance: Provenance
  }

  public let id: String
  public let title: String

  /// In the order of the file.
  public let phases: [Phase]
  public let digest: Digest

  static let format = "plumbline-project-plan/1"

  /// The templates that come with the product.
  public static let known = ["probation"]

  /// A template that comes with the product.
  ///
  /// - Throws: ``Problems`` when there is none of that name.
  public static func load(_ id: String) throws(Problems) -> PlanTemplate {
    let text = try YAMLMapping.text(
      id, in: Bundle.module.resourceURL?.appendingPathComponent("ProjectPlans"), known: known,
      kind: "a project plan")
    return try read(yaml: text, file: "\(id).yaml")
  }

  /// Reads a template.
  ///
  /// - Throws: ``Problems`` with everything that is wrong, each with its line and column.
  public static func read(yaml: String, file: String) throws(Problems) -> PlanTemplate {
    try YAMLMapping.read(yaml, file: file, startFrom: "the project plan probation") { root, log in
      PlanTemplateReader(root: root, log: log).template()
    }
  }
}

private struct PlanTemplateReader {
  let root: YAMLMapping
  let log: ProblemLog

  /// More than four years of working days.
  private static let farthest = 1_000

  func template() -> PlanTemplate? {
    root.allowOnly(["format", "id", "title", "phases"])
    let format: String? = root.value("format", expecting: PlanTemplate.format) {
      $0 == PlanTemplate.format ? $0 : nil
    }
    let id = root.text("id")
    let title = root.text("title")
    var seen: Set<String> = []
    let phases = root.mappings("phases").compactMap { mapping -> PlanTemplate.Phase? in
      guard let phase = phase(mapping) else { return nil }
      if !seen.insert(phase.id).inserted {
        log.add(
          "the phase “\(phase.id)” is there twice", at: mapping.node.mark,
          remedy: "give each an id of its own")
      }
      return phase
    }
    guard format != nil, let id, let title else { return nil }
    return PlanTemplate(
      id: id, title: title, phases: phases, digest: Digest(of: CanonicalForm.of(root.node).utf8))
  }

  private func phase(_ mapping: YAMLMapping) -> PlanTemplate.Phase? {
    mapping.allowOnly(["id", "title", "first", "last", "source", "status"])
    let id = mapping.text("id")
    let title = mapping.text("title")
    let first = mapping.number("first", in: -Self.farthest...Self.farthest)
    let last = mapping.number("last", in: -Self.farthest...Self.farthest)
    let provenance = mapping.provenance()
    guard let id, let title, let first, let last, let provenance else { return nil }
    guard first >= last else {
      log.add(
        "“\(id)” ends before it starts: \(last) working days before publication come before \(first)",
        at: mapping.node.mark, remedy: "swap first and last")
      return nil
    }
    return PlanTemplate.Phase(
      id: id, title: title, first: first, last: last, provenance: provenance)
  }
}
