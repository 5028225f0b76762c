public import Calendars
import Inspections
import LeagueTables
import OrderedJSON
import Providers
import Publications
import RuleFiles
import Spreadsheets
public import Standards

/// The data sets that anyone may download.
public enum ExportName: String, CaseIterable, Sendable {
  case inspections
  case providers
  case ratings
  case league
  case checks
}

/// Writes the public record as CSV and JSON, the same facts in both.
public enum Exports {
  /// A data set as JSON.
  public static func json(_ name: ExportName, of record: PublicRecord, asOf day: Day) -> [UInt8] {
    let register = record.register
    switch name {
    case .league:
      return LeagueDocument.json(LeagueTable(of: register, asOf: day), in: register).bytes
    case .checks:
      return CheckDocument.json(register.check(), in: register).bytes
    case .inspections, .providers, .ratings:
      let table = table(name, register)
      return JSON.array(
        table.rows.map { row in
          .object(zip(table.columns, row).map { JSON.Member($0, $1) })
        }
      ).bytes
    }
  }

  /// A data set as CSV.
  public static func csv(_ name: ExportName, of record: PublicRecord, asOf day: Day) -> [UInt8] {
    let register = record.register
    switch name {
    case .league: return Array(LeagueDocument.csv(LeagueTable(of: register, asOf: day)).utf8)
    case .checks: return Array(CheckDocument.csv(register.check(), in: register).utf8)
    case .inspections, .providers, .ratings:
      let table = table(name, register)
      var writer = CSVWriter(columns: table.columns)
      for row in table.rows { writer.append(row.map(cell)) }
      return Array(writer.text.utf8)
    }
  }

  /// A rule book as JSON.
  public static func ruleBook(_ book: RuleBook) -> [UInt8] {
    RuleBookDocument.of(book).bytes
  }

  /// What a data set holds, in a sentence.
  public static func about(_ name: ExportName) -> String {
    switch name {
    case .inspections:
      "Every inspection with its facts: dates, overall rating, score, caseload, sources."
    case .providers: "Every provider with its kind, region, names, owners and successors."
    case .ratings: "Every rating of a standard that was seen, one row each."
    case .league: "The newest inspection of each provider, in order."
    case .checks:
      "Whether each published overall rating follows from what is known of the standards."
    }
  }

  private struct Table {
    let columns: [String]
    let rows: [[JSON]]
  }

  private static func cell(_ value: JSON) -> String? {
    switch value {
    case .string(let text): text
    case .number(let number): String(number)
    case .array(let values): values.compactMap(cell).joined(separator: "; ")
    default: nil
    }
  }

  private static func table(_ name: ExportName, _ register: Register) -> Table {
    switch name {
    case .inspections: inspections(register)
    case .providers: providers(register)
    default: ratings(register)
    }
  }

  private static func inspections(_ register: Register) -> Table {
    Table(
      columns: [
        "inspection", "provider", "provider_id", "reported_as", "kind", "standards",
        "standards_digest", "round", "fieldwork_start", "fieldwork_end", "published", "overall",
        "overall_status", "score", "score_maximum", "caseload", "caseload_precision",
        "caseload_as_of", "recommendations", "change", "sources", "notes",
      ],
      rows: register.inspections.map { inspection in
        let provider = register.provider(inspection.provider)
        let book = register.editions[inspection.standards]
        let score = register.score(of: inspection)
        return [
          .string(inspection.id.slug), .text(provider?.name), .string(inspection.provider.slug),
          .string(inspection.reportedAs), .text(provider?.kind.rawValue),
          .string(inspection.standards.text), .text(book?.digest.description),
          .number(inspection.round), .text(inspection.fieldworkStart?.description),
          .text(inspection.fieldworkEnd?.description), .text(inspection.published?.description),
          overall(inspection), .string(inspection.overallStatus.rawValue), .count(score),
          .count(score == nil ? nil : book?.maximum), .count(inspection.caseload?.number),
          .text(inspection.caseload?.precision?.rawValue),
          .text(inspection.caseloadAsOf?.description), .count(inspection.recommendations),
          .string(register.change(of: inspection).name), .texts(inspection.sources),
          .text(inspection.notes.isEmpty ? nil : inspection.notes),
        ]
      })
  }

  private static func overall(_ inspection: Inspection) -> JSON {
    switch inspection.overall {
    case .rated(let rating): .string(rating.rawValue)
    case .notRated: "not-rated"
    case nil: .null
    }
  }

  private static func providers(_ register: Register) -> Table {
    Table(
      columns: [
        "provider_id", "name", "kind", "region", "delius_code", "area", "other_names", "owners",
        "predecessors", "successors", "source",
      ],
      rows: register.providers.map { provider in
        [
          .string(provider.id.slug), .string(provider.name), .string(provider.kind.rawValue),
          .text(provider.region?.slug), .text(provider.deliusCode),
          .text(provider.area.isEmpty ? nil : provider.area),
          .texts(provider.otherNames.map(\.name)), .texts(provider.owners.map(\.owner)),
          .texts(register.predecessors(of: provider.id).map(\.from.slug)),
          .texts(register.successors(of: provider.id).compactMap(\.to?.slug)),
          .string(provider.source),
        ]
      })
  }

  private static func ratings(_ register: Register) -> Table {
    Table(
      columns: ["inspection", "provider_id", "standards", "standard", "title", "rating"],
      rows: register.inspections.flatMap { inspection in
        inspection.ratings.sorted { $0.key < $1.key }.map { code, rating in
          [
            .string(inspection.id.slug), .string(inspection.provider.slug),
            .string(inspection.standards.text), .string(code.text),
            .text(register.editions[inspection.standards]?.standard(code)?.title),
            .string(rating.rawValue),
          ]
        }
      })
  }
}
