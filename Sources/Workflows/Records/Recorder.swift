public import OrderedJSON
public import Records
public import RuleFiles

/// Writes to the records of inspections, with what is personal sealed.
public struct Recorder: Sendable {
  private let store: any RecordStore
  private let masterKey: MasterKey
  private let newID: @Sendable () -> EntryID

  /// - Parameter newID: Makes the ids of entries that no device made.
  public init(
    _ store: any RecordStore, masterKey: MasterKey, newID: @escaping @Sendable () -> EntryID
  ) {
    self.store = store
    self.masterKey = masterKey
    self.newID = newID
  }

  /// What somebody did.
  public struct Happening: Sendable {
    public let inspection: InspectionID
    public let author: AuthorID
    public let event: String

    /// What it happened to. Holds no personal data.
    public let subject: String

    /// Nothing personal and no free text.
    public let values: JSON

    /// Personal data and free text; stored sealed.
    public let secret: JSON?

    /// The last entry that its author had seen, zero for none.
    public let over: Int
    public let edition: Digest

    public init(
      in inspection: InspectionID, by author: AuthorID, _ event: String, of subject: String,
      values: JSON = .object([]), secret: JSON? = nil, over: Int, edition: Digest
    ) {
      self.inspection = inspection
      self.author = author
      self.event = event
      self.subject = subject
      self.values = values
      self.secret = secret
      self.over = over
      self.edition = edition
    }
  }

  /// Why something cannot be recorded.
  public enum Fault: Error, Hashable {
    /// Its key was destroyed: nothing personal is recorded or read any more.
    case erased(InspectionID)

    /// The key of the inspection is wrapped with another master key.
    case otherMasterKey(InspectionID)
  }

  /// Makes the key of an inspection, unless it has one.
  public func makeKey(of inspection: InspectionID) async throws {
    let key = masterKey.wrap(InspectionKey(), of: inspection)
    _ = try await store.keep(key: key, of: inspection)
  }

  /// Records what happened.
  ///
  /// - Parameter id: The id that its author's device made, if one did.
  /// - Throws: ``Fault``, and what the store throws.
  public func record(
    _ happening: Happening, id: EntryID? = nil, if condition: AppendCondition = .always
  ) async throws -> AppendOutcome {
    let id = id ?? newID()
    var sealed: SealedText?
    if let secret = happening.secret {
      sealed = try await key(of: happening.inspection).seal(secret.compactBytes, for: id)
    }
    let draft = Draft(
      id: id, inspection: happening.inspection, author: happening.author, event: happening.event,
      subject: happening.subject, over: happening.over, edition: happening.edition,
      values: happening.values, sealed: sealed)
    return try await store.append(draft, if: condition)
  }

  /// What was sealed in an entry; nothing when nothing was.
  ///
  /// - Throws: ``Fault``, and what the store throws.
  public func secret(of entry: Entry) async throws -> JSON? {
    guard let sealed = entry.draft.sealed else { return nil }
    let key = try await key(of: entry.draft.inspection)
    guard let bytes = key.open(sealed, for: entry.id) else {
      throw Fault.otherMasterKey(entry.draft.inspection)
    }
    return try JSON(bytes: bytes)
  }

  /// Makes what is personal in a record unreadable for ever. The record itself stays as it is, and
  /// says so.
  ///
  /// The entry comes first: when this is cut off between the two, doing it again finishes it.
  ///
  /// - Throws: What the store throws.
  public func erase(
    _ inspection: InspectionID, by author: AuthorID, over: Int, edition: Digest
  ) async throws {
    let happening = Happening(
      in: inspection, by: author, "personal-data-erased", of: "inspection", over: over,
      edition: edition)
    _ = try await record(happening)
    try await store.destroyKey(of: inspection)
  }

  private func key(of inspection: InspectionID) async throws -> InspectionKey {
    guard let wrapped = try await store.key(of: inspection) else {
      throw Fault.erased(inspection)
    }
    guard let key = masterKey.unwrap(wrapped, of: inspection) else {
      throw Fault.otherMasterKey(inspection)
    }
    return key
  }
}
