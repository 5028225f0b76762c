public import Calendars
public import Fieldwork
import OrderedJSON
import Problems
public import Records
import RuleFiles
public import Standards
import Synchronization

/// Where inspections are set up, looked at and erased.
public struct InspectionDesk: Sendable {
  private let store: any RecordStore
  private let editions: PublishedEditions
  private let newID: @Sendable () -> EntryID

  /// - Parameter newID: Makes the ids of entries that no device made.
  public init(
    _ store: any RecordStore, _ editions: PublishedEditions,
    newID: @escaping @Sendable () -> EntryID
  ) {
    self.store = store
    self.editions = editions
    self.newID = newID
  }

  /// Sets up an inspection.
  ///
  /// - Parameters:
  ///   - title: How people call it; sealed, since it is free text.
  ///   - masterKey: Wraps the key that is made for it.
  ///   - retainedUntil: The day after which what is personal is to be erased.
  /// - Throws: ``Problems`` when there is an inspection of that name, or was one; and what the
  ///   store throws.
  public func create(
    _ inspection: InspectionID, about facts: InspectionFacts, title: String,
    retainedUntil: Day?, by author: AuthorID, masterKey: MasterKey
  ) async throws {
    let edition = try editions.edition(named: facts.edition.text).digest
    // One that was cut off here before left a key, which is taken over.
    _ = try await store.keep(
      key: masterKey.wrap(InspectionKey(), of: inspection), of: inspection)
    guard let key = try await key(of: inspection, masterKey) else { throw taken(inspection) }
    let id = newID()
    let secret: JSON = ["title": .string(title)]
    var draft = self.draft(
      .inspectionCreated(facts), in: inspection, by: author, over: 0, edition, id: id,
      sealed: key.seal(secret.compactBytes, for: id))
    // Repeated: it was recorded, and the answer was lost on its way.
    guard
      [.recorded(sequence: 1), .repeated(sequence: 1)].contains(
        try await store.append(draft, if: .inspectionUnchanged))
    else { throw taken(inspection) }
    if let retainedUntil {
      draft = self.draft(
        .retentionSet(until: retainedUntil), in: inspection, by: author, over: 1, edition)
      _ = try await store.append(draft, if: .always)
    }
  }

  private func taken(_ inspection: InspectionID) -> Problems {
    Problems(
      Problem(
        inspection.description, "there is an inspection of that name, or was one",
        remedy: "choose another name"))
  }

  /// Makes what is personal in the record of an inspection unreadable for ever. The record stays
  /// as it is, and says so.
  ///
  /// Doing it again is no mistake: what was cut off is finished.
  ///
  /// The key of a record that cannot be read any more is destroyed all the same.
  ///
  /// - Throws: ``Problems`` when there is no such inspection, or its record is damaged; and what the
  ///   store throws.
  public func erase(_ inspection: InspectionID, by author: AuthorID) async throws {
    let head = try await head(of: inspection)
    guard let state = try await state(of: head) else {
      try await store.destroyKey(of: inspection, recording: nil)
      throw Problems(
        Problem(
          inspection.description, "its key was destroyed, but its record is damaged",
          remedy: "see record verify"))
    }
    let edition = state.isErased ? nil : state.edition
    let erasure = edition.map {
      draft(.personalDataErased, in: inspection, by: author, over: state.revision, $0)
    }
    try await store.destroyKey(of: inspection, recording: erasure)
  }

  /// Sets the day after which what is personal is to be erased.
  ///
  /// - Throws: ``Problems`` when there is no such inspection, or it was erased; and what the store
  ///   throws.
  public func retain(
    _ inspection: InspectionID, until day: Day, by author: AuthorID
  ) async throws {
    guard let state = try await state(of: try await head(of: inspection)),
      let edition = state.edition
    else {
      throw Problems(
        Problem(inspection.description, "its record is damaged", remedy: "see record verify"))
    }
    guard !state.isErased else {
      throw Problems(
        Problem(
          inspection.description, "what is personal in it was erased",
          remedy: "nothing can be added to it any more"))
    }
    guard state.carriedFrom == nil else { throw Self.plannedElsewhere(inspection) }
    let draft = self.draft(
      .retentionSet(until: day), in: inspection, by: author, over: state.revision, edition)
    _ = try await store.append(draft, if: .always)
  }

  /// Why nothing is planned in a record that was carried here whole.
  static func plannedElsewhere(_ inspection: InspectionID) -> Problems {
    Problems(
      Problem(
        inspection.description,
        "this inspection is planned at the installation that it was carried here from",
        remedy: "change it there, and carry it here again"))
  }

  // MARK: - Looking

  /// Every inspection, in the order of their names, with how it stands; nothing of a record that is
  /// damaged.
  public func all() async throws -> [(id: InspectionID, state: InspectionState?)] {
    var found: [(id: InspectionID, state: InspectionState?)] = []
    for head in try await store.heads() {
      found.append((head.inspection, try await state(of: head)))
    }
    for kept in try await store.recordsWithoutEnd() { found.append((kept.inspection, nil)) }
    return found.sorted { $0.id < $1.id }
  }

  /// How an inspection is called.
  ///
  /// - Returns: Nothing when what is personal was erased, or the master key is another one.
  public func title(of inspection: InspectionID, masterKey: MasterKey) async throws -> String? {
    guard let key = try await key(of: inspection, masterKey) else { return nil }
    return try await store.sealed(in: inspection, at: 1, key)?["title"].string
  }

  private func key(
    of inspection: InspectionID, _ masterKey: MasterKey
  ) async throws -> InspectionKey? {
    try await store.key(of: inspection).flatMap { masterKey.unwrap($0, of: inspection) }
  }

  private func head(of inspection: InspectionID) async throws -> StoredHead {
    guard let head = try await store.heads().first(where: { $0.inspection == inspection }) else {
      throw Problems(
        Problem(
          inspection.description, "there is no inspection of that name",
          remedy: "see inspection list"))
    }
    return head
  }

  /// Nothing when an entry cannot be read or cannot happen.
  private func state(of head: StoredHead) async throws -> InspectionState? {
    try await store.state(of: head.inspection, after: InspectionState(), through: head.sequence)
  }

  private func draft(
    _ event: Event, in inspection: InspectionID, by author: AuthorID, over: Int, _ edition: Digest,
    id: EntryID? = nil, sealed: SealedText? = nil
  ) -> Draft {
    Draft(
      id: id ?? newID(), inspection: inspection, author: author, event: event.name,
      subject: event.subject, over: over, edition: edition, values: event.values, sealed: sealed)
  }
}
