import ArgumentParser
import Calendars
import Foundation
import Problems
import Records
import Storage
import Workflows

/// Where records and accounts are.
struct StoreOptions: ParsableArguments {
  @Option(help: "The data folder.") var data = "plumbline-data"
  @Option(help: "A PostgreSQL server instead of a file in the data folder: postgres://…")
  var database: String?

  func address() throws(Problems) -> DatabaseAddress {
    try DatabaseAddress(database: database, folder: data)
  }

  /// Opens it to write.
  func open() throws(Problems) -> Store {
    if database == nil { try DataFolder(path: data).make() }
    return try Store(try address(), now: Composition.instant)
  }

  /// Opens it to read while others may write.
  func openReading() throws(Problems) -> Store {
    try Store(reading: try address())
  }
}

/// Where the master key is.
struct KeyOptions: ParsableArguments {
  /// The variable of the environment that may hold the key.
  private static let variable = "PLUMBLINE_MASTER_KEY"

  @Option(
    help: """
      The file with the master key; else the environment variable PLUMBLINE_MASTER_KEY, else \
      master.key in the data folder.
      """)
  var keys: String?

  /// The master key. Made where nothing is sealed yet, and the records are in the data folder.
  ///
  /// - Throws: ``Problems`` when there is none, it is no key, or another than the one that sealed
  ///   what is there. They do not show it.
  func masterKey(_ store: StoreOptions, of records: StoredRecords) async throws -> MasterKey {
    let (key, name) = try await given(store, records)
    guard try await records.fit(of: key) != .another else {
      throw Problems(
        Problem(
          name, "what is personal here was sealed with another master key",
          remedy: "name the right one with --keys"))
    }
    return key
  }

  /// The key, and what problems with it are reported under, which is never the key.
  private func given(
    _ store: StoreOptions, _ records: StoredRecords
  ) async throws -> (key: MasterKey, name: String) {
    if keys == nil, let text = ProcessInfo.processInfo.environment[Self.variable] {
      guard let key = MasterKey(text: text) else {
        throw Problems(
          Problem(Self.variable, "is no master key", remedy: "give 32 bytes in Base64"))
      }
      return (key, Self.variable)
    }
    let folder = DataFolder(path: store.data)
    let path = keys ?? folder.keyPath
    if keys == nil, store.database == nil, !folder.hasKey {
      guard try await !records.isSealed() else {
        throw Problems(
          Problem(
            path, "is not there, and what is personal here was sealed with it",
            remedy: "put it back, or name it with --keys"))
      }
      try folder.makeKey()
    }
    let text =
      keys == nil
      ? try Composition.text(ofFileAt: path)
      : try Composition.secret(inFileAt: path, option: "--keys")
    guard let key = MasterKey(text: text) else {
      throw Problems(Problem(path, "holds no master key", remedy: "give 32 bytes in Base64"))
    }
    return (key, path)
  }
}
