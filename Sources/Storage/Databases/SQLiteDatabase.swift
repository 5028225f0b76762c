import Foundation
import GRDB
import Problems
import Synchronization

/// A database in one file. One process writes to it.
final class SQLiteDatabase: SQLDatabase {
  let dialect = SQLDialect.sqlite

  private let pool: DatabasePool

  /// How long it waits for another process, in seconds.
  private static let patience = Database.BusyMode.timeout(5)

  /// Held as long as this process may write; nothing for one that only reads.
  private let lock: Mutex<FileLock?>

  /// Opens a file, which is made where there is none.
  ///
  /// - Throws: ``Problems`` when another process writes to it, or it is no database.
  init(path: String) throws(Problems) {
    lock = Mutex(try FileLock(path: path + ".lock", of: path))
    // Made first, so that nobody else may read it from its first moment on.
    if !FileManager.default.fileExists(atPath: path) {
      // Where this fails, opening fails and says why.
      _ = FileManager.default.createFile(
        atPath: path, contents: nil, attributes: [.posixPermissions: 0o600])
    }
    do {
      var configuration = Configuration()
      configuration.busyMode = Self.patience
      configuration.prepareDatabase { database in
        // What is deleted is overwritten: the keys of inspections that were erased.
        try database.execute(sql: "PRAGMA secure_delete = ON")
        try database.execute(sql: "PRAGMA foreign_keys = ON")
      }
      pool = try DatabasePool(path: path, configuration: configuration)
      // After opening: a pool sets another value itself.
      let synchronous = try pool.writeWithoutTransaction { database in
        try database.execute(sql: "PRAGMA synchronous = FULL")
        return try Int.fetchOne(database, sql: "PRAGMA synchronous")
      }
      guard synchronous == 2 else { throw DatabaseError(resultCode: .SQLITE_ERROR) }
    } catch {
      throw Problems(
        Problem(
          path, "cannot be opened as a database that keeps what is written",
          remedy: "check the folder, or name another"))
    }
  }

  /// Opens a file to read it, while another process may write.
  ///
  /// - Throws: ``Problems`` when there is no such database.
  init(reading path: String) throws(Problems) {
    lock = Mutex(nil)
    var configuration = Configuration()
    configuration.readonly = true
    configuration.busyMode = Self.patience
    do {
      pool = try DatabasePool(path: path, configuration: configuration)
    } catch {
      throw Problems(
        Problem(path, "cannot be opened as a database", remedy: "check the name and the folder"))
    }
  }

  func write<Result>(_ body: (any SQLTransaction) throws -> Result) throws -> Result {
    try pool.writeWithoutTransaction { database in
      var result: Result?
      try database.inTransaction(.immediate) {
        result = try body(SQLiteTransaction(database: database))
        return .commit
      }
      guard let result else { throw DatabaseError(resultCode: .SQLITE_ABORT) }
      return result
    }
  }

  func read<Result>(_ body: (any SQLTransaction) throws -> Result) throws -> Result {
    try pool.read { try body(SQLiteTransaction(database: $0)) }
  }

  /// Deleted values are overwritten in the file; here they go from the log file as well.
  ///
  /// - Throws: ``StoreFault/kept`` while another process reads.
  func forgetDeleted() throws {
    do {
      try pool.writeWithoutTransaction { _ = try $0.checkpoint(.truncate) }
    } catch let error as DatabaseError where error.resultCode == .SQLITE_BUSY {
      throw StoreFault.kept
    }
  }

  func close() {
    try? pool.close()  // A connection in use ends with the process.
    lock.withLock { $0 = nil }
  }
}

private struct SQLiteTransaction: SQLTransaction {
  let database: GRDB.Database

  func rows(_ sql: String, _ values: [SQLValue]) throws -> [[SQLValue]] {
    var rows: [[SQLValue]] = []
    try forEachRow(sql, values) { rows.append($0) }
    return rows
  }

  func forEachRow(
    _ sql: String, _ values: [SQLValue], _ body: ([SQLValue]) throws -> Void
  ) throws {
    let statement = try database.cachedStatement(sql: sql)
    let cursor = try Row.fetchCursor(statement, arguments: StatementArguments(values.map(\.own)))
    while let row = try cursor.next() { try body(row.databaseValues.map(SQLValue.init)) }
  }

  func insert(into table: String, _ columns: [String], _ rows: [[SQLValue]]) throws {
    let places = columns.map { _ in "?" }.joined(separator: ", ")
    let statement = try database.cachedStatement(
      sql: "INSERT INTO \(table) (\(columns.joined(separator: ", "))) VALUES (\(places))")
    for row in rows {
      try statement.execute(arguments: StatementArguments(row.map(\.own)))
    }
  }
}

extension SQLValue {
  fileprivate var own: DatabaseValue {
    switch self {
    case .null: .null
    case .integer(let number): number.databaseValue
    case .text(let text): text.databaseValue
    case .blob(let bytes): Data(bytes).databaseValue
    }
  }

  fileprivate init(_ value: DatabaseValue) {
    switch value.storage {
    case .null: self = .null
    case .int64(let number): self = .integer(Int(number))
    case .double(let number): self = .text("\(number)")
    case .string(let text): self = .text(text)
    case .blob(let bytes): self = .blob(Array(bytes))
    }
  }
}
