import Calendars
import Fieldwork
import Plans
import Problems
import Records
import Workflows

/// The project plan of an inspection and its calendar feed.
enum PlanPages {
  static let routes = [
    StaffRoute(.get, "/fieldwork/:inspection/plan", .may(.seeInspection)) { site, visit in
      try await page(site, visit)
    },
    StaffRoute(.post, "/fieldwork/:inspection/plan", .may(.planInspection), set),
    StaffRoute(.post, "/fieldwork/:inspection/plan/feed", .may(.planInspection), renew),
    StaffRoute(.get, "/calendar/:inspection/:secret", .everyone, feed),
  ]

  private static func page(
    _ site: StaffSite, _ visit: Visit, mistakes: [Mistake] = []
  ) async throws -> Page {
    let inspection = try visit.opened()
    let plan = inspection.state.plan?.value
    var form = visit.form
    if visit.request.method == .get, let plan { form.set("publication", plan.publication) }
    return site.page(
      "Project plan", visit, crumbs: InspectionPages.crumbs(inspection), mistakes: mistakes,
      """
      <h1 class="govuk-heading-xl">Project plan</h1>
      \(plan.map { PhaseChart($0, today: site.desks.today()).html })\
      \(plan == nil ? Parts.paragraph("The day of publication is not set yet.") : .none)\
      \(plan.map { table($0) })\
      \(visit.may(.planInspection)
        ? Form.post(
          to: InspectionPages.address(inspection, "/plan"), token: visit.formToken,
          """
          \(Form.hidden("seen", "\(inspection.state.revision)"))
          \(Form.day("publication", "Day of publication", form: form,
            hint: "Phases are counted back over the working days of England and Wales.",
            mistakes: mistakes))
          \(Form.button(plan == nil ? "Count the phases" : "Change the day"))
          """) : .none)\
      \(plan == nil ? .none : try feedPart(site, visit, inspection))
      """)
  }

  private static func table(_ plan: PlanFacts) -> HTML {
    Parts.details(
      "The phases as a table",
      Table(
        caption: "Phases", isCaptionHidden: true,
        columns: ["Phase", "First day", "Last day"].map { Table.Column($0) },
        rows: plan.phases.map {
          Table.Row(["\($0.title)", "\($0.first.words)", "\($0.last.words)"])
        }
      ).html)
  }

  private static func feedPart(
    _ site: StaffSite, _ visit: Visit, _ inspection: OpenInspection
  ) throws -> HTML {
    guard let key = inspection.key else { return .none }
    let path = "/calendar/\(inspection.id)/\(key.feedSecret(inspection.state.feed)).ics"
    return """
      \(Parts.heading("In your calendar", id: "feed"))\
      \(Parts.paragraph("Calendar programs can follow the plan at this address. Whoever has it sees "
      + "the phases and the title: give it to your team alone."))
      <p class="govuk-body"><code class="typed digest--whole">\(site.desks.address() + path)</code></p>
      \(visit.may(.planInspection)
        ? Form.post(
          to: InspectionPages.address(inspection, "/plan/feed"), token: visit.formToken,
          """
          \(Form.hidden("seen", "\(inspection.state.revision)"))
          <button type="submit" class="govuk-button govuk-button--secondary">\
          Give it another address</button>
          """) : .none)
      """
  }

  @Sendable private static func set(_ site: StaffSite, _ visit: Visit) async throws -> Page {
    var reading = FormReading(visit.form)
    let day = reading.day("publication", "day of publication")
    guard let day else { return try await page(site, visit, mistakes: reading.mistakes) }
    let inspection = try visit.opened()
    do {
      let outcome = try await site.desks.planning.plan(
        publication: day, in: inspection, by: try visit.actor())
      return try await site.after(
        outcome, visit, to: InspectionPages.address(inspection, "/plan"))
    } catch let problems as Problems {
      return try await page(
        site, visit,
        mistakes: problems.list.map { Mistake(field: "publication-day", text: $0.sentence) })
    }
  }

  @Sendable private static func renew(_ site: StaffSite, _ visit: Visit) async throws -> Page {
    let inspection = try visit.opened()
    let outcome = try await site.desks.planning.renewFeed(
      in: inspection, by: try visit.actor())
    return try await site.after(
      outcome, visit, to: InspectionPages.address(inspection, "/plan"))
  }

  /// The plan for calendar programs, which cannot sign in: the address is the secret.
  @Sendable private static func feed(_ site: StaffSite, _ visit: Visit) async throws -> Page {
    guard let inspection = try await site.inspection(in: visit.parameters),
      let key = inspection.key,
      let plan = inspection.state.plan,
      let secret = visit.parameters["secret"],
      key.isFeedSecret(secret, inspection.state.feed)
    else { return site.unknown(visit.request, visit.visitor) }
    let changedAt = try await site.desks.planning.recordedAt(plan.sequence, in: inspection)
    let feed = CalendarFeed(
      plan.value.phases.map {
        CalendarFeed.Event(id: $0.id, title: $0.title, first: $0.first, last: $0.last)
      }, name: inspection.title, key: "plumbline-\(inspection.id)",
      changedAt: changedAt ?? site.desks.now())
    return Page(
      type: "text/calendar; charset=utf-8", caching: .never, body: feed.bytes)
  }
}
