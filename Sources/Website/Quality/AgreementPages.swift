import Fieldwork
import Records
import Spreadsheets
import Standards
import Statistics
import Workflows

/// How far first and second assessments agree.
enum AgreementPages {
  static let routes = [
    StaffRoute(.get, "/fieldwork/:inspection/quality/agreement", .may(.assureQuality), page),
    StaffRoute(.get, "/fieldwork/:inspection/quality/agreement.csv", .may(.assureQuality), csv),
  ]

  @Sendable private static func page(_ site: StaffSite, _ visit: Visit) async throws -> Page {
    let inspection = try visit.opened()
    let view = try QualityView(site, visit)
    let paired = view.paired
    return site.page(
      "Agreement", visit, crumbs: QualityPages.crumbs(inspection),
      """
      <h1 class="govuk-heading-xl">Agreement</h1>
      \(view.leftOut)\
      \(inspection.state.seconds == nil
        ? Parts.paragraph("""
          No second assessments are drawn yet. \
          \(Parts.link("Draw them", to: QualityPages.address(inspection, "/seconds"))) first.
          """)
        : try await content(paired, view, site, inspection))
      """)
  }

  private static func content(
    _ paired: PairedAnswers, _ view: QualityView, _ site: StaffSite, _ inspection: OpenInspection
  ) async throws -> HTML {
    let all = paired.compared(view.questions)
    let names = try await site.names()
    let standards = view.standards.map { standard in
      AgreementTable.Row(
        title: "\(standard.code.text) \(standard.title)",
        answers: paired.compared(standard.questions))
    }
    return """
      \(summary(all, paired))\
      \(lowest(paired, view))\
      \(AgreementTable(
        caption: "By key question", heading: "Key question",
        rows: view.questions.map { question in
          AgreementTable.Row(
            title: "\(question.code.text) \(question.title)", answers: paired.compared([question]))
        }
      ).html)\
      \(AgreementTable(
        caption: "By standard", heading: "Standard",
        rows: standards + [AgreementTable.Row(title: "All standards", answers: all)]
      ).html)\
      \(AgreementTable(
        caption: "By assessors", heading: "Assessors",
        rows: paired.byAssessors.map { pair, answers in
          AgreementTable.Row(
            title: "\(names[pair.one] ?? "Somebody") and \(names[pair.other] ?? "somebody")",
            answers: answers)
        }
      ).html)\
      \(Parts.details("What the numbers mean", meaning))\
      \(Parts.paragraph(
        """
        \(Parts.link("Download the pairs", to: QualityPages.address(inspection, "/agreement.csv"))) \
        (CSV), to check every number here with <code>plumbline agreement</code> or in R.
        """))
      """
  }

  private static func summary(_ all: ComparedAnswers, _ paired: PairedAnswers) -> HTML {
    Parts.summary([
      ("Answered twice", "\(Words.count(paired.pairs.count, "question")) on drawn cases"),
      (
        "Waiting for an answer",
        paired.waiting == 0
          ? nil
          : "\(Words.count(paired.waiting, "question")); a missing answer is neither agreement nor "
            + "disagreement"
      ),
      ("Pairs that agree", "\(all.agreeingPairCount) of \(all.pairCount)"),
      ("Gwet’s AC1", AgreementTable.value(all)),
    ])
  }

  /// The question on which assessors agree least, so that it can still be mended.
  private static func lowest(_ paired: PairedAnswers, _ view: QualityView) -> HTML {
    let values = view.questions.compactMap { question -> (RuleBook.KeyQuestion, Double)? in
      guard case .estimated(let estimate) = paired.compared([question]).agreement(by: .gwet) else {
        return nil
      }
      return (question, estimate.value)
    }
    guard let (question, value) = values.min(by: { $0.1 < $1.1 }), value < 1 else { return .none }
    return Parts.inset(
      """
      Assessors agree least on \(question.code.text), \(question.title): AC1 is \
      \(Words.signed(value)). Look at its disagreements before more cases are answered.
      """)
  }

  private static let meaning: HTML = """
    \(Parts.paragraph("Every number compares the first answer with the blind second one, never what "
    + "was agreed later. 1 is full agreement, 0 what chance would give."))\
    \(Parts.paragraph("Read AC1 first. Where nearly every answer is the same, kappa and alpha fall "
    + "towards 0 although assessors agree; AC1 does not."))\
    \(Parts.paragraph("The interval is what the share of cases leaves open, at 95%, and the error is "
    + "the standard error behind it. The questions of one case go together, so the intervals of standards and of assessors should be wider. With "
    + "few pairs every interval is wide: wait for more before you conclude."))\
    \(Parts.paragraph("Conger’s kappa is what Cohen’s is of more than two assessors."))
    """

  @Sendable private static func csv(_ site: StaffSite, _ visit: Visit) async throws -> Page {
    let view = try QualityView(site, visit)
    var csv = CSVWriter(columns: ["case", "question", "assessor", "answer"])
    for pair in view.paired.pairs {
      for given in [pair.first, pair.second] {
        csv.append([
          "\(pair.number)", pair.question.code.text, given.assessor.description,
          given.answer.rawValue,
        ])
      }
    }
    return StaffSite.download(
      Array(csv.text.utf8), name: "\(try visit.opened().id)-agreement.csv",
      type: "text/csv; charset=utf-8")
  }
}

/// What a visitor may see of the quality of an inspection.
struct QualityView {
  let state: InspectionState
  let standards: [RuleBook.Standard]

  /// The cases that the visitor assesses and is not done with: they see nothing of them here.
  let unfinished: Set<Int>

  init(_ site: StaffSite, _ visit: Visit) throws {
    let inspection = try visit.opened()
    state = inspection.state
    standards = site.caseStandards(of: inspection)
    unfinished = state.unfinished(
      by: try visit.signedIn().account.id, standards.flatMap(\.questions))
  }

  var questions: [RuleBook.KeyQuestion] { standards.flatMap(\.questions) }
  var paired: PairedAnswers { PairedAnswers(state, questions, without: unfinished) }

  /// What is not shown, and why.
  var leftOut: HTML {
    guard !unfinished.isEmpty else { return .none }
    let numbers = Words.list(unfinished.sorted().map { "\($0)" })
    return Parts.inset(
      """
      Left out for you: \(unfinished.count == 1 ? "case" : "cases") \(numbers). You assess \
      \(unfinished.count == 1 ? "it" : "them") yourself and are not done.
      """)
  }
}
