import Calendars
public import OrderedJSON
public import Plans
import RuleFiles

/// A project plan for machines and for people.
public enum PlanDocument {
  public static func json(_ plan: ProjectPlan, _ template: PlanTemplate) -> JSON {
    [
      "template": ["id": .string(template.id), "digest": .string(template.digest.hexadecimal)],
      "publication": .string(plan.publication.description),
      "phases": .array(
        plan.phases.map { phase in
          [
            "id": .string(phase.id), "title": .string(phase.title),
            "first": .string(phase.first.description), "last": .string(phase.last.description),
            "workingDays": .number(phase.workingDays),
          ]
        }),
    ]
  }

  public static func text(_ plan: ProjectPlan) -> String {
    plan.phases.map { phase in
      let days =
        phase.first == phase.last
        ? phase.first.words
        : "\(phase.first.words) to \(phase.last.words), \(phase.workingDays) working days"
      return "\(phase.title): \(days)"
    }.joined(separator: "\n")
  }
}
