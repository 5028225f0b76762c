import Fieldwork
import Problems
import Standards
import Workflows

/// How far the assessors of an inspection agree, while that can still be mended.
enum QualityPages {
  static let routes = [
    StaffRoute(.get, "/fieldwork/:inspection/quality", .may(.assureQuality), overview)
  ]

  static func address(_ inspection: OpenInspection, _ rest: String = "") -> String {
    InspectionPages.address(inspection, "/quality\(rest)")
  }

  /// The way to a page about quality.
  static func crumbs(_ inspection: OpenInspection) -> [Crumb] {
    InspectionPages.crumbs(inspection) + [Crumb(text: "Quality", address: address(inspection))]
  }

  @Sendable private static func overview(_ site: StaffSite, _ visit: Visit) async throws -> Page {
    let inspection = try visit.opened()
    return site.page(
      "Quality", visit, crumbs: InspectionPages.crumbs(inspection),
      """
      <h1 class="govuk-heading-xl">Quality</h1>
      \(InspectionPages.taskList(tasks(try QualityView(site, visit), inspection), inspection))
      """)
  }

  private static func tasks(
    _ view: QualityView, _ inspection: OpenInspection
  ) -> [Progress.Task] {
    let state = inspection.state
    let given = state.seconds.map { seconds in
      seconds.drawn.cases.count { seconds.assessors[$0] != nil }
    }
    let open = view.paired.disagreements.count { $0.agreed == nil }
    let twice = view.paired.pairs.count
    func task(_ title: String, _ path: String, _ hint: String, _ isDone: Bool?) -> Progress.Task {
      Progress.Task(
        title: title, path: "/quality" + path, hint: hint, isDone: isDone,
        permission: .assureQuality)
    }
    return [
      task(
        "Second assessments", "/seconds",
        state.seconds.map {
          "\(given ?? 0) of \(Words.count($0.drawn.cases.count, "drawn case")) given out"
        } ?? "Draw a share of the cases",
        state.seconds.map { $0.drawn.cases.count == given } ?? false),
      task(
        "Agreement", "/agreement",
        twice == 0
          ? "Nothing is answered twice yet" : "\(Words.count(twice, "question")) answered twice",
        nil),
      task(
        "Disagreements", "/disagreements",
        open == 0 ? "None to reconcile" : "\(open) to reconcile", twice == 0 ? nil : open == 0),
      task(
        "Severity", "/severity", "How strictly each assessor answers, beside the rest of the team",
        nil),
      task(
        "Calibration cases", "/calibration",
        state.calibrations.isEmpty
          ? "Write a made-up case that all assessors answer"
          : Words.count(state.calibrations.count, "made-up case"), nil),
    ]
  }
}

extension StaffSite {
  /// The standards of an inspection that are judged on cases; none where this program has not its
  /// edition.
  func caseStandards(of inspection: OpenInspection) -> [RuleBook.Standard] {
    let book = inspection.state.facts.flatMap { site.editions[$0.edition] }
    return book?.standards.filter { $0.ratedBy == .caseQuestions } ?? []
  }

  /// The key questions that are put on the cases of an inspection.
  func caseQuestions(of inspection: OpenInspection) -> [RuleBook.KeyQuestion] {
    caseStandards(of: inspection).flatMap(\.questions)
  }
}

extension Problems {
  /// What is wrong, each with its field of a form; what is about none of them with the first.
  func mistakes(in fields: [String]) -> [Mistake] {
    list.map { problem in
      let field = fields.first { $0 == problem.file } ?? fields[0]
      return Mistake(field: field, text: problem.sentence)
    }
  }
}
