import Calendars
import Inspections
import LeagueTables
import Providers
import Publications
import Standards
import Workflows

/// What an address leads to.
enum Answer {
  /// A page, with the address to keep it under where it has one.
  case page(any Content, keptAt: String?)

  /// The page again, with the mistakes in what was asked for named.
  case mistaken(any Content)
  case unknown(any Content)
  case moved(to: String)
  case file(type: String, keptAt: String, caching: Page.Caching, render: () -> [UInt8])
}

/// Finds the page for an address.
struct Routes {
  let site: Site
  let today: Day

  func answer(path: String, query: Query) -> Answer {
    if path.count > 1, path.hasSuffix("/") {
      // Only our own paths are redirected to: two slashes in front would name another server.
      let trimmed = "/" + path.split(separator: "/").joined(separator: "/")
      return trimmed == "/" ? .moved(to: "/") : .moved(to: trimmed)
    }
    let segments = path.utf8.split(separator: UInt8(ascii: "/")).map {
      PercentEncoding.decode($0)
    }
    return known(segments, path, query) ?? .unknown(NotFoundPage(site: site, path: path))
  }

  private func known(_ segments: [String], _ path: String, _ query: Query) -> Answer? {
    switch segments.count {
    case 0: .page(HomePage(site: site, today: today), keptAt: "/")
    case 1: top(segments[0], query)
    case 2: second(segments[0], segments[1])
    case 3 where segments[0] == "assets": asset(path)
    case 3 where segments[0] == "data" && segments[1] == "standards":
      edition(file: segments[2])
    case 4 where segments[0] == "standards" && segments[2] == "to":
      difference(segments[1], segments[3])
    default: nil
    }
  }

  private func top(_ name: String, _ query: Query) -> Answer? {
    switch name {
    case "providers":
      let search = ProviderSearch(query, site)
      let page = ProvidersPage(site: site, search: search)
      // Words are free text: such pages are without number, so they are not kept.
      return search.mistakes.isEmpty
        ? .page(page, keptAt: search.words == nil ? search.link.address : nil) : .mistaken(page)
    case "league-tables":
      let question = LeagueQuestion(query, site, today: today)
      let page = LeagueTablePage(site: site, question: question)
      return question.mistakes.isEmpty
        ? .page(page, keptAt: question.link.address) : .mistaken(page)
    case "standards": return .page(StandardsPage(site: site), keptAt: "/standards")
    case "checks": return .page(ChecksPage(site: site), keptAt: "/checks")
    case "data": return .page(DataPage(site: site), keptAt: "/data")
    case "accessibility": return .page(AccessibilityPage(), keptAt: "/accessibility")
    case "about": return .page(AboutPage(site: site), keptAt: "/about")
    default: return nil
    }
  }

  private func second(_ first: String, _ second: String) -> Answer? {
    let address = "/\(first)/\(second)"
    switch first {
    case "providers":
      guard let id = Provider.ID(second), let provider = site.register.provider(id) else {
        return nil
      }
      return .page(ProviderPage(site: site, provider: provider), keptAt: address)
    case "inspections":
      guard let inspection = site.register.inspection(Inspection.ID(second)) else { return nil }
      return .page(InspectionPage(site: site, inspection: inspection), keptAt: address)
    case "held":
      guard let held = site.record.held.first(where: { $0.id == second }) else { return nil }
      return .page(HeldPage(held: held), keptAt: address)
    case "standards":
      guard let book = book(second) else { return nil }
      return .page(EditionPage(site: site, book: book), keptAt: address)
    case "data": return dataSet(file: second)
    case "assets": return asset(address)
    default: return nil
    }
  }

  private func asset(_ address: String) -> Answer? {
    guard let file = site.assets.files.first(where: { $0.path == address }) else { return nil }
    return .file(type: file.type, keptAt: address, caching: .forEver) { file.bytes }
  }

  private func book(_ text: String) -> RuleBook? {
    RuleBook.ID(text).flatMap { site.editions[$0] }
  }

  private func difference(_ older: String, _ newer: String) -> Answer? {
    guard let from = book(older), let to = book(newer), from.id != to.id else { return nil }
    return .page(
      DifferencePage(site: site, from: from, to: to),
      keptAt: "/standards/\(from.id)/to/\(to.id)")
  }

  // MARK: - Files

  private func dataSet(file: String) -> Answer? {
    guard let (stem, ending) = Self.parts(of: file), let name = ExportName(rawValue: stem) else {
      return nil
    }
    let (record, today) = (site.record, today)
    switch ending {
    case "csv":
      return .file(type: "text/csv; charset=utf-8", keptAt: "/data/\(file)", caching: .asked) {
        Exports.csv(name, of: record, asOf: today)
      }
    case "json":
      return .file(type: Self.json, keptAt: "/data/\(file)", caching: .asked) {
        Exports.json(name, of: record, asOf: today)
      }
    default: return nil
    }
  }

  private func edition(file: String) -> Answer? {
    guard let (stem, ending) = Self.parts(of: file), let book = book(stem) else { return nil }
    let address = "/data/standards/\(file)"
    switch ending {
    case "json":
      return .file(type: Self.json, keptAt: address, caching: .asked) { Exports.ruleBook(book) }
    case "yaml":
      guard let source = site.editions.sources[book.id] else { return nil }
      return .file(type: "application/yaml; charset=utf-8", keptAt: address, caching: .asked) {
        Array(source.utf8)
      }
    default: return nil
    }
  }

  private static let json = "application/json; charset=utf-8"

  private static func parts(of file: String) -> (stem: String, ending: String)? {
    let parts = file.split(separator: ".", omittingEmptySubsequences: false)
    return parts.count == 2 ? (String(parts[0]), String(parts[1])) : nil
  }
}
