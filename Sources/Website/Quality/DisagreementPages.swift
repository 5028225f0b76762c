import Fieldwork
import Problems
import Records
import Standards
import Workflows

/// Where first and second assessments differ, and what was agreed.
enum DisagreementPages {
  static let routes = [
    StaffRoute(.get, "/fieldwork/:inspection/quality/disagreements", .may(.assureQuality), list),
    StaffRoute(
      .get, "/fieldwork/:inspection/quality/disagreements/:number/:question", .may(.assureQuality)
    ) { site, visit in try await page(site, visit) },
    StaffRoute(
      .post, "/fieldwork/:inspection/quality/disagreements/:number/:question",
      .may(.assureQuality), reconcile),
  ]

  static func address(_ inspection: OpenInspection, _ pair: AnswerPair? = nil) -> String {
    let rest = pair.map { "/\($0.number)/\($0.question.code.text)" } ?? ""
    return QualityPages.address(inspection, "/disagreements\(rest)")
  }

  /// The disagreements that the visitor may see: none on a case that they assess and are not done
  /// with, nor on one that they are barred from.
  private static func visible(_ site: StaffSite, _ visit: Visit) async throws -> [AnswerPair] {
    let inspection = try visit.opened()
    let open = try await site.desks.planning.casesOpen(
      to: try visit.signedIn().account.id, in: inspection)
    return try QualityView(site, visit).paired.disagreements.filter { open.contains($0.number) }
  }

  // MARK: - All

  @Sendable private static func list(_ site: StaffSite, _ visit: Visit) async throws -> Page {
    let inspection = try visit.opened()
    let view = try QualityView(site, visit)
    let pairs = try await visible(site, visit)
    let barred = view.paired.disagreements.count - pairs.count
    let all = try await site.desks.planning.disagreements(pairs, in: inspection)
    let (open, reconciled) = (
      all.filter { $0.pair.agreed == nil }, all.filter { $0.pair.agreed != nil }
    )
    return site.page(
      "Disagreements", visit, crumbs: QualityPages.crumbs(inspection),
      """
      <h1 class="govuk-heading-xl">Disagreements</h1>
      \(view.leftOut)\
      \(barred == 0 ? .none : Parts.inset("\(Words.count(barred, "disagreement")) "
      + "\(barred == 1 ? "is" : "are") on cases that are not for you, and not shown."))\
      \(all.isEmpty
        ? Parts.paragraph("First and second assessments differ nowhere so far.") : .none)\
      \(open.isEmpty ? .none : table("To reconcile", open, inspection))\
      \(reconciled.isEmpty ? .none : table("Reconciled", reconciled, inspection))
      """)
  }

  private static func table(
    _ caption: String, _ all: [Disagreement], _ inspection: OpenInspection
  ) -> HTML {
    Table(
      caption: "\(caption): \(all.count)", captionSize: "m",
      columns: ["Key question", "Case", "First", "Second", "Agreed"].map { Table.Column($0) },
      rows: all.map { one in
        let pair = one.pair
        return Table.Row([
          """
          <a class="govuk-link" href="\(address(inspection, pair))">\(pair.question.code.text)\
          <span class="govuk-visually-hidden"> on case \(pair.number)</span></a> \
          \(pair.question.title)
          """,
          "\(pair.number)", cell(pair.first, one.first), cell(pair.second, one.second),
          pair.agreed.map { agreed in
            """
            <strong>\(agreed.words)</strong>\(pair.hasChangedSince ? changed : .none)\
            <span class="reason">\(one.agreedBecause)</span>
            """
          } ?? Mark.absence("Not yet"),
        ])
      }
    ).html
  }

  private static let changed: HTML = """
     <strong class="govuk-tag govuk-tag--orange">Changed since</strong>
    """

  private static func cell(_ given: AssessedAnswer, _ written: Disagreement.Written) -> HTML {
    let texts = [written.note, written.reason].filter { !$0.isEmpty }
    return "\(given.words)\(texts.map { "<span class=\"reason\">\($0)</span>" as HTML })"
  }

  // MARK: - One

  private static func page(
    _ site: StaffSite, _ visit: Visit, mistakes: [Mistake] = []
  ) async throws -> Page {
    let inspection = try visit.opened()
    guard let pair = try await pair(site, visit),
      let one = try await site.desks.planning.disagreements([pair], in: inspection).first
    else { return site.unknown(visit.request, visit.visitor) }
    let question = pair.question
    let names = try await site.names()
    let id = try visit.signedIn().account.id
    let isOwn = [pair.first.assessor, pair.second.assessor].contains(id)
    return site.page(
      "\(question.code.text) on case \(pair.number)", visit,
      crumbs: QualityPages.crumbs(inspection) + [
        Crumb(text: "Disagreements", address: address(inspection))
      ], mistakes: mistakes,
      """
      <span class="govuk-caption-xl">Case \(pair.number)</span>
      <h1 class="govuk-heading-xl">\(question.code.text) \(question.title)</h1>
      \(Parts.paragraph("\(question.text)"))\
      \(card("First assessment", pair.first, one.first, names))\
      \(card("Second assessment", pair.second, one.second, names))\
      \(pair.agreed.map { agreed in
        Parts.inset(
          """
          Agreed: <strong>\(agreed.words)</strong>, noted by \(names[agreed.assessor] ?? "somebody")\
          \(pair.hasChangedSince ? changed : .none)<br>\(one.agreedBecause)
          """)
      })\
      \(isOwn
        ? Parts.paragraph("One of the two answers is yours: somebody else reconciles them.")
        : ReconcileForm(pair: pair, inspection: inspection, visit: visit, mistakes: mistakes).html)
      """)
  }

  private static func card(
    _ title: String, _ given: AssessedAnswer, _ written: Disagreement.Written,
    _ names: [AuthorID: String]
  ) -> HTML {
    func text(_ text: String) -> HTML? { text.isEmpty ? nil : "\(text)" }
    return """
      <div class="govuk-summary-card">
      <div class="govuk-summary-card__title-wrapper">
      <h2 class="govuk-summary-card__title">\(title)</h2></div>
      <div class="govuk-summary-card__content">
      \(Parts.summary([
        ("Answer", "<strong>\(given.words)</strong>"),
        ("Assessor", "\(names[given.assessor] ?? "Somebody")"),
        ("Note", text(written.note)), ("Reason", text(written.reason)),
      ]))</div></div>

      """
  }

  private static func pair(_ site: StaffSite, _ visit: Visit) async throws -> AnswerPair? {
    let number = visit.parameters["number"].flatMap { Int($0) }
    return try await visible(site, visit).first {
      $0.number == number && $0.question.code.text == visit.parameters["question"]
    }
  }

  @Sendable private static func reconcile(_ site: StaffSite, _ visit: Visit) async throws -> Page {
    guard let pair = try await pair(site, visit) else {
      return site.unknown(visit.request, visit.visitor)
    }
    var reading = FormReading(visit.form)
    let answer = reading.value("answer", "Choose what was agreed") { Sufficiency(rawValue: $0) }
    let reason = reading.text("reason", "Say why", most: 4_000)
    guard reading.mistakes.isEmpty, let answer, let reason else {
      return try await page(site, visit, mistakes: reading.mistakes)
    }
    let inspection = try visit.opened()
    do {
      let outcome = try await site.desks.planning.reconcile(
        pair, as: answer, because: reason, in: inspection, by: try visit.actor())
      return try await site.after(outcome, visit, to: address(inspection))
    } catch let problems as Problems {
      return try await page(site, visit, mistakes: problems.mistakes(in: ["answer", "reason"]))
    }
  }
}
