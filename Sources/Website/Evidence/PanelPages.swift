import Fieldwork
import Judgements
import Problems
import Ratings
import Standards
import Workflows

/// What the ratings panel sees and decides. Whoever may rate cases does not see it: nobody is to
/// know that one case would change a rating.
enum PanelPages {
  static let routes = [
    StaffRoute(.get, "/fieldwork/:inspection/panel", .may(.seePanel)) { site, visit in
      try await site.page(under: visit) { inspection, book in
        try await PanelPage(site, visit, inspection, book).page()
      }
    },
    StaffRoute(.get, "/fieldwork/:inspection/panel/:code", .may(.seePanel)) { site, visit in
      try await site.page(under: visit) { inspection, book in
        guard let standard = standard(visit, book) else {
          return site.unknown(visit.request, visit.visitor)
        }
        return try await PanelStandardPage(site, visit, inspection, standard).page()
      }
    },
    StaffRoute(.post, "/fieldwork/:inspection/panel/:code", .may(.decidePanel), decide),
    StaffRoute(.post, "/fieldwork/:inspection/panel/:code/back", .may(.decidePanel), takeBack),
  ]

  static func address(_ inspection: OpenInspection, _ rest: String = "") -> String {
    InspectionPages.address(inspection, "/panel\(rest)")
  }

  private static func standard(_ visit: Visit, _ book: RuleBook) -> RuleBook.Standard? {
    visit.parameters["code"].flatMap { Code($0) }.flatMap { book.standard($0) }
  }

  @Sendable private static func decide(_ site: StaffSite, _ visit: Visit) async throws -> Page {
    try await site.page(under: visit) { inspection, book in
      guard let standard = standard(visit, book) else {
        return site.unknown(visit.request, visit.visitor)
      }
      let page = PanelStandardPage(site, visit, inspection, standard)
      var reading = FormReading(visit.form)
      let rating = reading.value("rating", "Choose the rating that the panel gives") {
        Rating(rawValue: $0)
      }
      let reason = reading.text("reason", "Say why the panel decided so", most: 4_000)
      let members = reading.text("members", "Say who decided, as roles")
      guard let rating, let reason, let members, reading.mistakes.isEmpty else {
        return try await page.page(reading.mistakes)
      }
      do {
        let outcome = try await site.desks.planning.decide(
          standard.code, rating, because: reason, members: members, under: book, in: inspection,
          by: try visit.actor())
        return try await after(outcome, site, visit, standard, field: "rating")
      } catch let problems as Problems where !inspection.state.isErased {
        return try await page.page(
          problems.list.map { Mistake(field: "rating", text: $0.sentence) })
      }
    }
  }

  @Sendable private static func takeBack(_ site: StaffSite, _ visit: Visit) async throws -> Page {
    try await site.page(under: visit) { inspection, book in
      guard let standard = standard(visit, book) else {
        return site.unknown(visit.request, visit.visitor)
      }
      var reading = FormReading(visit.form)
      let reason = reading.text("back", "Say why it is taken back", most: 4_000)
      let members = reading.text("back-members", "Say who decided, as roles")
      guard let reason, let members, reading.mistakes.isEmpty else {
        return try await PanelStandardPage(site, visit, inspection, standard)
          .page(reading.mistakes)
      }
      let outcome = try await site.desks.planning.takeBackDecision(
        on: standard.code, because: reason, members: members, in: inspection,
        by: try visit.actor())
      return try await after(outcome, site, visit, standard, field: "main-content")
    }
  }

  /// Goes on; where somebody else was faster, with what was typed and how it stands now.
  private static func after(
    _ outcome: PlanningDesk.Outcome, _ site: StaffSite, _ visit: Visit,
    _ standard: RuleBook.Standard, field: String
  ) async throws -> Page {
    let now = try await site.newest(visit)
    guard outcome == .overtaken else { return StaffSite.redirect(to: address(now)) }
    return try await PanelStandardPage(site, visit, now, standard).page(
      [
        Mistake(
          field: field,
          text: "Somebody else recorded a decision on this since you opened the form. Nothing of "
            + "yours was recorded. See below how it stands, and save again if yours still holds")
      ], status: 409)
  }
}

extension PanelOpening {
  /// Why it is open, in a sentence without its full stop.
  var why: String { Words.list(because.map(\.words)).sentence }

  /// The ratings that it may be moved to.
  var tags: HTML { "\(towards.map { "\($0.tag) " as HTML })" }
}
