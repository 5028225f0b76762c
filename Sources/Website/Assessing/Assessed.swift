import Fieldwork
import OrderedJSON
import Records
import RuleFiles
import Standards
import Workflows

/// An assessment of a case that somebody opened, with everything that its pages show.
struct Assessed: Sendable {
  let inspection: OpenInspection
  let questions: CaseQuestions
  let facts: CaseFacts
  let assessment: AnswerPlace.Assessment
  let texts: [Int: AnswerText]

  /// The text of a case that was made up.
  var brief: CalibrationCase?

  var state: InspectionState { inspection.state }

  func place(_ question: String) -> AnswerPlace {
    AnswerPlace(assessment, number: facts.number, question: question)
  }

  func answer(_ question: String) -> AnswerState? { state.answers[place(question)] }

  /// What is said in a field, as a form has it: a word, a text, or nothing.
  func value(_ question: String, _ field: Statement.Field) -> String {
    answer(question)?.last(field).map(value) ?? ""
  }

  private func value(_ head: AnswerState.Head) -> String {
    switch head.statement {
    case .answer(let answer): answer?.rawValue ?? ""
    case .prompt(_, let answer): answer?.rawValue ?? ""
    case .note, .reason: texts[head.sequence]?[head.statement.field] ?? ""
    case .evidence(let numbers): numbers.map(String.init).joined(separator: ",")
    case .condition(_, let isMet): isMet.map { $0 ? "yes" : "no" } ?? ""
    }
  }

  /// Everything that holds for a field, as ``value(_:_:)`` has it: several where answers differ.
  func values(_ question: String, _ field: Statement.Field) -> [String] {
    guard let answer = answer(question), answer.conflicts.contains(field) else {
      return [value(question, field)]
    }
    return answer.heads(of: field).map(value)
  }

  var tally: InspectionState.Tally {
    state.tally(of: facts.number, in: assessment, questions)
  }

  var stage: CaseStage {
    let places = questions.places(of: facts.number, in: assessment)
    return state.stage(
      of: facts.number, isBegun: places.contains { state.answers[$0] != nil })
  }

  /// Whether answers may be changed on the page. What comes from a device is taken all the same.
  var isOpen: Bool { assessment != .first || stage.isOpen }

  /// The address of the form.
  var address: String {
    switch assessment {
    case .first, .agreed:
      InspectionPages.address(inspection, "/cases/\(facts.number)/assess")
    case .second: InspectionPages.address(inspection, "/seconds/\(facts.number)")
    case .calibration: InspectionPages.address(inspection, "/calibrations/\(facts.number)")
    }
  }

  /// The fields of a question, in the order of the form.
  func fields(of question: RuleBook.KeyQuestion) -> [Statement.Field] {
    question.prompts.indices.map { .prompt($0 + 1) } + [.answer, .reason, .note]
      + (state.evidence.isEmpty ? [] : [.evidence])
  }
}

/// How the fields of an assessment are called in its form.
enum AssessmentField {
  /// `2.1.1:answer`, `conditions:risk-of-harm-not-low`.
  static func name(_ question: String, _ field: Statement.Field) -> String {
    "\(question):\(field.name)"
  }

  /// An id for HTML: `q-2-1-1-answer`.
  static func id(_ question: String, _ field: Statement.Field) -> String {
    "\(id(question))-\(field.name)"
  }

  /// `q-2-1-1`
  static func id(_ question: String) -> String {
    "q-" + String(question.map { $0 == "." ? "-" : $0 })
  }

  /// What a form remembers of the value that it showed: a word itself, of a text its digest.
  static func mark(_ value: String, _ field: Statement.Field) -> String {
    guard field == .note || field == .reason else { return value }
    return value.isEmpty ? "" : Digest(of: Array(lines(value).utf8)).short
  }

  /// A text as it is kept: browsers send line ends as two characters.
  static func lines(_ text: String) -> String {
    String(text.filter { $0 != "\r" }.map { $0 == "\r\n" ? "\n" : $0 })
  }
}

extension StaffSite {
  /// An assessment that the visitor may open; nothing when there is none.
  func assessed(
    _ visit: Visit, _ assessment: AnswerPlace.Assessment
  ) async throws -> Assessed? {
    let inspection = try visit.opened()
    let account = try visit.signedIn().account.id
    guard let number = visit.parameters["number"].flatMap({ Int($0) }),
      let questions = questions(of: inspection)
    else { return nil }
    var facts: CaseFacts?
    var brief: CalibrationCase?
    switch assessment {
    case .first, .agreed:
      facts = try await desks.planning.cases(openTo: account, as: visit.roles, in: inspection)
        .first { $0.number == number }
    case .second:
      facts = try await desks.planning.casesToAssess(by: account, in: inspection)
        .first { $0.facts.number == number && $0.assessment == .second }?.facts
    case .calibration:
      brief = try await desks.planning.calibrations(in: inspection).first { $0.number == number }
      guard brief != nil else { return nil }
      facts = CaseFacts(number: number, crn: "", stratum: "", isRestricted: false)
    }
    guard let facts else { return nil }
    return try await assessed(facts, assessment, questions, in: inspection, brief)
  }

  /// The first assessment of a case that the visitor had once, so that they can choose between what
  /// they said and what somebody else did. Nothing for local assessors, whom a case may have been
  /// taken from because it is their own, and where they are not cleared any more.
  func assessedBefore(_ visit: Visit) async throws -> Assessed? {
    let inspection = try visit.opened()
    let account = try visit.signedIn().account.id
    guard let number = visit.parameters["number"].flatMap({ Int($0) }),
      inspection.state.holders.lost(number, by: account) != nil, visit.roles.contains(.assessor),
      let questions = questions(of: inspection),
      let facts = try await desks.planning.cases(of: inspection).first(where: {
        $0.number == number
      }), !facts.isRestricted || inspection.state.isCleared(account)
    else { return nil }
    return try await assessed(facts, .first, questions, in: inspection, nil)
  }

  private func assessed(
    _ facts: CaseFacts, _ assessment: AnswerPlace.Assessment, _ questions: CaseQuestions,
    in inspection: OpenInspection, _ brief: CalibrationCase?
  ) async throws -> Assessed {
    Assessed(
      inspection: inspection, questions: questions, facts: facts, assessment: assessment,
      texts: try await desks.planning.texts(
        at: questions.places(of: facts.number, in: assessment), in: inspection), brief: brief)
  }

  /// What the edition of an inspection puts on cases; nothing where this program has not that very
  /// edition.
  func questions(of inspection: OpenInspection) -> CaseQuestions? {
    guard let facts = inspection.state.facts, let questions = site.caseQuestions[facts.edition],
      questions.book.digest == inspection.state.edition
    else { return nil }
    return questions
  }
}
