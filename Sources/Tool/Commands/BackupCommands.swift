import ArgumentParser
import Problems
import Storage

struct BackupCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "backup",
    abstract: "Copies every record into one file, while they are in use.",
    discussion: "The copy holds the wrapped keys of inspections, and not the master key.")

  @Argument(help: "The file, which is not there yet.") var file: String
  @OptionGroup var store: StoreOptions

  func run() throws {
    try Backup.make(of: try store.address(), at: file)
    print("\(file) holds everything.")
  }
}

struct RestoreCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "restore",
    abstract: "Puts a backup into an empty data folder or an empty PostgreSQL database.")

  @Argument(help: "The file that backup made.") var file: String
  @OptionGroup var store: StoreOptions

  func run() throws {
    if store.database == nil { try DataFolder(path: store.data).make() }
    try Backup.restore(from: file, into: try store.address())
    print("\(file) was restored. Check it with record verify.")
  }
}
