import Fieldwork
import Records
import RuleFiles
import Standards
import Workflows

/// The form in which a case is assessed, built from the edition. Works without script; with it, the
/// same fields are saved as they are filled in, also without a network.
///
/// Holds no name and no date of birth: this is what lies on an assessor's device.
struct AssessmentForm {
  let assessed: Assessed

  /// Who answers.
  let account: AuthorID
  let formToken: String

  /// Makes the ids of the entries that the form would add: who sends it twice says things once.
  let newID: () -> EntryID

  /// What was sent and is shown again.
  var sent: SubmittedForm?

  /// What is wrong with it, or with a case that cannot be submitted yet.
  var mistakes: [Mistake] = []

  private var number: Int { assessed.facts.number }

  var html: HTML {
    """
    <form class="assessment" id="assessment" method="post" action="\(assessed.address)" \
    novalidate autocomplete="off"\(Form.described("assessment", wrong("assessment"))) \
    data-inspection="\(assessed.inspection.id.description)" \
    data-account="\(account.description)" data-revision="\(assessed.state.revision)" \
    data-edition="\(assessed.state.edition?.description ?? "")">
    \(Form.hidden("token", formToken))\(Form.hidden("seen", "\(seen)"))
    \(messages("assessment"))\(conditions)\
    \(assessed.questions.standards.map(standard))\
    </form>

    """
  }

  private var seen: Int { sent?["seen"].flatMap { Int($0) } ?? assessed.state.revision }

  /// What is wrong with the field or the question of an id.
  private func wrong(_ id: String) -> [Mistake] { mistakes.filter { $0.field == id } }

  private func messages(_ id: String) -> HTML { Form.messages(wrong(id), of: id) }

  private static let save: HTML = """
    <div class="assessment__save"><button type="submit" class="govuk-button">Save</button></div>

    """

  // MARK: - Conditions

  private var conditions: HTML {
    guard !assessed.questions.conditions.isEmpty else { return .none }
    let place = assessed.place(AnswerPlace.conditions)
    let id = AssessmentField.id(place.question)
    return """
      <section class="question question--conditions" id="\(id)" data-place="\(place.subject)" \
      aria-labelledby="conditions-heading"\(Form.described(id, wrong(id)))>
      <h2 class="govuk-heading-m" id="conditions-heading">Which questions are put</h2>
      \(messages(id))\(entry(place.question))\
      \(assessed.questions.conditions.map { condition in
        """
        \(choices(
          place.question, .condition(condition.name), legend: "\(condition.title)",
          options: [("yes", "Yes"), ("no", "No"), ("", "Not said")], isMain: true))\
        \(conflict(place.question, .condition(condition.name)))
        """
      })\
      </section>

      """
  }

  // MARK: - Standards and questions

  private func standard(_ standard: RuleBook.Standard) -> HTML {
    """
    <section class="standard" aria-labelledby="standard-\(standard.code.text)">
    <h2 class="govuk-heading-l" id="standard-\(standard.code.text)">\
    \(standard.code.text) \(standard.title)</h2>
    \(standard.questions.map(question))\
    \(assessed.isOpen ? Self.save : .none)\
    </section>

    """
  }

  private func question(_ question: RuleBook.KeyQuestion) -> HTML {
    let code = question.code.text
    let place = assessed.place(code)
    let isConditional =
      question.appliesTo != nil && question.appliesTo != RuleBook.Condition.everyCase
    let applicability = assessed.state.applicability(
      of: question, to: number, in: assessed.assessment)
    let hidden: HTML = applicability == .applies ? .none : " hidden"
    let condition: HTML =
      isConditional ? " data-condition=\"\(question.appliesTo ?? "")\"" : .none
    let id = AssessmentField.id(code)
    return """
      \(isConditional ? notPut(question, applicability) : .none)\
      <section class="question" id="\(id)" data-place="\(place.subject)"\(condition) \
      aria-labelledby="\(id)-heading"\(Form.described(id, wrong(id)))\(hidden)>
      <h3 class="govuk-heading-m" id="\(id)-heading">\
      <span class="question__code">\(code)</span> \(question.title)</h3>
      \(messages(id))\(guidance(question))\(entry(code))\
      <div class="prompts">
      \(question.prompts.enumerated().map { place, prompt in
        """
        \(choices(
          code, .prompt(place + 1), legend: "\(prompt)",
          options: [
            ("yes", "Yes"), ("no", "No"), ("not-applicable", "N/A"), ("", "–"),
          ]))\(conflict(code, .prompt(place + 1)))
        """
      })\
      </div>
      \(choices(
        code, .answer, legend: "\(question.text)",
        options: [
          ("sufficient", "Sufficient"), ("insufficient", "Insufficient"),
          ("not-applicable", "Not applicable"), ("", "No answer yet"),
        ], isMain: true))\
      \(conflict(code, .answer))\
      \(reason(code))\
      \(text(code, .note, "Notes"))\
      \(evidence(code))\
      </section>

      """
  }

  private func guidance(_ question: RuleBook.KeyQuestion) -> HTML {
    """
    <details class="govuk-details question__guidance"><summary class="govuk-details__summary">\
    <span class="govuk-details__summary-text">What to look for<span \
    class="govuk-visually-hidden"> in \(question.code.text)</span></span></summary>
    <div class="govuk-details__text">\(question.guidance) \
    \(Mark.status(question.provenance.status))</div></details>

    """
  }

  /// Stands in for a question that is not put, or of which nobody knows yet.
  private func notPut(
    _ question: RuleBook.KeyQuestion, _ applicability: Applicability
  ) -> HTML {
    let code = question.code.text
    let title = assessed.questions.conditions.first { $0.name == question.appliesTo }?.title ?? ""
    let kept = assessed.answer(code)?.isAnswered == true
    let answer = assessed.answer(code)?.answer.map { $0.words } ?? "several answers"
    let isSaid = applicability != .notSaid
    return """
      <div class="question-left-out" data-left-out="\(code)"\
      \((applicability == .applies ? " hidden" : "") as HTML)>
      <p class="govuk-body"><strong>\(code) \(question.title)</strong> \
      <span class="reason" data-reason="not-said"\((isSaid ? " hidden" : "") as HTML)>\
      Put only on some cases: \(title.lowercasedFirst). Say above whether this is one.</span>\
      <span class="reason" data-reason="set-aside"\((isSaid ? "" : " hidden") as HTML)>\
      Does not apply to this case. <span data-kept\((kept ? "" : " hidden") as HTML)>Set aside and \
      kept: <strong>\(answer)</strong>.</span></span></p></div>

      """
  }

  // MARK: - Fields

  /// The id of the entry that what is said of a question would get.
  private func entry(_ question: String) -> HTML {
    let name = "entry:\(question)"
    return Form.hidden(name, sent?[name] ?? newID().description)
  }

  private func shown(_ question: String, _ field: Statement.Field) -> String {
    let name = AssessmentField.name(question, field)
    return sent.map { $0.typed(name) } ?? assessed.value(question, field)
  }

  /// What the form showed, so that what was not touched is not said anew.
  private func was(_ question: String, _ field: Statement.Field) -> HTML {
    let name = "was:" + AssessmentField.name(question, field)
    return Form.hidden(
      name, sent?.typed(name) ?? AssessmentField.mark(assessed.value(question, field), field))
  }

  private func choices(
    _ question: String, _ field: Statement.Field, legend: HTML,
    options: [(value: String, text: String)], isMain: Bool = false
  ) -> HTML {
    let name = AssessmentField.name(question, field)
    let id = AssessmentField.id(question, field)
    let shown = shown(question, field)
    let disabled: HTML = assessed.isOpen ? .none : " disabled"
    return """
      \(messages(id))\
      <div class="choice\(isMain ? " choice--main" : "")" id="\(id)" role="radiogroup" \
      aria-labelledby="\(id)-label"\(Form.described(id, wrong(id)))>
      <span class="choice__legend" id="\(id)-label">\(legend)</span>
      <div class="choice__options">\(options.enumerated().map { place, option in
        let checked: HTML = option.value == shown ? " checked" : .none
        let spoken: HTML = option.text == "–" ? Self.notSaid : "\(option.text)"
        return """
          <label class="choice__option"><input type="radio" name="\(name)" \
          id="\(id)-\(place + 1)" value="\(option.value)"\(checked)\(disabled)> \
          <span>\(spoken)</span></label>
          """
      })</div>
      \(was(question, field))</div>

      """
  }

  private static let notSaid: HTML = """
    <span aria-hidden="true">–</span><span class="govuk-visually-hidden">Not said</span>
    """

  private func text(
    _ question: String, _ field: Statement.Field, _ label: String
  ) -> HTML {
    let id = AssessmentField.id(question, field)
    let own = wrong(id)
    let disabled: HTML = assessed.isOpen ? .none : " disabled"
    return """
      <div class="govuk-form-group\(own.isEmpty ? "" : " govuk-form-group--error")">\
      <label class="govuk-label" for="\(id)">\(label)\
      <span class="govuk-visually-hidden"> on \(question)</span></label>
      \(Form.messages(own, of: id))\
      <textarea class="govuk-textarea\(own.isEmpty ? "" : " govuk-textarea--error")" id="\(id)" \
      name="\(AssessmentField.name(question, field))" rows="2" \
      maxlength="\(AssessmentReading.mostText)"\(Form.described(id, own))\(disabled)>\
      \(shown(question, field))</textarea>
      \(was(question, field))\(conflict(question, field))</div>

      """
  }

  /// Asks why an answer goes against its prompts. Never blocks.
  private func reason(_ code: String) -> HTML {
    let isAsked =
      assessed.answer(code)?.isContradicted(
        ofPrompts: assessed.questions.question(code)?.prompts.count ?? 0) == true
      || !assessed.value(code, .reason).isEmpty
      || sent?.typed(AssessmentField.name(code, .reason)).isEmpty == false
    return """
      <div class="contradiction" data-contradiction="\(code)"\((isAsked ? "" : " hidden") as HTML)>
      <div class="govuk-warning-text"><span class="govuk-warning-text__icon" aria-hidden="true">!\
      </span><strong class="govuk-warning-text__text"><span class="govuk-visually-hidden">Warning\
      </span> This answer goes against most of its prompts. You can keep it; please say why.\
      </strong></div>
      \(text(code, .reason, "Why this answer all the same"))</div>

      """
  }

  private func evidence(_ code: String) -> HTML {
    let numbers = assessed.state.evidence.keys.sorted()
    guard !numbers.isEmpty else { return .none }
    let name = AssessmentField.name(code, .evidence)
    let id = AssessmentField.id(code, .evidence)
    let own = wrong(id)
    let ticked = Set(
      sent.map { $0.all(name) }
        ?? assessed.value(code, .evidence).split(separator: ",").map(String.init))
    let disabled: HTML = assessed.isOpen ? .none : " disabled"
    return """
      <details class="govuk-details"\((own.isEmpty ? "" : " open") as HTML)>\
      <summary class="govuk-details__summary"><span class="govuk-details__summary-text">\
      Evidence it rests on<span class="govuk-visually-hidden">: \(code)</span>\
      \(ticked.isEmpty ? "" : " (\(ticked.count))")</span></summary>
      <fieldset class="choice" id="\(id)"\(Form.described(id, own))>\
      <legend class="govuk-visually-hidden">Evidence for \(code)</legend>
      \(Form.messages(own, of: id))\
      <div class="choice__options">\(numbers.map { number in
        let checked: HTML = ticked.contains("\(number)") ? " checked" : .none
        return """
          <label class="choice__option"><input type="checkbox" name="\(name)" \
          value="\(number)"\(checked)\(disabled)> <span>Evidence \(number)\
          \(assessed.state.evidence[number]?.last.map { " (\($0.value.kind.title.lowercased()))" } ?? "")\
          </span></label>
          """
      })</div>
      <p class="govuk-body-s"><a class="govuk-link" \
      href="\(InspectionPages.address(assessed.inspection, "/evidence"))">What each piece says\
      <span class="govuk-visually-hidden"> of the evidence for \(code)</span></a>, where there is a \
      network.</p>
      \(was(code, .evidence))</fieldset></details>

      """
  }

  /// Says that several statements that differ hold for a field.
  private func conflict(_ question: String, _ field: Statement.Field) -> HTML {
    guard assessed.answer(question)?.conflicts.contains(field) == true else { return .none }
    return """
      <p class="conflict-mark" data-conflict="\(field.name)"><strong class="govuk-tag govuk-tag--orange">Answers differ</strong> \
      <a class="govuk-link" href="\(assessed.address)/conflicts#\(AssessmentField.id(question))">\
      Choose one of them<span class="govuk-visually-hidden"> for \(question)</span></a></p>

      """
  }
}

extension Sufficiency {
  /// As people read it.
  var words: String {
    switch self {
    case .sufficient: "Sufficient"
    case .insufficient: "Insufficient"
    case .notApplicable: "Not applicable"
    }
  }
}

extension PromptAnswer {
  var words: String {
    switch self {
    case .yes: "Yes"
    case .no: "No"
    case .notApplicable: "Not applicable"
    }
  }
}
