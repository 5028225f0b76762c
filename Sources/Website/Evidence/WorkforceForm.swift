import Calendars
import Fieldwork
import Workflows

/// The form of a fact about the people who work there.
enum WorkforceForm {
  static func fields(
    _ form: SubmittedForm, _ inspection: OpenInspection, _ mistakes: [Mistake], button: String
  ) -> HTML {
    """
    \(Form.hidden("seen", "\(inspection.state.revision)"))
    \(Form.choice(
      "measure", "What", any: "Choose",
      options: WorkforceFact.Measure.allCases.map {
        Form.Option(value: $0.rawValue, text: "\($0.title) (\($0.unit))")
      }, value: form["measure"], mistakes: mistakes))
    \(Form.choice(
      "grade", "Grade", any: "All grades",
      options: WorkforceFact.Grade.allCases.map {
        Form.Option(value: $0.rawValue, text: $0.title)
      }, value: form["grade"], mistakes: mistakes))
    \(Form.text("value", "Value", value: form["value"],
      hint: "A number with one decimal at most, such as 46 or 46.5.",
      width: " govuk-input--width-5", mistakes: mistakes))
    \(Form.day("held", "The day that it holds for", form: form, mistakes: mistakes))
    \(Form.lines("source", "Source", value: form["source"],
      hint: "Where the number comes from, such as the provider’s staffing return. It is kept sealed.",
      rows: 2, mistakes: mistakes))
    \(Form.button(button))
    """
  }

  /// The form as it was sent, or else with the fact.
  static func filled(_ visit: Visit, _ fact: WorkforceFact, _ source: String) -> SubmittedForm {
    var form = visit.form
    // A form that takes the fact out sends no measure.
    guard visit.form.all("measure").isEmpty else { return form }
    form.set("measure", fact.measure.rawValue)
    form.set("grade", fact.grade ?? "")
    form.set("value", fact.number)
    form.set("held", fact.heldOn)
    form.set("source", source)
    return form
  }

  static func read(
    _ form: SubmittedForm, on today: Day
  ) -> (read: (fact: WorkforceFact, source: String)?, mistakes: [Mistake]) {
    var reading = FormReading(form)
    let measure = reading.value("measure", "Choose what the number is about") {
      WorkforceFact.Measure(rawValue: $0)
    }
    let grade = reading.optional("grade", "Choose a grade of the list") {
      WorkforceFact.Grade(rawValue: $0)
    }
    if measure == .inPost, form["grade"] == nil {
      reading.note("grade", "Choose the grade of the staff in post")
    }
    let tenths = reading.value(
      "value", "Enter a number with one decimal at most, such as 46 or 46.5"
    ) { WorkforceFact.tenths($0) }
    if let measure, let tenths, tenths > measure.mostTenths {
      let most = WorkforceFact.number(tenths: measure.mostTenths)
      reading.note("value", "\(measure.title) can be \(most) at most")
    }
    let heldOn = reading.day("held", "day that it holds for")
    if let heldOn, heldOn > today { reading.note("held-day", "That day is still to come") }
    let source = reading.text("source", "Say where the number comes from", most: 4_000)
    guard reading.mistakes.isEmpty, let measure, let tenths, let heldOn, let source,
      let fact = WorkforceFact(
        measure: measure, grade: grade?.rawValue, tenths: tenths, heldOn: heldOn)
    else { return (nil, reading.mistakes) }
    return ((fact, source), [])
  }
}
