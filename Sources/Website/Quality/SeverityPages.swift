import Fieldwork
import Records
import Statistics
import Workflows

/// How strictly each assessor answers, beside the rest of the team.
enum SeverityPages {
  static let routes = [
    StaffRoute(.get, "/fieldwork/:inspection/quality/severity", .may(.assureQuality), page)
  ]

  @Sendable private static func page(_ site: StaffSite, _ visit: Visit) async throws -> Page {
    let inspection = try visit.opened()
    let view = try QualityView(site, visit)
    let names = try await site.names()
    // By name: the order says nothing about anybody.
    let all = Severity.all(in: view.state, view.questions, without: view.unfinished).sorted {
      (names[$0.assessor] ?? "", $0.assessor.description)
        < (names[$1.assessor] ?? "", $1.assessor.description)
    }
    return site.page(
      "Severity", visit, crumbs: QualityPages.crumbs(inspection),
      """
      <h1 class="govuk-heading-xl">Severity</h1>
      \(view.leftOut)\
      \(all.isEmpty ? Parts.paragraph("Nobody has answered a question yet.") : content(all, names))
      """)
  }

  private static func content(_ all: [Severity], _ names: [AuthorID: String]) -> HTML {
    """
    \(Parts.paragraph("How often each assessor found a key question sufficient where it applied, in "
    + "first assessments, beside all others together."))\
    \(key)\
    \(Table(
      caption: "Assessors", captionSize: "m",
      columns: ["Assessor", "Sufficient", "The rest of the team", "Both on a scale from 0 to 100%",
        "Reading"].map { Table.Column($0) },
      rows: all.map { row($0, names[$0.assessor] ?? "Somebody") }
    ).html)\
    \(Parts.heading("How to read this", id: "reading"))\
    \(Parts.list([
      "Assessors have different cases. Good and poor work is not spread evenly over offices, so part "
        + "of every difference is the cases’, not the assessor’s.",
      "The intervals say what the number of answers leaves open, at 95%. The answers on one case go "
        + "together, so they should be wider.",
      "Only where two intervals do not overlap is an assessor called milder or stricter. That is a "
        + "reason to look at their cases together, and says nothing about who is right.",
      "Second assessments of the same cases tell more: there both answer about the same work.",
    ]))
    """
  }

  private static let key: HTML = """
    <ul class="key">\
    <li class="key__entry"><svg class="chart" width="18" height="16" aria-hidden="true" \
    focusable="false"><circle class="interval__dot" cx="9" cy="8" r="5"/></svg>The assessor</li>\
    <li class="key__entry"><svg class="chart" width="18" height="16" aria-hidden="true" \
    focusable="false"><circle class="interval__dot interval--quiet" cx="9" cy="8" r="5"/></svg>\
    The rest of the team</li></ul>

    """

  private static func row(_ one: Severity, _ name: String) -> Table.Row {
    let marks = [(one.own, false), (one.others, true)].compactMap { share, isQuiet in
      share.map {
        IntervalBar.Mark(
          value: $0.value, interval: $0.interval.lower...$0.interval.upper, isQuiet: isQuiet)
      }
    }
    return Table.Row([
      "\(name)<span class=\"reason\">\(Words.count(one.cases, "case"))</span>",
      words(one.own), words(one.others),
      marks.isEmpty ? .none : IntervalBar(marks: marks).html, one.standing.words,
    ])
  }

  private static func words(_ share: Severity.Share?) -> HTML {
    guard let share else { return Mark.absence("Nothing applied") }
    func percent(_ value: Double) -> String { "\(Int((value * 100).rounded()))%" }
    let proportion = share.proportion
    return """
      \(proportion.part) of \(proportion.whole), \(proportion.roundedPercent.description)\
      <span class="reason">\(percent(share.interval.lower)) to \(percent(share.interval.upper))</span>
      """
  }
}

extension Severity.Standing {
  fileprivate var words: HTML {
    switch self {
    case .milder:
      """
      <strong class="govuk-tag govuk-tag--blue">Milder</strong>\
      <span class="reason">The intervals do not overlap</span>
      """
    case .stricter:
      """
      <strong class="govuk-tag govuk-tag--purple">Stricter</strong>\
      <span class="reason">The intervals do not overlap</span>
      """
    case .alike: "Not told apart<span class=\"reason\">The intervals overlap</span>"
    case .notComparable: Mark.absence("Nobody to compare with")
    }
  }
}
