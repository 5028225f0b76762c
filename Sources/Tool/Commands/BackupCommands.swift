import ArgumentParser
import Foundation
import Problems
import Storage

struct BackupCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "backup",
    abstract: "Copies records, files and accounts into one file, while they are in use.",
    discussion: """
      The copy holds the wrapped keys of inspections. It holds neither the master key, nor sessions \
      and tokens, nor the folder inspections/ of the data folder: copy that beside it.
      """)

  @Argument(help: "The file, which is not there yet.") var file: String
  @OptionGroup var store: StoreOptions

  func run() throws {
    try Backup.make(of: try store.address(), at: file)
    print("\(file) holds the records with their files, and the accounts.")
    print("It does not hold the master key, sessions and tokens.")
    let held = DataFolder(path: store.data).inspectionsPath
    if FileManager.default.fileExists(atPath: held) {
      print("It does not hold the inspections in \(held) either: copy that folder, too.")
    }
  }
}

struct RestoreCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "restore",
    abstract: "Puts a backup into an empty data folder or an empty PostgreSQL database.")

  @Argument(help: "The file that backup made.") var file: String
  @OptionGroup var store: StoreOptions

  func run() throws {
    try Backup.restore(from: file, into: try store.address())
    print("\(file) was restored. Check it with record verify.")
  }
}
