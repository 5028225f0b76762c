import Calendars
import Fieldwork
import Workflows

/// Facts about the people who work there, each with its day and its source.
enum WorkforcePages {
  static let routes = [
    StaffRoute(.get, "/fieldwork/:inspection/workforce", .may(.seeEvidence)) { site, visit in
      try await list(site, visit, try visit.opened())
    },
    StaffRoute(.post, "/fieldwork/:inspection/workforce", .may(.keepEvidence), add),
    StaffRoute(.get, "/fieldwork/:inspection/workforce/:number", .may(.seeEvidence)) {
      site, visit in try await page(site, visit, try visit.opened())
    },
    StaffRoute(.post, "/fieldwork/:inspection/workforce/:number", .may(.keepEvidence), correct),
    StaffRoute(.post, "/fieldwork/:inspection/workforce/:number/out", .may(.keepEvidence), takeOut),
  ]

  private static func address(_ inspection: OpenInspection, _ rest: String = "") -> String {
    InspectionPages.address(inspection, "/workforce\(rest)")
  }

  // MARK: - All of them

  private static func list(
    _ site: StaffSite, _ visit: Visit, _ inspection: OpenInspection, mistakes: [Mistake] = []
  ) async throws -> Page {
    let facts = try await site.desks.planning.workforce(in: inspection)
    let out = (0..<inspection.state.workforceNoted).map { $0 + 1 }
      .filter { inspection.state.workforce[$0] == nil }
    return site.page(
      "Workforce", visit, crumbs: InspectionPages.crumbs(inspection), mistakes: mistakes,
      """
      <h1 class="govuk-heading-xl">Workforce</h1>
      \(Parts.paragraph("Facts about the people who work there, for the report to quote."))\
      \(facts.isEmpty
        ? Parts.paragraph("None was noted yet.") : table(facts, inspection))\
      \(out.isEmpty ? .none : Parts.paragraph(
        """
        Taken out: \(out.map { number in
          "\(Parts.link("fact \(number)", to: address(inspection, "/\(number)"))) " as HTML
        })
        """))\
      \(visit.may(.keepEvidence)
        ? EvidenceParts.twoThirds(
          """
          \(Parts.heading("Note a fact", id: "note"))\
          \(Form.post(
            to: address(inspection), token: visit.formToken,
            WorkforceForm.fields(visit.form, inspection, mistakes, button: "Note it")))
          """) : .none)
      """)
  }

  private static func table(
    _ facts: [KnownWorkforceFact], _ inspection: OpenInspection
  ) -> HTML {
    Table(
      caption: Words.count(facts.count, "fact"),
      columns: [
        Table.Column("Fact"), Table.Column("Value", number: true), Table.Column("Holds for"),
        Table.Column("Source"),
      ],
      rows: facts.map { known in
        Table.Row([
          Parts.link(known.fact.title, to: address(inspection, "/\(known.number)")),
          "\(known.fact.value)", "\(known.fact.heldOn.words)",
          EvidenceParts.lines(known.entry.reason),
        ])
      }
    ).html
  }

  // MARK: - One

  private static func number(_ visit: Visit, _ inspection: OpenInspection) -> Int? {
    visit.parameters["number"].flatMap { Int($0) }.flatMap {
      $0 >= 1 && $0 <= inspection.state.workforceNoted ? $0 : nil
    }
  }

  private static func page(
    _ site: StaffSite, _ visit: Visit, _ inspection: OpenInspection, mistakes: [Mistake] = [],
    status: Int? = nil
  ) async throws -> Page {
    guard let number = number(visit, inspection) else {
      return site.unknown(visit.request, visit.visitor)
    }
    let trail = try await site.desks.planning.trail(of: "workforce/\(number)", in: inspection)
    let fact = inspection.state.workforce[number]?.value
    let title = fact?.title ?? "Taken out"
    let path = address(inspection, "/\(number)")
    let mayChange = visit.may(.keepEvidence) && fact != nil
    let form = fact.map { WorkforceForm.filled(visit, $0, trail.last?.reason ?? "") }
    return site.page(
      title, visit,
      crumbs: InspectionPages.crumbs(inspection) + [
        Crumb(text: "Workforce", address: address(inspection))
      ], mistakes: mistakes, status: status,
      """
      <span class="govuk-caption-xl">Workforce, fact \(number)</span>
      <h1 class="govuk-heading-xl">\(title)</h1>
      \(fact.map { fact in
        Parts.summary([
          ("Value", "\(fact.value)"), ("Holds for", "\(fact.heldOn.words)"),
          ("Source", EvidenceParts.lines(trail.last?.reason ?? "")),
        ])
      } ?? Parts.paragraph("It counts for nothing any more."))\
      \(mayChange
        ? EvidenceParts.twoThirds(
          """
          \(Parts.heading("Correct it", id: "correct"))\
          \(Form.post(
            to: path, token: visit.formToken,
            WorkforceForm.fields(
              form ?? visit.form, inspection, mistakes, button: "Save the correction")))\
          \(EvidenceParts.takeBack(
            "Take it out", button: "Take it out", to: path + "/out", visit, inspection, mistakes))
          """) : .none)\
      \(fact == nil && !visit.form.all("measure").isEmpty ? anew(visit, inspection) : .none)\
      \(EvidenceParts.history(trail, try await site.names(), why: "Source, or why") { event in
        if case .workforceNoted(_, let fact?) = event {
          "\(fact.title): \(fact.value), \(fact.heldOn.words)"
        } else { "Taken out" }
      })
      """)
  }

  /// What was typed about a fact that somebody else took out meanwhile.
  private static func anew(_ visit: Visit, _ inspection: OpenInspection) -> HTML {
    EvidenceParts.twoThirds(
      """
      \(Parts.heading("Note it as another fact", id: "anew"))\
      \(Form.post(
        to: address(inspection), token: visit.formToken,
        WorkforceForm.fields(visit.form, inspection, [], button: "Note it")))
      """)
  }

  // MARK: - Noting

  @Sendable private static func add(_ site: StaffSite, _ visit: Visit) async throws -> Page {
    let inspection = try visit.opened()
    let (read, mistakes) = WorkforceForm.read(visit.form, on: site.desks.today())
    guard let read else { return try await list(site, visit, inspection, mistakes: mistakes) }
    let outcome = try await site.desks.planning.add(
      read.fact, from: read.source, in: inspection, by: try visit.actor())
    return try await site.after(outcome, visit, to: address(inspection))
  }

  @Sendable private static func correct(_ site: StaffSite, _ visit: Visit) async throws -> Page {
    let inspection = try visit.opened()
    guard let number = number(visit, inspection) else {
      return site.unknown(visit.request, visit.visitor)
    }
    let (read, mistakes) = WorkforceForm.read(visit.form, on: site.desks.today())
    guard let read else { return try await page(site, visit, inspection, mistakes: mistakes) }
    let outcome = try await site.desks.planning.correct(
      number, to: read.fact, from: read.source, in: inspection, by: try visit.actor())
    return try await after(outcome, site, visit, field: "value")
  }

  @Sendable private static func takeOut(_ site: StaffSite, _ visit: Visit) async throws -> Page {
    let inspection = try visit.opened()
    guard let number = number(visit, inspection) else {
      return site.unknown(visit.request, visit.visitor)
    }
    var reading = FormReading(visit.form)
    let reason = reading.text("back", "Say why it is taken out", most: 4_000)
    guard let reason, reading.mistakes.isEmpty else {
      return try await page(site, visit, inspection, mistakes: reading.mistakes)
    }
    let outcome = try await site.desks.planning.takeOut(
      number, because: reason, in: inspection, by: try visit.actor())
    return try await after(outcome, site, visit, field: "back")
  }

  /// Goes on; where somebody else was faster, with what was typed and how it stands now.
  private static func after(
    _ outcome: PlanningDesk.Outcome, _ site: StaffSite, _ visit: Visit, field: String
  ) async throws -> Page {
    let now = try await site.newest(visit)
    guard outcome == .overtaken else { return StaffSite.redirect(to: address(now)) }
    let isGone = number(visit, now).map { now.state.workforce[$0] == nil } ?? true
    let text =
      isGone
      ? "Somebody else took this fact out. Nothing of yours was recorded"
      : "Somebody else changed this fact since you opened the form. Nothing of yours was recorded. "
        + "Save again if yours still holds"
    return try await page(
      site, visit, now, mistakes: [Mistake(field: isGone ? "main-content" : field, text: text)],
      status: 409)
  }
}

extension WorkforceFact {
  /// What it is about: `Staff in post, probation officer`.
  var title: String {
    ([measure.title] + (gradeTitle.map { [$0.lowercased()] } ?? [])).joined(separator: ", ")
  }

  /// With its unit: `46.5 cases`, `12%`.
  var value: String {
    measure.unit == "%" ? "\(number)%" : "\(number) \(measure.unit)"
  }
}
