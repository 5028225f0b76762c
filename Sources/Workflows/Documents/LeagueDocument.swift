import Calendars
import Inspections
public import LeagueTables
public import OrderedJSON
import Providers
public import Publications
import RuleFiles
import Spreadsheets
import Standards

/// A league table as machines read it: one row a provider, section by section.
public enum LeagueDocument {
  public static func json(_ table: LeagueTable, in register: Register) -> JSON {
    .array(
      table.rows.map { row in
        [
          "rank": .count(row.rank),
          "provider": .string(row.provider.name),
          "standards": .string(row.inspection.standards.text),
          "overall": .text(row.inspection.overallRating?.rawValue),
          "score": .count(row.score),
          "change": .string(row.change.name),
          "published": .text(row.inspection.published?.description),
          "kind": .string(row.provider.kind.rawValue),
          "providerId": .string(row.provider.id.slug),
          "standardsDigest": .text(
            register.editions[row.inspection.standards]?.digest.description),
          "possibleRanks": .range(row.possibleRanks),
          "notRated": row.inspection.overall == .notRated
            ? "The report gives no overall rating." : .null,
          "changeReason": .text(row.change.reason),
        ]
      })
  }

  public static func csv(_ table: LeagueTable) -> String {
    var writer = CSVWriter(columns: [
      "rank", "provider", "standards", "overall", "score", "change", "published", "kind",
      "provider_id", "first_possible_rank", "last_possible_rank",
    ])
    for row in table.rows {
      let overall =
        row.inspection.overallRating?.rawValue
        ?? (row.inspection.overall == .notRated ? "not-rated" : nil)
      writer.append([
        row.rank.map(String.init), row.provider.name, row.inspection.standards.text, overall,
        row.score.map(String.init), row.change.name, row.inspection.published?.description,
        row.provider.kind.rawValue, row.provider.id.slug,
        row.possibleRanks.map { String($0.lowerBound) },
        row.possibleRanks.map { String($0.upperBound) },
      ])
    }
    return writer.text
  }
}
