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
    try DataFolder(path: data).make()
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

  /// The master key.
  ///
  /// - Throws: ``Problems`` when there is none, or it is no key. They do not show it.
  func masterKey(_ store: StoreOptions) throws(Problems) -> MasterKey {
    if keys == nil, let text = ProcessInfo.processInfo.environment[Self.variable] {
      guard let key = MasterKey(text: text) else {
        throw Problems(
          Problem(Self.variable, "is no master key", remedy: "give 32 bytes in Base64"))
      }
      return key
    }
    let folder = DataFolder(path: store.data)
    let path = keys ?? folder.keyPath
    if keys == nil, store.database == nil { try folder.makeKey() }
    guard let key = MasterKey(text: try Composition.text(ofFileAt: path)) else {
      throw Problems(Problem(path, "holds no master key", remedy: "give 32 bytes in Base64"))
    }
    return key
  }
}
