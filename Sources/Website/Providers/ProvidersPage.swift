import Calendars
import Inspections
import Providers
import Publications
import Standards

/// Every provider, with search and filter.
struct ProvidersPage: Content {
  let site: Site
  let search: ProviderSearch

  var section: Section? { .providers }
  var crumbs: [Crumb] { [Section.providers.crumb] }
  var hasMistakes: Bool { !search.mistakes.isEmpty }
  var title: String { search.words.map { "“\($0)” - Providers" } ?? "Providers" }

  var main: HTML {
    """
    \(Form.summary(of: search.mistakes))\
    <h1 class="govuk-heading-xl">Providers</h1>
    \(form)\
    \(hasMistakes ? .none : found)
    """
  }

  private var form: HTML {
    """
    <form class="filter" action="/providers" method="get" role="search">
    <div class="filter__wide">
    \(Form.text(
      "q", "Name, place, owner or code", value: search.words, type: "search",
      mistakes: search.mistakes))\
    </div>
    \(Form.choice(
      "kind", "Kind", any: "Any kind",
      options: site.kinds.map { Form.Option(value: $0.rawValue, text: $0.plural) },
      value: search.typed.kind, mistakes: search.mistakes))\
    \(Form.choice(
      "region", "Region", any: "Any region",
      options: site.register.regions.map { Form.Option(value: $0.id.slug, text: $0.name) },
      value: search.typed.region, mistakes: search.mistakes))\
    \(Form.choice(
      "rating", "Newest overall rating", any: "Any rating",
      options: ProviderSearch.Standing.all.map { Form.Option(value: $0.name, text: $0.words) },
      value: search.typed.rating, mistakes: search.mistakes))\
    <div class="filter__end">
    \(Form.button("Show providers"))\
    \(search.isNarrowed ? Parts.link("Clear all filters", to: "/providers") : .none)
    </div>
    </form>

    """
  }

  private var found: HTML {
    let providers = search.providers(in: site)
    guard !providers.isEmpty else { return nothing }
    let all = site.register.providers.count
    let count =
      providers.count == all
      ? "All \(all) providers" : "\(providers.count) of \(all) providers"
    let table = Table(
      caption: count,
      columns: ["Provider", "Kind", "Region", "Newest rating", "Published"].map {
        Table.Column($0)
      },
      rows: providers.map(row))
    return "\(table.html)\(site.editionNote(editions(of: providers)))"
  }

  private func editions(of providers: [Provider]) -> [RuleBook.ID] {
    providers.compactMap { site.register.newestInspection(of: $0.id)?.standards }
  }

  private func row(_ provider: Provider) -> Table.Row {
    let newest = site.register.newestInspection(of: provider.id)
    let rating = newest.map { Mark.overall($0.overall) } ?? Mark.absence("No inspection seen")
    let date: HTML =
      newest.map { inspection in
        inspection.published.map { "\($0.words)" } ?? Mark.absence("Date not seen")
      } ?? ""
    return Table.Row([
      Parts.link(provider.name, to: "/providers/\(provider.id.slug)"),
      "\(provider.kind.abbreviation)",
      site.regionName(provider.region).map { "\($0)" } ?? Mark.notSeen,
      rating, date,
    ])
  }

  private var nothing: HTML {
    let near = search.nearest(in: site)
    return """
      <h2 class="govuk-heading-m">No provider fits</h2>
      \(Parts.paragraph("""
        Try fewer words or \(Parts.link("clear all filters", to: "/providers")).
        """))\
      \(near.isEmpty ? .none : """
        \(Parts.paragraph("Names that are near:"))\
        \(Parts.list(near.map { Parts.link($0.name, to: "/providers/\($0.id.slug)") }))
        """)
      """
  }
}
