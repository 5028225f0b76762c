import Calendars
import Inspections
public import OrderedJSON
import Providers
public import Publications
import RuleFiles
import Spreadsheets
import Standards

/// The checks of the register as machines read them.
public enum CheckDocument {
  public static func json(_ checks: [RegisterCheck], in register: Register) -> JSON {
    .array(
      checks.map { check in
        [
          "provider": .string(name(check, register)),
          "published": .text(check.inspection.published?.description),
          "overall": .text(overall(check)),
          "verdict": .string(check.verdict.rawValue),
          "range": .range(check.range),
          "agreeing": .range(check.agreeing),
          "maximum": .count(check.maximum),
          "standards": .string(check.inspection.standards.text),
          "standardsDigest": .text(
            register.editions[check.inspection.standards]?.digest.description),
          "inspection": .string(check.inspection.id.slug),
          "reason": .string(check.reason),
        ]
      })
  }

  public static func csv(_ checks: [RegisterCheck], in register: Register) -> String {
    var writer = CSVWriter(columns: [
      "inspection", "provider", "standards", "published", "overall", "verdict", "lowest_score",
      "highest_score", "maximum", "reason",
    ])
    for check in checks {
      writer.append([
        check.inspection.id.slug, name(check, register), check.inspection.standards.text,
        check.inspection.published?.description, overall(check), check.verdict.rawValue,
        check.range.map { String($0.lowerBound) }, check.range.map { String($0.upperBound) },
        check.maximum.map(String.init), check.reason,
      ])
    }
    return writer.text
  }

  private static func name(_ check: RegisterCheck, _ register: Register) -> String {
    register.provider(check.inspection.provider)?.name ?? check.inspection.reportedAs
  }

  private static func overall(_ check: RegisterCheck) -> String? {
    switch check.inspection.overall {
    case .rated(let rating): rating.rawValue
    case .notRated: "not-rated"
    case nil: nil
    }
  }
}
