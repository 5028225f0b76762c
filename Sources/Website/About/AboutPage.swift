import Calendars
import Inspections
import Publications
import RuleFiles
import Standards

/// Where the facts come from, what is missing, and whose site this is not.
struct AboutPage: Content {
  let site: Site

  static let licence =
    "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/"

  static let inspectorate = "https://hmiprobation.justiceinspectorates.gov.uk/"

  var title: String { "About the facts" }
  var section: Section? { .about }
  var crumbs: [Crumb] { [Section.about.crumb] }

  var main: HTML {
    """
    <h1 class="govuk-heading-xl">About the facts</h1>
    \(Parts.inset("""
      <strong>This is not the inspectorate’s own service.</strong> It is independent. For the
      reports themselves go to
      \(Parts.link("HM Inspectorate of Probation", to: Self.inspectorate)).
      """))\
    \(Parts.heading("Where the facts come from", id: "sources", size: "l"))\
    \(Parts.paragraph("""
      From published reports, press releases and annual reports of HM Inspectorate of Probation,
      and where those were not seen from news about them. Facts of the inspectorate are used under
      the \(Parts.link("Open Government Licence v3.0", to: Self.licence)). Regions and delivery
      units come from public reference data of the probation service.
      """))\
    \(Parts.paragraph("""
      Every inspection and every provider lists its sources, and each inspection links to them.
      """))\
    \(Parts.heading("What is missing", id: "missing", size: "l"))\
    \(missing)\
    \(Parts.paragraph("""
      “Not seen” means that we did not see it. It never means that there is none, and never
      zero.
      """))\
    \(Parts.heading("Known contradictions in published material", id: "contradictions", size: "l"))\
    \(Parts.list([
      "A score was printed as 2 of 25 where the scale has 21.",
      "A caseload is 8,400 in a text and 8,468 in its notes.",
      "An earlier inspection is dated 2022 by its fieldwork and 2023 by its report.",
      "Two companies are said to be the only or the first to be Outstanding for leadership.",
    ]))\
    \(Parts.heading("What is compared", id: "compared", size: "l"))\
    \(Parts.paragraph("""
      Standards changed over the years. Ratings are compared only where the concordance between two
      editions says that the same thing was judged by the same rule. Elsewhere the series breaks,
      and the page says so and why.
      \(Parts.link("See the editions and what changed", to: "/standards")).
      """))\
    \(Parts.heading("How sure the rules are", id: "sure", size: "l"))\
    \(Parts.paragraph("""
      Each rule names its source and has a status. Every page that rests on a rule that is
      assumed says so.
      """))\
    \(Parts.summary(Provenance.Status.allCases.map { status in
      (status.words, "\(Mark.status(status)) \(status.meaning)" as HTML?)
    }))\
    \(Parts.heading("Privacy", id: "privacy", size: "l"))\
    \(Parts.paragraph("""
      The pages that everybody may read set no cookies, run no script and load nothing from
      elsewhere. They hold no personal data. Signing in to carry out an inspection sets a cookie
      that keeps you signed in, and a script of this site saves cases as they are filled in.
      """))
    """
  }

  private var missing: HTML {
    let all = site.register.inspections
    let undated = all.count { $0.published == nil }
    let partly = all.count { $0.published.map { $0.knownDay == nil } ?? false }
    let withoutStandards = all.count { $0.ratings.isEmpty }
    let withoutCaseload = all.count { $0.caseload == nil }
    let unlinked = all.count { !$0.sources.contains { $0.hasPrefix("http") } }
    let derived = all.count { $0.overallStatus != .published }
    let items: [HTML?] = [
      """
      Of \(all.count) inspections, \(undated) have no date of publication and \(partly) only a
      month or a year.
      """,
      "For \(withoutStandards) of them no rating of a single standard was seen.",
      "For \(withoutCaseload) of them no caseload was seen.",
      unlinked == 0 ? nil : "For \(unlinked) of them no source on the web was kept.",
      derived == 0 ? nil : "For \(derived) of them the overall rating was worked out and not read.",
      "Youth justice services have standards here, and no inspections.",
    ]
    let counts = site.register.countChecks().filter { !$0.agrees }
    return Parts.list(items.compactMap { $0 } + counts.map { "\($0.words)" })
  }
}
