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
      \(Form.radios(
        "answer", "What was agreed",
        options: Sufficiency.allCases.map { Form.Option(value: $0.rawValue, text: $0.words) },
        chosen: visit.form["answer"], mistakes: mistakes))\
      \(Form.lines("reason", "Why", value: visit.form["reason"],
        hint: "Kept sealed.", mistakes: mistakes))
      \(Form.button("Note what was agreed"))
      """))
    </div></div>
    """
  }
}

extension AssessedAnswer {
  /// The answer, and where it comes from the conditions of the case, that.
  var words: String {
    isSetAside ? "Not applicable: the case does not meet the condition" : answer.words
  }
}
