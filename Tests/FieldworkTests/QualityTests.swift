import Calendars
import Providers
import Records
import RuleFiles
import Standards
import Statistics
import TestKit
import Testing

@testable import Fieldwork

/// An inspection with two assessors, whose cases are all assessed twice.
private struct Assessed {
  static let one = AuthorID(known: "assessor-1")
  static let two = AuthorID(known: "assessor-2")
  static let lead = AuthorID(known: "lead")

  private(set) var state = InspectionState()
  let questions: [RuleBook.KeyQuestion]
  private var last: Head = .start
  private var chance = Chance(seed: 3)

  init(edition: String = "crc-2018", cases: Int = 4) throws {
    let digest = Digest(of: [1])
    let id = try #require(RuleBook.ID(edition))
    let book = try #require(try PublishedEditions.load()[id])
    questions = book.standards.filter { $0.ratedBy == .caseQuestions }.flatMap(\.questions)
    try add(
      .inspectionCreated(
        InspectionFacts(provider: Provider.ID(known: "a-service"), edition: book.id)))
    let assessor = try #require(TeamFacts(roles: [.assessor], isCleared: true, conflicts: 0))
    for id in [Self.one, Self.two, Self.lead] { try add(.memberSet(id, assessor)) }
    let file = StoredFile(digest: digest, size: 1)
    try add(
      .returnReceived(
        ReturnFacts(
          file: file, profile: "plumbline", listedOn: nil, rows: 9, refused: 0, frame: digest)))
    try add(.frameFrozen(FrameFacts(received: state.revision, frame: digest)))
    try add(
      .sampleDrawn(
        SampleFacts(
          file: file, seed: "s", frame: digest, plan: "probation", planDigest: digest,
          cases: cases)))
    let all = Array(1...cases)
    try add(
      .casesAllotted(AllottedCases(Dictionary(uniqueKeysWithValues: all.map { ($0, Self.one) }))))
    try add(.secondsDrawn(try #require(SecondsFacts(drawing: 100, of: all, seed: "s"))))
    try add(
      .secondsAllotted(AllottedCases(Dictionary(uniqueKeysWithValues: all.map { ($0, Self.two) }))))
  }

  mutating func add(_ event: Event, by author: AuthorID = Self.lead) throws {
    let at = Instant(milliseconds: 1_767_225_600_000)
    let draft = Draft(
      id: EntryID(at: at, using: &chance), inspection: InspectionID(known: "one"), author: author,
      event: event.name, subject: event.subject, over: state.revision, edition: Digest(of: [1]),
      values: event.values)
    let entry = Entry(draft, after: last, at: at)
    try state.apply(entry)
    last = entry.head
  }

  mutating func say(
    _ statement: Statement, _ assessment: AnswerPlace.Assessment, _ number: Int, _ question: String,
    by author: AuthorID? = nil
  ) throws {
    let place = AnswerPlace(assessment, number: number, question: question)
    try add(
      .answerGiven(place, try #require(GivenAnswer([statement]))),
      by: author ?? (assessment == .second ? Self.two : Self.one))
  }
}

@Suite struct QualityTests {
  @Test func `a missing answer is no agreement, and neither is one that clashes`() throws {
    var assessed = try Assessed()
    let code = assessed.questions[0].code.text
    func paired() -> PairedAnswers { PairedAnswers(assessed.state, assessed.questions) }
    let all = 4 * assessed.questions.count
    #expect(paired().pairs.isEmpty)
    #expect(paired().waiting == all)

    try assessed.say(.answer(.sufficient), .first, 1, code)
    #expect(paired().pairs.isEmpty)
    try assessed.say(.answer(.sufficient), .second, 1, code)
    #expect(paired().pairs.count == 1)
    #expect(paired().waiting == all - 1)
    #expect(paired().disagreements.isEmpty)
    // An answer that was taken back.
    try assessed.say(.answer(nil), .second, 1, code)
    #expect(paired().pairs.isEmpty)
    #expect(PairedAnswers(assessed.state, assessed.questions, without: [1]).waiting == all * 3 / 4)
  }

  @Test func `a question that the case does not meet counts as not applicable`() throws {
    var assessed = try Assessed()
    let question = try #require(
      assessed.questions.first { $0.appliesTo != RuleBook.Condition.everyCase })
    let condition = try #require(question.appliesTo)
    let code = question.code.text
    try assessed.say(.answer(.sufficient), .first, 1, code)
    try assessed.say(.answer(.sufficient), .second, 1, code)
    try assessed.say(.condition(condition, true), .first, 1, AnswerPlace.conditions)
    try assessed.say(.condition(condition, false), .second, 1, AnswerPlace.conditions)
    let pair = try #require(
      PairedAnswers(assessed.state, assessed.questions).pairs.first { $0.question == question })
    #expect(pair.first.answer == .sufficient)
    #expect(!pair.first.isSetAside)
    #expect(pair.second.answer == .notApplicable)
    #expect(pair.second.isSetAside)
    #expect(pair.isDifferent)
    #expect(pair.assessors == AssessorPair(Assessed.two, Assessed.one))
  }

  @Test func `what a lead chose between is still an answer of who has the case`() throws {
    var assessed = try Assessed()
    let question = assessed.questions[0]
    let code = question.code.text
    func assessor() -> AuthorID? {
      assessed.state.assessedAnswer(to: question, on: 1, in: .first)?.assessor
    }
    try assessed.say(.answer(.sufficient), .first, 1, code)
    #expect(assessor() == Assessed.one)
    try assessed.say(.answer(.insufficient), .first, 1, code, by: Assessed.lead)
    #expect(assessor() == Assessed.one)
    // Whoever has the case now, or had it, speaks for themselves.
    try assessed.add(.casesAllotted(AllottedCases([1: Assessed.lead])))
    #expect(assessor() == Assessed.lead)
    try assessed.say(.answer(.sufficient), .first, 1, code, by: Assessed.one)
    #expect(assessor() == Assessed.one)
  }

  @Test func `what is agreed leaves agreement as it was, and is told when it is out of date`()
    throws
  {
    var assessed = try Assessed()
    let code = assessed.questions[0].code.text
    try assessed.say(.answer(.sufficient), .first, 2, code)
    try assessed.say(.answer(.insufficient), .second, 2, code)
    func paired() -> PairedAnswers { PairedAnswers(assessed.state, assessed.questions) }
    let before = paired().compared(assessed.questions).agreeingPairCount
    try assessed.say(.answer(.insufficient), .agreed, 2, code, by: Assessed.lead)
    #expect(paired().compared(assessed.questions).agreeingPairCount == before)
    #expect(paired().disagreements.map(\.agreed?.answer) == [.insufficient])
    #expect(paired().disagreements[0].hasChangedSince == false)
    #expect(assessed.state.answer(to: assessed.questions[0], on: 2) == .insufficient)

    try assessed.say(.answer(.insufficient), .first, 2, code)
    #expect(paired().disagreements[0].hasChangedSince)
    #expect(!paired().disagreements[0].isDifferent)
  }

  @Test func `agreement is that of the answers of both, and parts make up the whole`() throws {
    var assessed = try Assessed(cases: 3)
    let two = Array(assessed.questions.prefix(2))
    let words: [[Sufficiency]] = [
      [.sufficient, .insufficient, .sufficient], [.sufficient, .sufficient, .notApplicable],
    ]
    for (place, question) in two.enumerated() {
      for number in 1...3 {
        try assessed.say(.answer(words[place][number - 1]), .first, number, question.code.text)
        try assessed.say(.answer(.sufficient), .second, number, question.code.text)
      }
    }
    let paired = PairedAnswers(assessed.state, assessed.questions)
    let one = paired.compared([two[0]])
    #expect((one.agreeingPairCount, one.pairCount) == (2, 3))
    #expect(one.possibleAnswers == 3)
    let all = paired.compared(assessed.questions)
    #expect(all.pairCount == one.pairCount + paired.compared([two[1]]).pairCount)
    #expect(paired.byAssessors.map(\.answers.pairCount) == [6])
    // Worked out by hand: agreement 2/3; shares 5/6, 1/6 and 0 give chance (5/36 + 5/36) / 2.
    guard case .estimated(let estimate) = one.agreement(by: .gwet) else {
      Issue.record("no AC1")
      return
    }
    let chance = 5.0 / 36
    #expect(abs(estimate.value - (2.0 / 3 - chance) / (1 - chance)) < 1e-12)
  }

  @Test func `whoever is not done with a case sees nothing of its other assessment`() throws {
    var assessed = try Assessed(cases: 2)
    func open(_ id: AuthorID) -> Set<Int> { assessed.state.unfinished(by: id, assessed.questions) }
    #expect(open(Assessed.one) == [1, 2])
    #expect(open(Assessed.two) == [1, 2])
    #expect(open(Assessed.lead) == [])
    for question in assessed.questions {
      try assessed.say(.answer(.sufficient), .second, 1, question.code.text)
    }
    #expect(open(Assessed.two) == [2])
    #expect(open(Assessed.one) == [1, 2])
  }

  // MARK: - Severity

  @Test func `an assessor is told apart only where the intervals do not overlap`() throws {
    func severity(_ own: (Int, Int), _ others: (Int, Int)) -> Severity {
      func share(_ counts: (Int, Int)) -> Severity.Share? {
        Proportion(counts.0, of: counts.1).map(Severity.Share.init)
      }
      return Severity(
        assessor: Assessed.one, cases: 1, own: share(own), others: share(others))
    }
    #expect(severity((9, 10), (5, 10)).standing == .alike)
    #expect(severity((90, 100), (50, 100)).standing == .milder)
    #expect(severity((50, 100), (90, 100)).standing == .stricter)
    #expect(severity((0, 0), (5, 10)).standing == .notComparable)
    #expect(severity((5, 10), (0, 0)).standing == .notComparable)
  }

  @Test func `own answers and those of all others make up the whole`() throws {
    var assessed = try Assessed(cases: 4)
    let code = assessed.questions[0].code.text
    try assessed.add(.casesAllotted(AllottedCases([3: Assessed.lead, 4: Assessed.lead])))
    for (number, answer) in [(1, Sufficiency.sufficient), (2, .notApplicable)] {
      try assessed.say(.answer(answer), .first, number, code)
    }
    for (number, answer) in [(3, Sufficiency.insufficient), (4, .sufficient)] {
      try assessed.say(.answer(answer), .first, number, code, by: Assessed.lead)
    }
    // Second assessments count for nothing here.
    try assessed.say(.answer(.insufficient), .second, 1, code)
    let all = Severity.all(in: assessed.state, assessed.questions)
    #expect(all.map(\.assessor) == [Assessed.one, Assessed.lead])
    #expect(all.map(\.own?.proportion) == [Proportion(1, of: 1), Proportion(1, of: 2)])
    #expect(all.map(\.others?.proportion) == [Proportion(1, of: 2), Proportion(1, of: 1)])
    #expect(all.map(\.cases) == [2, 2])
    #expect(
      Severity.all(in: assessed.state, assessed.questions, without: [3, 4]).map(\.others) == [nil])
  }

  // MARK: - Calibration

  @Test func `calibration cases compare everybody who answered, question by question`() throws {
    var assessed = try Assessed()
    let codes = assessed.questions.prefix(2).map(\.code.text)
    for number in 1...2 { try assessed.add(.calibrationSet(number)) }
    for id in [Assessed.one, Assessed.two, Assessed.lead] {
      try assessed.say(.answer(.sufficient), .calibration(id), 1, codes[0], by: id)
    }
    try assessed.say(
      .answer(.insufficient), .calibration(Assessed.two), 2, codes[0], by: Assessed.two)
    try assessed.say(
      .answer(.sufficient), .calibration(Assessed.one), 2, codes[1], by: Assessed.one)
    let answers = CalibrationAnswers(assessed.state, assessed.questions)
    #expect(answers.assessors.mapValues(\.count) == [1: 3, 2: 2])
    let first = answers.compared([assessed.questions[0]])
    #expect((first.pairCount, first.agreeingPairCount, first.caseCount) == (3, 3, 2))
    #expect(answers.compared(assessed.questions, on: 2).pairCount == 0)
    #expect(
      answers.compared(assessed.questions, on: 2).agreement(by: .gwet) == .nothingToCompare)
    #expect(
      answers.compared([assessed.questions[0]], on: 1).agreement(by: .fleiss) == .onlyOneAnswer)
  }
}
