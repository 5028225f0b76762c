import Calendars
import Inspections
import LeagueTables
import Providers
import Publications
import Standards
import Workflows

/// What was published last, and how many stand at each grade.
struct HomePage: Content {
  let site: Site
  let today: Day

  var title: String { "How probation services were rated" }
  var section: Section? { nil }

  var main: HTML {
    let register = site.register
    let newest = newestInspections
    let sections = site.leagues.table(asOf: today).sections.sorted(by: Self.isNewer)
    return """
      <div class="hero">
      <h1 class="govuk-heading-xl">\(title)</h1>
      <p class="govuk-body-l">\(Words.count(register.inspections.count, "published inspection")) of
      probation services in England and Wales since 2018, with the standards behind each rating,
      and whether the sums add up.</p>
      <form class="hero__search" action="/providers" method="get" role="search">
      <label class="govuk-label govuk-label--m" for="q">Find a provider</label>
      <div class="hero__row">
      <input class="govuk-input" id="q" name="q" type="search" maxlength="200" autocomplete="off">
      <button type="submit" class="govuk-button">Search</button>
      </div>
      </form>
      </div>
      \(Parts.heading("Newest inspections", id: "newest", size: "l"))\
      <ul class="cards">
      \(newest.map(card))\
      </ul>
      \(Parts.heading("How many at each grade", id: "grades", size: "l"))\
      \(Parts.paragraph("""
        The newest rated inspection of each provider. Ratings given under standards that cannot
        be compared stand apart. “Not rated” is not a grade.
        """))\
      \(sections.enumerated().map(chart))\
      \(table(sections).html)\
      \(Parts.paragraph(Parts.link("See who stands where", to: "/league-tables")))\
      \(training)\
      \(site.editionNote(newest.map(\.standards) + sections.flatMap(\.editions)))
      """
  }

  private var newestInspections: [Inspection] {
    let register = site.register
    let dated = register.inspections.filter { inspection in
      inspection.published != nil && register.publicationWindow(of: inspection).lowerBound <= today
    }
    return dated.reversed().prefix(6).map { $0 }
  }

  /// The newest standards first, then in the order of the kinds.
  private static func isNewer(_ one: LeagueTable.Section, _ other: LeagueTable.Section) -> Bool {
    let (a, b) = (year(one), year(other))
    return a != b ? a > b : one.rows.count > other.rows.count
  }

  private static func year(_ section: LeagueTable.Section) -> String {
    String(section.editions.first?.text.suffix(4) ?? "")
  }

  private func card(_ inspection: Inspection) -> HTML {
    let provider = site.register.provider(inspection.provider)
    return """
      <li class="card">
      <p class="card__kind">\(provider?.kind.title ?? "")</p>
      <h3 class="govuk-heading-s card__name">\
      <a class="govuk-link" href="/inspections/\(inspection.id.slug)">\
      \(provider?.name ?? inspection.reportedAs)</a></h3>
      <p class="card__rating">\(Mark.overall(inspection.overall))</p>
      <p class="card__date">Published \(inspection.published?.words ?? "on a day not seen")</p>
      <p class="card__change">\(Mark.change(site.register.change(of: inspection)))</p>
      </li>

      """
  }

  private func name(_ section: LeagueTable.Section) -> String {
    let years = section.editions.map { String($0.text.suffix(4)) }.sorted()
    return "\(section.kind.plural), standards of \(Words.list(years))"
  }

  private func chart(_ place: Int, _ section: LeagueTable.Section) -> HTML {
    """
    <section class="grades" aria-labelledby="grades-\(place)-title">
    <h3 class="govuk-heading-s" id="grades-\(place)-title">\(name(section))</h3>
    \(GradeBar(
      id: "grades-\(place)", name: "How many at each grade: \(name(section))",
      counts: Rating.bestFirst.map { ($0, section.count(of: $0)) } + [(nil, notRated(section))]
    ).html)\
    </section>

    """
  }

  private func notRated(_ section: LeagueTable.Section) -> Int {
    section.rows.count { $0.inspection.overallRating == nil }
  }

  private func table(_ sections: [LeagueTable.Section]) -> Table {
    Table(
      caption: "The same figures in a table",
      columns: [Table.Column("Providers and standards")]
        + Rating.bestFirst.map { Table.Column($0.title, number: true) }
        + [Table.Column("Not rated", number: true), Table.Column("All", number: true)],
      rows: sections.map { section in
        Table.Row(
          ["\(name(section))"] + Rating.bestFirst.map { "\(section.count(of: $0))" }
            + ["\(notRated(section))", "\(section.rows.count)"])
      })
  }

  private var training: HTML {
    guard !site.record.held.isEmpty else { return .none }
    return """
      \(Parts.heading("See the whole working", id: "working", size: "l"))\
      \(Parts.paragraph("""
        From answers on single cases to the overall rating, with every count and the decision of
        the panel.
        """))\
      \(Parts.list(site.record.held.map { held in
        let link = Parts.link(held.title, to: "/held/\(held.id)")
        return held.isTraining ? "\(link) (made up for training)" : link
      }))
      """
  }
}
