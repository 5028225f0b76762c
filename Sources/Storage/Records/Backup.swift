import Foundation
public import Problems

/// A copy of everything in a database, as one SQLite file, whatever database it comes from and goes
/// to.
public enum Backup {
  /// Every table, those that others refer to first.
  static let tables: [(name: String, columns: [String])] = [
    ("records", ["inspection", "sequence", "digest", "recorded_at"]),
    ("entries", ["inspection", "sequence", "id", "subject", "line"]),
    ("views", ["inspection", "revision", "document"]),
    ("files", ["inspection", "digest", "sealed"]),
    ("inspection_keys", ["inspection", "wrapped"]),
    (
      "accounts",
      [
        "id", "email", "name", "password", "is_administrator", "is_disabled", "second_factor",
        "last_step", "is_lead_inspector",
      ]
    ),
    ("recovery_codes", ["digest", "account"]),
    ("identities", ["issuer", "subject", "account"]),
    ("provider_roles", ["account", "provider", "role"]),
  ]

  /// What is not copied: a restored copy must let nobody in who was shut out since.
  static let leftOut: Set<String> = ["sessions", "tokens", "failures", "device_contacts"]

  /// The names of all tables.
  static let everyTable = tables.map(\.name) + leftOut.sorted() + ["migrations"]

  /// How many rows are held at a time.
  private static let rowsAtOnce = 1_000

  /// Copies a database as it is at one moment into a new file, while it is in use.
  ///
  /// - Throws: ``Problems`` when there is a file of that name, or there is nothing to copy, or a copy
  ///   could not be made; then there is none.
  public static func make(of address: DatabaseAddress, at path: String) throws(Problems) {
    guard !FileManager.default.fileExists(atPath: path) else {
      throw Problems(Problem(path, "is there already", remedy: "name a file that is not"))
    }
    let source = try address.openReading()
    defer { source.close() }
    // Written beside its place and moved there, so that half a copy is never taken for one.
    let draft = path + ".part"
    do {
      guard try Migrations.hasTables(source) else {
        throw Problems(
          Problem(
            address.name, "holds nothing of Plumbline’s yet",
            remedy: "check --data and --database"))
      }
      // Left by one that was cut off, or not there.
      try? FileManager.default.removeItem(atPath: draft)
      let target = try SQLiteDatabase(path: draft)
      try Migrations.run(on: target)
      try copy(from: source, to: target)
      // Everything still stands in the log file; this brings it into the file, or throws.
      try target.forgetDeleted()
      target.close()
      guard Self.isEmpty(draft + "-wal") else { throw StoreFault.kept }
      for ending in ["-wal", "-shm", ".lock"] {
        try? FileManager.default.removeItem(atPath: draft + ending)  // Empty, or not there.
      }
      try FileManager.default.moveItem(atPath: draft, toPath: path)
    } catch {
      throw (error as? Problems)
        ?? Problems(
          Problem(
            path, "the copy could not be made",
            remedy: "check the room on the disk and the database"))
    }
  }

  /// Whether a file has nothing in it, or is not there.
  private static func isEmpty(_ path: String) -> Bool {
    (FileManager.default.contents(atPath: path) ?? Data()).isEmpty
  }

  /// Puts a copy into an empty database.
  ///
  /// - Throws: ``Problems`` when the file is no copy, or the database holds something; then nothing
  ///   was put there, and no folder and no file was made.
  public static func restore(from path: String, into address: DatabaseAddress) throws(Problems) {
    do {
      try withCopy(of: path) { source in
        try fill(address) { try copy(from: source, to: $0, ifEmpty: address.name) }
      }
    } catch {
      throw (error as? Problems)
        ?? Problems(
          Problem(
            path, "cannot be restored from",
            remedy: "it may be damaged; check also the room on the disk, and the database"))
    }
  }

  /// Opens a place, and does something with it. What was made for it is gone again where that fails.
  private static func fill(
    _ address: DatabaseAddress, _ body: (any SQLDatabase) throws -> Void
  ) throws {
    let before = PlaceBefore(address)
    // What comes there before it is open may be somebody else’s.
    var isOurs = false
    do {
      if case .folder(let path) = address { try DataFolder(path: path).make() }
      let target = try address.open()
      isOurs = true
      defer { target.close() }
      guard try isOpenToUs(target) else { throw taken(address.name) }
      try Migrations.run(on: target)
      try body(target)
    } catch {
      if isOurs { before.removeFiles() }
      before.removeFolders()
      throw error
    }
  }

  /// Whether the tables of a database are ours, or none has the name of one of ours.
  private static func isOpenToUs(_ database: any SQLDatabase) throws -> Bool {
    guard try Migrations.hasTables(database) else { return true }
    do {
      return try database.read { try Migrations.isKnown(to: $0) }
    } catch let error where !(error is ConnectionLost) {
      return false  // What says which steps were done is missing, or is somebody else’s.
    }
  }

  private static func taken(_ name: String) -> Problems {
    Problems(Problem(name, "holds something already", remedy: "restore into an empty place"))
  }

  /// Opens a copy of the file, which is brought up to date if an earlier release made it.
  private static func withCopy(
    of path: String, _ body: (any SQLDatabase) throws -> Void
  ) throws {
    guard FileManager.default.fileExists(atPath: path) else {
      throw Problems(Problem(path, "is not there", remedy: "check the name"))
    }
    guard isEmpty(path + "-wal") else {
      throw Problems(
        Problem(
          path, "is in use, or was cut off, so that a part of it stands beside it",
          remedy: "make a backup of it, and restore that"))
    }
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("plumbline-\(UUID().uuidString)")
    try FileManager.default.createDirectory(
      at: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    defer { try? FileManager.default.removeItem(at: folder) }  // The system clears the folder.
    let file = folder.appendingPathComponent("copy").path
    try FileManager.default.copyItem(atPath: path, toPath: file)
    // Whatever is said of the copy is said of the file.
    let damaged = Problems(
      Problem(
        path, "is no backup that this program made, or is damaged",
        remedy: "name a file that backup made"))
    let database: SQLiteDatabase
    do { database = try SQLiteDatabase(path: file) } catch { throw damaged }
    defer { database.close() }
    let isKnown: Bool
    do { isKnown = try database.read { try Migrations.isKnown(to: $0) } } catch { throw damaged }
    guard isKnown else {
      throw Problems(
        Problem(
          path, "is no backup, or was made by a later release",
          remedy: "name a file that backup made, or bring Plumbline up to date"))
    }
    try Migrations.run(on: database)
    try body(database)
  }

  /// - Parameter name: Where the target is, which must be empty then; nothing for a new one.
  private static func copy(
    from source: any SQLDatabase, to target: any SQLDatabase, ifEmpty name: String? = nil
  ) throws {
    // Whether all was copied, and the answer that it is kept may have been lost.
    var wasCopied = false
    try source.read { source in
      try target.write { target in
        let counts = try self.counts(in: target)
        if counts.contains(where: { $0 > 0 }) {
          if wasCopied, try counts == self.counts(in: source) { return }
          throw taken(name ?? "the copy")
        }
        for table in tables { try copy(table, from: source, to: target) }
        guard try self.counts(in: source) == self.counts(in: target) else {
          throw StoreFault.damaged("copy")
        }
        wasCopied = true
      }
    }
  }

  private static func copy(
    _ table: (name: String, columns: [String]), from source: any SQLTransaction,
    to target: any SQLTransaction
  ) throws {
    var rows: [[SQLValue]] = []
    let columns = table.columns.joined(separator: ", ")
    try source.forEachRow("SELECT \(columns) FROM \(table.name)", []) { row in
      rows.append(row)
      if rows.count == rowsAtOnce {
        try target.insert(into: table.name, table.columns, rows)
        rows = []
      }
    }
    try target.insert(into: table.name, table.columns, rows)
  }

  private static func counts(in transaction: any SQLTransaction) throws -> [Int] {
    try tables.map { table in
      try transaction.row("SELECT COUNT(*) FROM \(table.name)")?[0].integer ?? 0
    }
  }
}
