import Calendars
import Problems
public import Records
public import RuleFiles
import Synchronization
public import Workflows

/// The records in a database.
public final class StoredRecords: RecordStore {
  let database: OffloadedDatabase
  private let now: @Sendable () -> Instant
  private let appends: GroupCommit<AppendRequest, AppendOutcome>
  private let contacts: GroupCommit<NotedContact, Void>

  /// - Parameter now: The clock.
  init(_ offloaded: OffloadedDatabase, now: @escaping @Sendable () -> Instant) {
    database = offloaded
    self.now = now
    let database = offloaded.database
    appends = GroupCommit { requests in
      try database.write { transaction in
        try Appending(transaction: transaction, dialect: database.dialect, now: now())
          .append(requests)
      }
    }
    contacts = GroupCommit { contacts in
      try database.write { try NotingContacts(transaction: $0).note(contacts) }
      return contacts.map { _ in }
    }
  }

  public func append(
    _ draft: Draft, if condition: AppendCondition
  ) async throws -> AppendOutcome {
    try await appends.submit(AppendRequest(draft: draft, condition: condition))
  }

  public func append(_ drafts: [Draft]) async throws -> [AppendOutcome] {
    try await appends.submit(drafts.map { AppendRequest(draft: $0, condition: .always) })
  }

  public func append(
    together drafts: [Draft], to inspection: InspectionID, after revision: Int
  ) async throws -> AppendOutcome {
    try await appending { try $0.append(together: drafts, to: inspection, after: revision) }
  }

  public func adopt(
    _ entries: [Entry], of inspection: InspectionID, key: [UInt8]
  ) async throws -> Bool {
    try await appending { try $0.adopt(entries, of: inspection, key: key) }
  }

  private func appending<Result: Sendable>(
    _ body: @escaping @Sendable (Appending) throws -> Result
  ) async throws -> Result {
    try await database.write { [dialect = database.database.dialect, now] transaction in
      try body(Appending(transaction: transaction, dialect: dialect, now: now()))
    }
  }

  public func heads() async throws -> [StoredHead] {
    try await database.read { transaction in
      try transaction.rows(
        """
        SELECT inspection, sequence, digest, recorded_at,
          (SELECT MAX(sequence) FROM entries WHERE entries.inspection = records.inspection)
        FROM records
        """, []
      ).map { row in
        guard let inspection = row[0].text.flatMap({ InspectionID($0) }),
          let sequence = row[1].integer
        else { throw StoreFault.damaged("records") }
        return StoredHead(
          inspection: inspection, sequence: sequence, digest: row[2].text,
          recordedAt: row[3].integer.flatMap { Instant(exactly: $0) },
          lastEntry: row[4].integer ?? 0)
      }
    }.sorted { $0.inspection < $1.inspection }
  }

  /// A key alone is left by a creation that was cut off, and files alone by the taking in of a bundle
  /// that was.
  public func recordsWithoutEnd() async throws -> [StoredHead] {
    try await database.read { transaction in
      try transaction.rows(
        """
        SELECT inspection, MAX(sequence) FROM (
          SELECT inspection, sequence FROM entries
          UNION ALL SELECT inspection, 0 FROM views
          UNION ALL SELECT inspection, 0 FROM files
            WHERE inspection IN (SELECT inspection FROM inspection_keys)
        ) AS kept
        WHERE inspection NOT IN (SELECT inspection FROM records)
        GROUP BY inspection
        """, []
      ).map { row in
        guard let inspection = row[0].text.flatMap({ InspectionID($0) }),
          let lastEntry = row[1].integer
        else { throw StoreFault.damaged("entries") }
        return StoredHead(
          inspection: inspection, sequence: 0, digest: nil, recordedAt: nil, lastEntry: lastEntry)
      }
    }.sorted { $0.inspection < $1.inspection }
  }

  public func forEachLine(
    of inspection: InspectionID, after: Int, through: Int,
    _ body: @escaping @Sendable ([UInt8]) throws -> Void
  ) async throws {
    try await forEachEntry("line", of: inspection, after: after, through: through) { row in
      guard let line = row[1].text else { throw StoreFault.damaged("entries") }
      try body(Array(line.utf8))
    }
  }

  public func forEachStoredLine(
    of inspection: InspectionID, after: Int, through: Int,
    _ body: @escaping @Sendable (StoredLine) throws -> Void
  ) async throws {
    try await forEachEntry("line, id, subject", of: inspection, after: after, through: through) {
      row in
      guard let sequence = row[0].integer, let line = row[1].text, let id = row[2].text,
        let subject = row[3].text
      else { throw StoreFault.damaged("entries") }
      try body(
        StoredLine(
          Array(line.utf8), StoredLine.Columns(sequence: sequence, id: id, subject: subject)))
    }
  }

  /// Calls `body` with the sequence of each entry and what stands in some columns.
  private func forEachEntry(
    _ columns: String, of inspection: InspectionID, after: Int, through: Int,
    _ body: @escaping @Sendable ([SQLValue]) throws -> Void
  ) async throws {
    // What was handed on already, should the connection break.
    let done = Mutex(after)
    try await database.read { transaction in
      try transaction.forEachRow(
        """
        SELECT sequence, \(columns) FROM entries
        WHERE inspection = ? AND sequence > ? AND sequence <= ? ORDER BY sequence
        """,
        [.text(inspection.description), .integer(done.withLock { $0 }), .integer(through)]
      ) { row in
        guard let sequence = row[0].integer else { throw StoreFault.damaged("entries") }
        try body(row)
        done.withLock { $0 = sequence }
      }
    }
  }

  public func revision(of inspection: InspectionID) async throws -> Int {
    try await database.read { transaction in
      try transaction.row(
        "SELECT sequence FROM records WHERE inspection = ?", [.text(inspection.description)])?[0]
        .integer ?? 0
    }
  }

  // MARK: - Views

  public func view(of inspection: InspectionID) async throws -> StoredView? {
    try await database.read { transaction in
      guard
        let row = try transaction.row(
          "SELECT revision, document FROM views WHERE inspection = ?",
          [.text(inspection.description)])
      else { return nil }
      guard let revision = row[0].integer, let document = row[1].text else {
        throw StoreFault.damaged("views")
      }
      return StoredView(revision: revision, document: Array(document.utf8))
    }
  }

  public func keep(_ view: StoredView, of inspection: InspectionID) async throws {
    try await database.write { transaction in
      try transaction.run(
        """
        INSERT INTO views (inspection, revision, document) VALUES (?, ?, ?)
        ON CONFLICT (inspection) DO UPDATE
        SET revision = excluded.revision, document = excluded.document
        WHERE views.revision < excluded.revision
        """,
        [
          .text(inspection.description), .integer(view.revision),
          .text(String(decoding: view.document, as: UTF8.self)),
        ])
    }
  }

  // MARK: - Files

  public func keep(file: [UInt8], of inspection: InspectionID) async throws -> Digest {
    let digest = Digest(of: file)
    try await database.write { transaction in
      let place: [SQLValue] = [.text(inspection.description), .text(digest.description)]
      guard
        try transaction.row(
          "SELECT 1 FROM files WHERE inspection = ? AND digest = ?", place) == nil
      else { return }
      try transaction.run(
        "INSERT INTO files (inspection, digest, sealed) VALUES (?, ?, ?)", place + [.blob(file)])
    }
    return digest
  }

  public func file(_ digest: Digest, of inspection: InspectionID) async throws -> [UInt8]? {
    try await database.read { transaction in
      try transaction.row(
        "SELECT sealed FROM files WHERE inspection = ? AND digest = ?",
        [.text(inspection.description), .text(digest.description)])?[0].blob
    }
  }

  // MARK: - Devices

  public func note(_ contact: DeviceContact, of inspection: InspectionID) async throws {
    try await contacts.submit(NotedContact(inspection: inspection, contact: contact))
  }

  public func contacts(of inspection: InspectionID) async throws -> [DeviceContact] {
    try await database.read { transaction in
      try transaction.rows(
        """
        SELECT device, author, at, waiting, held FROM device_contacts WHERE inspection = ?
        ORDER BY at, device, author
        """, [.text(inspection.description)]
      ).map { row in
        guard let device = row[0].text.flatMap({ EntryID($0) }),
          let author = row[1].text.flatMap({ AuthorID($0) }),
          let at = row[2].integer.flatMap({ Instant(exactly: $0) }), let waiting = row[3].integer,
          let held = row[4].integer
        else { throw StoreFault.damaged("device_contacts") }
        return DeviceContact(
          device: device, author: author, at: at, waiting: waiting, held: held)
      }
    }
  }

  // MARK: - Keys

  public func key(of inspection: InspectionID) async throws -> [UInt8]? {
    try await database.read { transaction in
      try transaction.row(
        "SELECT wrapped FROM inspection_keys WHERE inspection = ?",
        [.text(inspection.description)])?[0].blob
    }
  }

  public func keep(key: [UInt8], of inspection: InspectionID) async throws -> Bool {
    try await database.write { transaction in
      let name = SQLValue.text(inspection.description)
      // A key that was destroyed leaves its row, so that no other comes in its place.
      try transaction.run(
        "INSERT INTO inspection_keys (inspection, wrapped) VALUES (?, ?) ON CONFLICT DO NOTHING",
        [name, .blob(key)])
      return try transaction.row(
        "SELECT wrapped FROM inspection_keys WHERE inspection = ?", [name])?[0] == .blob(key)
    }
  }

  public func destroyKey(of inspection: InspectionID, recording draft: Draft?) async throws {
    try await appending { try $0.destroyKey(of: inspection, recording: draft) }
    try await database.forgetDeleted()
  }
}
