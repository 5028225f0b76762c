public import Calendars
public import OrderedJSON
public import Records
public import Standards

/// What happened in an inspection. Holds no personal data and no free text; what is personal is
/// sealed beside it.
public indirect enum Event: Hashable, Sendable {
  /// The inspection was set up.
  case inspectionCreated(InspectionFacts)

  /// Somebody joined the team, or is something else in it now.
  case memberSet(AuthorID, TeamFacts)
  case memberRemoved(AuthorID)

  /// The day of publication and the phases before it were set.
  case planSet(PlanFacts)

  /// The calendar feed has another address from now on.
  case feedRenewed

  /// The provider's list came.
  case returnReceived(ReturnFacts)

  /// The list that the sample is drawn from was fixed, before the seed is known.
  case frameFrozen(FrameFacts)
  case sampleDrawn(SampleFacts)

  /// A case was replaced, or one was added.
  case sampleChanged(SampleChange)
  case casesAllotted(AllottedCases)

  /// Cases, by their numbers, have no assessor any more.
  case casesReleased([Int])

  /// A document was asked for, by its number.
  case documentRequested(Int, due: Day)
  case documentSent(Int, StoredFile)

  /// The lead has it.
  case documentReceived(Int)
  case answerGiven(AnswerPlace, GivenAnswer)

  /// An assessor took back what their device had not sent yet, and says why beside it: the id of
  /// the entry that never was. What it said is sealed with the reason.
  case answerDropped(AnswerPlace, EntryID)

  /// The assessor is done with a case, by its number.
  case caseSubmitted(Int)

  /// A case that was submitted is open again. Nothing in it changed.
  case caseReopened(Int)

  /// Something was asked about a case that was submitted: the query, by its number.
  case queryAsked(Int, QueryFacts)
  case queryAnswered(Int)
  case queryClosed(Int)

  /// The cases that are assessed a second time were drawn.
  case secondsDrawn(SecondsFacts)

  /// Second assessments were given to assessors.
  case secondsAllotted(AllottedCases)

  /// A case that was made up for calibration, by its number, was set or changed.
  case calibrationSet(Int)

  /// A piece of evidence, by its number, has a new version.
  case evidenceKept(Int, EvidenceFacts)

  /// The lead inspector judged a standard, or one of its key questions, by its code.
  case evidenceJudged(Code, EvidenceRating)

  /// The ratings panel moved a standard; nothing takes that back.
  case panelDecided(Code, Rating?)

  /// A fact about the people who work there, by its number; nothing takes it out.
  case workforceNoted(Int, WorkforceFact?)

  /// The day after which what is personal is to be erased was set.
  case retentionSet(until: Day)

  /// What is personal was made unreadable for ever.
  case personalDataErased

  /// Work was carried here from another installation.
  case workCarried(CarriedFacts)

  /// How it is called in the record.
  public var name: String {
    switch self {
    case .inspectionCreated: "inspection-created"
    case .memberSet: "member-set"
    case .memberRemoved: "member-removed"
    case .planSet: "plan-set"
    case .feedRenewed: "feed-renewed"
    case .returnReceived: "return-received"
    case .frameFrozen: "frame-frozen"
    case .sampleDrawn: "sample-drawn"
    case .sampleChanged: "sample-changed"
    case .casesAllotted: "cases-allotted"
    case .casesReleased: "cases-released"
    case .documentRequested: "document-requested"
    case .documentSent: "document-sent"
    case .documentReceived: "document-received"
    case .answerGiven: "answer-given"
    case .answerDropped: "answer-dropped"
    case .caseSubmitted: "case-submitted"
    case .caseReopened: "case-reopened"
    case .queryAsked: "query-asked"
    case .queryAnswered: "query-answered"
    case .queryClosed: "query-closed"
    case .secondsDrawn: "seconds-drawn"
    case .secondsAllotted: "seconds-allotted"
    case .calibrationSet: "calibration-set"
    case .evidenceKept: "evidence-kept"
    case .evidenceJudged: "evidence-judged"
    case .panelDecided: "panel-decided"
    case .workforceNoted: "workforce-noted"
    case .retentionSet: "retention-set"
    case .personalDataErased: "personal-data-erased"
    case .workCarried: "work-carried"
    }
  }

  /// What it happened to.
  public var subject: String {
    switch self {
    case .inspectionCreated: "inspection"
    case .memberSet(let id, _), .memberRemoved(let id): "member/\(id)"
    case .planSet: "plan"
    case .feedRenewed: "feed"
    case .returnReceived: "return"
    case .frameFrozen: "frame"
    case .sampleDrawn, .sampleChanged: "sample"
    case .casesAllotted, .casesReleased: "allotment"
    case .documentRequested(let number, _), .documentSent(let number, _),
      .documentReceived(let number):
      "request/\(number)"
    case .answerGiven(let place, _), .answerDropped(let place, _): place.subject
    case .caseSubmitted(let number), .caseReopened(let number): "case/\(number)"
    case .queryAsked(let number, _), .queryAnswered(let number), .queryClosed(let number):
      "query/\(number)"
    case .secondsDrawn, .secondsAllotted: "seconds"
    case .calibrationSet(let number): "calibration/\(number)"
    case .evidenceKept(let number, _): "evidence/\(number)"
    case .evidenceJudged(let code, _): "judgement/\(code)"
    case .panelDecided(let code, _): "panel/\(code)"
    case .workforceNoted(let number, _): "workforce/\(number)"
    case .retentionSet: "retention"
    case .personalDataErased: "personal-data"
    case .workCarried: "bundle"
    }
  }

  /// The subjects on which it depends whether it can happen. An entry about one of them that its
  /// author had not seen may make it impossible (``InspectionState/canHappen(_:)``), and what
  /// cannot happen makes a record that nobody can read any more: it is recorded only while these
  /// are as they were.
  public var prerequisites: [String] {
    switch self {
    case .inspectionCreated, .memberRemoved, .sampleChanged, .documentRequested, .caseReopened,
      .queryAnswered, .queryClosed, .workforceNoted:
      [subject]
    case .returnReceived: ["frame"]
    case .frameFrozen: ["return", "frame"]
    case .sampleDrawn: ["frame", "sample"]
    case .casesAllotted(let allotted): ["sample"] + allotted.members
    case .caseSubmitted: ["sample", subject]
    case .queryAsked(_, let facts): [subject, "case/\(facts.number)"]
    case .secondsDrawn: ["sample", "seconds"]
    case .secondsAllotted(let allotted): ["allotment"] + allotted.members
    case .memberSet, .planSet, .feedRenewed, .casesReleased, .documentSent, .documentReceived,
      .answerGiven, .answerDropped, .calibrationSet, .evidenceKept, .evidenceJudged,
      .panelDecided, .retentionSet, .personalDataErased, .workCarried:
      []
    }
  }

  /// What the record holds of it.
  public var values: JSON {
    switch self {
    case .inspectionCreated(let facts): facts.values
    case .memberSet(_, let facts): facts.values
    case .planSet(let facts): facts.values
    case .returnReceived(let facts): facts.values
    case .frameFrozen(let facts): facts.values
    case .sampleDrawn(let facts): facts.values
    case .sampleChanged(let facts): facts.values
    case .casesAllotted(let facts): facts.values
    case .casesReleased(let numbers): ["cases": .array(numbers.map(JSON.number))]
    case .documentRequested(_, let due): ["due": .string(due.description)]
    case .documentSent(_, let file): file.values
    case .answerGiven(_, let answer): answer.values
    case .answerDropped(_, let id): ["entry": .string(id.description)]
    case .queryAsked(_, let facts): facts.values
    case .secondsDrawn(let facts): facts.values
    case .secondsAllotted(let facts): facts.values
    case .evidenceKept(_, let facts): facts.values
    case .evidenceJudged(_, let rating): rating.values
    case .panelDecided(_, let rating): ["rating": .text(rating?.rawValue)]
    case .workforceNoted(_, let fact): fact?.values ?? .object([])
    case .retentionSet(let day): ["until": .string(day.description)]
    case .workCarried(let facts): facts.values
    case .memberRemoved, .feedRenewed, .documentReceived, .caseSubmitted, .caseReopened,
      .queryAnswered, .queryClosed, .calibrationSet, .personalDataErased:
      .object([])
    }
  }
}

/// Why an entry is nothing that can happen.
public enum EventFault: Error, Hashable {
  case unknown
  case wrongValues
  case wrongSubject

  /// What has to come before has not, or what must come once came already.
  case outOfPlace
}

extension EventFault: CustomStringConvertible {
  /// The rest of a sentence that starts with the entry, without its full stop.
  public var description: String {
    switch self {
    case .unknown: "says that something happened which this program does not know"
    case .wrongValues: "has not the values of its event"
    case .wrongSubject: "is about something else than its event"
    case .outOfPlace: "cannot happen where it stands in the record"
    }
  }
}

extension Event {
  /// Reads what an entry holds.
  ///
  /// - Throws: ``EventFault``. Only what ``values`` writes is read.
  public init(_ entry: Entry) throws(EventFault) {
    try self.init(entry.draft.event, subject: entry.draft.subject, values: entry.draft.values)
  }

  /// Reads an event by its name.
  ///
  /// - Throws: ``EventFault``. Only what ``values`` writes is read.
  public init(_ name: String, subject: String, values: JSON) throws(EventFault) {
    guard let event = try Self.read(name, subject, values), event.values == values else {
      throw .wrongValues
    }
    guard event.subject == subject else { throw .wrongSubject }
    self = event
  }

  private static func read(
    _ name: String, _ subject: String, _ values: JSON
  ) throws(EventFault) -> Event? {
    switch name {
    case "answer-given":
      guard let place = AnswerPlace(subject: subject) else { throw .wrongSubject }
      return GivenAnswer(values: values, at: place).map { .answerGiven(place, $0) }
    case "answer-dropped":
      guard let place = AnswerPlace(subject: subject) else { throw .wrongSubject }
      return values["entry"].string.flatMap { EntryID($0) }.map { .answerDropped(place, $0) }
    case "case-submitted": return .caseSubmitted(try number(subject, "case"))
    case "case-reopened": return .caseReopened(try number(subject, "case"))
    case "query-asked":
      let number = try number(subject, "query")
      return QueryFacts(values: values).map { .queryAsked(number, $0) }
    case "query-answered": return .queryAnswered(try number(subject, "query"))
    case "query-closed": return .queryClosed(try number(subject, "query"))
    case "seconds-drawn": return SecondsFacts(values: values).map { .secondsDrawn($0) }
    case "seconds-allotted": return AllottedCases(values: values).map { .secondsAllotted($0) }
    case "calibration-set": return .calibrationSet(try number(subject, "calibration"))
    case "evidence-kept":
      let number = try number(subject, "evidence")
      return EvidenceFacts(values: values).map { .evidenceKept(number, $0) }
    case "evidence-judged":
      let code = try code(subject, "judgement")
      return EvidenceRating(values: values).map { .evidenceJudged(code, $0) }
    case "panel-decided":
      let code = try code(subject, "panel")
      if values["rating"] == .null { return .panelDecided(code, nil) }
      return values["rating"].string.flatMap(Rating.init).map { .panelDecided(code, $0) }
    case "workforce-noted":
      let number = try number(subject, "workforce")
      if values == .object([]) { return .workforceNoted(number, nil) }
      return WorkforceFact(values: values).map { .workforceNoted(number, $0) }
    case "inspection-created":
      return InspectionFacts(values: values).map { .inspectionCreated($0) }
    case "member-set":
      let id = try member(subject)
      return TeamFacts(values: values).map { .memberSet(id, $0) }
    case "member-removed": return .memberRemoved(try member(subject))
    case "plan-set": return PlanFacts(values: values).map { .planSet($0) }
    case "feed-renewed": return .feedRenewed
    case "return-received": return ReturnFacts(values: values).map { .returnReceived($0) }
    case "frame-frozen": return FrameFacts(values: values).map { .frameFrozen($0) }
    case "sample-drawn": return SampleFacts(values: values).map { .sampleDrawn($0) }
    case "sample-changed": return SampleChange(values: values).map { .sampleChanged($0) }
    case "cases-allotted": return AllottedCases(values: values).map { .casesAllotted($0) }
    case "cases-released":
      guard let list = values["cases"].array else { return nil }
      let numbers = list.compactMap(\.int)
      return numbers.count == list.count ? .casesReleased(numbers) : nil
    case "document-requested":
      let number = try number(subject, "request")
      return values["due"].day.map { .documentRequested(number, due: $0) }
    case "document-sent":
      let number = try number(subject, "request")
      return StoredFile(values: values).map { .documentSent(number, $0) }
    case "document-received": return .documentReceived(try number(subject, "request"))
    case "retention-set": return values["until"].day.map { .retentionSet(until: $0) }
    case "personal-data-erased": return .personalDataErased
    case "work-carried": return CarriedFacts(values: values).map { .workCarried($0) }
    default: throw .unknown
    }
  }

  private static func member(_ subject: String) throws(EventFault) -> AuthorID {
    guard subject.hasPrefix("member/"), let id = AuthorID(subject.dropFirst(7)) else {
      throw .wrongSubject
    }
    return id
  }

  private static func number(
    _ subject: String, _ kind: String
  ) throws(EventFault) -> Int {
    let start = kind + "/"
    guard subject.hasPrefix(start), let number = Int(subject.dropFirst(start.count)), number > 0
    else { throw .wrongSubject }
    return number
  }

  private static func code(_ subject: String, _ kind: String) throws(EventFault) -> Code {
    let start = kind + "/"
    guard subject.hasPrefix(start), let code = Code(subject.dropFirst(start.count)) else {
      throw .wrongSubject
    }
    return code
  }
}

extension JSON {
  var day: Day? { string.flatMap { Day($0) } }
}
