import Fieldwork
import Workflows

/// The cases that were given to somebody.
enum CasePages {
  static let routes = [
    StaffRoute(.get, "/fieldwork/:inspection/cases", .may(.seeCases), list),
    StaffRoute(.get, "/fieldwork/:inspection/cases/:number", .may(.seeCases), page),
  ]

  /// The cases that somebody may see: those that they were given, and all of them for a lead; a
  /// restricted one only with clearance, and none that the rules bar them from.
  private static func visible(
    _ site: StaffSite, _ visit: Visit
  ) async throws -> [CaseFacts] {
    let inspection = try visit.opened()
    let id = try visit.signedIn().account.id
    guard let facts = inspection.state.team[id]?.value else { return [] }
    let details = try await site.desks.planning.details(of: inspection)[id] ?? TeamDetails()
    let assessor = details.assessor(id, facts)
    return try await site.desks.planning.cases(of: inspection).filter { one in
      inspection.state.sample?.has(one.number) == true && assessor.bar(to: one.allotted) == nil
        && (visit.roles.contains(.lead) || inspection.state.assessors[one.number] == id)
    }
  }

  @Sendable private static func list(_ site: StaffSite, _ visit: Visit) async throws -> Page {
    let inspection = try visit.opened()
    let cases = try await visible(site, visit)
    return site.page(
      "Cases", visit, crumbs: InspectionPages.crumbs(inspection),
      """
      <h1 class="govuk-heading-xl">Cases</h1>
      \(cases.isEmpty
        ? Parts.paragraph("No case was given to you yet.")
        : Table(
          caption: Words.count(cases.count, "case"), captionSize: "m",
          columns: [
            Table.Column("Case"), Table.Column("CRN"), Table.Column("Name"),
            Table.Column("Office"), Table.Column("Officer"),
          ],
          rows: cases.map { one in
            Table.Row([
              "\(one.number)",
              Parts.link(
                one.crn, to: InspectionPages.address(inspection, "/cases/\(one.number)")),
              "\(one.name)", "\(one.place)", "\(one.officer)",
            ])
          }
        ).html)
      """)
  }

  @Sendable private static func page(_ site: StaffSite, _ visit: Visit) async throws -> Page {
    let inspection = try visit.opened()
    let number = visit.parameters["number"].flatMap { Int($0) }
    guard let one = try await visible(site, visit).first(where: { $0.number == number }) else {
      return site.unknown(visit.request, visit.visitor)
    }
    func text(_ text: String) -> HTML? { text.isEmpty ? nil : "\(text)" }
    return site.page(
      "Case \(one.number)", visit,
      crumbs: InspectionPages.crumbs(inspection) + [
        Crumb(text: "Cases", address: InspectionPages.address(inspection, "/cases"))
      ],
      """
      <span class="govuk-caption-xl">\(one.crn)</span>
      <h1 class="govuk-heading-xl">Case \(one.number)</h1>
      \(Parts.summary([
        ("Name", text(one.name)), ("Date of birth", text(one.dateOfBirth)),
        ("Sentence", text(one.sentence)), ("Started on", text(one.startedOn)),
        ("Risk of serious harm", text(one.risk)), ("Stratum", text(one.stratum)),
        ("Cluster", text(one.cluster)), ("LDU", text(one.ldu)), ("Office", text(one.office)),
        ("Team", text(one.team)), ("Officer", text(one.officer)),
      ]))
      """)
  }
}
