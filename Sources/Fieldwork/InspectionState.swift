public import Calendars
public import Records
public import RuleFiles
public import Standards

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

  /// Whether what is personal should have been erased before a day.
  public func isKeptTooLong(on day: Day) -> Bool {
    !isErased && retainedUntil.map { $0 < day } ?? false
  }

  /// The public key of the installation that the whole record was carried here from; nothing where
  /// the inspection was set up.
  public internal(set) var carriedFrom: String?

  /// The files that are not here, since they did not come with the entries that are about them.
  public internal(set) var elsewhere: Set<Digest> = []

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

  /// Who has each case, and who had it: what they still have on a device is theirs to send.
  public internal(set) var holders = Holders()

  /// The assessor of each case, by its number.
  public var assessors: [Int: AuthorID] { holders.current }

  /// By number from one.
  public internal(set) var requests: [Int: RequestState] = [:]

  /// What is said of each question on each case.
  public internal(set) var answers = CaseAnswers()

  /// How far the work on each case is; nothing for one that was never submitted.
  public internal(set) var cases: [Int: CaseWork] = [:]

  /// By number from one, as are ``calibrations``, ``evidence`` and ``workforce``.
  public internal(set) var queries: [Int: QueryState] = [:]
  public internal(set) var seconds: SecondsState?

  /// The sequences of the entries with which each calibration case was set last.
  public internal(set) var calibrations: [Int: Int] = [:]

  /// The versions of each piece of evidence, the first first.
  public internal(set) var evidence: [Int: [Noted<EvidenceFacts>]] = [:]

  /// By the code of a standard or a key question.
  public internal(set) var judgements: [Code: Noted<EvidenceRating>] = [:]

  /// By the code of a standard.
  public internal(set) var panel: [Code: Noted<Rating>] = [:]
  public internal(set) var workforce: [Int: Noted<WorkforceFact>] = [:]

  /// How many facts about the people who work there were ever noted.
  public internal(set) var workforceNoted = 0

  /// The sequences of every entry with which something was judged, decided or noted of the people
  /// who work there, by what it happened to: what was said before the last word.
  public internal(set) var trails: [String: [Int]] = [:]

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
    if case .answerGiven(let place, let given) = happened.event {
      take(given, at: place, happened)
    } else {
      take(happened.event, happened.sequence)
    }
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
    case .answerGiven(let place, _), .answerDropped(let place, _): isKnown(place)
    case .caseSubmitted(let number):
      sample?.has(number) == true && cases[number]?.submittedAt == nil
    case .caseReopened(let number): cases[number]?.submittedAt != nil
    case .queryAsked(let number, let facts):
      queries.count + 1 == number && cases[facts.number]?.submittedAt != nil
    case .queryAnswered(let number): queries[number]?.stage == .open
    case .queryClosed(let number): queries[number].map { $0.stage != .closed } == true
    case .secondsDrawn(let drawn):
      seconds == nil && drawn.cases.allSatisfy { sample?.has($0) == true }
    case .secondsAllotted(let allotted):
      allotted.assessors.allSatisfy { number, id in
        seconds?.drawn.cases.contains(number) == true && assessors[number] != id
          && !roles(of: id).isDisjoint(with: Role.ofAssessors)
      }
    case .calibrationSet(let number): (1...calibrations.count + 1).contains(number)
    case .evidenceKept(let number, _): (1...evidence.count + 1).contains(number)
    case .workforceNoted(let number, let fact):
      fact == nil ? workforce[number] != nil : (1...workforceNoted + 1).contains(number)
    case .evidenceJudged, .panelDecided, .casesReleased, .memberSet, .planSet, .feedRenewed,
      .retentionSet, .personalDataErased, .workCarried:
      facts != nil
    }
  }

  /// Whether an event is about something new, which gets the next number of its kind.
  public func takesNextNumber(_ event: Event) -> Bool {
    switch event {
    case .documentRequested(let number, _): number == requests.count + 1
    case .queryAsked(let number, _): number == queries.count + 1
    case .calibrationSet(let number): number == calibrations.count + 1
    case .evidenceKept(let number, _): number == evidence.count + 1
    case .workforceNoted(let number, _): number == workforceNoted + 1
    default: false
    }
  }

  private mutating func take(_ event: Event, _ sequence: Int) {
    switch event {
    case .inspectionCreated: break
    case .memberSet(let id, let facts): team[id] = Noted(value: facts, sequence: sequence)
    case .memberRemoved(let id):
      team[id] = nil
      // Their cases have nobody; what they answered stays.
      holders.takeAll(from: id, at: sequence)
      seconds?.holders.takeAll(from: id, at: sequence)
    case .planSet(let facts): plan = Noted(value: facts, sequence: sequence)
    case .feedRenewed: feed += 1
    case .returnReceived(let facts): received = Noted(value: facts, sequence: sequence)
    case .frameFrozen(let facts): frame = Noted(value: facts, sequence: sequence)
    case .sampleDrawn(let facts): sample = SampleState(facts, sequence)
    case .sampleChanged(let change):
      sample?.take(change, sequence)
      if let out = change.out { holders.take(out, at: sequence) }
    case .casesAllotted(let allotted): holders.give(allotted.assessors, at: sequence)
    case .casesReleased(let numbers): for number in numbers { holders.take(number, at: sequence) }
    case .documentRequested(let number, let due):
      requests[number] = RequestState(due: due, sequence: sequence)
    case .documentSent(let number, let file):
      requests[number]?.sent.append(Noted(value: file, sequence: sequence))
    case .documentReceived(let number):
      if requests[number]?.receivedAt == nil { requests[number]?.receivedAt = sequence }
    case .answerGiven, .answerDropped: break
    case .caseSubmitted(let number):
      cases[number, default: CaseWork()].submittedAt = sequence
      cases[number]?.lateAnswers = 0
    case .caseReopened(let number):
      cases[number]?.submittedAt = nil
      cases[number]?.reopenedAt = sequence
    case .queryAsked(let number, let facts):
      queries[number] = QueryState(facts: facts, askedAt: sequence)
    case .queryAnswered(let number): queries[number]?.answeredAt = sequence
    case .queryClosed(let number): queries[number]?.closedAt = sequence
    case .secondsDrawn(let facts): seconds = SecondsState(drawn: facts, sequence: sequence)
    case .secondsAllotted(let allotted): seconds?.holders.give(allotted.assessors, at: sequence)
    case .calibrationSet(let number): calibrations[number] = sequence
    case .evidenceKept(let number, let facts):
      evidence[number, default: []].append(Noted(value: facts, sequence: sequence))
    case .evidenceJudged(let code, let rating):
      trails[event.subject, default: []].append(sequence)
      judgements[code] = rating == .none ? nil : Noted(value: rating, sequence: sequence)
    case .panelDecided(let code, let rating):
      trails[event.subject, default: []].append(sequence)
      panel[code] = rating.map { Noted(value: $0, sequence: sequence) }
    case .workforceNoted(let number, let fact):
      trails[event.subject, default: []].append(sequence)
      workforce[number] = fact.map { Noted(value: $0, sequence: sequence) }
      workforceNoted = max(workforceNoted, number)
    case .retentionSet(let day): retainedUntil = day
    case .personalDataErased: isErased = true
    case .workCarried(let carried):
      if carried.isWhole { carriedFrom = carried.from }
      elsewhere.formUnion(carried.elsewhere)
    }
  }

  private mutating func take(
    _ given: GivenAnswer, at place: AnswerPlace, _ happened: HappenedEvent
  ) {
    answers.take(given, at: place, happened)
    // While a case is returned, its assessor is to change answers.
    if place.assessment == .first, stage(of: place.number, isBegun: true) == .submitted {
      cases[place.number]?.lateAnswers += 1
    }
  }

  /// Whether somebody may answer in an assessment: who has the case, and in a calibration everybody
  /// for themselves. Who had the case may while they had not seen that they lost it: so they cannot
  /// replace what was said since. What is agreed is for those who reconcile.
  ///
  /// - Parameter revision: What they were looking at.
  public func mayAnswer(_ place: AnswerPlace, _ author: AuthorID, over revision: Int) -> Bool {
    func may(_ holders: Holders?) -> Bool {
      guard let holders else { return false }
      if holders.current[place.number] == author { return true }
      return holders.lost(place.number, by: author).map { revision < $0 } ?? false
    }
    return switch place.assessment {
    case .first: may(holders)
    case .second: may(seconds?.holders)
    case .agreed: false
    case .calibration(let own): own == author
    }
  }

  /// Whether there is, or was, what a question is put on: what was on its way to a case that went is
  /// kept.
  private func isKnown(_ place: AnswerPlace) -> Bool {
    switch place.assessment {
    case .first: (1..<(sample?.next ?? 1)).contains(place.number)
    case .second, .agreed: seconds?.drawn.cases.contains(place.number) == true
    case .calibration: calibrations[place.number] != nil
    }
  }
}

/// An event with its place in the record.
public struct HappenedEvent: Sendable {
  let event: Event
  let sequence: Int
  let edition: Digest
  let entry: EntryID
  let author: AuthorID
  let over: Int

  /// - Throws: ``EventFault`` when it is nothing that can happen.
  public init(_ gist: EntryGist) throws(EventFault) {
    event = try Event(gist.event, subject: gist.subject, values: gist.values)
    sequence = gist.sequence
    edition = gist.edition
    entry = gist.id
    author = gist.author
    over = gist.over
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
