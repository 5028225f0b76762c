import Fieldwork
import Problems
import Standards
import Workflows

/// What the lead inspector judges on evidence: all of it, and one standard or key question.
enum JudgementPages {
  static let routes = [
    StaffRoute(.get, "/fieldwork/:inspection/judgements", .may(.seeEvidence), list),
    StaffRoute(.get, "/fieldwork/:inspection/judgements/:code", .may(.seeEvidence)) { site, visit in
      try await site.page(under: visit) { inspection, book in
        guard let subject = subject(visit, book) else {
          return site.unknown(visit.request, visit.visitor)
        }
        return try await JudgementPage(site, visit, inspection, book, subject).page()
      }
    },
    StaffRoute(.post, "/fieldwork/:inspection/judgements/:code", .may(.judgeEvidence), judge),
    StaffRoute(
      .post, "/fieldwork/:inspection/judgements/:code/back", .may(.judgeEvidence), takeBack),
  ]

  /// What is judged.
  struct Subject {
    let standard: RuleBook.Standard

    /// Nothing where it is the standard itself.
    let question: RuleBook.KeyQuestion?

    var code: Code { question?.code ?? standard.code }
    var title: String { "\(code) \(question?.title ?? standard.title)" }

    /// A standard that cases decide can only be left out.
    var ratings: [String] {
      (standard.ratedBy == .evidence ? Rating.bestFirst.map(\.rawValue) : [])
        + [EvidenceRating.notInspected.name ?? ""]
    }
  }

  static func address(_ inspection: OpenInspection, _ rest: String = "") -> String {
    InspectionPages.address(inspection, "/judgements\(rest)")
  }

  /// What the path names; nothing for a key question on cases, or a code of another edition.
  private static func subject(_ visit: Visit, _ book: RuleBook) -> Subject? {
    guard let code = visit.parameters["code"].flatMap({ Code($0) }) else { return nil }
    if let standard = book.standard(code) { return Subject(standard: standard, question: nil) }
    guard let (standard, question) = book.question(code), standard.ratedBy == .evidence else {
      return nil
    }
    return Subject(standard: standard, question: question)
  }

  // MARK: - All of them

  @Sendable private static func list(_ site: StaffSite, _ visit: Visit) async throws -> Page {
    try await site.page(under: visit) { inspection, book in
      let matrix = EvidenceMatrix(inspection.state.evidence, of: book)
      let others = book.standards.filter { $0.ratedBy != .evidence }
      return site.page(
        "Judgements", visit, crumbs: InspectionPages.crumbs(inspection),
        """
        <h1 class="govuk-heading-xl">Judgements</h1>
        \(Parts.paragraph("A standard has the rating that is judged for the standard itself. What "
        + "is judged for its key questions is the working beside it."))\
        \(matrix.standards.map { table($0, inspection) })\
        \(others.isEmpty ? .none : leftOut(others, inspection))
        """)
    }
  }

  private static func table(
    _ standard: EvidenceMatrix.Standard, _ inspection: OpenInspection
  ) -> HTML {
    let own = standard.standard
    let rows =
      [(own.code, "The standard", standard.support)]
      + standard.rows.map { ($0.question.code, $0.question.title, $0.support) }
    return Table(
      caption: "\(own.code) \(own.title)",
      columns: ["Judged", "Rating", "Evidence"].map { Table.Column($0) },
      rows: rows.map { code, title, support in
        Table.Row([
          Parts.link("\(code) \(title)", to: address(inspection, "/\(code)")),
          EvidenceParts.rating(inspection.state.judgements[code]?.value),
          EvidenceParts.tag(support),
        ])
      }
    ).html
  }

  private static func leftOut(
    _ standards: [RuleBook.Standard], _ inspection: OpenInspection
  ) -> HTML {
    Table(
      caption: "Standards that cases decide",
      columns: ["Standard", "In this inspection"].map { Table.Column($0) },
      rows: standards.map { standard in
        let isOut = inspection.state.judgements[standard.code]?.value == .notInspected
        return Table.Row([
          Parts.link(
            "\(standard.code) \(standard.title)", to: address(inspection, "/\(standard.code)")),
          isOut ? Mark.absence("Not inspected") : "Inspected",
        ])
      }
    ).html
  }

  // MARK: - Judging

  @Sendable private static func judge(_ site: StaffSite, _ visit: Visit) async throws -> Page {
    try await site.page(under: visit) { inspection, book in
      guard let subject = subject(visit, book) else {
        return site.unknown(visit.request, visit.visitor)
      }
      func again(_ mistakes: [Mistake]) async throws -> Page {
        try await JudgementPage(site, visit, inspection, book, subject).page(mistakes)
      }
      var reading = FormReading(visit.form)
      let rating = reading.value("rating", "Choose what it is judged to be") { text in
        subject.ratings.contains(text) ? EvidenceRating(text) : nil
      }
      let reason = reading.text("reason", "Say why", most: 4_000)
      guard let rating, let reason, reading.mistakes.isEmpty else {
        return try await again(reading.mistakes)
      }
      do {
        let outcome = try await site.desks.planning.judge(
          subject.code, rating, because: reason, under: book, in: inspection,
          by: try visit.actor())
        return try await after(outcome, site, visit, book, subject, field: "rating")
      } catch let problems as Problems where !inspection.state.isErased {
        return try await again(
          problems.list.map { Mistake(field: "rating", text: $0.sentence) })
      }
    }
  }

  @Sendable private static func takeBack(_ site: StaffSite, _ visit: Visit) async throws -> Page {
    try await site.page(under: visit) { inspection, book in
      guard let subject = subject(visit, book) else {
        return site.unknown(visit.request, visit.visitor)
      }
      var reading = FormReading(visit.form)
      let reason = reading.text("back", "Say why it is taken back", most: 4_000)
      guard let reason, reading.mistakes.isEmpty else {
        return try await JudgementPage(site, visit, inspection, book, subject)
          .page(reading.mistakes)
      }
      let outcome = try await site.desks.planning.takeBackJudgement(
        of: subject.code, because: reason, in: inspection, by: try visit.actor())
      return try await after(outcome, site, visit, book, subject, field: "reason")
    }
  }

  /// Goes on; where somebody else was faster, with what was typed and how it stands now.
  private static func after(
    _ outcome: PlanningDesk.Outcome, _ site: StaffSite, _ visit: Visit, _ book: RuleBook,
    _ subject: Subject, field: String
  ) async throws -> Page {
    let now = try await site.newest(visit)
    guard outcome == .overtaken else {
      return StaffSite.redirect(to: address(now, "/\(subject.code)"))
    }
    return try await JudgementPage(site, visit, now, book, subject).page(
      [
        Mistake(
          field: field,
          text: "Somebody else judged this since you opened the form. Nothing of yours was "
            + "recorded. See below how it stands, and save again if yours still holds")
      ], status: 409)
  }
}
