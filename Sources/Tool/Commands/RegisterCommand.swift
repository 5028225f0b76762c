public import ArgumentParser
public import Calendars
import Inspections
import LeagueTables
import OrderedJSON
import Problems
public import Providers
import Publications
import RuleFiles
import Standards
import Workflows

struct RegisterCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "register",
    abstract: "The published record of inspections.",
    subcommands: [Check.self])

  struct Check: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Whether each published overall rating follows from the standards known.")

    @Flag(help: "As JSON.") var json = false

    func run() throws {
      let register = try Composition.register()
      let checks = register.check()
      let assumption = Self.assumption(register)
      if json {
        Output.write(CheckDocument.json(checks, in: register).bytes)
        Output.warn(assumption)
        return
      }
      print(
        Output.table(
          checks.map { check in
            [
              check.verdict.words,
              register.provider(check.inspection.provider)?.name ?? check.inspection.reportedAs,
              check.inspection.published?.description ?? "date not seen",
              check.inspection.overallRating?.title ?? "no overall rating", check.reason,
            ]
          }))
      print("")
      for verdict in RegisterCheck.Verdict.allCases {
        print("\(verdict.words): \(checks.count { $0.verdict == verdict })")
      }
      print("")
      print(register.countChecks().map(\.words).joined(separator: "\n"))
      print("")
      print(assumption)
    }

    /// What a reader has to know about the rules that the checks rest on.
    private static func assumption(_ register: Register) -> String {
      let books = register.editions.ruleBooks.filter { book in
        book.rules.overall.text.provenance.status == .assumed
      }
      let editions = books.map { "\($0.id) \($0.digest.short)" }.joined(separator: ", ")
      return "Rests on bands of the overall score that no published page we saw confirms "
        + "(status assumed): \(editions)."
    }
  }
}

struct LeagueCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "league",
    abstract: "Who stands above whom: the newest inspection of each provider at a date.")

  @Option(help: "crc, nps, pdu or region.") var kind: ProviderKind?
  @Option(help: "A day such as 2019-09-26; today when left out.") var asOf: Day?
  @Option(help: "Only inspections under this edition.") var standards: String?
  @Flag(help: "As JSON.") var json = false
  @Flag(help: "As CSV.") var csv = false

  func validate() throws {
    if json, csv { throw ValidationError("Choose --json or --csv, not both.") }
  }

  func run() throws {
    let register = try Composition.register()
    let edition = try standards.map { try register.editions.edition(named: $0).id }
    let table = LeagueTable(
      of: register, kind: kind, standards: edition, asOf: asOf ?? Composition.today())
    if json || csv {
      Output.write(
        json
          ? LeagueDocument.json(table, in: register).bytes : Array(LeagueDocument.csv(table).utf8))
      for notice in table.notices { Output.warn(notice) }
      return
    }
    for section in table.sections {
      let editions = section.editions.map { edition in
        "\(edition) \(register.editions[edition]?.digest.short ?? "")"
      }
      print("\(section.kind.plural), \(editions.joined(separator: " and "))")
      print(
        Output.table(
          section.rows.map { row in
            [
              row.rank.map(String.init) ?? "-", row.provider.name,
              row.inspection.overallRating?.title ?? "no overall rating",
              row.score.map { "score \($0)" } ?? "score not known", row.change.words,
              row.inspection.published?.description ?? "date not seen",
            ]
          }))
      let counts = Rating.allCases.reversed().map { "\(section.count(of: $0)) \($0.title)" }
      print("\(counts.joined(separator: ", "))\n")
    }
    print(table.notices.joined(separator: "\n"))
  }
}

extension ProviderKind: ExpressibleByArgument {}

extension Day: ExpressibleByArgument {
  public init?(argument: String) { self.init(argument) }
}
