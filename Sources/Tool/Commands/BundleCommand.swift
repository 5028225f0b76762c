public import ArgumentParser
import Problems
public import Records
import Standards
import Storage
import Workflows

struct BundleCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "bundle",
    abstract: "Carries the work on an inspection over a closed network, in a file.",
    discussion: """
      The file is signed by the installation that exports it and can be opened by one other alone. \
      Importing it again changes nothing.
      """,
    subcommands: [Key.self, Export.self, Import.self])

  struct Key: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Prints what other installations know this one by.",
      discussion: "It is no secret. It follows from the master key, so it stays the same.")

    @OptionGroup var store: StoreOptions
    @OptionGroup var keys: KeyOptions

    func run() async throws {
      // Where nothing is there yet, or it cannot be read, opening it to write makes it or tells why.
      let open = try (try? store.openReading()) ?? store.open()
      defer { open.close() }
      let masterKey = try await keys.masterKey(store, of: open.records)
      print(try Composition.bundles(open, masterKey).key)
    }
  }

  struct Export: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Writes the work on an inspection for one other installation.",
      discussion: "Works while the records are in use, and changes nothing in them.")

    @Argument(help: "The inspection.") var inspection: InspectionID
    @Option(help: "What bundle key prints at the other installation.")
    var to: InstallationKey.Public
    @Option(help: "The file to write.") var out: String
    @OptionGroup var store: StoreOptions
    @OptionGroup var keys: KeyOptions

    func run() async throws {
      let open = try store.openReading()
      defer { open.close() }
      let masterKey = try await keys.masterKey(store, of: open.records)
      let bundle = try await Composition.bundles(open, masterKey).export(inspection, to: to)
      try Output.write(bundle, to: out, option: "--out")
      print("\(out) holds \(inspection), for that installation alone.")
    }
  }

  struct Import: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Takes in what was done at another installation.",
      discussion: """
        Everything or nothing; what is here already is not added again. Entries that cannot be \
        recorded here are listed with the reason: they stay in the record there.
        """)

    @Argument(help: "The file that bundle export wrote there.") var file: String
    @Option(help: "What bundle key prints there: whose signature the file must have.")
    var from: InstallationKey.Public
    @OptionGroup var store: StoreOptions
    @OptionGroup var keys: KeyOptions

    func run() async throws {
      let bytes = try Composition.bytes(ofFileAt: file)
      let open = try store.open()
      defer { open.close() }
      let masterKey = try await keys.masterKey(store, of: open.records)
      let imported = try await Composition.bundles(open, masterKey).take(
        bytes, named: file, from: from, by: InspectionCommand.author)
      for line in Self.lines(imported) { print(line) }
    }

    static func lines(_ imported: ImportedBundle) -> [String] {
      func entries(_ count: Int) -> String { count == 1 ? "1 entry" : "\(count) entries" }
      var lines: [String] = []
      if imported.isNew {
        lines.append(
          "\(imported.inspection) can be worked on here: \(entries(imported.added)) taken over.")
      } else if imported.added == 0 {
        lines.append("\(imported.inspection): nothing is new; \(entries(imported.known)) known.")
      } else {
        lines.append(
          "\(imported.inspection): \(entries(imported.added)) added, "
            + "\(entries(imported.known)) known.")
      }
      for left in imported.left {
        lines.append(
          "left there: entry \(left.sequence) (\(left.id)), \(left.event) on \(left.subject), "
            + left.why)
      }
      for email in imported.accounts {
        lines.append("\(email) has an account now; give it a password: account reset \(email)")
      }
      return lines
    }
  }
}

extension InstallationKey.Public: ExpressibleByArgument {
  public init?(argument: String) { self.init(argument) }
}
