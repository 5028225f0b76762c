import Fieldwork
import OrderedJSON
import Records

/// What has another number in the record there than in the one here, known by the entry that it
/// began with: queries and pieces of evidence, which both sides number from one, and the entry with
/// which a list came.
struct Renumbering {
  /// The entries that queries and pieces of evidence there began with, by their subjects there.
  private var begunThere: [String: EntryID] = [:]

  /// The subjects here, by the entries that they began with.
  private var subjects: [EntryID: String] = [:]
  private var begunHere: Set<String> = []

  /// The entries there and here with which lists came, by their sequences there, and the other way.
  private var receivedThere: [Int: EntryID] = [:]
  private var receivedHere: [EntryID: Int] = [:]

  private static let query = "query/"
  private static let evidence = "evidence/"

  mutating func note(there entry: Entry) {
    let subject = entry.draft.subject
    if Self.isNumbered(subject), begunThere[subject] == nil { begunThere[subject] = entry.id }
    if subject == Self.received { receivedThere[entry.sequence] = entry.id }
  }

  mutating func note(here entry: Entry) {
    let subject = entry.draft.subject
    if Self.isNumbered(subject), begunHere.insert(subject).inserted {
      subjects[entry.id] = subject
    }
    if subject == Self.received { receivedHere[entry.id] = entry.sequence }
  }

  private static let received = "return"

  static func isNumbered(_ subject: String) -> Bool {
    subject.hasPrefix(query) || subject.hasPrefix(evidence)
  }

  /// What happened there, with the numbers of here.
  ///
  /// - Parameter state: How the inspection stands here, for what gets its number here now.
  /// - Returns: Nothing when it is about something that is not here.
  func renumbered(_ event: Event, in state: InspectionState) -> Event? {
    switch event {
    case .queryAsked(_, let facts): return .queryAsked(state.queries.count + 1, facts)
    case .queryAnswered(let number):
      return self.number(number, Self.query).map { .queryAnswered($0) }
    case .queryClosed(let number):
      return self.number(number, Self.query).map { .queryClosed($0) }
    case .evidenceKept(let number, let facts):
      return .evidenceKept(
        self.number(number, Self.evidence) ?? state.evidence.count + 1, facts)
    case .frameFrozen(let facts):
      guard let received = receivedThere[facts.received].flatMap({ receivedHere[$0] }) else {
        return nil
      }
      return .frameFrozen(FrameFacts(received: received, frame: facts.frame))
    case .answerGiven(let place, let given):
      let statements = given.statements.map { statement in
        // A number that never belonged to any evidence must not come to mean some.
        guard case .evidence(let numbers) = statement else { return statement }
        return .evidence(numbers.compactMap { number($0, Self.evidence) })
      }
      return GivenAnswer(statements, replaces: given.replaces).map { .answerGiven(place, $0) }
    default: return event
    }
  }

  private func number(_ there: Int, _ kind: String) -> Int? {
    begunThere[kind + "\(there)"].flatMap { subjects[$0] }
      .flatMap { Int($0.dropFirst(kind.count)) }
  }
}

extension Entry {
  /// Whether two entries with one id are the same, each in its record: whatever must differ there is
  /// not looked at. A text that was sealed again is another text.
  func saysTheSame(as other: Entry) -> Bool {
    line == other.line
      || draft.author == other.draft.author && draft.event == other.draft.event
        && draft.edition == other.draft.edition && commonSubject == other.commonSubject
        && commonValues == other.commonValues
        && (draft.sealed == nil) == (other.draft.sealed == nil)
  }

  private var commonSubject: String? {
    Renumbering.isNumbered(draft.subject) ? nil : draft.subject
  }

  /// The members that carrying may change.
  private static let carried: Set<String> = ["replaces", "evidence", "received"]

  private var commonValues: JSON {
    guard case .object(let members) = draft.values else { return draft.values }
    return .object(members.filter { !Self.carried.contains($0.name) })
  }
}
