import Calendars
import Fieldwork
import Providers
import Workflows

/// A provider's side: what inspectors sent to it, and nothing else of an inspection.
enum ProviderPages {
  static let routes = [
    StaffRoute(.get, "/provider", .may(.ownAccount), list),
    StaffRoute(.get, "/provider/:provider", .may(.seeProvider), overview),
    StaffRoute(.get, "/provider/:provider/requests/:inspection", .may(.sendDocuments)) {
      site, visit in try await requests(site, visit)
    },
    StaffRoute(
      .post, "/provider/:provider/requests/:inspection/:number", .may(.sendDocuments),
      takesFiles: true, send),
    StaffRoute(
      .get, "/provider/:provider/requests/:inspection/:number/files/:place", .may(.sendDocuments)
    ) { site, visit in try await RequestPages.file(site, visit) },
  ]

  private static let crumb = Crumb(text: "Providers’ side", address: "/provider")

  @Sendable private static func list(_ site: StaffSite, _ visit: Visit) async throws -> Page {
    let account = try visit.signedIn().account
    let roles =
      account.isAdministrator ? [] : try await site.desks.accounts.providerRoles(of: account.id)
    return site.page(
      "Providers’ side", visit, crumbs: [crumb],
      """
      <h1 class="govuk-heading-xl">Providers’ side</h1>
      \(roles.isEmpty
        ? Parts.paragraph("You are with no provider. Inspectors do not see this side.")
        : Parts.list(
          roles.map { one in
            "\(Parts.link(site.name(of: one.provider), to: "/provider/\(one.provider.slug)")): "
            + "\(one.role.title.lowercased())"
          }))
      """)
  }

  @Sendable private static func overview(
    _ site: StaffSite, _ visit: Visit
  ) async throws -> Page {
    guard let provider = visit.provider else { throw Misrouted() }
    let inspections =
      visit.may(.sendDocuments)
      ? try await site.memory.all().filter {
        $0.state.facts?.provider == provider && !$0.state.requests.isEmpty
      } : []
    return site.page(
      site.name(of: provider), visit, crumbs: [crumb],
      """
      <h1 class="govuk-heading-xl">\(site.name(of: provider))</h1>
      \(Parts.heading("Document requests", id: "requests"))\
      \(inspections.isEmpty
        ? Parts.paragraph(
          visit.may(.sendDocuments)
            ? "Inspectors asked for nothing yet."
            : "Document requests are answered by the provider’s leads.")
        : Table(
          caption: "Inspections that asked for documents", isCaptionHidden: true,
          columns: [Table.Column("Inspection"), Table.Column("Open", number: true)],
          rows: inspections.map { one in
            Table.Row([
              Parts.link(
                one.title, to: "/provider/\(provider.slug)/requests/\(one.id)"),
              "\(one.state.requests.values.count { $0.receivedAt == nil && $0.sent.isEmpty })",
            ])
          }
        ).html)
      """)
  }

  private static func requests(
    _ site: StaffSite, _ visit: Visit, mistakes: [Mistake] = []
  ) async throws -> Page {
    guard let provider = visit.provider else { throw Misrouted() }
    let inspection = try visit.opened()
    let today = site.desks.today()
    let address = "/provider/\(provider.slug)/requests/\(inspection.id)"
    return site.page(
      "Document requests", visit,
      crumbs: [
        crumb, Crumb(text: site.name(of: provider), address: "/provider/\(provider.slug)"),
      ], mistakes: mistakes,
      """
      <span class="govuk-caption-xl">\(inspection.title)</span>
      <h1 class="govuk-heading-xl">Document requests</h1>
      \(try await site.desks.planning.requests(in: inspection).map {
        card($0, address, visit, today, mistakes)
      })
      """)
  }

  private static func card(
    _ request: DocumentRequest, _ address: String, _ visit: Visit, _ today: Day,
    _ mistakes: [Mistake]
  ) -> HTML {
    let name = "document-\(request.number)"
    let form: HTML =
      request.state.receivedAt != nil
      ? Form.messages(mistakes.filter { $0.field == request.cardID }, of: request.cardID)
      : Form.post(
        to: "\(address)/\(request.number)", token: visit.formToken, files: true,
        """
        \(Form.file(
          name, request.sent.isEmpty ? "Choose the document" : "Send another version",
          hint: "Up to 64 MB.", mistakes: mistakes))
        \(Form.button("Send it"))
        """)
    return request.card(
      sent: (
        "You sent",
        request.sent.isEmpty ? nil : request.sentFiles(at: "\(address)/\(request.number)")
      ), on: today, form)
  }

  @Sendable private static func send(_ site: StaffSite, _ visit: Visit) async throws -> Page {
    guard let provider = visit.provider else { throw Misrouted() }
    let inspection = try visit.opened()
    guard let number = visit.parameters["number"].flatMap({ Int($0) }),
      let request = inspection.state.requests[number]
    else { return site.unknown(visit.request, visit.visitor) }
    guard request.receivedAt == nil else {
      // The page has the field no more.
      return try await requests(
        site, visit,
        mistakes: [
          Mistake(
            field: DocumentRequest.cardID(of: number),
            text: "Document \(number) was noted as received already: what you chose was not sent")
        ])
    }
    let field = "document-\(number)"
    guard let file = visit.form.files[field], !file.bytes.isEmpty else {
      return try await requests(
        site, visit,
        mistakes: [Mistake(field: field, text: "Choose the document that is to be sent")])
    }
    let outcome = try await site.desks.planning.send(
      file.bytes, named: String(file.name.suffix(100)), for: number, in: inspection,
      by: try visit.actor())
    guard outcome == .done else {
      return try await requests(
        site, visit, mistakes: [Mistake(field: field, text: "It could not be sent: try again")])
    }
    return StaffSite.redirect(to: "/provider/\(provider.slug)/requests/\(inspection.id)")
  }
}
