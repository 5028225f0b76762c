public import Calendars
public import Fieldwork
public import OrderedJSON
import Plans
public import Problems
import Providers
public import Records
import RuleFiles
import Standards
import Synchronization

/// Something that a device or a program sent to be recorded.
public struct SentEntry: Sendable {
  public let id: EntryID
  public let event: Event

  /// The revision that its author was looking at.
  public let over: Int

  /// What is to be sealed beside it.
  public let secret: JSON?

  public init(id: EntryID, event: Event, over: Int, secret: JSON?) {
    self.id = id
    self.event = event
    self.over = over
    self.secret = secret
  }
}

/// Where an inspection is planned: its team, its days, the documents that it asks for, and who
/// assesses which case.
public struct PlanningDesk: Sendable {
  let store: any RecordStore
  public let memory: InspectionMemory
  let newID: @Sendable () -> EntryID

  /// - Parameter newID: Makes the ids of entries that no device made.
  public init(
    _ store: any RecordStore, _ memory: InspectionMemory,
    newID: @escaping @Sendable () -> EntryID
  ) {
    self.store = store
    self.memory = memory
    self.newID = newID
  }

  /// Who does something, and what they were looking at.
  public struct Actor: Sendable {
    public let author: AuthorID

    /// The revision that they saw.
    public let seen: Int

    public init(_ author: AuthorID, seen: Int) {
      self.author = author
      self.seen = seen
    }
  }

  public enum Outcome: Hashable, Sendable {
    case done

    /// Somebody else changed the same in between. Nothing was recorded.
    case overtaken
  }

  // MARK: - Plan

  /// Counts the phases back from a day of publication.
  ///
  /// - Throws: ``Problems`` when nothing can be published on that day.
  public func plan(
    publication: Day, in inspection: OpenInspection, by actor: Actor
  ) async throws -> Outcome {
    try await record(.planSet(Self.phases(before: publication)), in: inspection, by: actor)
  }

  /// The phases before a day of publication.
  ///
  /// - Throws: ``Problems`` when nothing can be published on that day.
  public static func phases(before publication: Day) throws(Problems) -> PlanFacts {
    let template = try PlanTemplate.load("probation")
    let plan = try ProjectPlan(template, publication: publication, over: .englandAndWales)
    return PlanFacts(
      publication: publication, template: template.digest,
      phases: plan.phases.map {
        PlanFacts.Phase(id: $0.id, title: $0.title, first: $0.first, last: $0.last)
      })
  }

  /// Gives the calendar feed another address; the one before leads nowhere from now on.
  public func renewFeed(in inspection: OpenInspection, by actor: Actor) async throws -> Outcome {
    try await record(.feedRenewed, in: inspection, by: actor)
  }

  // MARK: - Allotting

  /// Gives cases to assessors.
  ///
  /// - Throws: ``Problems`` with every case that its assessor may not assess.
  public func allot(
    _ wanted: [Int: AuthorID], in inspection: OpenInspection, by actor: Actor
  ) async throws -> Outcome {
    let cases = try await cases(of: inspection).filter {
      inspection.state.sample?.has($0.number) == true
    }
    try await check(
      wanted, outOf: cases.map { allotted($0, inspection.state) }, else: "is not in the sample",
      in: inspection)
    let changed = wanted.filter { inspection.state.assessors[$0.key] != $0.value }
    guard !changed.isEmpty else { return .done }
    return try await record(
      .casesAllotted(AllottedCases(changed)), in: inspection, by: actor,
      ifUnchanged: Self.allotting)
  }

  /// What must not have changed when cases are given out: the two assessments of a case are two
  /// people's.
  static let allotting = ["sample", "allotment", "seconds"]

  /// A case as the allotment of its first assessment sees it.
  private func allotted(_ one: CaseFacts, _ state: InspectionState) -> Allotment.Case {
    one.allotted(besides: state.seconds?.holders.everybody(of: one.number) ?? [])
  }

  /// - Parameter what: What is wrong with a case that is none of those that can be given out.
  /// - Throws: ``Problems`` with every case that cannot go to whom it is wanted to go.
  func check(
    _ wanted: [Int: AuthorID], outOf cases: [Allotment.Case], else what: String,
    in inspection: OpenInspection
  ) async throws {
    let assessors = try await assessors(of: inspection, in: Role.ofAssessors)
    var problems: [Problem] = []
    for (number, id) in wanted.sorted(by: { $0.key < $1.key }) {
      guard let one = cases.first(where: { $0.number == number }) else {
        problems.append(Problem("case-\(number)", what, remedy: "reload the page"))
        continue
      }
      guard let assessor = assessors.first(where: { $0.id == id }) else {
        problems.append(
          Problem("case-\(number)", "goes to nobody in the team", remedy: "choose an assessor"))
        continue
      }
      if let bar = assessor.bar(to: one) {
        problems.append(Problem("case-\(number)", bar.sentence, remedy: "choose somebody else"))
      }
    }
    try Problems.throwAny(problems)
  }

  /// Gives every case that has nobody to somebody, evenly.
  ///
  /// - Returns: The numbers of the cases that nobody may assess.
  public func allotEvenly(
    in inspection: OpenInspection, by actor: Actor
  ) async throws -> (Outcome, barred: [Int]) {
    let cases = try await cases(of: inspection).filter {
      inspection.state.sample?.has($0.number) == true
    }
    // A lead assesses only the cases that they took by hand.
    let assessors = try await assessors(of: inspection, in: [.assessor, .localAssessor])
    let allotment = Allotment(
      of: cases.map { allotted($0, inspection.state) }, to: assessors,
      keeping: inspection.state.assessors)
    let outcome = try await allot(
      allotment.assessors.filter { inspection.state.assessors[$0.key] == nil }, in: inspection,
      by: actor)
    return (outcome, allotment.barred)
  }

  /// Those in some roles, as an allotment sees them.
  func assessors(
    of inspection: OpenInspection, in roles: Set<Role>
  ) async throws -> [Allotment.Assessor] {
    let details = try await details(of: inspection)
    return inspection.state.team.compactMap { id, noted in
      guard !roles.isDisjoint(with: noted.value.roles) else { return nil }
      return (details[id] ?? TeamDetails()).assessor(id, noted.value)
    }
  }

  // MARK: - Recording

  /// Records what happened. A form that is sent again, because its answer was lost or the page was
  /// loaded anew, is no mistake: it is done already.
  ///
  /// - Parameters:
  ///   - secret: What is personal about it.
  ///   - subjects: What must not have changed since the author looked, besides what the event
  ///     depends on; what it happens to unless said.
  func record(
    _ event: Event, sealing secret: JSON? = nil, in inspection: OpenInspection, by actor: Actor,
    ifUnchanged subjects: [String]? = nil
  ) async throws -> Outcome {
    let draft = try drafted(event, sealing: secret, in: inspection, by: actor)
    if try await wasRecorded(event, sealing: secret, in: inspection, by: actor) { return .done }
    guard inspection.state.canHappen(event) else { return .overtaken }
    let unchanged = Set(subjects ?? [event.subject]).union(event.prerequisites).sorted()
    switch try await store.append(draft, if: .unchanged(unchanged)) {
    case .recorded, .repeated: return .done
    case .overtaken, .refused: return .overtaken
    case .erased: throw erased(inspection)
    }
  }

  /// Whether somebody recorded the same since the revision that they saw, and nobody something else
  /// about it after that.
  func wasRecorded(
    _ event: Event, sealing secret: JSON?, in inspection: OpenInspection, by actor: Actor
  ) async throws -> Bool {
    guard actor.seen < inspection.state.revision, let key = inspection.key else { return false }
    let isNumbered = inspection.state.takesNextNumber(event)
    let wanted = event.content
    let found = Mutex(false)
    try await store.forEachLine(
      of: inspection.id, after: actor.seen, through: inspection.state.revision
    ) { line in
      let entry = try Entry(line: line)
      let draft = entry.draft
      guard isNumbered || draft.subject == event.subject else { return }
      let isSame =
        try draft.author == actor.author && draft.event == event.name
        && Event(entry).content == wanted
        && draft.sealed.flatMap { key.open($0, for: entry.id) }.map { try JSON(bytes: $0) }
          == secret
      // What has a number of its own stays, whatever happened to others.
      found.withLock { $0 = isSame || isNumbered && $0 }
    }
    return found.withLock { $0 }
  }

  /// Something that is recorded together with something else.
  struct Step: Sendable {
    let event: Event

    /// What is personal about it.
    let secret: JSON?

    init(_ event: Event, sealing secret: JSON? = nil) {
      self.event = event
      self.secret = secret
    }
  }

  /// How often what happens together is worked out again while others record something else.
  private static let mostTries = 20

  /// Records what happens together, all of it or nothing.
  ///
  /// It is worked out over the inspection as it stands when it is recorded. Where others recorded
  /// something since, it is worked out again.
  ///
  /// - Parameters:
  ///   - subjects: What must not have changed since the author looked.
  ///   - happening: What happens: one step at least, of which none makes another impossible.
  func recordTogether(
    in inspection: OpenInspection, by actor: Actor, ifUnchanged subjects: Set<String>,
    _ happening: @Sendable (OpenInspection) async throws -> [Step]
  ) async throws -> Outcome {
    var now = inspection
    for _ in 0..<Self.mostTries {
      if try await hasChanged(subjects, in: now, since: actor.seen) { return .overtaken }
      let steps = try await happening(now)
      var drafts: [Draft] = []
      for step in steps {
        drafts.append(try drafted(step.event, sealing: step.secret, in: now, by: actor))
      }
      guard steps.allSatisfy({ now.state.canHappen($0.event) }) else { return .overtaken }
      switch try await store.append(together: drafts, to: now.id, after: now.state.revision) {
      case .recorded, .repeated: return .done
      case .refused: return .overtaken
      case .erased: throw erased(now)
      case .overtaken:
        guard let newer = try await memory.inspection(now.id) else { return .overtaken }
        now = newer
      }
    }
    return .overtaken
  }

  /// Whether an entry since `revision` is about one of some subjects.
  private func hasChanged(
    _ subjects: Set<String>, in inspection: OpenInspection, since revision: Int
  ) async throws -> Bool {
    guard revision < inspection.state.revision else { return false }
    let found = Mutex(false)
    try await store.forEachLine(
      of: inspection.id, after: revision, through: inspection.state.revision
    ) { line in
      let entry = try Entry(line: line)
      if subjects.contains(entry.draft.subject) { found.withLock { $0 = true } }
    }
    return found.withLock { $0 }
  }

  /// - Throws: ``Problems`` when it cannot be recorded here.
  private func drafted(
    _ event: Event, sealing secret: JSON?, in inspection: OpenInspection, by actor: Actor
  ) throws -> Draft {
    guard let key = inspection.key, let edition = inspection.state.edition else {
      throw erased(inspection)
    }
    guard event.isWork || inspection.state.carriedFrom == nil else {
      throw InspectionDesk.plannedElsewhere(inspection.id)
    }
    let id = newID()
    return Draft(
      id: id, inspection: inspection.id, author: actor.author, event: event.name,
      subject: event.subject, over: min(actor.seen, inspection.state.revision), edition: edition,
      values: event.values, sealed: secret.map { key.seal($0.compactBytes, for: id) })
  }

  /// When an entry was recorded.
  public func recordedAt(
    _ sequence: Int, in inspection: OpenInspection
  ) async throws -> Instant? {
    let found = Mutex<Instant?>(nil)
    try await store.forEachLine(of: inspection.id, after: sequence - 1, through: sequence) { line in
      let entry = try Entry(line: line)
      found.withLock { $0 = entry.recordedAt }
    }
    return found.withLock { $0 }
  }

  /// Notes that a device was in contact.
  public func note(
    _ contact: DeviceContact, of inspection: InspectionID
  ) async throws { try await store.note(contact, of: inspection) }

  /// When each device that holds cases was in contact last, the longest ago first.
  public func contacts(of inspection: InspectionID) async throws -> [DeviceContact] {
    try await store.contacts(of: inspection)
  }

  /// The record as lines of JSON.
  public func export(_ inspection: InspectionID) async throws -> [UInt8]? {
    try await ExportRecord.run(inspection, from: store)
  }

  // MARK: - Programs

  /// Records what a device or a program sent: always, also over a revision that is not the last.
  /// What has the id of an earlier entry and another text is refused.
  ///
  /// - Returns: An outcome for each, in their order.
  public func append(
    _ entries: [SentEntry], in inspection: OpenInspection, by author: AuthorID
  ) async throws -> [AppendOutcome] {
    guard let key = inspection.key, let edition = inspection.state.edition else {
      throw erased(inspection)
    }
    let drafts = entries.map { entry in
      Draft(
        id: entry.id, inspection: inspection.id, author: author, event: entry.event.name,
        subject: entry.event.subject, over: entry.over, edition: edition,
        values: entry.event.values,
        sealed: entry.secret.map { key.seal($0.compactBytes, for: entry.id) })
    }
    var outcomes = try await store.append(drafts)
    guard !outcomes.contains(.erased) else { throw erased(inspection) }
    for (place, entry) in entries.enumerated() {
      guard let secret = entry.secret, case .repeated(let sequence) = outcomes[place] else {
        continue
      }
      // The store compares what is sealed only by whether there is any.
      let held = try await store.sealed(in: inspection.id, at: sequence, key)
      if let held, held != secret { outcomes[place] = .refused }
    }
    return outcomes
  }

  func erased(_ inspection: OpenInspection) -> Problems {
    Problems(
      Problem(
        inspection.id.description, "what is personal in it was erased, or its key is another",
        remedy: "nothing can be added to it any more"))
  }
}

extension Event {
  /// What it says, but for how its file is sealed: the same file sealed again looks another.
  fileprivate var content: JSON {
    guard case .evidenceKept = self, case .object(let members) = values else { return values }
    return .object(members.filter { $0.name != "file" })
  }
}

extension Allotment.Bar {
  /// The rest of a sentence that starts with the case, without its full stop.
  public var sentence: String {
    switch self {
    case .restricted: "is restricted, and this assessor is not cleared"
    case .ownCase: "is a case of the local assessor’s own"
    case .ownTeam: "is a case of the local assessor’s own team"
    case .conflict: "is at an office of which this assessor declared a conflict of interest"
    case .otherAssessment: "was given to this assessor for the other of its two assessments"
    }
  }
}
