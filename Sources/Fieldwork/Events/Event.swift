public import Calendars
public import OrderedJSON
public import Records

/// What happened in an inspection. Holds no personal data and no free text; what is personal is
/// sealed beside it.
public enum Event: Hashable, Sendable {
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

  /// The day after which what is personal is to be erased was set.
  case retentionSet(until: Day)

  /// What is personal was made unreadable for ever.
  case personalDataErased

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
    case .retentionSet: "retention-set"
    case .personalDataErased: "personal-data-erased"
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
    case .answerGiven(let place, _): place.subject
    case .retentionSet: "retention"
    case .personalDataErased: "personal-data"
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
    case .retentionSet(let day): ["until": .string(day.description)]
    case .memberRemoved, .feedRenewed, .documentReceived, .personalDataErased: .object([])
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
      return GivenAnswer(values: values).map { .answerGiven(place, $0) }
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
      let number = try request(subject)
      return values["due"].day.map { .documentRequested(number, due: $0) }
    case "document-sent":
      let number = try request(subject)
      return StoredFile(values: values).map { .documentSent(number, $0) }
    case "document-received": return .documentReceived(try request(subject))
    case "retention-set": return values["until"].day.map { .retentionSet(until: $0) }
    case "personal-data-erased": return .personalDataErased
    default: throw .unknown
    }
  }

  private static func member(_ subject: String) throws(EventFault) -> AuthorID {
    guard subject.hasPrefix("member/"), let id = AuthorID(subject.dropFirst(7)) else {
      throw .wrongSubject
    }
    return id
  }

  private static func request(_ subject: String) throws(EventFault) -> Int {
    guard subject.hasPrefix("request/"), let number = Int(subject.dropFirst(8)), number > 0 else {
      throw .wrongSubject
    }
    return number
  }
}

extension JSON {
  var day: Day? { string.flatMap { Day($0) } }
}
