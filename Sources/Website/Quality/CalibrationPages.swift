import Fieldwork
import Problems
import Standards
import Statistics
import Workflows

/// Made-up cases that all assessors answer, so that it shows where they judge differently.
enum CalibrationPages {
  static let routes = [
    StaffRoute(.get, "/fieldwork/:inspection/quality/calibration", .may(.assureQuality)) {
      site, visit in try await page(site, visit)
    },
    StaffRoute(.post, "/fieldwork/:inspection/quality/calibration", .may(.assureQuality), add),
    StaffRoute(.get, "/fieldwork/:inspection/quality/calibration/:number", .may(.assureQuality)) {
      site, visit in try await one(site, visit)
    },
    StaffRoute(
      .post, "/fieldwork/:inspection/quality/calibration/:number", .may(.assureQuality), change),
    StaffRoute(.get, "/fieldwork/:inspection/calibrations", .may(.answer), own),
  ]

  private static func address(_ inspection: OpenInspection, _ rest: String = "") -> String {
    QualityPages.address(inspection, "/calibration\(rest)")
  }

  // MARK: - All

  private static func page(
    _ site: StaffSite, _ visit: Visit, mistakes: [Mistake] = []
  ) async throws -> Page {
    let inspection = try visit.opened()
    let cases = try await site.desks.planning.calibrations(in: inspection)
    return site.page(
      "Calibration cases", visit, crumbs: QualityPages.crumbs(inspection), mistakes: mistakes,
      """
      <h1 class="govuk-heading-xl">Calibration cases</h1>
      \(Parts.paragraph("Made-up cases that every assessor answers alone. They count for no rating."))\
      \(cases.isEmpty
        ? Parts.paragraph("There are none yet.")
        : try agreement(cases, site, inspection))\
      <div class="govuk-grid-row"><div class="govuk-grid-column-two-thirds">
      \(Parts.heading("Write a calibration case", id: "write"))\
      \(form(to: address(inspection), inspection, visit, mistakes, title: nil, text: nil))
      </div></div>
      """)
  }

  private static func agreement(
    _ cases: [CalibrationCase], _ site: StaffSite, _ inspection: OpenInspection
  ) throws -> HTML {
    let questions = site.caseQuestions(of: inspection)
    let answers = CalibrationAnswers(inspection.state, questions)
    let all = answers.compared(questions)
    let assessors = inspection.state.team.values.count {
      !Role.ofAssessors.isDisjoint(with: $0.value.roles)
    }
    return """
      \(AgreementTable(
        caption: "By calibration case", heading: "Calibration case",
        rows: cases.map { one in
          let begun = answers.assessors[one.number]?.count ?? 0
          return AgreementTable.Row(
            title: """
              \(Parts.link("\(one.number). \(one.title)", to: address(inspection, "/\(one.number)"))) \
              <span class="reason">Begun by \(begun) of \(Words.count(assessors, "assessor"))</span>
              """,
            answers: answers.compared(questions, on: one.number))
        }
      ).html)\
      \(all.pairCount == 0
        ? .none
        : AgreementTable(
          caption: "By key question", heading: "Key question",
          rows: questions.map { question in
            AgreementTable.Row(
              title: "\(question.code.text) \(question.title)",
              answers: answers.compared([question]))
          } + [AgreementTable.Row(title: "All questions", answers: all)]
        ).html)\
      \(Parts.paragraph("Every two assessors who answered a question of a case are a pair. Whoever "
      + "left a question out is in no pair."))
      """
  }

  private static func form(
    to address: String, _ inspection: OpenInspection, _ visit: Visit, _ mistakes: [Mistake],
    title: String?, text: String?
  ) -> HTML {
    let isNew = visit.request.method == .get
    return Form.post(
      to: address, token: visit.formToken,
      """
      \(Form.hidden("seen", "\(inspection.state.revision)"))
      \(Form.text("title", "Title", value: isNew ? title : visit.form["title"], mistakes: mistakes))
      \(Form.lines(
        "text", "The case", value: isNew ? text : visit.form["text"],
        hint: "Made up: nobody’s real case, and no real name. Say everything that the questions are "
          + "to be answered from.", rows: 12, mistakes: mistakes))
      \(Form.button("Save the calibration case"))
      """)
  }

  @Sendable private static func add(_ site: StaffSite, _ visit: Visit) async throws -> Page {
    try await save(nil, site, visit) { try await page(site, visit, mistakes: $0) }
  }

  private static func save(
    _ number: Int?, _ site: StaffSite, _ visit: Visit, refused: ([Mistake]) async throws -> Page
  ) async throws -> Page {
    var reading = FormReading(visit.form)
    let title = reading.text("title", "Enter a title")
    let text = reading.text("text", "Write the case", most: 4_000)
    guard reading.mistakes.isEmpty, let title, let text else {
      return try await refused(reading.mistakes)
    }
    let inspection = try visit.opened()
    do {
      let outcome = try await site.desks.planning.setCalibration(
        number, title: title, text: text, in: inspection, by: try visit.actor())
      return try await site.after(outcome, visit, to: address(inspection))
    } catch let problems as Problems {
      return try await refused(problems.mistakes(in: ["title", "text"]))
    }
  }

  // MARK: - One

  private static func one(
    _ site: StaffSite, _ visit: Visit, mistakes: [Mistake] = []
  ) async throws -> Page {
    let inspection = try visit.opened()
    guard let known = try await known(site, visit) else {
      return site.unknown(visit.request, visit.visitor)
    }
    let begun = CalibrationAnswers(inspection.state, []).assessors[known.number]?.count ?? 0
    return site.page(
      known.title, visit,
      crumbs: QualityPages.crumbs(inspection) + [
        Crumb(text: "Calibration cases", address: address(inspection))
      ], mistakes: mistakes,
      """
      <span class="govuk-caption-xl">Calibration case \(known.number)</span>
      <h1 class="govuk-heading-xl">\(known.title)</h1>
      <div class="govuk-grid-row"><div class="govuk-grid-column-two-thirds">
      \(begun > 0 && mistakes.isEmpty
        ? """
        \(Parts.paragraph(Self.lines(known.text)))\
        \(Parts.inset("\(Words.count(begun, "assessor")) began to answer it, so its text stays as it "
        + "is. Write a new one if something is to change."))
        """
        : form(
          to: address(inspection, "/\(known.number)"), inspection, visit, mistakes,
          title: known.title, text: known.text))
      </div></div>
      """)
  }

  /// A text with its lines.
  private static func lines(_ text: String) -> HTML {
    "<span class=\"lines\">\(text)</span>"
  }

  private static func known(_ site: StaffSite, _ visit: Visit) async throws -> CalibrationCase? {
    let number = visit.parameters["number"].flatMap { Int($0) }
    return try await site.desks.planning.calibrations(in: try visit.opened()).first {
      $0.number == number
    }
  }

  @Sendable private static func change(_ site: StaffSite, _ visit: Visit) async throws -> Page {
    guard let known = try await known(site, visit) else {
      return site.unknown(visit.request, visit.visitor)
    }
    return try await save(known.number, site, visit) {
      try await one(site, visit, mistakes: $0)
    }
  }

  // MARK: - Those of an assessor

  @Sendable private static func own(_ site: StaffSite, _ visit: Visit) async throws -> Page {
    let inspection = try visit.opened()
    let id = try visit.signedIn().account.id
    let questions = site.caseQuestions(of: inspection)
    let cases = try await site.desks.planning.calibrations(in: inspection)
    return site.page(
      "Calibration cases", visit, crumbs: InspectionPages.crumbs(inspection),
      """
      <h1 class="govuk-heading-xl">Calibration cases</h1>
      \(cases.isEmpty
        ? Parts.paragraph("There are none yet.")
        : """
        \(Parts.paragraph("Made-up cases that every assessor answers alone. They count for no "
        + "rating: they show where the team judges differently."))\
        \(Table(
          caption: Words.count(cases.count, "calibration case"), captionSize: "m",
          columns: ["Calibration case", "Answered"].map { Table.Column($0) },
          rows: cases.map { one in
            let answered = inspection.state.answered(
              questions, on: one.number, in: .calibration(id))
            return Table.Row([
              Parts.link(
                "\(one.number). \(one.title)",
                to: InspectionPages.address(inspection, "/calibrations/\(one.number)")),
              "\(answered) of \(questions.count)",
            ])
          }
        ).html)
        """ as HTML)
      """)
  }
}
