public import Calendars
public import Records
public import RuleFiles

/// How an inspection stands after the entries of its record so far.
public struct InspectionState: Hashable, Sendable {
  /// The sequence of the last entry.
  public private(set) var revision = 0

  /// Nothing before the inspection was set up.
  public private(set) var facts: InspectionFacts?

  /// The digest of the edition that it is held under.
  public private(set) var edition: Digest?

  /// The day after which what is personal is to be erased.
  public private(set) var retainedUntil: Day?
  public private(set) var isErased = false

  public init() {}

  /// Takes in the next entry.
  ///
  /// - Throws: ``EventFault`` when it cannot happen; nothing changes then.
  public mutating func apply(_ entry: Entry) throws(EventFault) {
    let event = try Event(entry)
    if case .inspectionCreated(let facts) = event {
      guard self.facts == nil else { throw .outOfPlace }
      self.facts = facts
      edition = entry.draft.edition
      revision = entry.sequence
      return
    }
    guard facts != nil else { throw .outOfPlace }
    switch event {
    case .inspectionCreated: break
    case .retentionSet(let day): retainedUntil = day
    case .personalDataErased: isErased = true
    }
    revision = entry.sequence
  }
}
