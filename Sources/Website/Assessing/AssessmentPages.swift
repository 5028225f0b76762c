import Fieldwork
import Problems
import Workflows

/// Assessing a case: the form, sending it, and saying that one is done.
enum AssessmentPages {
  static let routes = [
    StaffRoute(.get, "/fieldwork/:inspection/cases/:number/assess", .may(.answer)) {
      try await page($0, $1, .first)
    },
    StaffRoute(.post, "/fieldwork/:inspection/cases/:number/assess", .may(.answer)) {
      try await save($0, $1, .first)
    },
    StaffRoute(.post, "/fieldwork/:inspection/cases/:number/submit", .may(.answer), submit),
    StaffRoute(.get, "/fieldwork/:inspection/seconds/:number", .may(.answer)) {
      try await page($0, $1, .second)
    },
    StaffRoute(.post, "/fieldwork/:inspection/seconds/:number", .may(.answer)) {
      try await save($0, $1, .second)
    },
    StaffRoute(.get, "/fieldwork/:inspection/calibrations/:number", .may(.answer)) {
      try await page($0, $1, try .calibration($1.signedIn().account.id))
    },
    StaffRoute(.post, "/fieldwork/:inspection/calibrations/:number", .may(.answer)) {
      try await save($0, $1, try .calibration($1.signedIn().account.id))
    },
  ]

  // MARK: - The form

  private static func page(
    _ site: StaffSite, _ visit: Visit, _ assessment: AnswerPlace.Assessment
  ) async throws -> Page {
    guard let assessed = try await own(site, visit, assessment) else {
      return site.unknown(visit.request, visit.visitor)
    }
    return try await show(site, visit, assessed)
  }

  /// An assessment that the visitor makes: a lead sees the cases of others, and answers only their
  /// own.
  static func own(
    _ site: StaffSite, _ visit: Visit, _ assessment: AnswerPlace.Assessment
  ) async throws -> Assessed? {
    guard let assessed = try await site.assessed(visit, assessment) else { return nil }
    let account = try visit.signedIn().account.id
    if assessment == .first, assessed.state.assessors[assessed.facts.number] != account {
      return nil
    }
    return assessed
  }

  private static func show(
    _ site: StaffSite, _ visit: Visit, _ assessed: Assessed, sent: SubmittedForm? = nil,
    mistakes: [Mistake] = []
  ) async throws -> Page {
    let form = AssessmentForm(
      assessed: assessed, account: try visit.signedIn().account.id, formToken: visit.formToken,
      newID: site.desks.newID, sent: sent, mistakes: mistakes)
    let title = Self.title(assessed)
    // What was sent and not taken is in no record: the script would hold it to be saved.
    return site.keptPage(
      title, visit, crumbs: crumbs(assessed), mistakes: mistakes,
      scripts: sent == nil ? ["assess.js"] : [],
      """
      <div id="device-status" class="device-status" role="status" hidden></div>
      \(visit.query["saved"].map(saved))\
      <span class="govuk-caption-xl">\(assessed.facts.crn)</span>
      <h1 class="govuk-heading-xl">\(title)</h1>
      \(AssessmentFacts(assessed).html)\
      \(form.html)\
      \(assessed.assessment == .first ? AssessmentFacts(assessed).submission(visit) : .none)
      """)
  }

  static func title(_ assessed: Assessed) -> String {
    switch assessed.assessment {
    case .first, .agreed: "Assess case \(assessed.facts.number)"
    case .second: "Second assessment of case \(assessed.facts.number)"
    case .calibration: "Calibration case \(assessed.facts.number)"
    }
  }

  /// Above an assessment stands the list that it is in.
  static func crumbs(_ assessed: Assessed) -> [Crumb] {
    let (text, path) =
      switch assessed.assessment {
      case .first, .agreed: ("Cases", "/cases")
      case .second: ("Your second assessments", "/seconds")
      case .calibration: ("Calibration cases", "/calibrations")
      }
    return InspectionPages.crumbs(assessed.inspection) + [
      Crumb(text: text, address: InspectionPages.address(assessed.inspection, path))
    ]
  }

  private static func saved(_ count: String) -> HTML {
    let text =
      count == "0"
      ? "Nothing was changed, so there was nothing to save."
      : "Saved. What you said is in the record."
    return """
      <div class="govuk-notification-banner govuk-notification-banner--success" role="alert" \
      aria-labelledby="saved-title">
      <div class="govuk-notification-banner__header"><h2 class="govuk-notification-banner__title" \
      id="saved-title">Saved</h2></div>
      <div class="govuk-notification-banner__content"><p \
      class="govuk-notification-banner__heading">\(text)</p></div></div>

      """
  }

  // MARK: - Sending

  private static func save(
    _ site: StaffSite, _ visit: Visit, _ assessment: AnswerPlace.Assessment
  ) async throws -> Page {
    guard let assessed = try await own(site, visit, assessment) else {
      return site.unknown(visit.request, visit.visitor)
    }
    let reading = AssessmentReading(visit.form, assessed, newID: site.desks.newID)
    guard reading.mistakes.isEmpty else {
      return try await show(site, visit, assessed, sent: visit.form, mistakes: reading.mistakes)
    }
    guard assessed.isOpen || reading.entries.isEmpty else {
      return try await show(
        site, visit, assessed, sent: visit.form,
        mistakes: [
          Mistake(
            field: "assessment",
            text: "The case was submitted meanwhile. Ask the lead inspector to open it again")
        ])
    }
    try await site.desks.planning.say(
      reading.entries, in: assessed.inspection, by: try visit.signedIn().account.id)
    return StaffSite.redirect(to: "\(assessed.address)?saved=\(reading.entries.count)")
  }

  // MARK: - Submitting

  /// Why a case is not submitted again.
  private static func alreadySubmitted(_ stage: CaseStage) -> String? {
    switch stage {
    case .submitted: "The case is submitted already"
    case .returned: "The case was returned with queries: answer them; it is still submitted"
    case .notBegun, .begun, .reopened: nil
    }
  }

  @Sendable private static func submit(_ site: StaffSite, _ visit: Visit) async throws -> Page {
    guard let assessed = try await own(site, visit, .first) else {
      return site.unknown(visit.request, visit.visitor)
    }
    if let done = alreadySubmitted(assessed.stage) {
      return try await show(
        site, visit, assessed, mistakes: [Mistake(field: "assessment", text: done)])
    }
    do {
      let outcome = try await site.desks.planning.submit(
        assessed.facts.number, assessed.questions, in: assessed.inspection,
        by: try visit.actor())
      return try await site.after(
        outcome, visit,
        to: InspectionPages.address(assessed.inspection, "/cases/\(assessed.facts.number)"))
    } catch let problems as Problems {
      return try await show(
        site, visit, assessed,
        mistakes: problems.list.map { problem in
          let isQuestion = problem.file != AnswerPlace.conditions
          return Mistake(
            field: AssessmentField.id(problem.file),
            text: isQuestion
              ? "\(problem.file) \(problem.what): \(problem.remedy)" : problem.sentence)
        })
    }
  }
}
