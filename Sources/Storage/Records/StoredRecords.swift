public import Calendars
import Dispatch
public import Problems
public import Records
public import Workflows

/// The records in a database.
public final class StoredRecords: RecordStore {
  private let database: any SQLDatabase
  private let appends: GroupCommit<AppendRequest, AppendOutcome>

  /// Where reading waits for the disk or the server.
  private let readers = DispatchQueue(label: "record.readers", attributes: .concurrent)

  /// Opens a database and brings its tables up to date.
  ///
  /// - Parameters:
  ///   - address: A folder, in which the database is a file, or `postgres://…`.
  ///   - now: The clock.
  /// - Throws: ``Problems`` when it cannot be used.
  public convenience init(
    _ address: DatabaseAddress, now: @escaping @Sendable () -> Instant
  ) throws(Problems) {
    let database = try address.open()
    do {
      try Migrations.run(on: database)
    } catch {
      throw Problems(
        Problem(
          address.name, "the database cannot be brought up to date",
          remedy: "check that it is Plumbline’s, and that its user may make tables"))
    }
    self.init(database, now: now)
  }

  /// Opens a database to read it while others may write.
  ///
  /// - Throws: ``Problems`` when there is none.
  public convenience init(reading address: DatabaseAddress) throws(Problems) {
    self.init(try address.openReading()) { preconditionFailure("nothing is recorded here") }
  }

  init(_ database: any SQLDatabase, now: @escaping @Sendable () -> Instant) {
    self.database = database
    appends = GroupCommit { requests in
      try database.write { transaction in
        try Appending(transaction: transaction, dialect: database.dialect, now: now())
          .append(requests)
      }
    }
  }

  public func close() { database.close() }

  public func append(
    _ draft: Draft, if condition: AppendCondition
  ) async throws -> AppendOutcome {
    try await appends.submit(AppendRequest(draft: draft, condition: condition))
  }

  public func heads() async throws -> [StoredHead] {
    try await reading { transaction in
      try transaction.rows(
        "SELECT inspection, sequence, digest FROM records ORDER BY inspection", []
      ).map { row in
        guard let inspection = row[0].text.flatMap({ InspectionID($0) }),
          let sequence = row[1].integer
        else { throw StoreFault.damaged("records") }
        return StoredHead(inspection: inspection, sequence: sequence, digest: row[2].text)
      }
    }
  }

  public func forEachLine(
    of inspection: InspectionID, after: Int, through: Int,
    _ body: @escaping @Sendable (StoredLine) throws -> Void
  ) async throws {
    try await reading { transaction in
      try transaction.forEachRow(
        """
        SELECT sequence, id, subject, line FROM entries
        WHERE inspection = ? AND sequence > ? AND sequence <= ? ORDER BY sequence
        """, [.text(inspection.description), .integer(after), .integer(through)]
      ) { row in
        guard let sequence = row[0].integer, let id = row[1].text, let subject = row[2].text,
          let line = row[3].text
        else { throw StoreFault.damaged("entries") }
        try body(
          StoredLine(
            Array(line.utf8), StoredLine.Columns(sequence: sequence, id: id, subject: subject)))
      }
    }
  }

  // MARK: - Keys

  public func key(of inspection: InspectionID) async throws -> [UInt8]? {
    try await reading { transaction in
      try transaction.row(
        "SELECT wrapped FROM inspection_keys WHERE inspection = ?",
        [.text(inspection.description)])?[0].blob
    }
  }

  public func keep(key: [UInt8], of inspection: InspectionID) async throws -> Bool {
    try await writing { transaction in
      let name = SQLValue.text(inspection.description)
      // A key that was destroyed leaves its row, so that no other comes in its place.
      try transaction.run(
        "INSERT INTO inspection_keys (inspection, wrapped) VALUES (?, ?) ON CONFLICT DO NOTHING",
        [name, .blob(key)])
      return try transaction.row(
        "SELECT wrapped FROM inspection_keys WHERE inspection = ?", [name])?[0] == .blob(key)
    }
  }

  public func destroyKey(of inspection: InspectionID) async throws {
    try await writing { transaction in
      try transaction.run(
        "UPDATE inspection_keys SET wrapped = NULL WHERE inspection = ?",
        [.text(inspection.description)])
    }
    try await offload { try $0.forgetDeleted() }
  }

  // MARK: - Threads

  private func reading<Result: Sendable>(
    _ body: @escaping @Sendable (any SQLTransaction) throws -> Result
  ) async throws -> Result {
    try await offload { try $0.read(body) }
  }

  private func writing<Result: Sendable>(
    _ body: @escaping @Sendable (any SQLTransaction) throws -> Result
  ) async throws -> Result {
    try await offload { try $0.write(body) }
  }

  /// Does what may wait on a thread that may wait.
  private func offload<Result: Sendable>(
    _ body: @escaping @Sendable (any SQLDatabase) throws -> Result
  ) async throws -> Result {
    try await withCheckedThrowingContinuation { done in
      readers.async { [database] in
        done.resume(with: Swift.Result { try body(database) })
      }
    }
  }
}
