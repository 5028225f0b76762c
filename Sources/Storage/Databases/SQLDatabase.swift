/// A value in a database.
enum SQLValue: Hashable, Sendable {
  case null
  case integer(Int)
  case text(String)
  case blob([UInt8])

  var integer: Int? {
    if case .integer(let number) = self { number } else { nil }
  }

  var text: String? {
    if case .text(let text) = self { text } else { nil }
  }

  var blob: [UInt8]? {
    if case .blob(let bytes) = self { bytes } else { nil }
  }

  static func flag(_ flag: Bool) -> SQLValue { .integer(flag ? 1 : 0) }
  static func optional(_ text: String?) -> SQLValue { text.map(SQLValue.text) ?? .null }
  static func optional(_ number: Int?) -> SQLValue { number.map(SQLValue.integer) ?? .null }
}

/// A database that keeps what is written to it: SQLite or PostgreSQL.
///
/// Both understand the statements of this module, which have `?` where a value belongs. What they
/// write differently stands in ``SQLDialect``.
protocol SQLDatabase: Sendable {
  var dialect: SQLDialect { get }

  /// Runs a transaction that may write. When this returns, what it wrote is durable; when it throws,
  /// nothing was written, or nobody knows (``ConnectionLost``).
  ///
  /// Blocks. Nobody else writes to the rows that it locked until it is done.
  ///
  /// - Parameter body: May be run again when a connection broke, also when that was noticed only
  ///   after everything had been written: it must find what it wrote.
  func write<Result>(_ body: (any SQLTransaction) throws -> Result) throws -> Result

  /// Runs a transaction that sees the database as it is at one moment. Blocks.
  ///
  /// - Parameter body: May be run again when a connection broke, also after all of it was done.
  func read<Result>(_ body: (any SQLTransaction) throws -> Result) throws -> Result

  /// Makes sure that nothing which was deleted can be read in the files of the database.
  func forgetDeleted() throws

  /// Ends every connection. Nothing is asked of it afterwards.
  func close()
}

/// What can be done inside a transaction.
protocol SQLTransaction {
  /// Runs a statement.
  func rows(_ sql: String, _ values: [SQLValue]) throws -> [[SQLValue]]

  /// Runs a statement and calls `body` with each row as it comes.
  func forEachRow(_ sql: String, _ values: [SQLValue], _ body: ([SQLValue]) throws -> Void) throws

  /// Adds rows to a table.
  func insert(into table: String, _ columns: [String], _ rows: [[SQLValue]]) throws
}

extension SQLTransaction {
  func run(_ sql: String, _ values: [SQLValue] = []) throws { _ = try rows(sql, values) }

  func row(_ sql: String, _ values: [SQLValue] = []) throws -> [SQLValue]? {
    try rows(sql, values).first
  }
}

/// What the two databases write differently.
enum SQLDialect: Sendable {
  case sqlite
  case postgresql

  /// Behind a SELECT of rows that nobody else may change until the transaction ends. SQLite has one
  /// writer at a time.
  var lock: String { self == .postgresql ? " FOR UPDATE" : "" }

  /// The type of a column of whole numbers.
  var integer: String { self == .postgresql ? "BIGINT" : "INTEGER" }

  /// Behind a table whose columns take values of their types only.
  var strict: String { self == .postgresql ? "" : " STRICT" }

  /// A SELECT of one row where there is a table of a name, and of none where not.
  var findingTable: String {
    self == .postgresql
      ? "SELECT 1 WHERE to_regclass(?) IS NOT NULL"
      : "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ?"
  }

  /// The type of a column of bytes.
  var bytes: String { self == .postgresql ? "BYTEA" : "BLOB" }
}

/// The connection broke while something was done; whether it was done is not known.
struct ConnectionLost: Error {}
