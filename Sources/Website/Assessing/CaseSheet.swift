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
        ("Started on", text(facts.startedOn)), ("Risk of serious harm", text(facts.risk)),
        ("Office", "\(facts.place)"), ("Assessor", assessor.map { "\($0)" }),
        ("Stage", assessed.stage.tag), ("Revision", "\(assessed.state.revision)"),
        ("Edition", site.site.edition(assessed.questions.book.id)),
      ]))
      \(assessed.questions.standards.map { standard in
        """
        \(Parts.heading("\(standard.code.text) \(standard.title)", id: "s\(standard.code.text)"))
        \(standard.questions.map { question($0, assessed) })
        """
      })
      """)
  }

  private static func question(_ question: RuleBook.KeyQuestion, _ assessed: Assessed) -> HTML {
    let code = question.code.text
    let number = assessed.facts.number
    let applicability = assessed.state.applicability(
      of: question, to: number, in: assessed.assessment)
    let answer = assessed.answer(code)
    let said =
      answer?.conflicts.contains(.answer) == true
      ? "Answers differ" : answer?.answer?.words ?? "Not answered"
    let note = assessed.value(code, .note)
    let reason = assessed.value(code, .reason)
    return """
      <section class="sheet-question"><h3 class="govuk-heading-s">\(code) \(question.title)</h3>
      <p class="govuk-body"><strong>\(said)</strong>\
      \(applicability == .setAside ? " (set aside: does not apply to this case)" : "")</p>
      \(question.prompts.isEmpty
        ? .none
        : Parts.list(
          question.prompts.enumerated().map { place, prompt in
            let word = assessed.value(code, .prompt(place + 1))
            return "\(prompt): <strong>\(PromptAnswer(rawValue: word)?.words ?? "not said")</strong>"
          }))\
      \(note.isEmpty ? .none : "<p class=\"govuk-body typed\">\(note)</p>\n")\
      \(reason.isEmpty
        ? .none : "<p class=\"govuk-body typed\">Why all the same: \(reason)</p>\n")\
      </section>

      """
  }
}
