import Fieldwork
import Standards
import Workflows

/// What stands above and below the form of an assessment: the case, how far it is, and saying that it
/// is done. No name and no date of birth.
struct AssessmentFacts {
  let assessed: Assessed

  init(_ assessed: Assessed) {
    self.assessed = assessed
  }

  var html: HTML {
    "\(assessed.brief.map(Self.brief) ?? facts)\(progress)"
  }

  private static func brief(_ brief: CalibrationCase) -> HTML {
    """
    \(Parts.heading(brief.title, id: "brief"))<p class="govuk-body as-typed">\(brief.text)</p>

    """
  }

  private var facts: HTML {
    let facts = assessed.facts
    func text(_ text: String) -> HTML? { text.isEmpty ? nil : "\(text)" }
    return Parts.summary([
      ("Sentence", text(facts.sentence)), ("Started on", Words.day(facts.startedOn)),
      ("Risk of serious harm in the list", text(facts.risk)),
      ("Office", facts.crn.isEmpty ? nil : "\(facts.place)"),
    ])
  }

  private var progress: HTML {
    let tally = assessed.tally
    // Whether it was begun is told by how much is answered.
    let isTold = [.submitted, .returned, .reopened].contains(assessed.stage)
    let stage: HTML =
      assessed.assessment == .first && isTold ? "\(assessed.stage.tag) " : .none
    return """
      <p class="govuk-body assessment__progress" id="progress">\(stage)\
      <span id="answered">\(tally.answered)</span> of <span id="put">\(tally.put)</span> \
      key questions answered.</p>
      <nav class="jumps" aria-label="Standards of this case">\(assessed.questions.standards.map {
        let code = $0.code.text
        return "<a class=\"govuk-link\" href=\"#standard-\(code)\">\(code) \($0.title)</a> " as HTML
      })</nav>

      """
  }

  /// Saying that the case is done.
  func submission(_ visit: Visit) -> HTML {
    guard assessed.stage != .submitted else {
      return Parts.inset(
        "This case was submitted. Ask the lead inspector to open it again if something is to "
          + "change.")
    }
    if assessed.stage == .returned { return .none }
    return """
      <div class="submission">
      \(Parts.heading("When you are done", id: "done"))\
      \(Parts.paragraph("Submit the case when every question that applies is answered. It can be "
      + "opened again."))\
      \(Form.post(
        to: InspectionPages.address(
          assessed.inspection, "/cases/\(assessed.facts.number)/submit"),
        token: visit.formToken,
        """
        \(Form.hidden("seen", "\(assessed.state.revision)"))\(Form.button("Submit the case"))
        """))\
      </div>

      """
  }
}

extension CaseStage {
  /// In a word and a colour.
  var tag: HTML {
    switch self {
    case .notBegun: "<strong class=\"govuk-tag govuk-tag--grey\">\(title)</strong>"
    case .begun: "<strong class=\"govuk-tag govuk-tag--blue\">\(title)</strong>"
    case .submitted: "<strong class=\"govuk-tag govuk-tag--green\">\(title)</strong>"
    case .returned: "<strong class=\"govuk-tag govuk-tag--orange\">\(title)</strong>"
    case .reopened: "<strong class=\"govuk-tag govuk-tag--purple\">\(title)</strong>"
    }
  }
}
