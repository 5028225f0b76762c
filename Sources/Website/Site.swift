import Calendars
import Fieldwork
import Inspections
import LeagueTables
import Providers
import Publications
import Standards
import Workflows

/// The record as pages read it, with what many pages ask for worked out once.
final class Site: Sendable {
  let record: PublicRecord
  let assets: Assets

  /// Whether there is a part that people sign in to.
  let hasStaff: Bool

  /// What every check of the register came to.
  let checks: [Inspection.ID: RegisterCheck]

  /// Providers with the text that a search looks through, in the order of their names.
  let searchable: [(provider: Provider, text: String)]

  /// The kinds of provider in the register, the one with most rated providers first.
  let kinds: [ProviderKind]

  /// The editions for each kind, newest first.
  let books: [ProviderKind: [RuleBook]]

  let leagues: LeagueMemory

  /// What each edition puts on cases.
  let caseQuestions: [RuleBook.ID: CaseQuestions]

  /// The rounds that inspections of each kind have.
  let rounds: [ProviderKind: [Int]]

  /// Where the facts of each provider and its inspections were read, each once.
  let sources: [Provider.ID: [String]]

  /// The standards of each provider through ``inspectionsWithBook(of:)``.
  let series: [Provider.ID: [StandardSeries]]

  var register: Register { record.register }
  var editions: PublishedEditions { record.editions }

  init(record: PublicRecord, assets: Assets, hasStaff: Bool) {
    let register = record.register
    self.record = record
    self.assets = assets
    self.hasStaff = hasStaff
    leagues = LeagueMemory(register)
    caseQuestions = Dictionary(
      uniqueKeysWithValues: record.editions.ruleBooks.map { ($0.id, CaseQuestions($0)) })
    books = Dictionary(
      uniqueKeysWithValues: ProviderKind.allCases.map { kind in
        let books = record.editions.ruleBooks.filter { $0.providerKinds.contains(kind) }
        return (kind, books.sorted { $0.id.text.suffix(4) > $1.id.text.suffix(4) })
      })
    rounds = Dictionary(grouping: register.inspections) { inspection in
      register.provider(inspection.provider)?.kind ?? .national
    }.mapValues { Set($0.map(\.round)).sorted() }
    sources = Dictionary(
      uniqueKeysWithValues: register.providers.map { provider in
        var seen: Set<String> = []
        let all = [provider.source] + register.inspections(of: provider.id).flatMap(\.sources)
        return (provider.id, all.filter { !$0.isEmpty && seen.insert($0).inserted })
      })
    series = Dictionary(
      uniqueKeysWithValues: register.providers.map { provider in
        let known = register.inspections(of: provider.id).filter {
          record.editions[$0.standards] != nil
        }
        return (provider.id, register.standardSeries(of: known))
      })
    checks = Dictionary(register.check().map { ($0.inspection.id, $0) }) { first, _ in first }
    searchable = register.providers.map { ($0, Self.text(of: $0, register)) }
    let rated = register.providers.filter { provider in
      register.newestInspection(of: provider.id)?.overallRating != nil
    }
    let counts = Dictionary(grouping: rated, by: \.kind).mapValues(\.count)
    let known = Set(register.providers.map(\.kind))
    kinds = ProviderKind.allCases.filter(known.contains).enumerated().sorted { one, other in
      let (a, b) = (counts[one.element] ?? 0, counts[other.element] ?? 0)
      return a != b ? a > b : one.offset < other.offset
    }.map(\.element)
  }

  /// The kind of a league table when none was asked for.
  var mainKind: ProviderKind { kinds.first ?? .pdu }

  func check(_ inspection: Inspection) -> RegisterCheck {
    checks[inspection.id] ?? register.check(inspection)
  }

  func book(of inspection: Inspection) -> RuleBook? { editions[inspection.standards] }

  /// The inspections of a provider whose edition has a rule book, oldest first.
  func inspectionsWithBook(of provider: Provider.ID) -> [Inspection] {
    register.inspections(of: provider).filter { book(of: $0) != nil }
  }

  func name(of provider: Provider.ID) -> String {
    register.provider(provider)?.name ?? provider.slug
  }

  func regionName(_ region: Region.ID?) -> String? {
    region.flatMap { register.region($0)?.name }
  }

  /// Everything a provider may be looked for by, in small letters.
  private static func text(of provider: Provider, _ register: Register) -> String {
    var parts = [provider.name, provider.shortName ?? "", provider.area, provider.id.slug]
    parts += provider.otherNames.map(\.name) + provider.owners.map(\.owner)
    parts += register.inspections(of: provider.id).map(\.reportedAs)
    parts += [provider.kind.title, provider.kind.abbreviation, provider.deliusCode ?? ""]
    if let region = provider.region.flatMap(register.region) { parts.append(region.name) }
    return parts.joined(separator: " ").lowercased()
  }
}
