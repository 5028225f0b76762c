public import Problems

/// Where a database is.
public enum DatabaseAddress: Sendable {
  /// In a folder of this machine, as one file.
  case folder(String)

  /// On a PostgreSQL server: `postgres://user@host:port/name`. May hold a password: never shown.
  case server(String)

  /// - Parameters:
  ///   - database: What `--database` says, if it was given.
  ///   - folder: The data folder.
  /// - Throws: ``Problems`` when the address is none of a PostgreSQL server.
  public init(database: String?, folder: String) throws(Problems) {
    guard let database else {
      self = .folder(folder)
      return
    }
    guard database.hasPrefix("postgres://") || database.hasPrefix("postgresql://") else {
      throw Problems(
        Problem(
          "--database", "is not the address of a PostgreSQL server",
          remedy: "write postgres://user@host:port/name, or leave it out for a file in --data"))
    }
    self = .server(database)
  }

  /// What a problem with it is reported under.
  var name: String {
    switch self {
    case .folder(let path): path
    case .server: "--database"
    }
  }

  /// The file of the database in a data folder.
  static func file(in folder: String) -> String { folder + "/plumbline.sqlite" }

  func open() throws(Problems) -> any SQLDatabase {
    switch self {
    case .folder(let path): try SQLiteDatabase(path: Self.file(in: path))
    case .server(let address): try PostgreSQLDatabase(address: address)
    }
  }

  /// Opens it to read only, while others may write.
  func openReading() throws(Problems) -> any SQLDatabase {
    switch self {
    case .folder(let path): try SQLiteDatabase(reading: Self.file(in: path))
    case .server(let address): try PostgreSQLDatabase(address: address)
    }
  }
}
