import Fieldwork
import OrderedJSON
import Records
import RuleFiles
import Standards
import Workflows

/// Reads what an assessment's form sent into entries: one for each question of which something was
/// said anew.
struct AssessmentReading {
  let assessed: Assessed
  let newID: () -> EntryID
  private(set) var entries: [SentEntry] = []
  private(set) var mistakes: [Mistake] = []

  /// The most characters of a text.
  static let mostText = 4_000

  init(_ form: SubmittedForm, _ assessed: Assessed, newID: @escaping () -> EntryID) {
    self.assessed = assessed
    self.newID = newID
    let conditions = assessed.questions.conditions.map { Statement.Field.condition($0.name) }
    read(AnswerPlace.conditions, conditions, form)
    for question in assessed.questions.questions {
      read(question.code.text, assessed.fields(of: question), form)
    }
  }

  private mutating func read(
    _ question: String, _ fields: [Statement.Field], _ form: SubmittedForm
  ) {
    var statements: [Statement] = []
    var text = AnswerText()
    for field in fields {
      let name = AssessmentField.name(question, field)
      let value: String
      if field == .evidence {
        value = form.all(name).sorted { (Int($0) ?? 0) < (Int($1) ?? 0) }.joined(separator: ",")
      } else {
        value = AssessmentField.lines(form.typed(name))
      }
      // A field that the form does not have, and one that was not touched, says nothing.
      let was = form.all("was:" + name).first
      guard let was, AssessmentField.mark(value, field) != was else { continue }
      guard let statement = statement(field, value) else {
        mistakes.append(
          Mistake(
            field: AssessmentField.id(question, field), text: "Choose one of the answers again"))
        continue
      }
      if statement.isText, value.count > Self.mostText {
        mistakes.append(
          Mistake(
            field: AssessmentField.id(question, field),
            text: "Write at most \(Words.number(Self.mostText)) characters on \(question)"))
        continue
      }
      if field == .note { text.note = value }
      if field == .reason { text.reason = value }
      statements.append(statement)
    }
    guard let given = GivenAnswer(statements) else { return }
    let id = form["entry:\(question)"].flatMap { EntryID($0) } ?? newID()
    let seen = min(form["seen"].flatMap { Int($0) } ?? 0, assessed.state.revision)
    entries.append(
      SentEntry(
        id: id, event: .answerGiven(assessed.place(question), given), over: max(0, seen),
        secret: text.json))
  }

  /// Nothing from a value that no form of ours sends.
  private func statement(_ field: Statement.Field, _ value: String) -> Statement? {
    switch field {
    case .answer:
      if value.isEmpty { return .answer(nil) }
      return Sufficiency(rawValue: value).map { .answer($0) }
    case .prompt(let number):
      if value.isEmpty { return .prompt(number, nil) }
      return PromptAnswer(rawValue: value).map { .prompt(number, $0) }
    case .note: return .note(isWritten: !value.isEmpty)
    case .reason: return .reason(isWritten: !value.isEmpty)
    case .evidence:
      let numbers = value.split(separator: ",").map { Int($0) }
      guard numbers.allSatisfy({ $0.map { assessed.state.evidence[$0] != nil } == true }) else {
        return nil
      }
      return .evidence(numbers.compactMap(\.self))
    case .condition(let name):
      switch value {
      case "yes": return .condition(name, true)
      case "no": return .condition(name, false)
      case "": return .condition(name, nil)
      default: return nil
      }
    }
  }
}
