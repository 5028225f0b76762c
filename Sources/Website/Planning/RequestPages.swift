import Calendars
import Fieldwork
import Workflows

/// Documents that the provider is asked for.
enum RequestPages {
  static let routes = [
    StaffRoute(.get, "/fieldwork/:inspection/requests", .may(.seeRequests)) { site, visit in
      try await page(site, visit)
    },
    StaffRoute(.post, "/fieldwork/:inspection/requests", .may(.requestDocuments), request),
    StaffRoute(
      .post, "/fieldwork/:inspection/requests/:number/received", .may(.requestDocuments), receive),
    StaffRoute(
      .get, "/fieldwork/:inspection/requests/:number/files/:place", .may(.seeRequests)
    ) { site, visit in try await file(site, visit) },
  ]

  private static func page(
    _ site: StaffSite, _ visit: Visit, mistakes: [Mistake] = []
  ) async throws -> Page {
    let inspection = try visit.opened()
    let requests = try await site.desks.planning.requests(in: inspection)
    let today = site.desks.today()
    return site.page(
      "Document requests", visit, crumbs: InspectionPages.crumbs(inspection), mistakes: mistakes,
      """
      <h1 class="govuk-heading-xl">Document requests</h1>
      \(requests.isEmpty
        ? Parts.paragraph("Nothing was asked for yet.")
        : requests.map { card($0, inspection, visit, today) }.reduce(.none, +))\
      \(visit.may(.requestDocuments) ? form(inspection, visit, mistakes) : .none)
      """)
  }

  private static func card(
    _ request: DocumentRequest, _ inspection: OpenInspection, _ visit: Visit, _ today: Day
  ) -> HTML {
    let address = InspectionPages.address(inspection, "/requests/\(request.number)")
    let receive: HTML =
      visit.may(.requestDocuments) && request.state.receivedAt == nil
      ? Form.post(
        to: address + "/received", token: visit.formToken,
        """
        \(Form.hidden("seen", "\(inspection.state.revision)"))\
        <button type="submit" class="govuk-button govuk-button--secondary small-button">\
        Note it as received<span class="govuk-visually-hidden">: \(request.title)</span></button>
        """) : .none
    return request.card(
      sent: ("Sent", request.sent.isEmpty ? "Nothing yet" : request.sentFiles(at: address)),
      on: today, receive)
  }

  private static func form(
    _ inspection: OpenInspection, _ visit: Visit, _ mistakes: [Mistake]
  ) -> HTML {
    """
    <div class="govuk-grid-row"><div class="govuk-grid-column-two-thirds">
    \(Parts.heading("Ask for a document", id: "ask"))\
    \(Parts.paragraph("The provider’s leads see it at once, and send it here."))
    \(Form.post(
      to: InspectionPages.address(inspection, "/requests"), token: visit.formToken,
      """
      \(Form.hidden("seen", "\(inspection.state.revision)"))
      \(Form.text("title", "Document", value: visit.form["title"], mistakes: mistakes))
      \(Form.lines("text", "What is wanted (optional)", value: visit.form["text"],
        mistakes: mistakes))
      \(Form.day("due", "Due", form: visit.form, mistakes: mistakes))
      \(Form.button("Ask for it"))
      """))
    </div></div>
    """
  }

  @Sendable private static func request(_ site: StaffSite, _ visit: Visit) async throws -> Page {
    var reading = FormReading(visit.form)
    let title = reading.text("title", "Enter the name of the document")
    let text = visit.form["text"] ?? ""
    if text.count > 4_000 { reading.note("text", "Write at most 4,000 characters") }
    let due = reading.day("due", "day on which it is due")
    if let due, due < site.desks.today() { reading.note("due-day", "That day is over") }
    guard reading.mistakes.isEmpty, let title, let due else {
      return try await page(site, visit, mistakes: reading.mistakes)
    }
    let inspection = try visit.opened()
    let outcome = try await site.desks.planning.request(
      title, text, due: due, in: inspection, by: try visit.actor())
    return try await site.after(
      outcome, visit, to: InspectionPages.address(inspection, "/requests"))
  }

  @Sendable private static func receive(_ site: StaffSite, _ visit: Visit) async throws -> Page {
    let inspection = try visit.opened()
    guard let number = visit.parameters["number"].flatMap({ Int($0) }),
      inspection.state.requests[number] != nil
    else { return site.unknown(visit.request, visit.visitor) }
    let outcome = try await site.desks.planning.receive(
      number, in: inspection, by: try visit.actor())
    return try await site.after(
      outcome, visit, to: InspectionPages.address(inspection, "/requests"))
  }

  /// A document that was sent.
  static func file(_ site: StaffSite, _ visit: Visit) async throws -> Page {
    let inspection = try visit.opened()
    let number = visit.parameters["number"].flatMap { Int($0) }
    let place = visit.parameters["place"].flatMap { Int($0) } ?? 0
    guard
      let request = try await site.desks.planning.requests(in: inspection).first(where: {
        $0.number == number
      }), request.sent.indices.contains(place - 1)
    else { return site.unknown(visit.request, visit.visitor) }
    let sent = request.sent[place - 1]
    return try await site.download(
      sent.file, visit, name: sent.name, type: "application/octet-stream")
  }
}

extension DocumentRequest {
  /// How it stands, in a word and a colour.
  func tag(on today: Day) -> HTML {
    if state.receivedAt != nil {
      return "<strong class=\"govuk-tag govuk-tag--green\">Received</strong>"
    }
    if !sent.isEmpty { return "<strong class=\"govuk-tag govuk-tag--blue\">Sent</strong>" }
    return state.due < today
      ? "<strong class=\"govuk-tag govuk-tag--red\">Overdue</strong>"
      : "<strong class=\"govuk-tag govuk-tag--yellow\">Waiting</strong>"
  }

  /// The request with how it stands.
  ///
  /// - Parameters:
  ///   - sent: What was sent, with the words before it.
  ///   - actions: What can be done with it, or what went wrong with it, below.
  func card(sent: (key: String, value: HTML?), on today: Day, _ actions: HTML) -> HTML {
    """
    <div class="govuk-summary-card" id="\(cardID)" tabindex="-1">
    <div class="govuk-summary-card__title-wrapper">
    <h2 class="govuk-summary-card__title">\(number). \(title)</h2>
    \(tag(on: today))</div>
    <div class="govuk-summary-card__content">
    \(Parts.summary([
      ("Asked for", askedAt.map { "\(Words.moment($0))" }), ("Due", "\(state.due.words)"),
      ("What is wanted", text.isEmpty ? nil : "\(text)"), sent,
      ("Received", receivedAt.map { "\(Words.moment($0))" }),
    ]))\(actions)</div></div>

    """
  }

  /// Where a mistake leads to that is in none of its fields.
  var cardID: String { Self.cardID(of: number) }

  static func cardID(of number: Int) -> String { "request-\(number)" }

  /// What was sent, with links to it.
  func sentFiles(at address: String) -> HTML {
    sent.enumerated().map { place, file -> HTML in
      """
      <p class="govuk-body">\(Parts.link(file.name, to: "\(address)/files/\(place + 1)")) \
      <span class="reason">\(Words.size(file.file.size))\
      \(file.at.map { ", sent \(Words.moment($0))" } ?? "")</span></p>

      """
    }.reduce(.none, +)
  }
}
