import Calendars
import Fieldwork
import Records

/// Carries the entries of another installation’s record of an inspection over to the record here.
///
/// Both begin with the same entries and then go on each for itself, so that a revision there is not
/// one here. An entry keeps its id, its author and what is sealed; its `over` becomes the last
/// revision here of which its author had seen everything, and whatever else they had seen of the
/// answer it gives is named in `replaces`. So it takes the place of exactly what they saw, on both
/// sides, whatever is carried in whatever order.
///
/// - Source: ours, decision 0021.
struct Carrying {
  /// How it stands here, with everything that was carried so far.
  private(set) var state: InspectionState

  /// What is to be recorded here, in its order.
  private(set) var drafts: [Draft] = []

  /// What cannot be recorded here.
  private(set) var left: [Left] = []

  /// How many entries were here before.
  private(set) var known = 0

  private var head: Head

  /// Where each entry stands in the record there.
  private var places: [EntryID: Int] = [:]

  /// For each revision here, the last of the places there that its entries have: who had seen there
  /// so much had seen all of it.
  private var seenFrom = [0]

  /// For each subject here, the last of the places there of the entries about it, and the sequence
  /// of the last of them.
  private var lastAbout: [String: (place: Int, sequence: Int)] = [:]
  private var numbers = Renumbering()
  private let here: [EntryID: Entry]

  /// An entry that stays in the record there alone.
  struct Left {
    let entry: Entry
    let reason: Reason
  }

  enum Reason: Hashable {
    /// It is done only where the inspection is planned.
    case isPlanning

    /// The same was changed here, and its author had not seen that.
    case isOvertaken

    /// It is about something that was never carried here.
    case isAboutNothing

    /// It cannot happen as the inspection stands here.
    case cannotHappen
  }

  /// Why nothing can be carried at all.
  enum Fault: Error, Hashable {
    case isAnotherInspection

    /// The entry with this id says one thing there and another here.
    case differs(EntryID)
  }

  /// An entry here that was not carried says nothing about work: everybody has seen it.
  private static let seenByAll = 0

  /// The place there of what is not there.
  private static let unseen = Int.max

  /// - Parameters:
  ///   - there: The whole record there, which was checked.
  ///   - here: The whole record here, which was checked.
  ///   - state: How the inspection stands here.
  init(_ there: [Entry], to here: [Entry], _ state: InspectionState) throws(Fault) {
    guard let first = here.first, let last = here.last, first.line == there.first?.line else {
      throw .isAnotherInspection
    }
    self.state = state
    self.here = Dictionary(here.map { ($0.id, $0) }) { first, _ in first }
    head = last.head
    for entry in there {
      places[entry.id] = entry.sequence
      numbers.note(there: entry)
    }
    for entry in here { note(entry) }
    var unknown: [Entry] = []
    for entry in there where entry.draft.event != Event.workCarriedName {
      guard let same = self.here[entry.id] else {
        unknown.append(entry)
        continue
      }
      guard entry.saysTheSame(as: same) else { throw .differs(entry.id) }
      known += 1
    }
    take(unknown)
  }

  /// Takes what can be taken, again and again until nothing more can: what had to wait for another
  /// entry is not left behind, and carrying the same twice finds nothing to do.
  private mutating func take(_ unknown: [Entry]) {
    var waiting = unknown
    while true {
      left = []
      for entry in waiting {
        if let reason = take(entry) { left.append(Left(entry: entry, reason: reason)) }
      }
      guard !left.isEmpty, left.count < waiting.count else { return }
      waiting = left.map(\.entry)
    }
  }

  /// - Returns: Why it cannot be taken.
  private mutating func take(_ entry: Entry) -> Reason? {
    // The record there was checked: it says something that can happen.
    guard let said = try? Event(entry) else { return .cannotHappen }
    guard said.isWork || state.carriedFrom != nil else { return .isPlanning }
    guard let event = numbers.renumbered(said, in: state) else { return .isAboutNothing }
    var over = seen(at: entry.draft.over)
    if event.goesOverWhatWasSeen, let last = lastAbout[event.subject] {
      guard last.place <= entry.draft.over else { return .isOvertaken }
      over = max(over, last.sequence)
    }
    guard state.canHappen(event) else { return .cannotHappen }
    let carried = completed(event, entry, over)
    let draft = Draft(
      id: entry.id, inspection: entry.draft.inspection, author: entry.draft.author,
      event: carried.name, subject: carried.subject, over: over, edition: entry.draft.edition,
      values: carried.values, sealed: entry.draft.sealed)
    let added = Entry(draft, after: head, at: entry.recordedAt)
    guard draft.isSound, (try? state.apply(added)) != nil else { return .cannotHappen }
    head = added.head
    drafts.append(draft)
    note(added)
    return nil
  }

  private mutating func note(_ entry: Entry) {
    let isOurs = entry.draft.event == Event.workCarriedName
    let place = isOurs ? Self.seenByAll : places[entry.id] ?? Self.unseen
    seenFrom.append(max(seenFrom[seenFrom.count - 1], place))
    let before = lastAbout[entry.draft.subject]?.place ?? 0
    lastAbout[entry.draft.subject] = (max(before, place), entry.sequence)
    numbers.note(here: entry)
  }

  /// The last revision here of which everything had been seen by who had seen `revision` there.
  private func seen(at revision: Int) -> Int {
    var (low, high) = (0, seenFrom.count - 1)
    while low < high {
      let middle = (low + high + 1) / 2
      if seenFrom[middle] <= revision { low = middle } else { high = middle - 1 }
    }
    return low
  }

  /// An answer together with the ids of the statements here that its author had seen there.
  private func completed(_ event: Event, _ entry: Entry, _ over: Int) -> Event {
    guard case .answerGiven(let place, let given) = event else { return event }
    let fields = Set(given.statements.map(\.field))
    var replaces = given.replaces
    for head in state.answers[place]?.heads ?? []
    where fields.contains(head.statement.field) && head.sequence > over
      && places[head.entry] ?? Self.unseen <= entry.draft.over && !replaces.contains(head.entry)
    {
      replaces.append(head.entry)
    }
    return GivenAnswer(given.statements, replaces: replaces).map { .answerGiven(place, $0) }
      ?? event
  }
}

extension Event {
  static let workCarriedName = "work-carried"

  /// Whether it changes something that somebody else may have changed meanwhile.
  fileprivate var goesOverWhatWasSeen: Bool {
    switch self {
    case .caseSubmitted, .caseReopened, .queryAnswered, .queryClosed, .evidenceKept: true
    default: false
    }
  }
}
