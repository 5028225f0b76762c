import Caseloads
import Fieldwork
import Records
import Samples
import Standards

/// Made-up answers of the training inspection: half of the cases are answered, some of them twice,
/// and two devices of one assessor said different things.
struct TrainingAnswers {
  let inspection: OpenInspection
  let cases: [CaseFacts]
  let questions: CaseQuestions
  let newID: @Sendable () -> EntryID

  /// How many cases of a hundred are answered, and how many are sufficient, by question.
  private static let (begun, sufficient) = (50, [72, 66, 55, 68, 62, 48, 70, 64, 52, 67, 60, 45])

  /// How many second answers of a hundred differ from the first.
  private static let differing = 12

  private static let notes = [
    "Seen on the file, and said by the officer too.",
    "The plan says so, but the contact log does not show it.",
    "Discussed with the officer; the home visit is recorded.",
  ]

  var answered: [CaseFacts] { cases.filter { $0.number * 100 <= cases.count * Self.begun } }

  private func chance(_ number: Int, _ salt: Int) -> SplitMix64 {
    SplitMix64(seed: 2_026, number: number * 16 + salt)
  }

  /// Whether a case meets the conditions of the edition.
  private func meets(_ facts: CaseFacts) -> Bool {
    !["low", "rlrh"].contains(facts.risk.lowercased())
  }

  /// What the assessor of a case said.
  func first(of facts: CaseFacts) -> [SentEntry] {
    let isLast = facts.number == answered.last?.number
    return entries(of: facts, in: .first) { place in
      // The last one is half done.
      isLast && place > questions.questions.count / 2 ? nil : answer(facts, place)
    }
  }

  /// What a second assessor said.
  func second(of facts: CaseFacts) -> [SentEntry] {
    entries(of: facts, in: .second) { place in
      var chance = chance(facts.number, 2)
      for _ in 0..<place { _ = chance.next() }
      let answer = answer(facts, place)
      guard chance.next() % 100 < UInt64(Self.differing) else { return answer }
      return answer == .sufficient ? .insufficient : .sufficient
    }
  }

  /// What two devices said of one question, neither of which saw the other’s answer.
  func conflict(on facts: CaseFacts, over revision: Int) -> [SentEntry] {
    guard let question = questions.questions.last else { return [] }
    let place = AnswerPlace(number: facts.number, question: question.code.text)
    return [Sufficiency.sufficient, .insufficient].compactMap { answer in
      GivenAnswer([.answer(answer), .note(isWritten: true)]).map { given in
        SentEntry(
          id: newID(), event: .answerGiven(place, given), over: revision,
          secret: AnswerText(
            note: answer == .sufficient
              ? "Written on the laptop in the office." : "Written on the tablet in the prison."
          ).json)
      }
    }
  }

  private func answer(_ facts: CaseFacts, _ place: Int) -> Sufficiency {
    var chance = chance(facts.number, 1)
    for _ in 0..<place { _ = chance.next() }
    let share = Self.sufficient[place % Self.sufficient.count]
    return chance.next() % 100 < UInt64(share) ? .sufficient : .insufficient
  }

  private func entries(
    of facts: CaseFacts, in assessment: AnswerPlace.Assessment,
    _ answer: (Int) -> Sufficiency?
  ) -> [SentEntry] {
    var entries: [SentEntry] = []
    func add(_ question: String, _ statements: [Statement], _ text: AnswerText = AnswerText()) {
      guard let given = GivenAnswer(statements) else { return }
      let place = AnswerPlace(assessment, number: facts.number, question: question)
      entries.append(
        SentEntry(
          id: newID(), event: .answerGiven(place, given), over: inspection.state.revision,
          secret: text.json))
    }
    if !questions.conditions.isEmpty {
      add(
        AnswerPlace.conditions,
        questions.conditions.map { .condition($0.name, meets(facts)) })
    }
    for (place, question) in questions.questions.enumerated() {
      let isPut = question.appliesTo == RuleBook.Condition.everyCase || meets(facts)
      guard isPut, let answer = answer(place) else { continue }
      var chance = chance(facts.number * 100 + place, 3)
      let prompts = question.prompts.indices.map { number in
        let isYes = (chance.next() % 100 < 80) == (answer == .sufficient)
        return Statement.prompt(number + 1, isYes ? .yes : .no)
      }
      let isNoted = chance.next() % 4 == 0
      let note = isNoted ? Self.notes[Int(chance.next() % UInt64(Self.notes.count))] : ""
      add(
        question.code.text,
        [.answer(answer)] + prompts + (isNoted ? [.note(isWritten: true)] : []),
        AnswerText(note: note))
    }
    return entries
  }
}

extension TrainingRecord {
  /// The share of cases that are assessed twice, of a hundred.
  private static let secondShare = 20

  /// Answers half of the cases, some of them twice, and leaves a conflict waiting.
  func assess(_ lead: AuthorID, _ questions: CaseQuestions) async throws {
    guard let inspection = try await planning.memory.inspection(Self.id) else { return }
    let cases = try await planning.cases(of: inspection)
    let answers = TrainingAnswers(
      inspection: inspection, cases: cases, questions: questions, newID: newID)
    for facts in answers.answered {
      guard let assessor = inspection.state.assessors[facts.number] else { continue }
      try await planning.say(answers.first(of: facts), in: inspection, by: assessor)
    }
    try await submit(answers.answered.map(\.number), questions)
    try await assessAgain(lead, answers)
    if let facts = answers.answered.last,
      let assessor = inspection.state.assessors[facts.number]
    {
      try await planning.say(
        answers.conflict(on: facts, over: inspection.state.revision), in: inspection,
        by: assessor)
    }
  }

  /// Draws some cases for a second assessment, and answers those of the first half.
  private func assessAgain(_ lead: AuthorID, _ answers: TrainingAnswers) async throws {
    try await step(lead) { inspection, actor in
      try await planning.drawSeconds(
        Self.secondShare, seed: "2 5 4 1 6 6", in: inspection, by: actor)
    }
    try await step(lead) { inspection, actor in
      try await planning.allotSecondsEvenly(in: inspection, by: actor).0
    }
    guard let inspection = try await planning.memory.inspection(Self.id) else { return }
    for facts in answers.answered {
      guard let assessor = inspection.state.seconds?.assessors[facts.number] else { continue }
      try await planning.say(answers.second(of: facts), in: inspection, by: assessor)
    }
  }

  /// Submits two of three cases, and asks something about one.
  private func submit(_ numbers: [Int], _ questions: CaseQuestions) async throws {
    for number in numbers where !number.isMultiple(of: 3) {
      guard let inspection = try await planning.memory.inspection(Self.id),
        let assessor = inspection.state.assessors[number],
        inspection.state.tally(of: number, in: .first, questions).isDone
      else { continue }
      _ = try await planning.submit(
        number, questions, in: inspection,
        by: PlanningDesk.Actor(assessor, seen: inspection.state.revision))
    }
    guard let inspection = try await planning.memory.inspection(Self.id),
      let lead = inspection.state.leads.first,
      let number = inspection.state.cases.keys.min()
    else { return }
    _ = try await planning.ask(
      "Where on the file is the home visit recorded?", about: number,
      question: questions.questions.last?.code.text, in: inspection,
      by: PlanningDesk.Actor(lead, seen: inspection.state.revision))
  }
}
