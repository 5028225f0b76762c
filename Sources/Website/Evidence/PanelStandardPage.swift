import Fieldwork
import Ratings
import Standards
import Statistics
import Workflows

/// One standard before the ratings panel: its rating by the rules, whether it is open, and the
/// decisions.
struct PanelStandardPage {
  private let site: StaffSite
  private let visit: Visit
  private let inspection: OpenInspection
  private let standard: RuleBook.Standard

  init(
    _ site: StaffSite, _ visit: Visit, _ inspection: OpenInspection,
    _ standard: RuleBook.Standard
  ) {
    self.site = site
    self.visit = visit
    self.inspection = inspection
    self.standard = standard
  }

  private var decided: Rating? { inspection.state.panel[standard.code]?.value }
  private var path: String { PanelPages.address(inspection, "/\(standard.code)") }

  func page(_ mistakes: [Mistake] = [], status: Int? = nil) async throws -> Page {
    let rated = try await site.desks.planning.rate(inspection, site.site.editions)
    let trail = try await site.desks.planning.trail(of: "panel/\(standard.code)", in: inspection)
    let names = try await site.names()
    let opening = rated?.rating.openToPanel.first { $0.standard == standard.code }
    let result = rated?.rating.standards.first { $0.code == standard.code }
    let title = "\(standard.code) \(standard.title)"
    return site.page(
      title, visit,
      crumbs: InspectionPages.crumbs(inspection) + [
        Crumb(text: "Ratings panel", address: PanelPages.address(inspection))
      ], mistakes: mistakes, status: status,
      """
      <span class="govuk-caption-xl">Ratings panel</span>
      <h1 class="govuk-heading-xl">\(title)</h1>
      \(Parts.summary([
        ("By the rules", result.map(byRules)),
        ("Open to the panel", opening.map { "\($0.why)." } ?? "No"),
        ("May be moved to", opening?.tags),
        ("The panel decided", decided.map { $0.tag }),
      ]))\
      \(decided != nil && result?.panel == nil ? leftOut : .none)\
      \(visit.may(.decidePanel)
        ? EvidenceParts.twoThirds(forms(opening, mistakes)) : .none)\
      \(EvidenceParts.history(trail, names) { event in
        if case .panelDecided(_, let rating?) = event { rating.tag } else { "Taken back" }
      })
      """)
  }

  private func byRules(_ result: StandardResult) -> HTML {
    let rating = result.ruleRating?.tag ?? Mark.absence("Not known")
    switch result.outcome {
    case .rated(_, .lowestQuestion(let code)):
      guard let question = result.deciding, case .rated(_, let share) = question.outcome else {
        return rating
      }
      return rating.with(
        reason: "Decided by \(code) \(question.title): \(share.part) of \(share.whole) cases")
    case .rated(_, .evidence): return rating.with(reason: "Judged on evidence")
    case .rated(_, .given): return rating
    case .unknown(let why): return rating.with(reason: why)
    case .notInspected(let why): return Mark.absence("Not inspected").with(reason: why)
    }
  }

  private var leftOut: HTML {
    Parts.inset(
      """
      The decision is left out of the rating: the standard is not open to it any more, since its \
      answers changed. Take it back, or decide anew.
      """)
  }

  // MARK: - Forms

  private func forms(_ opening: PanelOpening?, _ mistakes: [Mistake]) -> HTML {
    """
    \(opening == nil && visit.form.all("rating").isEmpty ? .none : decide(opening, mistakes))\
    \(decided == nil ? .none : EvidenceParts.takeBack(
      "Take the decision back", button: "Take it back", to: path + "/back", visit, inspection,
      mistakes, members: true))
    """
  }

  private func decide(_ opening: PanelOpening?, _ mistakes: [Mistake]) -> HTML {
    """
    \(Parts.heading(decided == nil ? "Record a decision" : "Record another decision", id: "decide"))\
    \(Form.post(
      to: path, token: visit.formToken,
      """
      \(Form.hidden("seen", "\(inspection.state.revision)"))
      \(Form.choice(
        "rating", "The panel moves it to", any: "Choose",
        options: (opening?.towards ?? []).reversed().map {
          Form.Option(value: $0.rawValue, text: $0.title)
        }, value: visit.form["rating"], mistakes: mistakes))
      \(Form.lines("reason", "Why", value: visit.form["reason"],
        hint: "It is kept sealed.", mistakes: mistakes))
      \(Form.text("members", "Who decided", value: visit.form["members"],
        hint: "As roles, such as lead inspector, head of ratings.", mistakes: mistakes))
      \(Form.button("Record it"))
      """))
    """
  }
}
