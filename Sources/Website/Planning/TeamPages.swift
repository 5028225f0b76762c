import Fieldwork
import People
import Problems
import Records
import Workflows

/// The team of an inspection: who is what in it, and which conflicts of interest they declared.
enum TeamPages {
  static let routes = [
    StaffRoute(.get, "/fieldwork/:inspection/team", .may(.manageTeam)) { site, visit in
      try await page(site, visit)
    },
    StaffRoute(.post, "/fieldwork/:inspection/team", .may(.manageTeam), set),
    StaffRoute(.post, "/fieldwork/:inspection/team/:member/remove", .may(.manageTeam), remove),
  ]

  private static func page(
    _ site: StaffSite, _ visit: Visit, mistakes: [Mistake] = []
  ) async throws -> Page {
    let inspection = try visit.opened()
    let accounts = Dictionary(
      uniqueKeysWithValues: try await site.desks.accounts.accounts().map { ($0.id, $0) })
    let details = try await site.desks.planning.details(of: inspection)
    let members = inspection.state.team.sorted {
      ($0.value.value.roles[0], accounts[$0.key]?.name ?? "")
        < ($1.value.value.roles[0], accounts[$1.key]?.name ?? "")
    }
    let form = filled(visit, inspection, accounts, details)
    let warning = try await UnknownNames.warning(site, inspection)
    return site.page(
      "Team", visit, crumbs: InspectionPages.crumbs(inspection), mistakes: mistakes,
      """
      <h1 class="govuk-heading-xl">Team</h1>
      \(warning)\(Table(
        caption: Words.count(members.count, "member"), captionSize: "m",
        columns: ["Who", "Role", "Restricted cases", "Conflicts of interest", "Change"].map {
          Table.Column($0)
        },
        rows: members.map { id, noted in
          row(id, noted.value, accounts[id], details[id] ?? TeamDetails(), inspection, visit)
        }
      ).html)
      <div class="govuk-grid-row"><div class="govuk-grid-column-two-thirds">
      \(Parts.heading(
        form["member"] == nil ? "Add somebody" : "Change somebody’s place", id: "member"))
      \(Form.post(
        to: InspectionPages.address(inspection, "/team"), token: visit.formToken,
        fields(form, mistakes, inspection)))
      </div></div>
      """)
  }

  /// The form as it was sent, or else with the values of the member that the address names.
  private static func filled(
    _ visit: Visit, _ inspection: OpenInspection, _ accounts: [AuthorID: Account],
    _ details: [AuthorID: TeamDetails]
  ) -> SubmittedForm {
    var form = visit.form
    guard visit.request.method == .get, let id = visit.query["member"].flatMap({ AuthorID($0) }),
      let facts = inspection.state.team[id]?.value, let account = accounts[id]
    else { return form }
    form.set("member", id.description)
    form.set("email", account.email.description)
    form.set("role", facts.roles.map(\.rawValue))
    if facts.isCleared { form.set("cleared", "yes") }
    form.set("conflicts", details[id]?.conflicts.joined(separator: "\n") ?? "")
    form.set("officer", details[id]?.officer ?? "")
    form.set("team", details[id]?.team ?? "")
    return form
  }

  private static func fields(
    _ form: SubmittedForm, _ mistakes: [Mistake], _ inspection: OpenInspection
  ) -> HTML {
    """
    \(Form.hidden("seen", "\(inspection.state.revision)"))
    \(form["member"].map { Form.hidden("member", $0) })
    \(Form.text(
      "email", "E-mail address of their account", value: form["email"], type: "email",
      mistakes: mistakes))
    \(Form.boxes(
      "role", "What they are in this inspection",
      options: Role.ofInspections.map { Form.Option(value: $0.rawValue, text: $0.title) },
      ticked: Set(form.all("role")), mistakes: mistakes))
    \(Form.boxes(
      "cleared", "Restricted cases",
      options: [Form.Option(value: "yes", text: "Cleared to see restricted cases")],
      ticked: Set(form.all("cleared")), mistakes: mistakes))
    \(Form.lines(
      "conflicts", "Offices of which they declared a conflict of interest",
      value: form["conflicts"],
      hint: "One on each line, as the provider’s list has them. Leave it empty for none.",
      mistakes: mistakes))
    \(Form.text(
      "officer", "For a local assessor: their name as an officer in the list",
      value: form["officer"], hint: "The teams that the list has them in are theirs, too.",
      mistakes: mistakes))
    \(Form.text(
      "team", "For a local assessor: their team in the list", value: form["team"],
      hint: "They are given no case of their own and none of their team.", mistakes: mistakes))
    \(UnknownNames.box(form, mistakes))\(Form.button("Save"))
    """
  }

  private static func row(
    _ id: AuthorID, _ facts: TeamFacts, _ account: Account?, _ details: TeamDetails,
    _ inspection: OpenInspection, _ visit: Visit
  ) -> Table.Row {
    let name = account?.name ?? id.description
    let change = Link(InspectionPages.address(inspection, "/team"), [("member", "\(id)")]).address
    return Table.Row([
      "\(name)<br><span class=\"reason\">\(account?.email.description ?? "")</span>",
      "\(Words.list(facts.roles.map { $0.title.lowercased() }).sentence)",
      facts.isCleared ? "Cleared" : "Not cleared",
      details.conflicts.isEmpty ? "None declared" : "\(Words.list(details.conflicts))",
      """
      <a class="govuk-link" href="\(change)#member">Change<span class="govuk-visually-hidden"> \
      \(name)</span></a>
      \(Form.post(
        to: InspectionPages.address(inspection, "/team/\(id)/remove"), token: visit.formToken,
        """
        \(Form.hidden("seen", "\(inspection.state.revision)"))\
        <button type="submit" class="govuk-button govuk-button--secondary small-button">Remove\
        <span class="govuk-visually-hidden"> \(name)</span></button>
        """))
      """,
    ])
  }

  @Sendable private static func set(_ site: StaffSite, _ visit: Visit) async throws -> Page {
    var reading = FormReading(visit.form)
    var account: Account?
    if let email = visit.form["email"].flatMap({ EmailAddress($0) }) {
      account = try await site.desks.accounts.credentials(of: email)?.account
    }
    if account == nil { reading.note("email", "Enter the address of somebody with an account") }
    let roles = Set(visit.form.all("role").compactMap(Role.init))
      .intersection(Role.ofInspections)
    if roles.isEmpty { reading.note("role", "Choose what they are") }
    let inspection = try visit.opened()
    if let account {
      if inspection.state.team[account.id] != nil, visit.form["member"] != account.id.description {
        // The form does not show what they declared, and would replace it.
        reading.note(
          "email", "They are in the team already: choose Change beside their name in the table")
      }
      if account.isAdministrator {
        reading.note("email", "Who manages accounts cannot be in a team: they see no cases")
      } else if try await !site.desks.accounts.providerRoles(of: account.id).isEmpty,
        roles != [.localAssessor]
      {
        reading.note("role", "Somebody of a provider can only be a local assessor")
      }
    }
    _ = reading.optionalText("conflicts", most: 4_000)
    _ = reading.optionalText("officer", most: 200)
    _ = reading.optionalText("team", most: 200)
    let details = TeamDetails(
      conflicts: visit.form.typed("conflicts").split(whereSeparator: \.isNewline)
        .map { $0.trimmingPrefix { $0.isWhitespace } }
        .map { String($0.reversed().drop { $0.isWhitespace }.reversed()) }
        .filter { !$0.isEmpty },
      officer: visit.form["officer"] ?? "", team: visit.form["team"] ?? "")
    if roles.contains(.localAssessor), details.officer.isEmpty, details.team.isEmpty {
      reading.note("officer", "Enter how a local assessor stands in the list, or their team")
    }
    if details != TeamDetails(), visit.form[UnknownNames.kept] == nil,
      let names = try await site.desks.planning.names(of: inspection)
    {
      var before = TeamDetails()
      if let account {
        before = try await site.desks.planning.details(of: inspection)[account.id] ?? before
      }
      for mistake in UnknownNames.mistakes(names.unknown(of: details), before: before) {
        reading.note(mistake.field, mistake.text)
      }
    }
    if let account, inspection.state.roles(of: account.id).contains(.lead), !roles.contains(.lead),
      inspection.state.team.values.count(where: { $0.value.roles.contains(.lead) }) == 1
    {
      reading.note("role", "Nobody else leads the inspection: make somebody else a lead first")
    }
    guard reading.mistakes.isEmpty, let account,
      let facts = TeamFacts(
        roles: roles, isCleared: visit.form["cleared"] != nil, conflicts: details.conflicts.count)
    else { return try await page(site, visit, mistakes: reading.mistakes) }
    let outcome = try await site.desks.planning.set(
      account.id, facts, details, in: inspection, by: try visit.actor())
    return try await site.after(
      outcome, visit, to: InspectionPages.address(inspection, "/team"))
  }

  @Sendable private static func remove(_ site: StaffSite, _ visit: Visit) async throws -> Page {
    let inspection = try visit.opened()
    guard let id = visit.parameters["member"].flatMap({ AuthorID($0) }),
      inspection.state.team[id] != nil
    else { return site.unknown(visit.request, visit.visitor) }
    do {
      let outcome = try await site.desks.planning.remove(
        id, in: inspection, by: try visit.actor())
      return try await site.after(
        outcome, visit, to: InspectionPages.address(inspection, "/team"))
    } catch let problems as Problems {
      return try await page(
        site, visit,
        mistakes: problems.list.map { Mistake(field: "role", text: $0.sentence) })
    }
  }
}

extension Problem {
  /// What is wrong and what to do, without the name of a file and the full stop.
  var sentence: String { "\(what): \(remedy)".sentence }
}

extension StaffSite {
  /// Goes on after something was recorded, or says that somebody else was faster.
  func after(
    _ outcome: PlanningDesk.Outcome, _ visit: Visit, to path: String
  ) async throws -> Page {
    switch outcome {
    case .done: return Self.redirect(to: path)
    case .overtaken:
      return page(
        "Somebody else was faster", visit,
        crumbs: InspectionPages.crumbs(try visit.opened()), status: 409,
        """
        <h1 class="govuk-heading-xl">Somebody else was faster</h1>
        \(Parts.paragraph("Since you opened the form, somebody else changed the same. Nothing of "
        + "yours was recorded."))\
        \(Self.copyable(visit.form))\
        \(Parts.paragraph(Parts.link("See how it stands now", to: path)))
        """)
    }
  }
}
