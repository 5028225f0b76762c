public import Records

/// What is said of each question on each case.
///
/// Kept case by case: a page may still show the state before while the next one is worked out, so
/// that what changes is copied first. That is one case, and not every answer of an inspection.
public struct CaseAnswers: Hashable, Sendable {
  private var cases: [Int: [AnswerPlace: AnswerState]] = [:]

  init() {}

  /// What is said at a place; nothing where nothing was ever said.
  public internal(set) subscript(place: AnswerPlace) -> AnswerState? {
    get { cases[place.number]?[place] }
    set { cases[place.number, default: [:]][place] = newValue }
  }

  /// How many places there are of which something was said.
  public var count: Int { cases.values.reduce(0) { $0 + $1.count } }

  /// The places of which something was said, in no order.
  public var keys: some Sequence<AnswerPlace> { lazy.map(\.key) }

  /// Takes in what somebody said.
  mutating func take(_ given: GivenAnswer, at place: AnswerPlace, _ happened: HappenedEvent) {
    cases[place.number, default: [:]][place, default: AnswerState()].take(
      given, happened.entry, by: happened.author, over: happened.over, at: happened.sequence)
  }
}

extension CaseAnswers: Sequence {
  public func makeIterator() -> some IteratorProtocol<(key: AnswerPlace, value: AnswerState)> {
    cases.values.lazy.joined().makeIterator()
  }
}

extension InspectionState {
  /// Whether statements at a place would hold that differ, once somebody said something more.
  ///
  /// - Parameters:
  ///   - entry: The id of the entry that says it.
  ///   - revision: What its author was looking at.
  public func wouldDiffer(
    at place: AnswerPlace, after given: GivenAnswer, _ entry: EntryID, by author: AuthorID,
    over revision: Int
  ) -> Bool {
    var answer = answers[place] ?? AnswerState()
    answer.take(given, entry, by: author, over: revision, at: self.revision + 1)
    return !answer.conflicts.isEmpty
  }
}
