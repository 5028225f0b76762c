import Calendars
import Fieldwork
import Records
import RuleFiles
import Standards
import Workflows

/// The evidence of an inspection: all of it, one piece with its versions, and its files.
enum EvidencePages {
  static let routes = [
    StaffRoute(.get, "/fieldwork/:inspection/evidence", .may(.seeEvidence), list),
    StaffRoute(.get, "/fieldwork/:inspection/evidence/:number", .may(.seeEvidence), page),
    StaffRoute(
      .get, "/fieldwork/:inspection/evidence/:number/files/:place", .may(.seeEvidence), file),
  ]

  static func address(_ inspection: OpenInspection, _ rest: String = "") -> String {
    InspectionPages.address(inspection, "/evidence\(rest)")
  }

  static func crumbs(_ inspection: OpenInspection) -> [Crumb] {
    InspectionPages.crumbs(inspection) + [Crumb(text: "Evidence", address: address(inspection))]
  }

  // MARK: - All of it

  /// What of the evidence is listed: all, or what the address names.
  private struct Filter {
    let question: String?
    let kind: EvidenceKind?

    init(_ visit: Visit) {
      question = visit.query["question"]
      kind = visit.query["kind"].flatMap(EvidenceKind.init)
    }

    func takes(_ facts: EvidenceFacts) -> Bool {
      question.map { facts.questions.contains($0) } != false
        && kind.map { facts.kind == $0 } != false
    }

    /// Nothing when all is listed.
    var words: String? {
      guard question != nil || kind != nil else { return nil }
      return [kind?.title, question.map { "on \($0)" }].compactMap { $0 }.joined(separator: " ")
        .sentence
    }
  }

  @Sendable private static func list(_ site: StaffSite, _ visit: Visit) async throws -> Page {
    let inspection = try visit.opened()
    let filter = Filter(visit)
    let all = try await site.desks.planning.evidence(in: inspection)
    let evidence = all.filter { filter.takes($0.facts) }
    let links = [
      Parts.link("See what each key question rests on", to: address(inspection, "/matrix")),
      Parts.link("See the judgements", to: InspectionPages.address(inspection, "/judgements")),
    ]
    return site.page(
      "Evidence", visit, crumbs: InspectionPages.crumbs(inspection),
      """
      <h1 class="govuk-heading-xl">Evidence</h1>
      \(Parts.list(links))\
      \(visit.may(.keepEvidence) ? addButton(inspection) : .none)\
      \(filter.words.map { words in
        Parts.inset("Only: \(words). \(Parts.link("See all evidence", to: address(inspection)))")
      })\
      \(evidence.isEmpty
        ? Parts.paragraph(all.isEmpty ? "No evidence was kept yet." : "There is no such evidence.")
        : table(evidence, inspection, of: all.count))
      """)
  }

  private static func addButton(_ inspection: OpenInspection) -> HTML {
    """
    <a class="govuk-button" href="\(address(inspection, "/new"))" role="button" \
    draggable="false">Add evidence</a>

    """
  }

  private static func table(
    _ evidence: [EvidenceVersion], _ inspection: OpenInspection, of all: Int
  ) -> HTML {
    let count = Words.count(all, "piece of evidence", "pieces of evidence")
    return Table(
      caption: evidence.count == all ? count : "\(evidence.count) of \(count)",
      columns: [
        Table.Column("Title"), Table.Column("Number", number: true), Table.Column("Kind"),
        Table.Column("Key questions"), Table.Column("Version", number: true), Table.Column("Kept"),
      ],
      rows: evidence.map { one in
        Table.Row([
          Parts.link(
            EvidenceParts.title(one.title), to: address(inspection, "/\(one.number)")),
          "\(one.number)", "\(one.facts.kind.title)",
          "\(one.facts.questions.joined(separator: ", "))", "\(one.version)",
          "\(London.day(at: one.recordedAt).words)",
        ])
      }
    ).html
  }

  // MARK: - One piece

  @Sendable private static func page(_ site: StaffSite, _ visit: Visit) async throws -> Page {
    try await site.page(under: visit) { inspection, book in
      let number = visit.parameters["number"].flatMap { Int($0) } ?? 0
      let versions = try await site.desks.planning.versions(of: number, in: inspection)
      guard let last = versions.last else { return site.unknown(visit.request, visit.visitor) }
      let names = try await site.names()
      return site.page(
        EvidenceParts.title(last.title), visit, crumbs: crumbs(inspection),
        """
        <span class="govuk-caption-xl">Evidence \(last.number)</span>
        <h1 class="govuk-heading-xl">\(EvidenceParts.title(last.title))</h1>
        \(Parts.summary([
          ("Kind", "\(last.facts.kind.title)"), ("What it says", EvidenceParts.lines(last.says)),
          ("Key questions", questions(last, inspection, book)),
          ("File", fileLink(last, inspection).with(reason: Words.size(last.facts.file.size))),
        ]))\
        \(visit.may(.keepEvidence) ? changeButton(last, inspection) : .none)\
        \(table(versions, inspection, names))
        """)
    }
  }

  private static func questions(
    _ evidence: EvidenceVersion, _ inspection: OpenInspection, _ book: RuleBook
  ) -> HTML {
    let lines = evidence.facts.questions.map { text -> HTML in
      guard let code = Code(text), let (standard, question) = book.question(code) else {
        return "\(text) \(Mark.absence("not in this edition"))"
      }
      let name = "\(text) \(question.title)"
      return standard.ratedBy == .evidence
        ? Parts.link(name, to: InspectionPages.address(inspection, "/judgements/\(text)"))
        : "\(name)"
    }
    return "\(lines.map { "\($0)<br>" as HTML })"
  }

  private static func changeButton(
    _ evidence: EvidenceVersion, _ inspection: OpenInspection
  ) -> HTML {
    """
    <a class="govuk-button govuk-button--secondary" \
    href="\(address(inspection, "/\(evidence.number)/change"))" role="button" \
    draggable="false">Make a new version</a>

    """
  }

  private static func fileLink(
    _ version: EvidenceVersion, _ inspection: OpenInspection
  ) -> HTML {
    guard !version.fileName.isEmpty else { return Mark.absence("Erased") }
    let path = address(inspection, "/\(version.number)/files/\(version.version)")
    return """
      <a class="govuk-link" href="\(path)">\(version.fileName)\
      <span class="govuk-visually-hidden"> of version \(version.version)</span></a>
      """
  }

  private static func table(
    _ versions: [EvidenceVersion], _ inspection: OpenInspection, _ names: [AuthorID: String]
  ) -> HTML {
    """
    \(Table(
      caption: "Versions, the last first",
      columns: ["Version", "Kept", "By", "Title", "Key questions", "File"].map {
        Table.Column($0)
      },
      rows: versions.reversed().map { one in
        Table.Row([
          "\(one.version)", "\(Words.moment(one.recordedAt))",
          "\(names[one.author] ?? one.author.description)",
          "\(EvidenceParts.title(one.title))", "\(one.facts.questions.joined(separator: ", "))",
          """
          \(fileLink(one, inspection))\
          <span class="reason">\(Words.number(one.facts.file.size)) bytes, SHA-256 \
          <code class="digest digest--whole">\(one.facts.content.hexadecimal)</code></span>
          """,
        ])
      }
    ).html)\
    \(Parts.paragraph("Whoever holds a file can tell by its SHA-256 that it is this one."))
    """
  }

  @Sendable private static func file(_ site: StaffSite, _ visit: Visit) async throws -> Page {
    let inspection = try visit.opened()
    let number = visit.parameters["number"].flatMap { Int($0) } ?? 0
    let place = visit.parameters["place"].flatMap { Int($0) }
    guard
      let version = try await site.desks.planning.versions(of: number, in: inspection).first(
        where: { $0.version == place })
    else { return site.unknown(visit.request, visit.visitor) }
    return try await site.download(
      version.facts.file, visit, name: version.fileName, type: "application/octet-stream")
  }
}
