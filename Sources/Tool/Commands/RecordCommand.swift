public import ArgumentParser
import Fieldwork
import OrderedJSON
import Problems
public import Records
public import RuleFiles
import Standards
import Storage
import Workflows

struct RecordCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "record",
    abstract: "Checks the records of inspections and hands them on.",
    subcommands: [Verify.self, Export.self, State.self])

  struct Verify: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Checks that no entry was changed, left out or put in between.",
      discussion: """
        Works while the records are in use. With --file an exported record is checked without any \
        database. A record that somebody wrote anew from its start can be told only by a digest \
        that was kept elsewhere: see --head.
        """)

    @Option(help: "The inspection; all of them unless said.") var inspection: InspectionID?
    @Option(help: "A record that record export wrote; - for standard input.") var file: String?
    @Option(help: "A digest that the record must hold, noted on an earlier day.")
    var head: Digest?
    @Flag(help: "As JSON.") var json = false
    @OptionGroup var store: StoreOptions

    func validate() throws {
      if head != nil, inspection == nil, file == nil {
        throw ValidationError("--head needs --inspection or --file.")
      }
    }

    func run() async throws {
      let editions = try PublishedEditions.load()
      let verified: [VerifiedRecord]
      if let file {
        let bytes = try Composition.bytes(ofFileAt: file)
        guard let one = VerifyRecords.run(export: bytes, editions, holding: head) else {
          throw Refusal("\(file): is no exported record; name a file that record export wrote")
        }
        if let inspection, inspection != one.inspection {
          throw Refusal("\(file): is the record of \(one.inspection), not of \(inspection)")
        }
        verified = [one]
      } else {
        let open = try store.openReading()
        defer { open.close() }
        verified = try await VerifyRecords.run(
          open.records, editions, only: inspection, holding: head)
      }
      if let inspection, verified.isEmpty {
        throw Refusal("\(inspection): there is no record of it; see inspection list")
      }
      if json {
        Output.write(StoreDocument.json(verified).bytes)
      } else {
        tell(verified)
      }
      let remedy =
        file == nil ? "restore a backup beside it and compare" : "export it anew and compare"
      let faults = verified.compactMap { one in
        one.fault.map { fault in
          let id = fault.id.map { " (\($0))" } ?? ""
          return "\(one.inspection): entry \(fault.sequence)\(id) \(fault.what); \(remedy)"
        }
      }
      if !faults.isEmpty { throw Refusal(faults.joined(separator: "\n")) }
    }

    private func tell(_ verified: [VerifiedRecord]) {
      if verified.isEmpty { print("There are no records.") }
      for one in verified where one.fault == nil {
        print(
          "\(one.inspection): \(one.entries == 1 ? "1 entry is" : "\(one.entries) entries are") "
            + "right; the last is \(one.head?.description ?? "none")")
        if one.elsewhere > 0 {
          print(
            "\(one.inspection): "
              + (one.elsewhere == 1 ? "1 file is" : "\(one.elsewhere) files are")
              + " at the installation that the record came from")
        }
      }
    }
  }

  struct Export: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Writes a record as lines of JSON. What is sealed stays sealed.")

    @Argument(help: "The inspection.") var inspection: InspectionID
    @Option(help: "The file; standard output unless said.") var out: String?
    @OptionGroup var store: StoreOptions

    func run() async throws {
      let open = try store.openReading()
      defer { open.close() }
      guard let export = try await ExportRecord.run(inspection, from: open.records) else {
        throw Refusal("\(inspection): there is no record of it; see inspection list")
      }
      if let out {
        try Output.write(export, to: out, option: "--out")
      } else {
        Output.write(export)
      }
    }
  }
}

extension RecordCommand {
  struct State: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Works out how an inspection stands, and writes it as JSON.",
      discussion: """
        From the first entry of its record to the last; nothing that is sealed is opened. With \
        --timed it says on standard error how long that took, and how long each of the last \
        entries takes where the state before it is known.
        """)

    @Argument(help: "The inspection.") var inspection: InspectionID
    @Flag(help: "Say how long it took.") var timed = false
    @OptionGroup var store: StoreOptions

    func run() async throws {
      let open = try store.openReading()
      defer { open.close() }
      let clock = ContinuousClock()
      let start = clock.now
      let state = try await open.records.state(of: inspection)
      let time = start.duration(to: clock.now)
      guard let state else {
        throw Refusal(
          "\(inspection): there is no record of it, or it is damaged; see record verify")
      }
      if timed {
        Output.warn("\(state.revision) entries in \(time)")
        let last = min(Self.last, state.revision - 1)
        if last > 0, let each = try await increment(open.records, state.revision, last) {
          Output.warn("The last \(last), one by one: each in \(each)")
        }
      }
      Output.write(state.document.bytes)
    }

    /// How many entries are taken in one by one.
    private static let last = 1_000

    /// How long one more entry takes, while somebody still looks at the state before it.
    private func increment(
      _ records: StoredRecords, _ revision: Int, _ last: Int
    ) async throws -> Duration? {
      var states = [
        try await records.state(of: inspection, after: InspectionState(), through: revision - last)
      ]
      let clock = ContinuousClock()
      let start = clock.now
      for sequence in revision - last + 1...revision {
        guard let before = states[states.count - 1] else { return nil }
        states = [
          before, try await records.state(of: inspection, after: before, through: sequence),
        ]
      }
      return start.duration(to: clock.now) / last
    }
  }
}

extension InspectionID: ExpressibleByArgument {
  public init?(argument: String) { self.init(argument) }
}

extension Digest: ExpressibleByArgument {
  public init?(argument: String) { self.init(text: argument) }
}
