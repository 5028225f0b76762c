import Calendars
import Inspections
import Providers
import Publications
import Standards

/// Whether the published ratings follow from what is known of the standards.
struct ChecksPage: Content {
  let site: Site

  var title: String { "Do the published ratings add up?" }
  var section: Section? { .checks }
  var crumbs: [Crumb] { [Section.checks.crumb] }

  var main: HTML {
    let checks = site.register.check()
    let groups = Dictionary(grouping: checks, by: \.verdict)
    return """
      <h1 class="govuk-heading-xl">\(title)</h1>
      <p class="govuk-body-l">An overall rating is worked out from the ratings of the standards. For
      each inspection this page asks whether the published rating can come from what is known.</p>
      \(Table(
        caption: "\(Words.count(checks.count, "inspection")) by what the check found",
        columns: [
          Table.Column("Verdict"), Table.Column("Inspections", number: true),
          Table.Column("What it means"),
        ],
        rows: RegisterCheck.Verdict.allCases.map { verdict in
          let count = groups[verdict]?.count ?? 0
          let number: HTML = "\(count)"
          return Table.Row([
            count == 0 ? Mark.verdict(verdict)
              : """
              <a class="govuk-link" href="#\(verdict.rawValue)">\(Mark.verdict(verdict))</a>
              """,
            number, "\(verdict.meaning)",
          ])
        }
      ).html)\
      \(Parts.inset("""
        The check rests on rules that are assumed for most editions. A contradiction can mean a
        wrong fact or a wrong rule. \(Parts.link("Read the rules", to: "/standards")).
        """))\
      \(counts)\
      \([RegisterCheck.Verdict.contradicted, .possible, .confirmed, .notCheckable].map {
        section($0, groups[$0] ?? [])
      })\
      \(site.editionNote(checks.map(\.inspection.standards)))
      """
  }

  private var counts: HTML {
    let checks = site.register.countChecks()
    guard !checks.isEmpty else { return .none }
    return """
      \(Parts.heading("Counts that the inspectorate published", id: "counts", size: "l"))\
      \(Table(
        caption: "Published counts beside the inspections that we have", isCaptionHidden: true,
        columns: ["Published count", "Published", "Our facts", "Result", "Source"].map {
          Table.Column($0)
        },
        rows: checks.map { check in
          let published = check.published
          let standards = published.standards.map { " under \($0)" } ?? ""
          let day =
            published.from.map { "published from \($0.words)" } ?? "as of \(published.asOf.words)"
          let until = published.until.map { " to before \($0.words)" } ?? ""
          return Table.Row([
            "\(published.kind.plural)\(standards), \(day)\(until)",
            "\(words(published.counts))", "\(words(check.found))",
            check.agrees ? "Agrees" : "\(check.differences.joined(separator: ", "))",
            Parts.source(published.source)
              .with(reason: published.note.isEmpty ? nil : published.note),
          ])
        }
      ).html)
      """
  }

  private func words(_ counts: [Rating: Int]) -> String {
    Rating.bestFirst.map { "\(counts[$0, default: 0]) \($0.title)" }.joined(separator: ", ")
  }

  private func section(_ verdict: RegisterCheck.Verdict, _ checks: [RegisterCheck]) -> HTML {
    guard !checks.isEmpty else { return .none }
    return """
      \(Parts.heading(
        "\(verdict.words): \(Words.count(checks.count, "inspection"))", id: verdict.rawValue,
        size: "l"))\
      \(Table(
        caption: "\(verdict.words) inspections, newest first", isCaptionHidden: true,
        columns: ["Inspection", "Published rating", "What was found"].map { Table.Column($0) },
        rows: checks.reversed().map { check in
          Table.Row([
            """
            \(Parts.link(
              site.name(of: check.inspection.provider),
              to: "/inspections/\(check.inspection.id.slug)")) \
            <span class="reason">\(check.inspection.published?.words ?? "date not seen"),
            \(check.inspection.standards.text)</span>
            """,
            Mark.overall(check.inspection.overall), "\(check.reason)",
          ])
        }
      ).html)
      """
  }
}

extension RegisterCheck.Verdict {
  /// What it means, in a sentence.
  var meaning: String {
    switch self {
    case .confirmed: "Every score that is still possible gives the published rating."
    case .possible: "Some scores that are still possible give the published rating."
    case .contradicted: "No possible score gives it. A fact or a rule is wrong."
    case .notCheckable: "There is no overall rating, no rule for one, or nothing known to add."
    }
  }
}
