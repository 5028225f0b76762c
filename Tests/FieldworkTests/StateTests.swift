import Calendars
import OrderedJSON
import Providers
import Records
import RuleFiles
import Standards
import TestKit
import Testing

@testable import Fieldwork

@Suite struct StateTests {
  private static let edition = Digest(of: Array("an edition".utf8))
  private static let file = StoredFile(digest: Digest(of: [1]), size: 1)
  private static let lead = AuthorID(known: "lead-1")
  private static let assessor = AuthorID(known: "assessor-1")

  /// A record in the making.
  private struct Writer {
    private(set) var state = InspectionState()
    private(set) var entries: [Entry] = []
    private var chance = Chance(seed: 1)

    mutating func add(_ event: Event) throws {
      let at = Instant(milliseconds: 1_767_225_600_000)
      let draft = Draft(
        id: EntryID(at: at, using: &chance), inspection: InspectionID(known: "one"),
        author: StateTests.lead, event: event.name, subject: event.subject,
        over: state.revision, edition: StateTests.edition, values: event.values)
      let entry = Entry(draft, after: entries.last?.head ?? .start, at: at)
      try state.apply(entry)
      entries.append(entry)
    }
  }

  /// Everything that can happen, once at least, in an order in which it can.
  private static func everything() throws -> [Event] {
    let day = try #require(Day(2027, 3, 11))
    let facts = InspectionFacts(
      provider: Provider.ID(known: "a-service"), edition: try #require(RuleBook.ID("pdu-2023")))
    let team = { (roles: Set<Role>) in
      try #require(TeamFacts(roles: roles, isCleared: true, conflicts: 2))
    }
    return [
      .inspectionCreated(facts), .retentionSet(until: day), .memberSet(lead, try team([.lead])),
      .memberSet(assessor, try team([.assessor, .panelMember])),
      .memberSet(AuthorID(known: "gone"), try team([.editor])),
      .memberRemoved(AuthorID(known: "gone")),
      .planSet(
        PlanFacts(
          publication: day, template: edition,
          phases: [PlanFacts.Phase(id: "fieldwork", title: "Fieldwork", first: day, last: day)])),
      .feedRenewed,
      .returnReceived(
        ReturnFacts(
          file: file, profile: "plumbline", listedOn: nil, rows: 9, refused: 1, frame: edition)),
      .frameFrozen(FrameFacts(received: 9, frame: edition)),
      .sampleDrawn(
        SampleFacts(
          file: file, seed: "1 2 3", frame: edition, plan: "probation", planDigest: edition,
          cases: 3)),
      .sampleChanged(SampleChange(file: file, out: 2, number: 4)),
      .sampleChanged(SampleChange(file: file, out: nil, number: 5)),
      .casesAllotted(AllottedCases([1: assessor, 3: lead, 4: lead])), .casesReleased([3]),
      .documentRequested(1, due: day), .documentSent(1, file), .documentReceived(1),
      .answerGiven(AnswerPlace(number: 1, question: "2.1.1"), GivenAnswer(.sufficient)),
      .answerGiven(AnswerPlace(number: 2, question: "2.1.1"), GivenAnswer(.notApplicable)),
    ] + (try assessing()) + (try judging())
      + [
        .workCarried(
          CarriedFacts(
            from: "plumbk-1", head: edition, entries: 3, isWhole: true, elsewhere: [edition])),
        .workCarried(
          CarriedFacts(
            from: "plumbk-2", head: edition, entries: 1, isWhole: false,
            elsewhere: [file.digest])), .personalDataErased,
      ]
  }

  private static func assessing() throws -> [Event] {
    let unseen = try #require(EntryID("019b76da-a800-7000-8000-000000000001"))
    let much = try #require(
      GivenAnswer(
        [
          .prompt(2, .no), .answer(.sufficient), .prompt(1, nil), .note(isWritten: true),
          .reason(isWritten: false), .evidence([1, 3]),
        ], replaces: [unseen]))
    let conditions = try #require(
      GivenAnswer([.condition("risk-of-harm-not-low", true), .condition("other", nil)]))
    return [
      .answerGiven(AnswerPlace(number: 1, question: "2.1.2"), much),
      .answerGiven(AnswerPlace(number: 1, question: AnswerPlace.conditions), conditions),
      .answerDropped(AnswerPlace(number: 1, question: "2.1.2"), unseen),
      .caseSubmitted(1), .answerGiven(AnswerPlace(number: 1, question: "2.1.3"), much),
      .queryAsked(1, QueryFacts(number: 1, question: "2.1.1")),
      .queryAsked(2, QueryFacts(number: 1, question: nil)), .queryAnswered(1), .queryClosed(1),
      .caseReopened(1),
      .secondsDrawn(try #require(SecondsFacts(seed: "4 5 6", share: 50, cases: [4, 1]))),
      .secondsAllotted(AllottedCases([1: lead, 4: assessor])),
      .answerGiven(AnswerPlace(.second, number: 4, question: "2.1.1"), GivenAnswer(.sufficient)),
      .answerGiven(AnswerPlace(.agreed, number: 4, question: "2.1.1"), GivenAnswer(.insufficient)),
      .calibrationSet(1), .calibrationSet(1),
      .answerGiven(
        AnswerPlace(.calibration(assessor), number: 1, question: "2.1.1"),
        GivenAnswer(.sufficient)),
    ]
  }

  private static func judging() throws -> [Event] {
    let day = try #require(Day(2027, 3, 11))
    let evidence = EvidenceFacts(
      kind: .focusGroup, file: file, content: edition, questions: ["1.1.2", "1.1.1"])
    let fact = try #require(
      WorkforceFact(measure: .inPost, grade: "PSO", tenths: 465, heldOn: day))
    let (question, standard) = try (#require(Code("1.1.1")), #require(Code("2.1")))
    return [
      .evidenceKept(1, evidence), .evidenceKept(1, evidence), .evidenceKept(2, evidence),
      .evidenceJudged(question, .rated(.good)), .evidenceJudged(standard, .notInspected),
      .evidenceJudged(question, .none), .panelDecided(standard, .good),
      .panelDecided(standard, nil), .panelDecided(standard, .requiresImprovement),
      .workforceNoted(1, fact), .workforceNoted(2, fact), .workforceNoted(1, nil),
    ]
  }

  /// Whoever records looked a moment before: what came in between must not make a record that
  /// nobody can read any more.
  @Test func `what makes an event impossible is about one of its prerequisites`() throws {
    var writer = Writer()
    let editor = try #require(TeamFacts(roles: [.editor], isCleared: true, conflicts: 0))
    let all =
      try Self.everything()
      + [
        .memberRemoved(Self.assessor), .memberSet(Self.assessor, editor), .caseReopened(4),
        .caseSubmitted(4), .queryClosed(2),
        .sampleChanged(SampleChange(file: Self.file, out: 1, number: 6)),
        .casesAllotted(AllottedCases([1: Self.lead, 4: Self.assessor])),
        .queryAsked(3, QueryFacts(number: 1, question: nil)),
      ]
    var found: Set<String> = []
    for happened in all where writer.state.canHappen(happened) {
      try writer.add(happened)
      let possible = all.filter { writer.state.canHappen($0) }
      for faster in possible {
        var after = writer
        try after.add(faster)
        for event in possible where !after.state.canHappen(event) {
          #expect(
            event.prerequisites.contains(faster.subject),
            "\(event.subject) is not possible after \(faster.name)")
          found.insert("\(event.name) after \(faster.name)")
        }
      }
    }
    for pair in [
      "query-asked after case-reopened", "case-submitted after sample-changed",
      "cases-allotted after member-set", "seconds-allotted after cases-allotted",
    ] {
      #expect(found.contains(pair), "\(pair) was not tried")
    }
  }

  @Test func `every event is read back as it was written`() throws {
    var writer = Writer()
    for event in try Self.everything() { try writer.add(event) }

    #expect(try writer.entries.map { try Event($0) } == Self.everything())
    #expect(Set(try Self.everything().map(\.name)).count == 31)
  }

  @Test func `a state comes out of its document as it went in, at every entry`() throws {
    var writer = Writer()
    for event in try Self.everything() {
      try writer.add(event)
      let bytes = writer.state.document.compactBytes
      let read = try #require(InspectionState(document: try JSON(bytes: bytes)), "\(event.name)")
      #expect(read == writer.state)
      #expect(read.document.compactBytes == bytes)
    }
    #expect(writer.state.sample?.numbers == [1, 3, 4, 5])
    #expect(writer.state.assessors == [1: Self.assessor, 4: Self.lead])
    #expect(writer.state.roles(of: Self.assessor) == [.assessor, .panelMember])
    #expect(writer.state.roles(of: AuthorID(known: "gone")).isEmpty)
    #expect(writer.state.carriedFrom == "plumbk-1")
    #expect(writer.state.elsewhere == [Self.edition, Self.file.digest])
  }

  @Test func `what cannot happen yet, or any more, does not`() throws {
    let all = try Self.everything()
    var writer = Writer()
    // Before the inspection was set up nothing can.
    for event in all.dropFirst() {
      #expect(throws: EventFault.outOfPlace) { try writer.add(event) }
    }
    try writer.add(all[0])
    for name in [
      "inspection-created", "member-removed", "frame-frozen", "sample-drawn", "sample-changed",
      "cases-allotted", "document-sent", "document-received", "answer-given",
    ] {
      let event = try #require(all.first { $0.name == name })
      #expect(throws: EventFault.outOfPlace, "\(name)") { try writer.add(event) }
      #expect(writer.state.revision == 1)
    }
    for event in all[1...12] { try writer.add(event) }
    let impossible: [Event] = [
      // The frame is frozen, the sample drawn.
      all[8], all[9], all[10],
      // A number that is not the next, a case that went already.
      .sampleChanged(SampleChange(file: Self.file, out: 1, number: 9)),
      .sampleChanged(SampleChange(file: Self.file, out: 2, number: 6)),
      // A case that went, and somebody who is not in the team.
      .casesAllotted(AllottedCases([2: Self.assessor])),
      .casesAllotted(AllottedCases([1: AuthorID(known: "gone")])),
      .documentRequested(2, due: try #require(Day(2027, 1, 4))),
      .answerGiven(AnswerPlace(number: 6, question: "2.1.1"), GivenAnswer(.sufficient)),
      // Nothing was submitted, drawn or set yet.
      .caseReopened(1), .caseSubmitted(2), .queryAnswered(1), .queryClosed(1),
      .queryAsked(1, QueryFacts(number: 1, question: nil)),
      .answerGiven(AnswerPlace(.second, number: 1, question: "2.1.1"), GivenAnswer(.sufficient)),
      .answerGiven(AnswerPlace(.agreed, number: 1, question: "2.1.1"), GivenAnswer(.sufficient)),
      .secondsAllotted(AllottedCases([1: Self.lead])), .calibrationSet(2),
      .workforceNoted(1, nil),
    ]
    for event in impossible {
      #expect(throws: EventFault.outOfPlace, "\(event)") { try writer.add(event) }
    }
  }

  @Test func `who leaves the team has neither assessment of a case any more`() throws {
    var writer = Writer()
    for event in try Self.everything().dropLast() { try writer.add(event) }
    #expect(writer.state.seconds?.assessors[4] == Self.assessor)
    try writer.add(.memberRemoved(Self.assessor))
    #expect(!writer.state.assessors.values.contains(Self.assessor))
    #expect(writer.state.seconds?.assessors[4] == nil)
    // What they still have on a device is theirs to send.
    #expect(writer.state.seconds?.holders.everybody(of: 4) == [Self.assessor])
  }

  private static let wrongValues: [(String, String, JSON)] = [
    ("member-set", "member/a", ["roles": [], "cleared": true, "conflicts": .number(0)]),
    ("member-set", "member/a", ["roles": ["officer"], "cleared": true, "conflicts": .number(0)]),
    (
      "member-set", "member/a",
      ["roles": ["assessor", "lead"], "cleared": true, "conflicts": .number(0)]
    ),
    ("answer-given", "answer/1/2.1.1", ["answer": "perhaps"]),
    ("answer-given", "answer/1/2.1.1", ["answer": "sufficient", "note": "x"]),
    ("answer-given", "answer/1/2.1.1", ["note": true, "answer": "sufficient"]),
    ("answer-given", "answer/1/2.1.1", .object([])),
    ("answer-given", "answer/1/2.1.1", ["replaces": ["019b76da-a800-7000-8000-000000000001"]]),
    ("answer-given", "answer/1/2.1.1", ["answer": "sufficient", "replaces": []]),
    ("answer-given", "answer/1/2.1.1", ["p0": "yes"]),
    ("answer-given", "answer/1/2.1.1", ["p01": "yes"]),
    ("answer-given", "answer/1/conditions", ["risk-of-harm-not-low": "yes"]),
    ("seconds-drawn", "seconds", ["seed": "1", "share": .number(0), "cases": [.number(1)]]),
    ("evidence-judged", "judgement/1.1", ["rating": "fair"]),
    ("panel-decided", "panel/1.1", ["rating": "not-inspected"]),
    ("document-requested", "request/1", ["due": "2027-02-30"]),
    ("cases-allotted", "allotment", ["cases": [["case": .number(1), "assessor": "A"]]]),
  ]

  @Test(arguments: wrongValues)
  func `values that the program does not write are not read`(
    _ name: String, _ subject: String, _ values: JSON
  ) {
    #expect(throws: EventFault.wrongValues) { try Event(name, subject: subject, values: values) }
  }

  @Test(arguments: [
    ("member-set", "member/"), ("member-removed", "team/a"), ("document-received", "request/0"),
    ("document-received", "request/01"), ("answer-given", "answer/1"),
    ("answer-given", "answer/01/2.1.1"), ("answer-given", "answer/+1/2.1.1"),
    ("answer-given", "answer/0/2.1.1"), ("answer-given", "answer//2.1.1"),
    ("answer-given", "answer/1/"), ("answer-given", "answer/1/2.1.1/"),
    ("answer-given", "calibration/1/2.1.1"),
    ("answer-given", "calibration/1/2.1.1/"), ("answer-given", "calibration/1/2.1.1/a/b"),
    ("answer-given", "answer/1/2.1.1/3"), ("case-submitted", "case/x"),
    ("evidence-judged", "judgement/one"), ("query-closed", "case/1"),
  ])
  func `a subject of another kind is not read`(_ name: String, _ subject: String) {
    let values: JSON = name == "answer-given" ? ["answer": "sufficient"] : .object([])
    #expect(throws: EventFault.self) { try Event(name, subject: subject, values: values) }
  }
}
