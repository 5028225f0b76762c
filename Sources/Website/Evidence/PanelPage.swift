import Fieldwork
import Problems
import Ratings
import Standards
import Statistics
import Workflows

/// The provisional ratings, what is open to the panel, and what it decided.
struct PanelPage {
  private let site: StaffSite
  private let visit: Visit
  private let inspection: OpenInspection
  private let book: RuleBook

  init(_ site: StaffSite, _ visit: Visit, _ inspection: OpenInspection, _ book: RuleBook) {
    self.site = site
    self.visit = visit
    self.inspection = inspection
    self.book = book
  }

  func page() async throws -> Page {
    let rated = try await site.desks.planning.rate(inspection, site.site.editions)
    let title = "Ratings panel"
    let rule = book.rules.panelText
    return site.page(
      title, visit, crumbs: InspectionPages.crumbs(inspection),
      """
      <h1 class="govuk-heading-xl">\(title)</h1>
      \(Parts.paragraph("These ratings are provisional: the engine works them out from what the "
      + "record holds now. \(rule.text)"))\
      \(rated.map(content))
      """)
  }

  private func content(_ rated: RatedRecord) -> HTML {
    let rating = rated.rating
    let bands = OverallRule(book).bands(for: rating.overall.maximum)
    return """
      \(leftOut(rated.leftOut))\
      <div class="verdict"><p class="verdict__rating">\(overall(rating))</p>
      <p class="govuk-body verdict__text">Overall, of \(rating.overall.maximum) points.\
      \(rating.overallBeforePanel.map { " The rules alone give \($0.title)." })</p></div>
      \(bands.map { bands in
        ScoreBar(id: "score-bar", bands: bands, possible: rating.overall.possible).html
      })\
      \(openings(rating))\
      \(standards(rating))
      """
  }

  private func overall(_ rating: InspectionRating) -> HTML {
    switch rating.overall.result {
    case .rated(let rating): rating.tag
    case .open(let range):
      Mark.absence("Not known: \(range.lowerBound.title) to \(range.upperBound.title)")
    case .notRated(let reason): "\(Mark.notRated) \(reason)"
    }
  }

  // MARK: - Left out

  /// What is in the record and does not count, with what to do.
  private func leftOut(_ problems: [Problem]) -> HTML {
    guard !problems.isEmpty else { return .none }
    return """
      <div class="govuk-warning-text">\
      <span class="govuk-warning-text__icon" aria-hidden="true">!</span>
      <div class="govuk-warning-text__text"><span class="govuk-visually-hidden">Warning</span>
      Left out of these ratings:
      \(Parts.list(problems.map(line)))</div></div>

      """
  }

  private func line(_ problem: Problem) -> HTML {
    let state = inspection.state
    if let code = state.panel.first(where: { $0.value.sequence == problem.line })?.key {
      return """
        \(problem.what.sentence). \(Parts.link(
          "Look at the decision on \(code)", to: PanelPages.address(inspection, "/\(code)"))): \
        take it back, or decide anew.
        """
    }
    if let code = state.judgements.first(where: { $0.value.sequence == problem.line })?.key {
      return """
        \(problem.what.sentence). \(Parts.link(
          "Look at the judgement of \(code)", to: JudgementPages.address(inspection, "/\(code)"))): \
        take it back, or leave the answers out.
        """
    }
    return "\(problem.sentence)"
  }

  // MARK: - What is open, and the standards

  private func openings(_ rating: InspectionRating) -> HTML {
    guard !rating.openToPanel.isEmpty else {
      return Parts.paragraph("No rating is open to the panel now.")
    }
    return Table(
      caption: "Open to the panel",
      columns: ["Standard", "Decided by", "Why it is open", "May be moved to"].map {
        Table.Column($0)
      },
      rows: rating.openToPanel.map { opening in
        let result = rating.standards.first { $0.code == opening.standard }
        let name = "\(opening.standard) \(result?.title ?? "")"
        return Table.Row([
          Parts.link(name, to: PanelPages.address(inspection, "/\(opening.standard)")),
          result?.deciding.map { deciding($0) } ?? "\(opening.question.text)",
          "\(opening.why)", opening.tags,
        ])
      }
    ).html
  }

  private func deciding(_ question: QuestionResult) -> HTML {
    guard case .rated(_, let share) = question.outcome else { return "\(question.code.text)" }
    return """
      \(question.code.text): \(share.part) of \(share.whole) cases\
      \(ShareBar(share: share, bands: book.bands).html)
      """
  }

  private func standards(_ rating: InspectionRating) -> HTML {
    Table(
      caption: "Standards",
      columns: [
        Table.Column("Standard"), Table.Column("By the rules"), Table.Column("After the panel"),
        Table.Column("Points", number: true),
      ],
      rows: rating.standards.map { standard in
        Table.Row([
          Parts.link(
            "\(standard.code) \(standard.title)",
            to: PanelPages.address(inspection, "/\(standard.code)")),
          (standard.ruleRating?.tag ?? Mark.absence(unknown(standard))),
          (standard.rating?.tag ?? Mark.absence(unknown(standard)))
            .with(reason: standard.panel == nil ? nil : "moved by the panel"),
          standard.isCounted ? "\(standard.score.map(String.init) ?? "Not known")" : "Not counted",
        ])
      }
    ).html
  }

  private func unknown(_ standard: StandardResult) -> String {
    if case .notInspected = standard.outcome { "Not inspected" } else { "Not known" }
  }
}
