public import Calendars
public import Fieldwork
public import OrderedJSON
public import Records
import Synchronization

/// An inspection as it stands, with the key to what is sealed in it.
public struct OpenInspection: Sendable {
  public let id: InspectionID
  public let state: InspectionState

  /// Nothing when what is personal was erased, or the master key is another one.
  public let key: InspectionKey?

  /// How people call it; its id where that cannot be read.
  public let title: String
}

/// How inspections stand, worked out from their records and kept in memory.
///
/// Only what was recorded since is read again, also what other processes recorded.
public actor InspectionMemory {
  private let store: any RecordStore
  private let masterKey: MasterKey
  private let now: @Sendable () -> Instant

  private struct Known {
    var inspection: OpenInspection
    var readAt: Instant
  }

  /// After how many entries how an inspection stands is kept anew, when it is opened.
  private static let entriesBetweenViews = 500

  private typealias Asking = CheckedContinuation<OpenInspection?, any Error>

  private var known: [InspectionID: Known] = [:]

  /// Those who wait for what is being read of an inspection; none where nothing is.
  private var reading: [InspectionID: [Asking]] = [:]

  /// Those who came since and wait for what is read next: it begins after they came, so that it
  /// holds all that was recorded before. However many they are, it is read once.
  private var waiting: [InspectionID: [Asking]] = [:]

  /// - Parameter now: The clock.
  public init(
    _ store: any RecordStore, masterKey: MasterKey, now: @escaping @Sendable () -> Instant
  ) {
    self.store = store
    self.masterKey = masterKey
    self.now = now
  }

  /// How an inspection stands.
  ///
  /// - Parameter seconds: How old what is known may be. Zero waits for what was recorded before.
  /// - Returns: Nothing when there is no such record, or it is damaged.
  public func inspection(
    _ id: InspectionID, within seconds: Int = 0
  ) async throws -> OpenInspection? {
    if seconds > 0, let known = known[id], now() < known.readAt.adding(seconds: seconds) {
      return known.inspection
    }
    return try await withCheckedThrowingContinuation { asking in
      if reading[id] == nil {
        reading[id] = [asking]
        Task { await self.readForAll(id) }
      } else if seconds > 0 {
        reading[id]?.append(asking)
      } else {
        waiting[id, default: []].append(asking)
      }
    }
  }

  /// Reads for those who wait, and then for those who came meanwhile, until nobody waits.
  private func readForAll(_ id: InspectionID) async {
    while reading[id] != nil {
      let result: Result<OpenInspection?, any Error>
      do {
        result = .success(try await read(id, after: known[id]?.inspection))
      } catch {
        result = .failure(error)
      }
      for asking in reading[id] ?? [] { asking.resume(with: result) }
      reading[id] = waiting.removeValue(forKey: id)
    }
  }

  private func read(
    _ id: InspectionID, after before: OpenInspection?
  ) async throws -> OpenInspection? {
    let readAt = now()
    let revision = try await store.revision(of: id)
    if let before, before.state.revision == revision {
      note(before, readAt)
      return before
    }
    var start = before?.state
    var kept = start?.revision
    if start == nil, let view = try await store.view(of: id), view.revision <= revision {
      kept = view.revision
      // One that cannot be read is of an earlier release: everything is worked out then.
      start = (try? JSON(bytes: view.document)).flatMap { InspectionState(document: $0) }
    }
    guard
      let state = try await store.state(
        of: id, after: start ?? InspectionState(), through: revision), state.facts != nil
    else { return nil }
    if before == nil, state.revision >= (kept ?? 0) + Self.entriesBetweenViews {
      try await store.keep(
        StoredView(revision: state.revision, document: state.document.compactBytes), of: id)
    }
    let key = state.isErased ? nil : try await key(of: id, before)
    var title = before?.title
    if title == nil, let key { title = try await self.title(of: id, key) }
    let inspection = OpenInspection(
      id: id, state: state, key: key, title: key == nil ? id.description : title ?? id.description)
    note(inspection, readAt)
    return inspection
  }

  private func note(_ inspection: OpenInspection, _ instant: Instant) {
    if let newer = known[inspection.id], newer.inspection.state.revision > inspection.state.revision
    {
      return
    }
    known[inspection.id] = Known(inspection: inspection, readAt: instant)
  }

  private func key(of id: InspectionID, _ before: OpenInspection?) async throws -> InspectionKey? {
    if let key = before?.key { return key }
    return try await store.key(of: id).flatMap { masterKey.unwrap($0, of: id) }
  }

  private func title(of id: InspectionID, _ key: InspectionKey) async throws -> String? {
    try await store.sealed(in: id, at: 1, key)?["title"].string
  }

  /// Every inspection, in the order of their names.
  public func all() async throws -> [OpenInspection] {
    var all: [OpenInspection] = []
    for head in try await store.heads() {
      if let one = try await inspection(head.inspection) { all.append(one) }
    }
    return all
  }
}

extension RecordStore {
  /// How an inspection stands, worked out from its first entry on.
  ///
  /// - Returns: Nothing when there is no such record, or it is damaged.
  public func state(of inspection: InspectionID) async throws -> InspectionState? {
    let state = try await state(
      of: inspection, after: InspectionState(), through: try await revision(of: inspection))
    return state?.facts == nil ? nil : state
  }

  /// How an inspection stands at an entry, worked out from how it stood before.
  ///
  /// - Returns: Nothing when an entry cannot be read or cannot happen: ``VerifyRecords`` tells why.
  public func state(
    of inspection: InspectionID, after before: InspectionState, through revision: Int
  ) async throws -> InspectionState? {
    let work = StateWork(after: before)
    try await forEachLine(of: inspection, after: before.revision, through: revision) { line in
      work.add(line)
    }
    return work.finish()
  }

  /// What an entry holds sealed.
  ///
  /// - Returns: Nothing when nothing is sealed there, or it cannot be opened.
  public func sealed(
    in inspection: InspectionID, at sequence: Int, _ key: InspectionKey
  ) async throws -> JSON? {
    let found = Mutex<JSON?>(nil)
    try await forEachLine(of: inspection, after: sequence - 1, through: sequence) { line in
      let entry = try Entry(line: line)
      guard let sealed = entry.draft.sealed, let bytes = key.open(sealed, for: entry.id) else {
        return
      }
      let json = try JSON(bytes: bytes)
      found.withLock { $0 = json }
    }
    return found.withLock { $0 }
  }
}
