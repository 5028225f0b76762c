import Fieldwork
import Problems
import Records
import Workflows

/// Who assesses which case.
enum AllotmentPages {
  static let routes = [
    StaffRoute(.get, "/fieldwork/:inspection/allotment", .may(.allotCases)) { site, visit in
      try await page(site, visit)
    },
    StaffRoute(.post, "/fieldwork/:inspection/allotment", .may(.allotCases), byHand),
    StaffRoute(.post, "/fieldwork/:inspection/allotment/evenly", .may(.allotCases), evenly),
  ]

  private static func page(
    _ site: StaffSite, _ visit: Visit, mistakes: [Mistake] = [], barred: [Int] = []
  ) async throws -> Page {
    let inspection = try visit.opened()
    let cases = try await site.desks.planning.cases(of: inspection).filter {
      inspection.state.sample?.has($0.number) == true
    }
    let assessors = try await assessors(site, inspection)
    let warning = try await UnknownNames.warning(site, inspection)
    return site.page(
      "Allotment", visit, crumbs: InspectionPages.crumbs(inspection), mistakes: mistakes,
      """
      <h1 class="govuk-heading-xl">Allotment</h1>
      \(warning)\(barred.isEmpty ? .none : Parts.inset("Nobody in the team may assess "
      + "\(barred.count == 1 ? "case" : "cases") \(Words.list(barred.map { "\($0)" })): each is "
      + "restricted, or at an office of a declared conflict, or somebody’s own. Add an assessor who "
      + "may, or replace the case."))\
      \(cases.isEmpty
        ? Parts.paragraph("There is no sample yet.")
        : try content(cases, assessors, inspection, visit, mistakes))
      """)
  }

  /// Those who can be given cases, with their names, the leads last.
  static func assessors(
    _ site: StaffSite, _ inspection: OpenInspection
  ) async throws -> [(id: AuthorID, name: String)] {
    let accounts = Dictionary(
      uniqueKeysWithValues: try await site.desks.accounts.accounts().map { ($0.id, $0.name) })
    return inspection.state.team.filter {
      !Role.ofAssessors.isDisjoint(with: $0.value.value.roles)
    }.map { id, noted in
      (id, accounts[id] ?? id.description, noted.value.roles.contains(.lead) ? 1 : 0)
    }.sorted { ($0.2, $0.1, $0.0.description) < ($1.2, $1.1, $1.0.description) }
      .map { (id: $0.0, name: $0.1) }
  }

  private static func content(
    _ cases: [CaseFacts], _ assessors: [(id: AuthorID, name: String)],
    _ inspection: OpenInspection, _ visit: Visit, _ mistakes: [Mistake]
  ) throws -> HTML {
    let held = inspection.state.assessors
    let free = cases.count { held[$0.number] == nil }
    let counts = assessors.map { one in
      (one.name, cases.filter { held[$0.number] == one.id })
    }
    return """
      \(PlanBars(
        title: "Cases of each assessor",
        rows: counts.map { name, own in
          let offices = Set(own.map(\.place)).count
          return PlanBars.Row(
            name: name, achieved: own.count, planned: nil,
            note: own.isEmpty ? nil : "at \(Words.count(offices, "office"))")
        }, counted: (one: "case", several: "cases")
      ).html)\
      \(free == 0
        ? Parts.paragraph("Every case has an assessor.")
        : Form.post(
          to: InspectionPages.address(inspection, "/allotment/evenly"), token: visit.formToken,
          """
          \(Form.hidden("seen", "\(inspection.state.revision)"))
          \(Parts.paragraph("\(Words.count(free, "case")) of \(cases.count) "
          + "\(free == 1 ? "has" : "have") no assessor. Allotted evenly, nobody is given a restricted "
          + "case without clearance, an office of a declared conflict, or a case of their own or "
          + "their own team."))
          \(Form.button("Allot the rest evenly"))
          """))\
      \(Parts.heading("By hand", id: "by-hand"))\
      \(Form.post(
        to: InspectionPages.address(inspection, "/allotment"), token: visit.formToken,
        """
        \(Form.hidden("seen", "\(inspection.state.revision)"))
        \(table(cases, assessors, inspection, visit, mistakes))
        \(Form.button("Save the allotment"))
        """))
      """
  }

  private static func table(
    _ cases: [CaseFacts], _ assessors: [(id: AuthorID, name: String)],
    _ inspection: OpenInspection, _ visit: Visit, _ mistakes: [Mistake]
  ) -> HTML {
    let isCleared = visit.visitor.map { inspection.state.isCleared($0.account.id) } == true
    return Table(
      caption: "Cases", isCaptionHidden: true,
      columns: [
        Table.Column("Case"), Table.Column("CRN"), Table.Column("Office"),
        Table.Column("Assessor"),
      ],
      rows: cases.map { one in
        let restricted: HTML? =
          one.isRestricted
          ? " <strong class=\"govuk-tag govuk-tag--orange\">Restricted</strong>" : nil
        return Table.Row([
          "\(one.number)", "\(one.crn)\(restricted)",
          one.isRestricted && !isCleared ? Mark.absence("Not shown") : "\(one.place)",
          choice(
            of: one.number, held: inspection.state.assessors[one.number], assessors, visit, mistakes
          ),
        ])
      }
    ).html
  }

  /// A choice of who assesses a case.
  static func choice(
    of number: Int, held: AuthorID?, _ assessors: [(id: AuthorID, name: String)],
    _ visit: Visit, _ mistakes: [Mistake]
  ) -> HTML {
    let name = "case-\(number)"
    let chosen = visit.request.method == .post ? visit.form.typed(name) : held?.description
    let own = mistakes.filter { $0.field == name }
    return """
      \(Form.messages(own, of: name))\
      <select class="govuk-select\(own.isEmpty ? "" : " govuk-select--error")" id="\(name)" \
      name="\(name)" aria-label="Assessor of case \(number)"\(Form.described(name, own))>\
      <option value="">Nobody yet</option>\
      \(assessors.map { assessor in
        let mark: HTML = assessor.id.description == chosen ? " selected" : ""
        return "<option value=\"\(assessor.id.description)\"\(mark)>\(assessor.name)</option>"
      })</select>
      """
  }

  @Sendable private static func byHand(_ site: StaffSite, _ visit: Visit) async throws -> Page {
    let inspection = try visit.opened()
    let (wanted, mistakes) = wanted(visit.form, held: inspection.state.assessors)
    guard mistakes.isEmpty else { return try await page(site, visit, mistakes: mistakes) }
    do {
      let outcome = try await site.desks.planning.allot(
        wanted, in: inspection, by: try visit.actor())
      return try await site.after(
        outcome, visit, to: InspectionPages.address(inspection, "/allotment"))
    } catch let problems as Problems {
      return try await page(site, visit, mistakes: Self.mistakes(problems))
    }
  }

  /// Reads who is to assess which case.
  ///
  /// - Parameter held: Who assesses them now.
  static func wanted(
    _ form: SubmittedForm, held: [Int: AuthorID]
  ) -> ([Int: AuthorID], mistakes: [Mistake]) {
    var wanted: [Int: AuthorID] = [:]
    var mistakes: [Mistake] = []
    for (rest, value) in form.fields(startingWith: "case-") {
      guard let number = Int(rest) else { continue }
      if value.isEmpty {
        if held[number] != nil {
          mistakes.append(
            Mistake(
              field: "case-\(number)",
              text: "Case \(number) has an assessor: choose another, not nobody"))
        }
      } else if let id = AuthorID(value), held[number] != id {
        wanted[number] = id
      }
    }
    return (wanted, mistakes)
  }

  /// Why cases could not be given out as wanted.
  static func mistakes(_ problems: Problems) -> [Mistake] {
    problems.list.map { problem in
      let number = problem.file.drop { $0 != "-" }.dropFirst()
      return Mistake(field: problem.file, text: "Case \(number) \(problem.what)")
    }
  }

  @Sendable private static func evenly(_ site: StaffSite, _ visit: Visit) async throws -> Page {
    let inspection = try visit.opened()
    let (outcome, barred) = try await site.desks.planning.allotEvenly(
      in: inspection, by: try visit.actor())
    guard !barred.isEmpty, outcome == .done else {
      return try await site.after(
        outcome, visit, to: InspectionPages.address(inspection, "/allotment"))
    }
    return try await page(site, try await visit.again(on: site), barred: barred)
  }
}

extension Visit {
  /// The same visit to the inspection as it stands now.
  func again(on site: StaffSite) async throws -> Visit {
    let inspection = try await site.memory.inspection(try opened().id)
    return Visit(
      request: request, parameters: parameters, form: SubmittedForm(), visitor: visitor,
      formToken: formToken, remembering: remembering, inspection: inspection, provider: provider,
      roles: roles)
  }
}
