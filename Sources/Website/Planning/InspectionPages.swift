import Calendars
import Fieldwork
import Problems
import Providers
import Publications
import Records
import Standards
import Workflows

/// The inspections of somebody who signed in, and the first page of each.
enum InspectionPages {
  static let routes = [
    StaffRoute(.get, "/fieldwork", .may(.ownAccount), list),
    StaffRoute(.get, "/fieldwork/new", .may(.createInspection)) { site, visit in
      form(site, visit)
    },
    StaffRoute(.post, "/fieldwork/new", .may(.createInspection), create),
    StaffRoute(.get, "/fieldwork/:inspection", .may(.seeInspection), overview),
    StaffRoute(.get, "/fieldwork/:inspection/record.jsonl", .may(.takeRecord), record),
  ]

  static let crumb = Crumb(text: "Inspections", address: "/fieldwork")

  static func address(_ inspection: OpenInspection, _ rest: String = "") -> String {
    "/fieldwork/\(inspection.id)\(rest)"
  }

  /// The way to a page of an inspection.
  static func crumbs(_ inspection: OpenInspection) -> [Crumb] {
    [crumb, Crumb(text: inspection.title, address: address(inspection))]
  }

  // MARK: - List

  @Sendable private static func list(_ site: StaffSite, _ visit: Visit) async throws -> Page {
    let account = try visit.signedIn().account
    let providers = try await site.desks.accounts.providerRoles(of: account.id)
    var mine: [(OpenInspection, Set<Role>)] = []
    if !account.isAdministrator {
      for inspection in try await site.memory.all() {
        let roles = StaffSite.roles(
          of: account, in: inspection, isOfProvider: !providers.isEmpty)
        if !roles.isEmpty { mine.append((inspection, roles)) }
      }
    }
    let today = site.desks.today()
    let late = mine.filter { inspection, roles in
      roles.contains(.lead) && inspection.state.isKeptTooLong(on: today)
    }
    return site.page(
      "Inspections", visit, crumbs: [crumb],
      """
      <h1 class="govuk-heading-xl">Inspections</h1>
      \(late.isEmpty ? .none : warning(late.map(\.0)))\
      \(mine.isEmpty
        ? Parts.paragraph(
          account.isAdministrator
            ? "You manage accounts, and see no inspections."
            : "You are in the team of no inspection yet.")
        : table(mine, site, today))\
      \(providers.isEmpty ? .none : Parts.paragraph(
        Parts.link("See what was sent to your provider", to: "/provider")))\
      \(account.isLeadInspector
        ? "<a class=\"govuk-button\" href=\"/fieldwork/new\" role=\"button\" draggable=\"false\">"
      + "Create an inspection</a>" : .none)
      """)
  }

  private static func warning(_ late: [OpenInspection]) -> HTML {
    """
    <div class="govuk-warning-text"><span class="govuk-warning-text__icon" aria-hidden="true">!</span>\
    <strong class="govuk-warning-text__text"><span class="govuk-visually-hidden">Warning</span>\
    What is personal is kept longer than planned in \
    \(Words.list(late.map { $0.title })). Ask whoever runs Plumbline here to erase it.</strong></div>

    """
  }

  private static func table(
    _ mine: [(OpenInspection, Set<Role>)], _ site: StaffSite, _ today: Day
  ) -> HTML {
    Table(
      caption: "Your inspections", isCaptionHidden: true,
      columns: ["Inspection", "Provider", "You are", "Where it stands", "Published"].map {
        Table.Column($0)
      },
      rows: mine.map { inspection, roles in
        let state = inspection.state
        return Table.Row([
          Parts.link(inspection.title, to: address(inspection)),
          "\(state.facts.map { site.name(of: $0.provider) } ?? "")",
          "\(Words.list(roles.sorted().map { $0.title.lowercased() }).sentence)",
          "\(Progress(state).summary)",
          "\(state.plan?.value.publication.words ?? "Not planned")",
        ])
      }
    ).html
  }

  // MARK: - Creating

  private static func form(
    _ site: StaffSite, _ visit: Visit, mistakes: [Mistake] = []
  ) -> Page {
    let books = site.site.editions.ruleBooks.sorted { $0.id.text.suffix(4) > $1.id.text.suffix(4) }
    return site.page(
      "Create an inspection", visit, crumbs: [crumb], mistakes: mistakes,
      """
      <h1 class="govuk-heading-xl">Create an inspection</h1>
      <div class="govuk-grid-row"><div class="govuk-grid-column-two-thirds">
      \(Form.post(
        to: "/fieldwork/new", token: visit.formToken,
        """
        \(Form.text("title", "Title", value: visit.form["title"],
          hint: "How your team calls it. It is kept sealed.", mistakes: mistakes))
        \(Form.text("id", "Short name", value: visit.form["id"],
          hint: "For addresses and files: small letters, digits and hyphens, such as kent-2027. "
            + "It cannot be changed.", width: " govuk-input--width-20", mistakes: mistakes))
        \(Form.text("provider", "Provider", value: visit.form["provider"],
          hint: "Its full name, or its name in addresses. For practice: "
            + "\(TrainingInspection.provider.slug).", mistakes: mistakes))
        \(Form.choice(
          "edition", "Standards and rules", any: "Choose an edition",
          options: books.map { Form.Option(value: $0.id.text, text: $0.title) },
          value: visit.form["edition"], mistakes: mistakes))
        \(Form.day("publication", "Day of publication (if known)", form: visit.form,
          hint: "A working day. The phases are counted back from it, and it can be changed.",
          mistakes: mistakes))
        \(Form.day("retention", "Keep personal data until", form: visit.form,
          hint: "After this day you are warned until they are erased.", mistakes: mistakes))
        \(Form.button("Create the inspection"))
        """))
      </div></div>
      """)
  }

  @Sendable private static func create(_ site: StaffSite, _ visit: Visit) async throws -> Page {
    let account = try visit.signedIn().account
    var reading = FormReading(visit.form)
    if try await !site.desks.accounts.providerRoles(of: account.id).isEmpty {
      reading.note("title", "Somebody of a provider cannot lead an inspection")
    }
    let title = reading.text("title", "Enter a title", most: NewInspection.longestTitle)
    let id = reading.value(
      "id", "Enter a short name of small letters, digits and hyphens"
    ) { InspectionID($0) }
    if let id, NewInspection.isReserved(id) {
      reading.note("id", "A page of the site has the name \(id): choose another")
    }
    let provider = reading.value("provider", "Enter the name of a known provider") {
      site.provider(named: $0)
    }
    let book = reading.value("edition", "Choose an edition") { text in
      RuleBook.ID(text).flatMap { site.site.editions[$0] }
    }
    let publication = reading.optionalDay("publication", "day of publication")
    let retention = reading.day("retention", "day until which personal data are kept")
    if let provider, let book,
      let kind = NewInspection.misfit(of: provider, to: book, in: site.site.register)
    {
      reading.note("edition", "Choose an edition for \(kind.plural.lowercased())")
    }
    if let publication {
      do {
        _ = try PlanningDesk.phases(before: publication)
      } catch {
        for problem in error.list { reading.note("publication-day", problem.sentence) }
      }
    }
    guard reading.mistakes.isEmpty, let title, let id, let provider, let book, let retention else {
      return form(site, visit, mistakes: reading.mistakes)
    }
    do {
      try await site.desks.inspections.create(
        id, about: InspectionFacts(provider: provider, edition: book.id), title: title,
        retainedUntil: retention, by: account.id, masterKey: site.desks.masterKey)
    } catch let problems as Problems {
      return form(
        site, visit,
        mistakes: problems.list.map { Mistake(field: "id", text: "\($0.what): \($0.remedy)") })
    }
    try await join(account, id, site)
    if let publication, let inspection = try await site.memory.inspection(id) {
      _ = try await site.desks.planning.plan(
        publication: publication, in: inspection,
        by: PlanningDesk.Actor(account.id, seen: inspection.state.revision))
    }
    return StaffSite.redirect(to: "/fieldwork/\(id)")
  }

  /// Makes whoever created an inspection its lead.
  private static func join(
    _ account: Account, _ id: InspectionID, _ site: StaffSite
  ) async throws {
    guard let inspection = try await site.memory.inspection(id),
      let facts = TeamFacts(roles: [.lead], isCleared: true, conflicts: 0)
    else { throw Misrouted() }
    _ = try await site.desks.planning.set(
      account.id, facts, TeamDetails(), in: inspection,
      by: PlanningDesk.Actor(account.id, seen: inspection.state.revision))
  }

  // MARK: - One

  @Sendable private static func overview(
    _ site: StaffSite, _ visit: Visit
  ) async throws -> Page {
    let inspection = try visit.opened()
    let state = inspection.state
    let groups = Progress(state).groups(for: try visit.signedIn().account.id, visit.may)
    return site.page(
      inspection.title, visit, crumbs: [crumb],
      """
      <span class="govuk-caption-xl">\(state.facts.map { site.name(of: $0.provider) } ?? "")</span>
      <h1 class="govuk-heading-xl">\(inspection.title)</h1>
      \(state.isErased
        ? Parts.inset("What was personal in this inspection was erased. Its record stays.") : .none)\
      \(state.carriedFrom == nil
        ? .none
        : Parts.inset("This inspection is planned at another installation and was carried here. "
        + "Cases can be answered here; its team, days, list and sample are changed there."))\
      \(groups.map { group in
        "<h2 class=\"govuk-heading-m\">\(group.title)</h2>\n\(taskList(group.tasks, inspection))"
      })\
      \(state.plan.map { PhaseChart($0.value, today: site.desks.today()).html })\
      \(Parts.heading("About this inspection", id: "about"))\
      \(Parts.summary([
        ("Short name", "<code>\(inspection.id.description)</code>"),
        (
          "Standards and rules",
          state.facts.map { facts in
            let title = site.site.editions[facts.edition]?.title ?? facts.edition.text
            return Parts.link(title, to: "/standards/\(facts.edition.text)")
          }
        ),
        (
          "Personal data kept until",
          state.retainedUntil.map { "\($0.words)" }
        ),
        ("You are", "\(Words.list(visit.roles.sorted().map { $0.title.lowercased() }).sentence)"),
        ("Record", recordLine(inspection, visit)),
      ]))
      """)
  }

  private static func recordLine(_ inspection: OpenInspection, _ visit: Visit) -> HTML {
    let count: HTML = "\(Words.count(inspection.state.revision, "entry", "entries"))"
    guard visit.may(.takeRecord) else { return count }
    let link = Parts.link(
      "Download it", to: address(inspection, "/record.jsonl"))
    return "\(count). \(link), to check it without Plumbline."
  }

  static func taskList(_ tasks: [Progress.Task], _ inspection: OpenInspection) -> HTML {
    """
    <ul class="govuk-task-list">
    \(tasks.map { task in
      """
      <li class="govuk-task-list__item govuk-task-list__item--with-link">
      <div class="govuk-task-list__name-and-hint">
      <a class="govuk-link govuk-task-list__link" href="\(address(inspection, task.path))" \
      aria-describedby="\(statusID(task))">\(task.title)</a>
      <div class="govuk-task-list__hint">\(task.hint)</div>
      </div>
      <div class="govuk-task-list__status" id="\(statusID(task))">\(status(task))</div>
      </li>

      """
    })\
    </ul>

    """
  }

  private static func statusID(_ task: Progress.Task) -> String {
    "status" + task.path.replacing("/", with: "-")
  }

  private static func status(_ task: Progress.Task) -> HTML {
    switch task.isDone {
    case true?: "Done"
    case false?: "<strong class=\"govuk-tag govuk-tag--blue\">To do</strong>"
    case nil: .none
    }
  }

  @Sendable private static func record(_ site: StaffSite, _ visit: Visit) async throws -> Page {
    let inspection = try visit.opened()
    guard let bytes = try await site.desks.planning.export(inspection.id) else {
      return site.unknown(visit.request, visit.visitor)
    }
    return StaffSite.download(
      bytes, name: "\(inspection.id)-record.jsonl", type: "application/x-ndjson")
  }
}
