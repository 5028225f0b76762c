public import Calendars
public import Problems

/// Everything that is kept in one database.
public final class Store: Sendable {
  public let records: StoredRecords
  public let accounts: StoredAccounts
  private let database: any SQLDatabase

  /// Opens a database and brings its tables up to date.
  ///
  /// - Parameter now: The clock.
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

  /// Opens a database to read it while others may write. One that nobody has put tables into yet
  /// holds nothing.
  ///
  /// - Throws: ``Problems`` when there is none.
  public convenience init(reading address: DatabaseAddress) throws(Problems) {
    var database = try address.openReading()
    // Where that cannot be told, whatever is read first says why.
    if let hasTables = try? Migrations.hasTables(database), !hasTables {
      database.close()
      database = EmptyDatabase(dialect: database.dialect)
    }
    self.init(database) { preconditionFailure("nothing is recorded here") }
  }

  init(_ database: any SQLDatabase, now: @escaping @Sendable () -> Instant) {
    self.database = database
    let offloaded = OffloadedDatabase(database)
    records = StoredRecords(offloaded, now: now)
    accounts = StoredAccounts(offloaded)
  }

  public func close() { database.close() }
}
