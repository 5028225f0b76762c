import Fieldwork
import Standards
import Workflows

/// Adding evidence, and making a new version of it.
enum EvidenceForms {
  static let routes = [
    StaffRoute(.get, "/fieldwork/:inspection/evidence/new", .may(.keepEvidence)) { site, visit in
      try await site.page(under: visit) { inspection, book in
        page(site, visit, inspection, book, of: nil)
      }
    },
    StaffRoute(
      .post, "/fieldwork/:inspection/evidence/new", .may(.keepEvidence), takesFiles: true, add),
    StaffRoute(
      .get, "/fieldwork/:inspection/evidence/:number/change", .may(.keepEvidence), changeForm),
    StaffRoute(
      .post, "/fieldwork/:inspection/evidence/:number/change", .may(.keepEvidence),
      takesFiles: true, change),
  ]

  /// The most characters of a text that is typed.
  private static let mostText = 20_000

  private static let lostFile = "Choose the file again: a browser does not keep it"

  // MARK: - The form

  /// - Parameter before: The last version; nothing for new evidence.
  private static func page(
    _ site: StaffSite, _ visit: Visit, _ inspection: OpenInspection, _ book: RuleBook,
    of before: EvidenceVersion?, mistakes: [Mistake] = [], status: Int? = nil
  ) -> Page {
    let title = before == nil ? "Add evidence" : "Make a new version"
    let path = before.map { "/\($0.number)" } ?? ""
    let form = filled(visit, before, book)
    return site.page(
      title, visit,
      crumbs: EvidencePages.crumbs(inspection)
        + (before.map {
          [
            Crumb(
              text: EvidenceParts.title($0.title), address: EvidencePages.address(inspection, path))
          ]
        } ?? []), mistakes: mistakes, status: status,
      """
      \(before.map { "<span class=\"govuk-caption-xl\">Evidence \($0.number)</span>\n" as HTML })\
      <h1 class="govuk-heading-xl">\(title)</h1>
      \(before == nil ? .none : Parts.paragraph("The versions before stay, with their files."))\
      \(EvidenceParts.twoThirds(
        Form.post(
          to: EvidencePages.address(inspection, before == nil ? "/new" : "\(path)/change"),
          token: visit.formToken, files: true,
          fields(form, inspection, book, isNew: before == nil, mistakes))))
      """)
  }

  private static func fields(
    _ form: SubmittedForm, _ inspection: OpenInspection, _ book: RuleBook, isNew: Bool,
    _ mistakes: [Mistake]
  ) -> HTML {
    let cases = Set(form.all("case-questions"))
    return """
      \(Form.hidden("seen", "\(inspection.state.revision)"))
      \(Form.choice(
        "kind", "Kind", any: "Choose a kind",
        options: EvidenceKind.allCases.map { Form.Option(value: $0.rawValue, text: $0.title) },
        value: form["kind"], mistakes: mistakes))
      \(Form.text("title", "Title", value: form["title"], mistakes: mistakes))
      \(Form.lines("says", "What it says", value: form["says"],
        hint: "In a few sentences, for who judges. It is kept sealed. Name nobody under "
          + "supervision.", mistakes: mistakes))
      \(Form.file("file", isNew ? "File" : "Another file (optional)",
        hint: isNew ? "Or type the text below." : "Leave it out, and the text too, to keep the file.",
        mistakes: mistakes))
      \(Form.lines("text", "Or text, such as the notes of an interview", value: form["text"],
        hint: "Kept as a text file.", rows: 8, most: mostText, mistakes: mistakes))
      \(Form.boxes("questions", "Key questions that it is about",
        options: options(book) { $0.ratedBy == .evidence }, ticked: Set(form.all("questions")),
        mistakes: mistakes))
      \(Parts.details(
        cases.isEmpty ? "Key questions on cases" : "Key questions on cases: \(cases.count) chosen",
        Form.boxes("case-questions", "Key questions on cases that it is about",
          options: options(book) { $0.ratedBy != .evidence }, ticked: cases, mistakes: mistakes)))
      \(Form.button(isNew ? "Add it" : "Keep the new version"))
      """
  }

  private static func options(
    _ book: RuleBook, _ isWanted: (RuleBook.Standard) -> Bool
  ) -> [Form.Option] {
    book.standards.filter(isWanted).flatMap(\.questions).map {
      Form.Option(value: $0.code.text, text: "\($0.code.text) \($0.title)")
    }
  }

  /// The form as it was sent, or else with what the last version has.
  private static func filled(
    _ visit: Visit, _ before: EvidenceVersion?, _ book: RuleBook
  ) -> SubmittedForm {
    var form = visit.form
    guard visit.request.method == .get else { return form }
    if let question = visit.query["question"] { form.set("questions", question) }
    guard let before else { return form }
    form.set("kind", before.facts.kind.rawValue)
    form.set("title", before.title)
    form.set("says", before.says)
    form.set("questions", before.facts.questions)
    let onCases = Set(options(book) { $0.ratedBy != .evidence }.map(\.value))
    form.set("case-questions", before.facts.questions.filter(onCases.contains))
    return form
  }

  // MARK: - Reading it

  /// Reads a form.
  ///
  /// - Parameter isNew: Whether there is no file yet.
  static func read(
    _ form: SubmittedForm, _ book: RuleBook, isNew: Bool
  ) -> (draft: EvidenceDraft?, mistakes: [Mistake]) {
    var reading = FormReading(form)
    let kind = reading.value("kind", "Choose the kind of evidence") { EvidenceKind(rawValue: $0) }
    let title = reading.text("title", "Enter a title")
    let says = reading.text("says", "Say what it says", most: 4_000)
    let file = form.files["file"]
    let text = reading.optionalText("text", most: mostText)
    if file != nil, form["text"] != nil {
      reading.note("file", "Choose a file or type the text, not both")
    } else if let file, file.bytes.isEmpty {
      reading.note("file", "The file is empty: choose another")
    } else if isNew, file == nil, form["text"] == nil {
      reading.note("file", "Choose a file, or type the text")
    }
    let questions = Set(form.all("questions") + form.all("case-questions"))
    let known = Set(options(book) { _ in true }.map(\.value))
    if questions.isEmpty {
      reading.note("questions", "Choose at least one key question")
    } else if let other = questions.subtracting(known).min() {
      reading.note("questions", "\(other) is no key question of this edition: choose again")
    }
    if !reading.mistakes.isEmpty, file != nil,
      !reading.mistakes.contains(where: { $0.field == "file" })
    {
      reading.note("file", lostFile)
    }
    guard reading.mistakes.isEmpty, let kind, let title, let says else {
      return (nil, reading.mistakes)
    }
    let source: EvidenceDraft.Source =
      if let file { .file(name: file.name, bytes: file.bytes) } else if text != nil {
        .text(form.typed("text"))
      } else { .unchanged }
    return (
      EvidenceDraft(kind: kind, title: title, says: says, questions: questions, source: source), []
    )
  }

  @Sendable private static func add(_ site: StaffSite, _ visit: Visit) async throws -> Page {
    try await site.page(under: visit) { inspection, book in
      let (draft, mistakes) = read(visit.form, book, isNew: true)
      guard let draft else {
        return page(site, visit, inspection, book, of: nil, mistakes: mistakes)
      }
      let outcome = try await site.desks.planning.add(
        draft, in: inspection, by: try visit.actor())
      return try await site.after(outcome, visit, to: EvidencePages.address(inspection))
    }
  }

  @Sendable private static func changeForm(_ site: StaffSite, _ visit: Visit) async throws -> Page {
    try await site.page(under: visit) { inspection, book in
      guard let before = try await before(site, visit, inspection) else {
        return site.unknown(visit.request, visit.visitor)
      }
      return page(site, visit, inspection, book, of: before)
    }
  }

  @Sendable private static func change(_ site: StaffSite, _ visit: Visit) async throws -> Page {
    try await site.page(under: visit) { inspection, book in
      guard let before = try await before(site, visit, inspection) else {
        return site.unknown(visit.request, visit.visitor)
      }
      let (draft, mistakes) = read(visit.form, book, isNew: false)
      guard let draft else {
        return page(site, visit, inspection, book, of: before, mistakes: mistakes)
      }
      let outcome = try await site.desks.planning.change(
        before.number, to: draft, in: inspection, by: try visit.actor())
      let path = EvidencePages.address(inspection, "/\(before.number)")
      if outcome == .done { return StaffSite.redirect(to: path) }
      let now = try await site.newest(visit)
      let others = try await site.desks.planning.versions(of: before.number, in: now).count
      var overtaken = [
        Mistake(
          field: "title",
          text: "Somebody else made version \(others) since you opened this form. Look at it, and "
            + "keep yours if it still holds")
      ]
      if visit.form.files["file"] != nil {
        overtaken.append(Mistake(field: "file", text: lostFile))
      }
      return page(
        site, visit, now, book, of: try await Self.before(site, visit, now),
        mistakes: overtaken, status: 409)
    }
  }

  /// The last version of what the path names.
  private static func before(
    _ site: StaffSite, _ visit: Visit, _ inspection: OpenInspection
  ) async throws -> EvidenceVersion? {
    try await site.desks.planning.versions(
      of: visit.parameters["number"].flatMap { Int($0) } ?? 0, in: inspection
    ).last
  }
}
