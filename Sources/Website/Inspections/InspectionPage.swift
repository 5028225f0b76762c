import Calendars
import Inspections
import Providers
import Publications
import Ratings
import Standards

/// One published inspection, as far as its facts were seen.
struct InspectionPage: Content {
  let site: Site
  let inspection: Inspection

  private var provider: Provider? { site.register.provider(inspection.provider) }
  private var name: String { provider?.name ?? inspection.reportedAs }
  private var date: String { inspection.published?.words ?? "date not seen" }
  private var book: RuleBook? { site.book(of: inspection) }
  private var check: RegisterCheck { site.check(inspection) }

  var title: String { "Inspection of \(name), \(date)" }
  var section: Section? { .providers }
  var crumbs: [Crumb] {
    [
      Section.providers.crumb,
      Crumb(text: name, address: "/providers/\(inspection.provider.slug)"),
    ]
  }

  var main: HTML {
    """
    <span class="govuk-caption-xl">Inspection published \(date)</span>
    <h1 class="govuk-heading-xl">\(name)</h1>
    <div class="verdict">
    <p class="verdict__rating">\(Mark.overall(inspection.overall))</p>
    <p class="govuk-body verdict__text">Overall rating\(status), under
    \(site.edition(inspection.standards)).</p>
    </div>
    \(assumed)\
    \(score)\
    \(comparison)\
    \(StandardsOfInspection(site: site, inspection: inspection).html)\
    \(percentages)\
    \(facts)\
    \(sources)\
    \(site.editionNote([inspection.standards] + [before].compactMap { $0?.standards }))
    """
  }

  private var status: HTML {
    inspection.overall == nil ? "" : " \(Mark.status(inspection.overallStatus))"
  }

  private var assumed: HTML {
    guard let book, !book.assumedRules.isEmpty, check.range != nil else { return .none }
    return Parts.inset(
      """
      The rating is a published fact. The score and the check below rest on rules that are
      assumed: \(Words.list(book.assumedRules)).
      \(Parts.link("Read the rules", to: "/standards/\(book.id.text)#rules")).
      """)
  }

  // MARK: - Score

  private var score: HTML {
    guard let book else {
      return Parts.inset("There is no rule book for \(inspection.standards.text) here.")
    }
    let printed: HTML =
      inspection.printedScore.map {
        Parts.paragraph("The score was printed as \($0.points) of \($0.maximum).")
      } ?? .none
    let stated: HTML =
      inspection.statedGrades.isEmpty
      ? .none
      : Parts.paragraph(
        "The source says how many standards got a rating without saying which: \(statedWords).")
    guard let range = check.range, let bands = OverallRule(book).bands(for: book.maximum) else {
      return """
        \(Parts.heading("Score", id: "score", size: "l"))\
        \(printed)\(stated)\(Parts.paragraph("\(check.reason)"))
        """
    }
    return """
      \(Parts.heading("Score and bands", id: "score", size: "l"))\
      \(ScoreBar(id: "score-bar", bands: bands, possible: range).html)\
      \(printed)\(stated)\
      <p class="govuk-body">Does the rating add up? \(Mark.verdict(check.verdict))
      \(check.reason)
      \(Parts.link("How this is checked", to: "/checks")).</p>
      \(Parts.details("The bands in a table", Table(
        caption: "Bands of the overall score", isCaptionHidden: true,
        columns: [Table.Column("Rating"), Table.Column("Scores of \(bands.maximum)")],
        rows: Rating.bestFirst.map {
          Table.Row([$0.tag, "\(Words.range(bands.range(of: $0)))"])
        },
        isStacked: false).html))
      """
  }

  private var statedWords: String {
    Words.list(
      Rating.bestFirst.compactMap { rating in
        inspection.statedGrades[rating].map { "\($0) \(rating.title)" }
      })
  }

  // MARK: - Comparison

  private var before: Inspection? { site.register.inspection(before: inspection) }

  private var comparison: HTML {
    let change = site.register.change(of: inspection)
    let link: HTML =
      before.map { before in
        """
        <p class="govuk-body">Before: \(Mark.overall(before.overall)), published
        \(Parts.link(
          before.published?.words ?? "on a day not seen", to: "/inspections/\(before.id.slug)")),
        under \(site.edition(before.standards)).</p>

        """
      } ?? ""
    let claim: HTML =
      inspection.previousOverall.map { rating in
        let differs = before.map { $0.overallRating != rating } ?? false
        return Parts.paragraph(
          """
          This report says that the last inspection gave \(rating.title).\
          \(differs ? " Our facts do not have that." : "")
          """)
      } ?? ""
    return """
      \(Parts.heading("Compared with the last inspection", id: "comparison", size: "l"))\
      <p class="govuk-body">\(Mark.change(change))\(change.reason.map { ". \($0)" as HTML })</p>
      \(link)\(claim)
      """
  }

  // MARK: - Facts

  private var percentages: HTML {
    guard !inspection.percentages.isEmpty else { return .none }
    return """
      \(Parts.heading("Percentages in the report", id: "percentages", size: "l"))\
      \(Table(
        caption: "Percentages in the report", isCaptionHidden: true,
        columns: [Table.Column("What it counts"), Table.Column("As printed", number: true)],
        rows: inspection.percentages.map {
          Table.Row(["\($0.words)", "\($0.percent)%"])
        }
      ).html)\
      \(Parts.paragraph("""
        The counts behind these were not seen, so no interval can be given. With a small sample a
        percentage can be far from that of the whole caseload.
        """))
      """
  }

  private var facts: HTML {
    let caseload: HTML =
      inspection.caseload.map { caseload in
        let precision = caseload.precision == nil ? " (how exact was not seen)" : ""
        let day = inspection.caseloadAsOf.map { ", \($0.words)" } ?? ""
        return "\(caseload.words.sentence)\(precision)\(day)"
      } ?? Mark.notSeen
    return """
      \(Parts.heading("Facts", id: "facts", size: "l"))\
      \(Parts.summary([
        ("Reported as", "\(inspection.reportedAs)"),
        ("Kind", provider.map { "\($0.kind.title)" }),
        ("Round", "\(inspection.round)"),
        ("Fieldwork", fieldwork),
        ("Published", inspection.published.map { "\($0.words)" } ?? Mark.notSeen),
        ("Caseload", caseload),
        ("Recommendations", inspection.recommendations.map { "\($0)" } ?? Mark.notSeen),
        ("Standards", site.edition(inspection.standards)),
        ("Notes", inspection.notes.isEmpty ? nil : "\(inspection.notes)"),
      ]))
      """
  }

  private var fieldwork: HTML {
    let (start, end) = (inspection.fieldworkStart, inspection.fieldworkEnd)
    return start == nil && end == nil ? Mark.notSeen : "\(Words.time(from: start, until: end))"
  }

  private var sources: HTML {
    """
    \(Parts.heading("Sources", id: "sources", size: "l"))\
    \(inspection.sources.isEmpty
      ? Parts.paragraph(Mark.notSeen) : Parts.list(inspection.sources.map(Parts.source)))
    """
  }
}
