import Fieldwork
import Workflows

/// Choosing what was agreed.
struct ReconcileForm {
  let pair: AnswerPair
  let inspection: OpenInspection
  let visit: Visit
  let mistakes: [Mistake]

  var html: HTML {
    """
    <div class="govuk-grid-row"><div class="govuk-grid-column-two-thirds">
    \(Parts.heading(pair.agreed == nil ? "Reconcile" : "Reconcile anew", id: "reconcile"))\
    \(Parts.paragraph("Speak with both assessors. What is agreed counts for the rating; both answers "
    + "stay in the record as they are, and agreement is worked out from them."))
    \(Form.post(
      to: DisagreementPages.address(inspection, pair), token: visit.formToken,
      """
      \(Form.hidden("seen", "\(inspection.state.revision)"))
      \(choice)\
      \(Form.lines("reason", "Why", value: visit.form["reason"],
        hint: "Kept sealed.", mistakes: mistakes))
      \(Form.button("Note what was agreed"))
      """))
    </div></div>
    """
  }

  private var choice: HTML {
    let own = mistakes.filter { $0.field == "answer" }
    let described: HTML? = own.isEmpty ? nil : " aria-describedby=\"answer-error\""
    let error: HTML? = own.isEmpty ? nil : " govuk-form-group--error"
    return """
      <div class="govuk-form-group\(error)">
      <fieldset class="govuk-fieldset"\(described)>
      <legend class="govuk-fieldset__legend">What was agreed</legend>
      \(own.map { """
        <p class="govuk-error-message" id="answer-error">\
        <span class="govuk-visually-hidden">Error:</span> \($0.text)</p>

        """ })\
      <div class="govuk-radios" data-module="govuk-radios">
      \(Sufficiency.allCases.enumerated().map { place, answer in
        let id = place == 0 ? "answer" : "answer-\(place + 1)"
        let mark: HTML? = visit.form["answer"] == answer.rawValue ? " checked" : nil
        return """
          <div class="govuk-radios__item"><input class="govuk-radios__input" id="\(id)" \
          name="answer" type="radio" value="\(answer.rawValue)"\(mark)>\
          <label class="govuk-label govuk-radios__label" for="\(id)">\(answer.title)</label></div>

          """
      })\
      </div>
      </fieldset>
      </div>

      """
  }
}

extension Sufficiency {
  var title: String {
    switch self {
    case .sufficient: "Sufficient"
    case .insufficient: "Insufficient"
    case .notApplicable: "Not applicable"
    }
  }
}

extension AssessedAnswer {
  /// The answer, and where it comes from the conditions of the case, that.
  var words: String {
    isSetAside ? "Not applicable: the case does not meet the condition" : answer.title
  }
}
