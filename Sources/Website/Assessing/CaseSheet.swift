import Fieldwork
import Standards
import Workflows

/// Everything that was said of a case, to print.
enum CaseSheet {
  static func page(_ site: StaffSite, _ visit: Visit) async throws -> Page {
    guard let assessed = try await site.assessed(visit, .first) else {
      return site.unknown(visit.request, visit.visitor)
    }
    let facts = assessed.facts
    func text(_ text: String) -> HTML? { text.isEmpty ? nil : "\(text)" }
    let names = try await site.names()
    let queries = try await site.desks.planning.queries(
      about: facts.number, in: assessed.inspection)
    let assessor = assessed.state.assessors[facts.number].map {
      names[$0] ?? "Somebody who left"
    }
    return site.page(
      "Case sheet \(facts.number)", visit,
      crumbs: AssessmentPages.crumbs(assessed) + [
        Crumb(text: "Case \(facts.number)", address: CaseWorkPages.address(assessed, ""))
      ],
      """
      <span class="govuk-caption-xl">\(assessed.inspection.title)</span>
      <h1 class="govuk-heading-xl">Case sheet \(facts.number)</h1>
      \(Parts.summary([
        ("CRN", text(facts.crn)), ("Sentence", text(facts.sentence)),
        ("Started on", Words.day(facts.startedOn)), ("Risk of serious harm", text(facts.risk)),
        ("Office", "\(facts.place)"), ("Assessor", assessor.map { "\($0)" }),
        ("Stage", assessed.stage.tag), ("Revision", "\(assessed.state.revision)"),
        ("Edition", site.site.edition(assessed.questions.book.id)),
        ("Made on", "\(Words.moment(site.desks.now()))"),
      ]))
      \(conditions(assessed))\
      \(assessed.questions.standards.map { standard in
        """
        \(Parts.heading("\(standard.code.text) \(standard.title)", id: "s\(standard.code.text)"))
        \(standard.questions.map { question($0, assessed) })
        """
      })\
      \(queries.isEmpty ? .none : Parts.heading("Queries", id: "queries"))\
      \(queries.map(query))
      """)
  }

  private static func conditions(_ assessed: Assessed) -> HTML {
    guard !assessed.questions.conditions.isEmpty else { return .none }
    return """
      \(Parts.heading("Which questions are put", id: "conditions"))\
      \(Parts.list(assessed.questions.conditions.map { condition in
        let said = assessed.values(AnswerPlace.conditions, .condition(condition.name))
        return "\(condition.title): \(told(said) { PromptAnswer(rawValue: $0)?.words })"
      }))
      """
  }

  private static func query(_ query: CaseQuery) -> HTML {
    """
    <section class="sheet-question"><h3 class="govuk-heading-s">Query \(query.number)\
    \(query.state.facts.question.map { " on \($0)" } ?? "") \(query.state.stage.tag)</h3>
    <p class="govuk-body typed">\(query.text)</p>
    \(query.answer.isEmpty
      ? .none : "<p class=\"govuk-body typed\">Answer: \(query.answer)</p>\n")\
    </section>

    """
  }

  /// What holds in words, and that it differs where several do.
  private static func words(_ values: [String], _ word: (String) -> String) -> String {
    values.count == 1
      ? word(values[0]) : "answers differ: " + values.map(word).joined(separator: "; ")
  }

  /// What was said, so that the eye finds it beside what was not.
  private static func told(_ values: [String], _ word: (String) -> String?) -> HTML {
    if values.allSatisfy({ word($0) == nil }) { return "<span class=\"quiet\">not said</span>" }
    return "<strong>\(words(values) { word($0) ?? "not said" })</strong>"
  }

  private static func question(_ question: RuleBook.KeyQuestion, _ assessed: Assessed) -> HTML {
    let code = question.code.text
    let number = assessed.facts.number
    let applicability = assessed.state.applicability(
      of: question, to: number, in: assessed.assessment)
    let said = words(assessed.values(code, .answer)) {
      Sufficiency(rawValue: $0)?.words ?? "Not answered"
    }
    let notes = assessed.values(code, .note).filter { !$0.isEmpty }
    let reasons = assessed.values(code, .reason).filter { !$0.isEmpty }
    let evidence = assessed.values(code, .evidence)
    let rests = words(evidence) { $0.isEmpty ? "none" : $0.replacing(",", with: ", ") }
    return """
      <section class="sheet-question"><h3 class="govuk-heading-s">\(code) \(question.title)</h3>
      <p class="govuk-body"><strong>\(said)</strong>\
      \(applicability == .setAside ? " (set aside: does not apply to this case)" : "")</p>
      \(question.prompts.isEmpty
        ? .none
        : Parts.list(
          question.prompts.enumerated().map { place, prompt in
            let said = assessed.values(code, .prompt(place + 1))
            return "\(prompt): \(told(said) { PromptAnswer(rawValue: $0)?.words })"
          }))\
      \(reasons.map { "<p class=\"govuk-body typed\">Why all the same: \($0)</p>\n" })\
      \(notes.map { "<p class=\"govuk-body typed\">\($0)</p>\n" })\
      \(evidence.allSatisfy(\.isEmpty)
        ? .none : "<p class=\"govuk-body\">Rests on evidence: \(rests)</p>\n")\
      </section>

      """
  }
}
