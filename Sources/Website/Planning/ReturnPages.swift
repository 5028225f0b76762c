import Calendars
import Caseloads
import Fieldwork
import Problems
import RuleFiles
import Workflows

/// The provider's list: uploading it, what became of its rows, and freezing the frame.
enum ReturnPages {
  static let routes = [
    StaffRoute(.get, "/fieldwork/:inspection/return", .may(.handleReturn)) { site, visit in
      try await page(site, visit)
    },
    StaffRoute(
      .post, "/fieldwork/:inspection/return", .may(.handleReturn), takesFiles: true, upload),
    StaffRoute(.get, "/fieldwork/:inspection/return/rejects.csv", .may(.handleReturn), rejects),
    StaffRoute(.post, "/fieldwork/:inspection/frame", .may(.drawSample), freeze),
  ]

  private static func page(
    _ site: StaffSite, _ visit: Visit, mistakes: [Mistake] = [], problems: [Problem] = []
  ) async throws -> Page {
    let inspection = try visit.opened()
    let isFrozen = inspection.state.frame != nil
    let received = try await site.desks.planning.list(of: inspection)
    return site.page(
      "Return and frame", visit, crumbs: InspectionPages.crumbs(inspection), mistakes: mistakes,
      """
      <h1 class="govuk-heading-xl">Return and frame</h1>
      \(problems.isEmpty ? .none : refusal(problems))\
      \(isFrozen ? frozen(inspection) : .none)\
      \(received == nil && inspection.state.carriedFrom != nil
        ? Parts.inset("The list is kept where the inspection is planned.") : .none)\
      \(received.map { ReturnReport($0, inspection).html })\
      \(isFrozen || received == nil ? .none : freezeForm(inspection, visit))\
      \(isFrozen ? .none : uploadForm(inspection, visit, mistakes))
      """)
  }

  private static func refusal(_ problems: [Problem]) -> HTML {
    """
    \(Parts.heading("What is wrong with the list", id: "refusal"))\
    \(Parts.list(problems.prefix(50).map { problem -> HTML in
      let line = problem.line.map { "Line \($0): " } ?? ""
      let sentence = problem.sentence.replacing(
        "name the right --profile", with: "choose how the list is written")
      return "\(line)\(sentence)"
    }))
    """
  }

  private static func frozen(_ inspection: OpenInspection) -> HTML {
    let inset = Parts.inset(
      """
      The frame is frozen: samples of this inspection are drawn from this list and no other. Its \
      digest is <code class="digest digest--whole">\
      \(inspection.state.frame?.value.frame.hexadecimal ?? "")</code>.
      """)
    return "<div id=\"frozen\">\(inset)</div>\n"
  }

  private static func freezeForm(_ inspection: OpenInspection, _ visit: Visit) -> HTML {
    """
    \(Parts.heading("Freeze the frame", id: "freeze"))\
    \(Parts.paragraph("Do this before anybody knows the seed. After that no other list can be "
    + "received, and everybody can check later that the sample came from this one."))\
    \(Form.post(
      to: InspectionPages.address(inspection, "/frame"), token: visit.formToken,
      """
      \(Form.hidden("seen", "\(inspection.state.revision)"))
      \(Form.hidden("frame", inspection.state.received?.value.frame.description ?? ""))
      \(Form.button("Freeze the frame"))
      """))
    """
  }

  private static func uploadForm(
    _ inspection: OpenInspection, _ visit: Visit, _ mistakes: [Mistake]
  ) -> HTML {
    """
    \(Parts.heading(
      inspection.state.received == nil ? "Upload the list" : "Upload a corrected list",
      id: "upload"))\
    \(Form.post(
      to: InspectionPages.address(inspection, "/return"), token: visit.formToken, files: true,
      """
      \(Form.hidden("seen", "\(inspection.state.revision)"))
      \(Form.file("list", "The provider’s list", hint: "CSV or XLSX, up to 64 MB.",
        accept: ".csv,.xlsx", mistakes: mistakes))
      \(Form.choice(
        "profile", "How it is written", any: nil,
        options: [
          Form.Option(value: "ndelius-2020", text: "As nDelius exports it (2020)"),
          Form.Option(value: "plumbline", text: "With Plumbline’s headings"),
        ], value: visit.form["profile"] ?? inspection.state.received?.value.profile,
        mistakes: mistakes))
      \(Form.day("listed", "Day of the list", form: visit.form,
        hint: "No order can have started after it. Leave it out if it is not known.",
        mistakes: mistakes))
      \(Form.button("Upload and check"))
      """))
    """
  }

  @Sendable private static func upload(_ site: StaffSite, _ visit: Visit) async throws -> Page {
    var reading = FormReading(visit.form)
    let file = visit.form.files["list"]
    if file?.bytes.isEmpty ?? true { reading.note("list", "Choose the provider’s list") }
    let profile = reading.value("profile", "Choose how the list is written") {
      // Only those that come with the product are offered.
      try? Profile.load($0)
    }
    let listedOn = reading.optionalDay("listed", "day of the list")
    guard reading.mistakes.isEmpty, let file, let profile else {
      return try await page(site, visit, mistakes: reading.mistakes)
    }
    let inspection = try visit.opened()
    guard inspection.state.frame == nil else {
      return try await page(
        site, visit,
        mistakes: [
          Mistake(
            field: "frozen",
            text: "No other list can be received: draw from the one that was frozen")
        ])
    }
    do {
      let outcome = try await site.desks.planning.receive(
        list: file.bytes, named: String(file.name.suffix(100)), profile: profile,
        listedOn: listedOn, in: inspection, by: try visit.actor())
      return try await site.after(
        outcome, visit, to: InspectionPages.address(inspection, "/return"))
    } catch let problems as Problems {
      return try await page(
        site, visit,
        mistakes: [Mistake(field: "list", text: "The list cannot be used. Nothing was kept")],
        problems: problems.list)
    }
  }

  @Sendable private static func rejects(_ site: StaffSite, _ visit: Visit) async throws -> Page {
    let inspection = try visit.opened()
    guard let received = try await site.desks.planning.list(of: inspection) else {
      return site.unknown(visit.request, visit.visitor)
    }
    return StaffSite.download(
      Array(try received.list.rejects(from: received.file).utf8),
      name: "\(inspection.id)-refused-rows.csv", type: "text/csv; charset=utf-8")
  }

  @Sendable private static func freeze(_ site: StaffSite, _ visit: Visit) async throws -> Page {
    let inspection = try visit.opened()
    let frame = Digest(text: visit.form.typed("frame")) ?? Digest(of: [])
    let outcome = try await site.desks.planning.freeze(
      frame, in: inspection, by: try visit.actor())
    return try await site.after(
      outcome, visit, to: InspectionPages.address(inspection, "/return"))
  }
}
