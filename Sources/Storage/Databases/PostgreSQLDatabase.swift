import Dispatch
import Foundation
import Problems
import Synchronization

/// A database on a PostgreSQL server, which several processes may use at once.
///
/// A connection that breaks, because the server was restarted for instance, is made again, and the
/// transaction that it broke is run again.
final class PostgreSQLDatabase: SQLDatabase {
  let dialect = SQLDialect.postgresql

  /// How long a transaction is tried again while the server cannot be reached.
  private static let patience = Duration.seconds(30)

  /// Those that no transaction uses.
  private let idle: Mutex<[PostgreSQLConnection]>
  private let free: DispatchSemaphore

  /// One fewer than there are connections: however many read, somebody can write.
  private let readers: DispatchSemaphore

  /// - Parameter address: `postgres://user@host:port/name`. May hold a password; it is in no error.
  /// - Precondition: There are at least two connections.
  /// - Throws: ``Problems`` when the server cannot be reached.
  init(address: String, connections count: Int = 4) throws(Problems) {
    idle = Mutex((0..<count).map { _ in PostgreSQLConnection(address: address) })
    free = DispatchSemaphore(value: count)
    readers = DispatchSemaphore(value: count - 1)
    do {
      try withConnection { try $0.open() }
    } catch {
      throw Problems(
        Problem(
          "--database", "the PostgreSQL server cannot be reached, or refuses",
          remedy: "check the address, the password, and that it runs"))
    }
  }

  func write<Result>(_ body: (any SQLTransaction) throws -> Result) throws -> Result {
    try transaction("BEGIN ISOLATION LEVEL READ COMMITTED", body)
  }

  func read<Result>(_ body: (any SQLTransaction) throws -> Result) throws -> Result {
    readers.wait()
    defer { readers.signal() }
    return try transaction("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY", body)
  }

  /// What the server's own files and logs still hold is for whoever runs it.
  func forgetDeleted() throws {
    try withConnection { connection in
      try connection.open()
      _ = try connection.run("VACUUM inspection_keys")
    }
  }

  func close() {
    for connection in idle.withLock({ $0 }) { connection.close() }
  }

  private func transaction<Result>(
    _ begin: String, _ body: (any SQLTransaction) throws -> Result
  ) throws -> Result {
    // Not the time of day, which may be put back.
    let start = ContinuousClock.now
    var pause = 0.02
    while true {
      do {
        return try withConnection { connection in
          try connection.open()
          _ = try connection.run(begin)
          do {
            let result = try body(PostgreSQLTransaction(connection: connection))
            _ = try connection.run("COMMIT")
            return result
          } catch {
            // The first error tells.
            if !connection.isBroken { _ = try? connection.run("ROLLBACK") }
            throw error
          }
        }
      } catch let error where Self.mayTryAgain(error) {
        if ContinuousClock.now - start > Self.patience { throw error }
        Thread.sleep(forTimeInterval: pause)
        pause = min(1, pause * 2)
      }
    }
  }

  private static func mayTryAgain(_ error: any Error) -> Bool {
    if error is ConnectionLost { return true }
    // Serialization failure, deadlock.
    return ["40001", "40P01"].contains((error as? PostgreSQLFault)?.state)
  }

  private func withConnection<Result>(
    _ body: (PostgreSQLConnection) throws -> Result
  ) throws -> Result {
    free.wait()
    defer { free.signal() }
    guard let connection = idle.withLock({ $0.popLast() }) else {
      preconditionFailure("a connection is idle when the semaphore says so")
    }
    defer { idle.withLock { $0.append(connection) } }
    return try body(connection)
  }
}

private struct PostgreSQLTransaction: SQLTransaction {
  let connection: PostgreSQLConnection

  func rows(_ sql: String, _ values: [SQLValue]) throws -> [[SQLValue]] {
    try connection.run(sql, values)
  }

  func forEachRow(
    _ sql: String, _ values: [SQLValue], _ body: ([SQLValue]) throws -> Void
  ) throws {
    try connection.forEachRow(sql, values, body)
  }

  func insert(into table: String, _ columns: [String], _ rows: [[SQLValue]]) throws {
    try connection.copy(into: table, columns, rows)
  }
}
