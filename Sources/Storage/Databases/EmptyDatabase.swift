/// What is read where nobody has made our tables yet: nothing.
struct EmptyDatabase: SQLDatabase {
  let dialect: SQLDialect

  func write<Result>(_ body: (any SQLTransaction) throws -> Result) throws -> Result {
    preconditionFailure("nothing is written where there are no tables")
  }

  func read<Result>(_ body: (any SQLTransaction) throws -> Result) throws -> Result {
    try body(EmptyTransaction())
  }

  func forgetDeleted() {}

  func close() {}
}

private struct EmptyTransaction: SQLTransaction {
  func rows(_ sql: String, _ values: [SQLValue]) -> [[SQLValue]] { [] }

  func forEachRow(
    _ sql: String, _ values: [SQLValue], _ body: ([SQLValue]) throws -> Void
  ) {}

  func insert(into table: String, _ columns: [String], _ rows: [[SQLValue]]) {
    preconditionFailure("nothing is written where there are no tables")
  }
}
