public import Calendars
public import Records
public import RuleFiles

/// How an inspection stands after the entries of its record so far.
///
/// Holds nothing that is personal: what is sealed is found by the sequence of its entry.
public struct InspectionState: Hashable, Sendable {
  /// The sequence of the last entry.
  public internal(set) var revision = 0

  /// Nothing before the inspection was set up.
  public internal(set) var facts: InspectionFacts?

  /// The digest of the edition that it is held under.
  public internal(set) var edition: Digest?

  /// The day after which what is personal is to be erased.
  public internal(set) var retainedUntil: Day?
  public internal(set) var isErased = false

  /// Something that was set last by an entry.
  public struct Noted<Value: Hashable & Sendable>: Hashable, Sendable {
    public let value: Value

    /// The sequence of the entry.
    public let sequence: Int
  }

  public internal(set) var team: [AuthorID: Noted<TeamFacts>] = [:]
  public internal(set) var plan: Noted<PlanFacts>?

  /// How often the calendar feed got another address.
  public internal(set) var feed = 0

  /// The list that came last.
  public internal(set) var received: Noted<ReturnFacts>?
  public internal(set) var frame: Noted<FrameFacts>?
  public internal(set) var sample: SampleState?

  /// The assessor of each case, by its number.
  public internal(set) var assessors: [Int: AuthorID] = [:]

  /// By number from one.
  public internal(set) var requests: [Int: RequestState] = [:]

  /// The last answer to each key question on each case.
  public internal(set) var answers: [AnswerPlace: Noted<GivenAnswer>] = [:]

  public init() {}

  /// What somebody is in the team; nothing for who is not in it.
  public func roles(of account: AuthorID) -> Set<Role> {
    Set(team[account]?.value.roles ?? [])
  }

  /// Who leads the inspection.
  public var leads: Set<AuthorID> {
    Set(team.filter { $0.value.value.roles.contains(.lead) }.keys)
  }

  /// Whether somebody may see restricted cases.
  public func isCleared(_ account: AuthorID) -> Bool { team[account]?.value.isCleared == true }

  /// Takes in the next entry.
  ///
  /// - Throws: ``EventFault`` when it cannot happen; nothing changes then.
  public mutating func apply(_ entry: Entry) throws(EventFault) {
    try apply(HappenedEvent(EntryGist(entry)))
  }

  /// Takes in what happened next.
  ///
  /// - Throws: ``EventFault`` when it cannot happen; nothing changes then.
  public mutating func apply(_ happened: HappenedEvent) throws(EventFault) {
    if case .inspectionCreated(let facts) = happened.event {
      guard self.facts == nil else { throw .outOfPlace }
      self.facts = facts
      edition = happened.edition
      revision = happened.sequence
      return
    }
    guard facts != nil, canHappen(happened.event) else { throw .outOfPlace }
    take(happened.event, happened.sequence)
    revision = happened.sequence
  }

  /// Whether an event could be the next one.
  public func canHappen(_ event: Event) -> Bool {
    switch event {
    case .inspectionCreated: facts == nil
    case .memberRemoved(let id): team[id] != nil
    case .returnReceived: frame == nil
    case .frameFrozen(let frozen):
      frame == nil && received?.sequence == frozen.received
        && received?.value.frame == frozen.frame
    case .sampleDrawn(let drawn): sample == nil && frame?.value.frame == drawn.frame
    case .sampleChanged(let change):
      change.number == sample?.next && change.out.map { sample?.has($0) == true } != false
    case .casesAllotted(let allotted):
      allotted.assessors.allSatisfy { number, id in
        sample?.has(number) == true && !roles(of: id).isDisjoint(with: Role.ofAssessors)
      }
    case .documentRequested(let number, _): requests.count + 1 == number
    case .documentSent(let number, _), .documentReceived(let number): requests[number] != nil
    case .answerGiven(let place, _):
      // Also to a case that went: what was on its way is kept.
      sample.map { (1..<$0.next).contains(place.number) } == true
    case .casesReleased, .memberSet, .planSet, .feedRenewed, .retentionSet, .personalDataErased:
      facts != nil
    }
  }

  private mutating func take(_ event: Event, _ sequence: Int) {
    switch event {
    case .inspectionCreated: break
    case .memberSet(let id, let facts): team[id] = Noted(value: facts, sequence: sequence)
    case .memberRemoved(let id):
      team[id] = nil
      // Their cases have nobody; what they answered stays.
      assessors = assessors.filter { $0.value != id }
    case .planSet(let facts): plan = Noted(value: facts, sequence: sequence)
    case .feedRenewed: feed += 1
    case .returnReceived(let facts): received = Noted(value: facts, sequence: sequence)
    case .frameFrozen(let facts): frame = Noted(value: facts, sequence: sequence)
    case .sampleDrawn(let facts): sample = SampleState(facts, sequence)
    case .sampleChanged(let change):
      sample?.take(change, sequence)
      if let out = change.out { assessors[out] = nil }
    case .casesAllotted(let allotted): assessors.merge(allotted.assessors) { $1 }
    case .casesReleased(let numbers): for number in numbers { assessors[number] = nil }
    case .documentRequested(let number, let due):
      requests[number] = RequestState(due: due, sequence: sequence)
    case .documentSent(let number, let file):
      requests[number]?.sent.append(Noted(value: file, sequence: sequence))
    case .documentReceived(let number): requests[number]?.receivedAt = sequence
    case .answerGiven(let place, let answer):
      answers[place] = Noted(value: answer, sequence: sequence)
    case .retentionSet(let day): retainedUntil = day
    case .personalDataErased: isErased = true
    }
  }
}

/// An event with its place in the record.
public struct HappenedEvent: Sendable {
  let event: Event
  let sequence: Int
  let edition: Digest

  /// - Throws: ``EventFault`` when it is nothing that can happen.
  public init(_ gist: EntryGist) throws(EventFault) {
    event = try Event(gist.event, subject: gist.subject, values: gist.values)
    sequence = gist.sequence
    edition = gist.edition
  }
}

/// The sample of an inspection.
public struct SampleState: Hashable, Sendable {
  public let drawn: SampleFacts

  /// The sequence of the entry with which it was drawn.
  public let sequence: Int

  /// The sample file as it is now.
  public private(set) var file: StoredFile

  /// The changes since, each with the sequence of its entry.
  public private(set) var changes: [InspectionState.Noted<SampleChange>] = []

  /// The numbers of the cases that went.
  public private(set) var gone: Set<Int> = []

  init(_ drawn: SampleFacts, _ sequence: Int) {
    self.drawn = drawn
    self.sequence = sequence
    file = drawn.file
  }

  /// The number of the next case that comes.
  public var next: Int { drawn.cases + changes.count + 1 }

  /// The numbers of the cases in it, in order.
  public var numbers: [Int] { (1..<next).filter { !gone.contains($0) } }

  public func has(_ number: Int) -> Bool { (1..<next).contains(number) && !gone.contains(number) }

  mutating func take(_ change: SampleChange, _ sequence: Int) {
    changes.append(InspectionState.Noted(value: change, sequence: sequence))
    file = change.file
    if let out = change.out { gone.insert(out) }
  }
}

/// A document that the provider was asked for.
public struct RequestState: Hashable, Sendable {
  public let due: Day

  /// The sequence of the entry with which it was asked for.
  public let sequence: Int

  /// What was sent, with the sequences of their entries.
  public internal(set) var sent: [InspectionState.Noted<StoredFile>] = []

  /// The sequence of the entry with which it was received.
  public internal(set) var receivedAt: Int?
}
