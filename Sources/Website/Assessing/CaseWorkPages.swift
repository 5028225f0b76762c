import Fieldwork
import Problems
import Standards
import Workflows

/// What is done with a case around its assessment: queries, opening it again, its sheet.
enum CaseWorkPages {
  static let routes = [
    StaffRoute(.post, "/fieldwork/:inspection/cases/:number/reopen", .may(.reviewCases), reopen),
    StaffRoute(.post, "/fieldwork/:inspection/cases/:number/queries", .may(.reviewCases), ask),
    StaffRoute(
      .post, "/fieldwork/:inspection/cases/:number/queries/:query/answer", .may(.answer), answer),
    StaffRoute(
      .post, "/fieldwork/:inspection/cases/:number/queries/:query/close", .may(.reviewCases),
      close),
    StaffRoute(.get, "/fieldwork/:inspection/cases/:number/sheet", .may(.seeCases)) {
      try await CaseSheet.page($0, $1)
    },
  ]

  /// The parts of a case’s page about its assessment.
  static func parts(
    _ site: StaffSite, _ visit: Visit, _ assessed: Assessed, mistakes: [Mistake]
  ) async throws -> HTML {
    let inspection = assessed.inspection
    let number = assessed.facts.number
    let isOwn = try inspection.state.assessors[number] == visit.signedIn().account.id
    let queries = try await site.desks.planning.queries(about: number, in: inspection)
    let reason = try await site.desks.planning.reopeningReason(of: number, in: inspection)
    let tally = assessed.tally
    let late = inspection.state.cases[number]?.lateAnswers ?? 0
    return """
      \(Parts.heading("Assessment", id: "assessment"))\
      <p class="govuk-body">\(assessed.stage.tag) \(tally.answered) of \(tally.put) key questions \
      answered.\(late > 0
        ? " \(Words.count(late, "answer")) came after it was submitted." : "")</p>
      \(tally.conflicts.isEmpty || !(isOwn || visit.roles.contains(.lead))
        ? .none
        : Parts.paragraph(
          Parts.link(
            "\(Words.count(tally.conflicts.count, "question")) with answers that differ",
            to: "\(assessed.address)/conflicts")))\
      \(reason.isEmpty ? .none : Parts.inset("Opened again: \(reason)"))\
      <p class="govuk-body case-actions">\(isOwn && assessed.isOpen
        ? "<a class=\"govuk-button\" href=\"\(assessed.address)\">Assess this case</a> "
        : .none)\
      \(Parts.link("Case sheet to print", to: address(assessed, "/sheet")))</p>
      \(queries.isEmpty ? .none : Parts.heading("Queries", id: "queries"))\
      \(queries.map { card($0, visit, assessed, isOwn: isOwn, mistakes) })\
      \(visit.may(.reviewCases) && inspection.state.cases[number]?.submittedAt != nil
        ? review(visit, assessed, mistakes) : .none)
      """
  }

  static func address(_ assessed: Assessed, _ rest: String) -> String {
    InspectionPages.address(assessed.inspection, "/cases/\(assessed.facts.number)\(rest)")
  }

  private static func card(
    _ query: CaseQuery, _ visit: Visit, _ assessed: Assessed, isOwn: Bool,
    _ mistakes: [Mistake]
  ) -> HTML {
    let field = "answer-\(query.number)"
    let seen = Form.hidden("seen", "\(assessed.state.revision)")
    let path = address(assessed, "/queries/\(query.number)")
    return """
      <div class="govuk-summary-card"><div class="govuk-summary-card__title-wrapper">
      <h3 class="govuk-summary-card__title">Query \(query.number)\
      \(query.state.facts.question.map { " on \($0)" } ?? "")</h3>\(query.state.stage.tag)</div>
      <div class="govuk-summary-card__content">
      <p class="govuk-body typed">\(query.text)</p>
      \(query.answer.isEmpty
        ? .none : "<p class=\"govuk-body typed\"><strong>Answer:</strong> \(query.answer)</p>")\
      \(isOwn && query.state.stage == .open
        ? Form.post(
          to: path + "/answer", token: visit.formToken,
          """
          \(seen)\(Form.lines(field, "Your answer", value: visit.form[field], mistakes: mistakes))\
          \(Form.button("Answer the query"))
          """) : .none)\
      \(visit.may(.reviewCases) && query.state.stage != .closed
        ? Form.post(
          to: path + "/close", token: visit.formToken,
          """
          \(seen)<button type="submit" class="govuk-button govuk-button--secondary small-button">\
          Close query \(query.number)</button>
          """) : .none)\
      </div></div>

      """
  }

  private static func review(
    _ visit: Visit, _ assessed: Assessed, _ mistakes: [Mistake]
  ) -> HTML {
    let seen = Form.hidden("seen", "\(assessed.state.revision)")
    return """
      \(Parts.heading("Review", id: "review"))\
      \(Form.post(
        to: address(assessed, "/queries"), token: visit.formToken,
        """
        \(seen)\(Form.lines("text", "What do you ask?", value: visit.form["text"],
          hint: "The case goes back to its assessor until the query is closed.",
          mistakes: mistakes))\
        \(Form.choice(
          "question", "About", any: "The whole case",
          options: assessed.questions.questions.map {
            Form.Option(value: $0.code.text, text: "\($0.code.text) \($0.title)")
          }, value: visit.form["question"], mistakes: mistakes))\
        \(Form.button("Return the case with this query"))
        """))\
      \(Form.post(
        to: address(assessed, "/reopen"), token: visit.formToken,
        """
        \(seen)\(Form.lines("reason", "Why is it to be opened again?",
          value: visit.form["reason"], hint: "Everything that was answered stays.",
          mistakes: mistakes))\
        <button type="submit" class="govuk-button govuk-button--secondary">Open the case again\
        </button>
        """))
      """
  }

  // MARK: - Doing

  /// The case that the address names, as whoever may open it sees it.
  private static func done(
    _ site: StaffSite, _ visit: Visit,
    _ body: (Assessed) async throws -> PlanningDesk.Outcome
  ) async throws -> Page {
    guard let assessed = try await site.assessed(visit, .first) else {
      return site.unknown(visit.request, visit.visitor)
    }
    do {
      return try await site.after(try await body(assessed), visit, to: address(assessed, ""))
    } catch let problems as Problems {
      return try await CasePages.page(
        site, visit, problems.mistakes(in: ["assessment", "question"]))
    }
  }

  private static func text(
    _ site: StaffSite, _ visit: Visit, _ field: String, _ mistake: String
  ) async throws -> Result<String, Refused> {
    var reading = FormReading(visit.form)
    if let text = reading.text(field, mistake, most: 4_000) { return .success(text) }
    return .failure(Refused(page: try await CasePages.page(site, visit, reading.mistakes)))
  }

  private struct Refused: Error {
    let page: Page
  }

  @Sendable private static func reopen(_ site: StaffSite, _ visit: Visit) async throws -> Page {
    switch try await text(site, visit, "reason", "Say why it is to be opened again") {
    case .failure(let refused): return refused.page
    case .success(let reason):
      return try await done(site, visit) { assessed in
        try await site.desks.planning.reopen(
          assessed.facts.number, because: reason, in: assessed.inspection, by: try visit.actor())
      }
    }
  }

  @Sendable private static func ask(_ site: StaffSite, _ visit: Visit) async throws -> Page {
    switch try await text(site, visit, "text", "Write what you ask") {
    case .failure(let refused): return refused.page
    case .success(let text):
      return try await done(site, visit) { assessed in
        let question = visit.form["question"]
        if let question, assessed.questions.question(question) == nil {
          throw Problems(
            Problem("question", "\(question) is not put on cases", remedy: "choose another"))
        }
        return try await site.desks.planning.ask(
          text, about: assessed.facts.number, question: question, in: assessed.inspection,
          by: try visit.actor())
      }
    }
  }

  @Sendable private static func answer(_ site: StaffSite, _ visit: Visit) async throws -> Page {
    // A lead sees the case and asks; whoever has it answers.
    guard let query = query(visit), try await AssessmentPages.own(site, visit, .first) != nil else {
      return site.unknown(visit.request, visit.visitor)
    }
    switch try await text(site, visit, "answer-\(query)", "Write your answer") {
    case .failure(let refused): return refused.page
    case .success(let text):
      return try await done(site, visit) { assessed in
        try await site.desks.planning.answer(
          query: query, text, in: assessed.inspection, by: try visit.actor())
      }
    }
  }

  @Sendable private static func close(_ site: StaffSite, _ visit: Visit) async throws -> Page {
    guard let query = query(visit) else { return site.unknown(visit.request, visit.visitor) }
    return try await done(site, visit) { assessed in
      try await site.desks.planning.close(
        query: query, in: assessed.inspection, by: try visit.actor())
    }
  }

  /// The number of the query that the address names, where it is about the case of the address.
  private static func query(_ visit: Visit) -> Int? {
    guard let query = visit.parameters["query"].flatMap({ Int($0) }),
      let number = visit.parameters["number"].flatMap({ Int($0) }),
      visit.inspection?.state.queries[query]?.facts.number == number
    else { return nil }
    return query
  }
}

extension QueryState.Stage {
  var tag: HTML {
    switch self {
    case .open: "<strong class=\"govuk-tag govuk-tag--orange\">Open</strong>"
    case .answered: "<strong class=\"govuk-tag govuk-tag--blue\">Answered</strong>"
    case .closed: "<strong class=\"govuk-tag govuk-tag--green\">Closed</strong>"
    }
  }
}
