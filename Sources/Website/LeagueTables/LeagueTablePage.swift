import Calendars
import Inspections
import LeagueTables
import Providers
import Publications
import Standards
import Workflows

/// Who stands where, by kind, standards and round, as of a day.
struct LeagueTablePage: Content {
  let site: Site
  let question: LeagueQuestion

  var section: Section? { .leagueTables }
  var crumbs: [Crumb] { [Section.leagueTables.crumb] }
  var hasMistakes: Bool { !question.mistakes.isEmpty }
  var title: String {
    "League table: \(question.kind.plural), as of \(question.day.words)"
  }

  var main: HTML {
    """
    \(Form.summary(of: question.mistakes))\
    <h1 class="govuk-heading-xl">League tables</h1>
    \(Parts.paragraph("""
      The newest inspection of each provider as of a day. Providers share a table only where the
      ratings may be compared. The same rating and score share a place.
      """))\
    \(form)\
    <div id="table">\(hasMistakes ? .none : tables)</div>
    """
  }

  private var form: HTML {
    let q = question
    let sort = q.order == .place && !q.isReversed ? nil : q.link.parameters.last
    return """
      <form class="filter" action="/league-tables" method="get">
      \(Form.choice(
        "kind", "Kind", any: nil,
        options: site.kinds.map { Form.Option(value: $0.rawValue, text: $0.plural) },
        value: q.typed.kind ?? q.kind.rawValue, mistakes: q.mistakes))\
      \(Form.choice(
        "standards", "Standards", any: "Any edition",
        options: q.books.map { Form.Option(value: $0.id.text, text: $0.title) },
        value: q.typed.standards, mistakes: q.mistakes))\
      \(Form.choice(
        "standard", "One standard beside it", any: "Overall rating only",
        options: q.codes.map { Form.Option(value: $0.code.text, text: "\($0.code) \($0.title)") },
        value: q.typed.standard, mistakes: q.mistakes))\
      \(Form.choice(
        "round", "Round", any: "Any round",
        options: q.rounds.map { Form.Option(value: "\($0)", text: "Round \($0)") },
        value: q.typed.round, mistakes: q.mistakes))\
      \(Form.text(
        "as-of", "As of, such as 2020-12-31", value: q.typed.day,
        mistakes: q.mistakes))\
      <div class="filter__end">
      \(sort.map { "<input type=\"hidden\" name=\"sort\" value=\"\($0.value)\">" as HTML })\
      \(Form.button("Show table"))\
      \(Parts.link("Start again", to: "/league-tables"))
      </div>
      </form>

      """
  }

  // MARK: - Tables

  private var tables: HTML {
    let table = site.leagues.table(
      kind: question.kind, standards: question.standards?.id, asOf: question.day)
    let sections = table.sections.map { ($0, rows(of: $0)) }.filter { !$0.1.isEmpty }
    guard !sections.isEmpty else {
      return """
        <h2 class="govuk-heading-m">No inspection fits</h2>
        \(Parts.paragraph("Choose a later day, another edition or any round."))
        """
    }
    return """
      \(breaks(sections.map(\.0)))\
      \(notices(table.notices))\
      \(sections.enumerated().map { place, entry in
        LeagueSection(
          site: site, question: question, place: place, section: entry.0, rows: entry.1
        ).html
      })\
      \(site.editionNote(sections.flatMap { section, rows in
        section.editions + rows.map(\.inspection.standards)
      }))
      """
  }

  private func rows(of section: LeagueTable.Section) -> [LeagueTable.Row] {
    let rows =
      question.round.map { round in section.rows.filter { $0.inspection.round == round } }
      ?? section.rows
    return LeagueSorting(question: question, register: site.register).sorted(rows)
  }

  private func breaks(_ sections: [LeagueTable.Section]) -> HTML {
    let reasons = zip(sections, sections.dropFirst()).compactMap { newer, older -> HTML? in
      guard let new = newer.editions.last, let old = older.editions.first else { return nil }
      guard case .notAllowed(let reason) = site.editions.overallComparison(from: old, to: new)
      else { return nil }
      return """
        <strong>The series breaks between \(old.text) and \(new.text).</strong> \(reason)
        \(Parts.link("What changed", to: "/standards/\(old.text)/to/\(new.text)")).
        """
    }
    return "\(reasons.map(Parts.inset))"
  }

  private func notices(_ notices: [String]) -> HTML {
    guard !notices.isEmpty else { return .none }
    return Parts.details(
      "What is in doubt about this table (\(notices.count))", Parts.list(notices.map { "\($0)" }))
  }
}
