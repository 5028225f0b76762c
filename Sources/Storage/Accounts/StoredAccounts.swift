public import Calendars
public import People
import Problems
public import Records
public import RuleFiles
public import Workflows

/// The accounts in a database.
public struct StoredAccounts: AccountStore {
  let database: OffloadedDatabase
  let holders: GroupCommit<Digest, SessionHolder?>

  init(_ offloaded: OffloadedDatabase) {
    database = offloaded
    let database = offloaded.database
    holders = GroupCommit { digests in
      let found = try database.read { try SessionHolders(transaction: $0).find(digests) }
      return digests.map { found[$0] }
    }
  }

  public func add(_ account: Account, password: PasswordHash) async throws -> Bool {
    try await database.write { transaction in
      try transaction.run(
        """
        INSERT INTO accounts
          (id, email, name, password, is_administrator, is_lead_inspector, is_disabled)
        VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING
        """,
        [
          .text(account.id.description), .text(account.email.description), .text(account.name),
          .text(password.text), .flag(account.isAdministrator), .flag(account.isLeadInspector),
          .flag(account.isDisabled),
        ])
      // Also when this is run again after it was done.
      return try transaction.row(
        "SELECT id FROM accounts WHERE email = ?", [.text(account.email.description)])?[0]
        == .text(account.id.description)
    }
  }

  private static let columns = "id, email, name, is_administrator, is_lead_inspector, is_disabled"

  static func account(_ row: [SQLValue]) throws -> Account {
    guard let id = row[0].text.flatMap({ AuthorID($0) }),
      let email = row[1].text.flatMap({ EmailAddress($0) }), let name = row[2].text
    else { throw StoreFault.damaged("accounts") }
    return Account(
      id: id, email: email, name: name, isAdministrator: row[3] == .flag(true),
      isLeadInspector: row[4] == .flag(true), isDisabled: row[5] == .flag(true))
  }

  public func accounts() async throws -> [Account] {
    try await database.read { transaction in
      try transaction.rows("SELECT \(Self.columns) FROM accounts", []).map(Self.account)
    }.sorted { $0.email.description < $1.email.description }
  }

  public func account(_ id: AuthorID) async throws -> Account? {
    try await database.read { transaction in
      try transaction.row(
        "SELECT \(Self.columns) FROM accounts WHERE id = ?", [.text(id.description)]
      ).map(Self.account)
    }
  }

  public func credentials(of email: EmailAddress) async throws -> Credentials? {
    try await credentials("email", email.description)
  }

  public func credentials(of id: AuthorID) async throws -> Credentials? {
    try await credentials("id", id.description)
  }

  private func credentials(_ column: String, _ value: String) async throws -> Credentials? {
    try await database.read { transaction in
      guard
        let row = try transaction.row(
          "SELECT \(Self.columns), password, second_factor FROM accounts WHERE \(column) = ?",
          [.text(value)])
      else { return nil }
      guard let password = row[6].text.flatMap({ PasswordHash(text: $0) }) else {
        throw StoreFault.damaged("accounts")
      }
      return Credentials(
        account: try Self.account(row), password: password, secondFactor: row[7].blob)
    }
  }

  public func keep(_ password: PasswordHash, of id: AuthorID) async throws {
    try await database.write { transaction in
      try transaction.run(
        "UPDATE accounts SET password = ? WHERE id = ?",
        [.text(password.text), .text(id.description)])
    }
  }

  public func setDisabled(_ isDisabled: Bool, _ id: AuthorID) async throws {
    try await database.write { transaction in
      try transaction.run(
        "UPDATE accounts SET is_disabled = ? WHERE id = ?",
        [.flag(isDisabled), .text(id.description)])
      if isDisabled {
        try transaction.run("DELETE FROM sessions WHERE account = ?", [.text(id.description)])
        try transaction.run("DELETE FROM tokens WHERE account = ?", [.text(id.description)])
      }
    }
  }

  // MARK: - Second factors

  public func keep(
    secondFactor: [UInt8]?, lastStep: Int?, recoveryCodes: [Digest], of id: AuthorID
  ) async throws {
    try await database.write { transaction in
      try transaction.run(
        "UPDATE accounts SET second_factor = ?, last_step = ? WHERE id = ?",
        [
          secondFactor.map(SQLValue.blob) ?? .null, .optional(lastStep), .text(id.description),
        ])
      try transaction.run(
        "DELETE FROM recovery_codes WHERE account = ?", [.text(id.description)])
      try transaction.insert(
        into: "recovery_codes", ["digest", "account"],
        recoveryCodes.map { [.text($0.description), .text(id.description)] })
    }
  }

  public func use(step: Int, of id: AuthorID) async throws -> Bool {
    try await database.write { transaction in
      try transaction.row(
        """
        UPDATE accounts SET last_step = ?
        WHERE id = ? AND (last_step IS NULL OR last_step < ?) RETURNING id
        """, [.integer(step), .text(id.description), .integer(step)]) != nil
    }
  }

  public func use(recoveryCode: Digest, of id: AuthorID) async throws -> Bool {
    try await database.write { transaction in
      try transaction.row(
        "DELETE FROM recovery_codes WHERE digest = ? AND account = ? RETURNING digest",
        [.text(recoveryCode.description), .text(id.description)]) != nil
    }
  }

  // MARK: - Failures

  private static func lockout(
    of name: Digest, _ transaction: any SQLTransaction, lock: String
  ) throws -> Lockout {
    guard
      let row = try transaction.row(
        "SELECT failures, last_failed_at FROM failures WHERE name = ?" + lock,
        [.text(name.description)]), let failures = row[0].integer
    else { return Lockout() }
    guard let last = row[1].integer.flatMap({ Instant(exactly: $0) }) else {
      throw StoreFault.damaged("failures")
    }
    return Lockout(failures: failures, lastFailedAt: last)
  }

  public func countFailure(of name: Digest, at instant: Instant) async throws -> CountedAttempt {
    try await database.write { [database] transaction in
      var lockout = try Self.lockout(of: name, transaction, lock: database.database.dialect.lock)
      if let opensAt = lockout.opens(from: instant) { return .wait(until: opensAt) }
      let attempt = TakenAttempt(at: instant, after: lockout.lastFailedAt)
      try transaction.run(
        "DELETE FROM failures WHERE last_failed_at < ? AND name <> ?",
        [
          .integer(max(0, instant.milliseconds - Lockout.memory * 1_000)),
          .text(name.description),
        ])
      lockout.fail(at: instant)
      // Of two that start at once the second adds to what the first put there.
      try transaction.run(
        """
        INSERT INTO failures (name, failures, last_failed_at) VALUES (?, ?, ?)
        ON CONFLICT (name) DO UPDATE
        SET failures = CASE WHEN excluded.failures > failures.failures
          THEN excluded.failures ELSE failures.failures + 1 END,
          last_failed_at = excluded.last_failed_at
        """,
        [.text(name.description), .integer(lockout.failures), .integer(instant.milliseconds)])
      return .counted(attempt)
    }
  }

  public func takeBackFailure(of name: Digest, _ attempt: TakenAttempt) async throws {
    try await database.write { [database] transaction in
      let name: SQLValue = .text(name.description)
      let row = try transaction.row(
        "SELECT failures FROM failures WHERE name = ?" + database.database.dialect.lock, [name])
      guard let failures = row?[0].integer else { return }
      guard failures > 1 else {
        return try transaction.run("DELETE FROM failures WHERE name = ?", [name])
      }
      try transaction.run("UPDATE failures SET failures = failures - 1 WHERE name = ?", [name])
      // The wait starts where it started before, unless somebody failed since.
      guard let before = attempt.lastFailedAt else { return }
      try transaction.run(
        "UPDATE failures SET last_failed_at = ? WHERE name = ? AND last_failed_at = ?",
        [.integer(before.milliseconds), name, .integer(attempt.at.milliseconds)])
    }
  }

  public func noteFailure(of name: Digest, at instant: Instant) async throws {
    try await database.write { transaction in
      try transaction.run(
        "UPDATE failures SET last_failed_at = ? WHERE name = ? AND last_failed_at < ?",
        [
          .integer(instant.milliseconds), .text(name.description), .integer(instant.milliseconds),
        ])
    }
  }

  public func forgetFailures(of name: Digest) async throws {
    try await database.write { transaction in
      try transaction.run("DELETE FROM failures WHERE name = ?", [.text(name.description)])
    }
  }

  // MARK: - Sessions

  public func add(_ session: Session, _ digest: Digest) async throws {
    try await database.write { transaction in
      try transaction.run(
        """
        INSERT INTO sessions (digest, account, is_complete, started_at, expires_at)
        VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING
        """,
        [
          .text(digest.description), .text(session.account.description),
          .flag(session.isComplete), .integer(session.startedAt.milliseconds),
          .integer(session.expiresAt.milliseconds),
        ])
    }
  }

  public func session(_ digest: Digest) async throws -> Session? {
    try await database.read { transaction in
      guard
        let row = try transaction.row(
          "SELECT account, is_complete, started_at, expires_at FROM sessions WHERE digest = ?",
          [.text(digest.description)])
      else { return nil }
      return try Self.session(row)
    }
  }

  static func session(_ row: [SQLValue]) throws -> Session {
    guard let account = row[0].text.flatMap({ AuthorID($0) }),
      let startedAt = row[2].integer.flatMap({ Instant(exactly: $0) }),
      let expiresAt = row[3].integer.flatMap({ Instant(exactly: $0) })
    else { throw StoreFault.damaged("sessions") }
    return Session(
      account: account, isComplete: row[1] == .flag(true), startedAt: startedAt,
      expiresAt: expiresAt)
  }

  public func holder(ofSession digest: Digest) async throws -> SessionHolder? {
    try await holders.submit(digest)
  }

  public func endSession(_ digest: Digest) async throws {
    try await delete("digest", .text(digest.description))
  }

  public func endSessions(of id: AuthorID) async throws {
    try await delete("account", .text(id.description))
  }

  private func delete(_ column: String, _ value: SQLValue) async throws {
    try await database.write { transaction in
      try transaction.run("DELETE FROM sessions WHERE \(column) = ?", [value])
    }
  }

  public func endSessions(expiredAt instant: Instant) async throws {
    try await database.write { transaction in
      try transaction.run(
        "DELETE FROM sessions WHERE expires_at <= ?", [.integer(instant.milliseconds)])
    }
  }
}
