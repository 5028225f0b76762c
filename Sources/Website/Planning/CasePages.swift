import Fieldwork
import Workflows

/// The cases that were given to somebody.
enum CasePages {
  static let routes = [
    StaffRoute(.get, "/fieldwork/:inspection/cases", .may(.seeCases), list),
    StaffRoute(.get, "/fieldwork/:inspection/cases/:number", .may(.seeCases)) {
      try await page($0, $1)
    },
  ]

  private static func visible(_ site: StaffSite, _ visit: Visit) async throws -> [CaseFacts] {
    try await site.desks.planning.cases(
      openTo: try visit.signedIn().account.id, as: visit.roles, in: try visit.opened())
  }

  @Sendable private static func list(_ site: StaffSite, _ visit: Visit) async throws -> Page {
    let inspection = try visit.opened()
    let cases = try await visible(site, visit)
    let questions = site.questions(of: inspection)
    return site.page(
      "Cases", visit, crumbs: InspectionPages.crumbs(inspection),
      """
      <h1 class="govuk-heading-xl">Cases</h1>
      \(visit.may(.answer) && !cases.isEmpty
        ? Parts.paragraph(
          Parts.link("Take my cases with me", to: InspectionPages.address(inspection, "/device")))
        : .none)\
      \(cases.isEmpty
        ? Parts.paragraph("No case was given to you yet.")
        : Table(
          caption: Words.count(cases.count, "case"), captionSize: "m",
          columns: [
            Table.Column("Case"), Table.Column("CRN"), Table.Column("Name"),
            Table.Column("Office"), Table.Column("Officer"), Table.Column("Stage"),
            Table.Column("Answered"),
          ],
          rows: cases.map { one in
            Table.Row([
              "\(one.number)",
              Parts.link(
                one.crn, to: InspectionPages.address(inspection, "/cases/\(one.number)")),
              "\(one.name)", "\(one.place)", "\(one.officer)",
            ] + stage(of: one.number, inspection.state, questions))
          }
        ).html)
      """)
  }

  /// How far the assessment of a case is, in two cells.
  private static func stage(
    of number: Int, _ state: InspectionState, _ questions: CaseQuestions?
  ) -> [HTML] {
    guard let questions else { return ["", ""] }
    let tally = state.tally(of: number, in: .first, questions)
    let isBegun = questions.places(of: number, in: .first).contains { state.answers[$0] != nil }
    let differ: HTML =
      tally.conflicts.isEmpty
      ? .none : " <strong class=\"govuk-tag govuk-tag--orange\">Answers differ</strong>"
    return [
      "\(state.stage(of: number, isBegun: isBegun).tag)\(differ)",
      "\(tally.answered) of \(tally.put)",
    ]
  }

  static func page(
    _ site: StaffSite, _ visit: Visit, _ mistakes: [Mistake] = []
  ) async throws -> Page {
    guard let assessed = try await site.assessed(visit, .first) else {
      return site.unknown(visit.request, visit.visitor)
    }
    let one = assessed.facts
    func text(_ text: String) -> HTML? { text.isEmpty ? nil : "\(text)" }
    return site.page(
      "Case \(one.number)", visit, crumbs: AssessmentPages.crumbs(assessed), mistakes: mistakes,
      """
      <span class="govuk-caption-xl">\(one.crn)</span>
      <h1 class="govuk-heading-xl">Case \(one.number)</h1>
      \(Parts.summary([
        ("Name", text(one.name)), ("Date of birth", text(one.dateOfBirth)),
        ("Sentence", text(one.sentence)), ("Started on", Words.day(one.startedOn)),
        ("Risk of serious harm", text(one.risk)), ("Stratum", text(one.stratum)),
        ("Cluster", text(one.cluster)), ("LDU", text(one.ldu)), ("Office", text(one.office)),
        ("Team", text(one.team)), ("Officer", text(one.officer)),
      ]))
      \(try await CaseWorkPages.parts(site, visit, assessed, mistakes: mistakes))
      """)
  }
}
