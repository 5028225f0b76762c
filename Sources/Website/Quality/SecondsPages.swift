import Fieldwork
import Problems
import Records
import Workflows

/// Drawing a share of the cases for blind second assessment, and giving it out.
enum SecondsPages {
  static let routes = [
    StaffRoute(.get, "/fieldwork/:inspection/quality/seconds", .may(.assureQuality)) {
      site, visit in try await page(site, visit)
    },
    StaffRoute(.post, "/fieldwork/:inspection/quality/seconds", .may(.assureQuality), draw),
    StaffRoute(
      .post, "/fieldwork/:inspection/quality/seconds/allotment", .may(.assureQuality), byHand),
    StaffRoute(
      .post, "/fieldwork/:inspection/quality/seconds/evenly", .may(.assureQuality), evenly),
    StaffRoute(.get, "/fieldwork/:inspection/seconds", .may(.answer), own),
  ]

  private static let path = "/quality/seconds"

  private static func page(
    _ site: StaffSite, _ visit: Visit, mistakes: [Mistake] = [], barred: [Int] = []
  ) async throws -> Page {
    let inspection = try visit.opened()
    let main: HTML
    if inspection.state.sample == nil {
      main = Parts.paragraph("There is no sample yet.")
    } else if let seconds = inspection.state.seconds {
      main = try await drawn(seconds, site, visit, mistakes, barred)
    } else {
      main = form(inspection, visit, mistakes)
    }
    return site.page(
      "Second assessments", visit, crumbs: QualityPages.crumbs(inspection), mistakes: mistakes,
      "<h1 class=\"govuk-heading-xl\">Second assessments</h1>\n\(main)")
  }

  // MARK: - The draw

  private static func form(
    _ inspection: OpenInspection, _ visit: Visit, _ mistakes: [Mistake]
  ) -> HTML {
    let isNew = visit.request.method == .get
    return """
      \(Parts.paragraph("A share of the cases is assessed twice, by two people who do not see each "
      + "other’s answers. Draw it before the first answers come, and once: the draw stands in the "
      + "record."))
      <div class="govuk-grid-row"><div class="govuk-grid-column-two-thirds">
      \(Form.post(
        to: InspectionPages.address(inspection, path), token: visit.formToken,
        """
        \(Form.hidden("seen", "\(inspection.state.revision)"))
        \(Form.text("share", "How many of a hundred cases", value: isNew ? "10" : visit.form["share"],
          hint: "From 1 to 100. The number of cases is rounded up.",
          width: " govuk-input--width-3", mistakes: mistakes))
        \(Form.text("seed", "Seed", value: visit.form["seed"],
          hint: "Any text that nobody could steer, such as dice. The same seed always draws the "
            + "same cases.", mistakes: mistakes))
        \(Form.button("Draw the second assessments"))
        """))
      </div></div>
      """
  }

  @Sendable private static func draw(_ site: StaffSite, _ visit: Visit) async throws -> Page {
    var reading = FormReading(visit.form)
    let share = reading.value("share", "Enter a whole number from 1 to 100") { text in
      Int(text).flatMap { (1...100).contains($0) ? $0 : nil }
    }
    let seed = reading.text("seed", "Enter a seed")
    guard reading.mistakes.isEmpty, let share, let seed else {
      return try await page(site, visit, mistakes: reading.mistakes)
    }
    let inspection = try visit.opened()
    do {
      let outcome = try await site.desks.planning.drawSeconds(
        share, seed: seed, in: inspection, by: try visit.actor())
      return try await site.after(
        outcome, visit, to: InspectionPages.address(inspection, path))
    } catch let problems as Problems {
      return try await page(site, visit, mistakes: problems.mistakes(in: ["share", "seed"]))
    }
  }

  private static func drawn(
    _ seconds: SecondsState, _ site: StaffSite, _ visit: Visit, _ mistakes: [Mistake],
    _ barred: [Int]
  ) async throws -> HTML {
    let inspection = try visit.opened()
    let cases = try await site.desks.planning.seconds(of: inspection)
    let allotment = SecondsAllotment(
      cases: cases, assessors: try await AllotmentPages.assessors(site, inspection),
      barred: try await site.desks.planning.secondsBarred(in: inspection),
      questions: site.caseQuestions(of: inspection), visit: visit, mistakes: mistakes)
    return """
      \(barred.isEmpty ? .none : Parts.inset("Nobody in the team may assess "
      + "\(barred.count == 1 ? "case" : "cases") \(Words.list(barred.map { "\($0)" })) a second time: "
      + "each was somebody’s first, or is restricted, or at an office of a declared conflict, or "
      + "somebody’s own. Add an assessor who may."))\
      \(SecondsDrawFacts(seconds: seconds, state: inspection.state).html)\
      \(try allotment.html)
      """
  }

  // MARK: - Giving them out

  @Sendable private static func byHand(_ site: StaffSite, _ visit: Visit) async throws -> Page {
    let inspection = try visit.opened()
    let (wanted, mistakes) = AllotmentPages.wanted(
      visit.form, held: inspection.state.seconds?.assessors ?? [:])
    guard mistakes.isEmpty else { return try await page(site, visit, mistakes: mistakes) }
    do {
      let outcome = try await site.desks.planning.allotSeconds(
        wanted, in: inspection, by: try visit.actor())
      return try await site.after(
        outcome, visit, to: InspectionPages.address(inspection, path))
    } catch let problems as Problems {
      return try await page(site, visit, mistakes: AllotmentPages.mistakes(problems))
    }
  }

  @Sendable private static func evenly(_ site: StaffSite, _ visit: Visit) async throws -> Page {
    let inspection = try visit.opened()
    let (outcome, barred) = try await site.desks.planning.allotSecondsEvenly(
      in: inspection, by: try visit.actor())
    guard !barred.isEmpty, outcome == .done else {
      return try await site.after(
        outcome, visit, to: InspectionPages.address(inspection, path))
    }
    return try await page(site, try await visit.again(on: site), barred: barred)
  }

  // MARK: - Those of an assessor

  /// The cases that the visitor assesses a second time, and nothing of who assesses them first.
  @Sendable private static func own(_ site: StaffSite, _ visit: Visit) async throws -> Page {
    let inspection = try visit.opened()
    let id = try visit.signedIn().account.id
    let questions = site.caseQuestions(of: inspection)
    let barred = try await site.desks.planning.secondsBarred(in: inspection)
    let cases = try await site.desks.planning.seconds(of: inspection).filter {
      inspection.state.seconds?.assessors[$0.number] == id && barred[$0.number] == nil
    }
    return site.page(
      "Your second assessments", visit, crumbs: InspectionPages.crumbs(inspection),
      """
      <h1 class="govuk-heading-xl">Your second assessments</h1>
      \(cases.isEmpty
        ? Parts.paragraph("No case was given to you for a second assessment.")
        : """
        \(Parts.paragraph("Somebody else assesses these cases, too. You do not see their answers, "
        + "and they do not see yours: do not speak about them before both are done."))\
        \(Table(
          caption: Words.count(cases.count, "case"), captionSize: "m",
          columns: ["Case", "CRN", "Office", "Answered"].map { Table.Column($0) },
          rows: cases.map { one in
            Table.Row([
              Parts.link(
                "Case \(one.number)",
                to: InspectionPages.address(inspection, "/seconds/\(one.number)")),
              "\(one.crn)", "\(one.place)",
              """
              \(inspection.state.answered(questions, on: one.number, in: .second)) of \
              \(questions.count)
              """,
            ])
          }
        ).html)
        """ as HTML)
      """)
  }
}
