public import ArgumentParser
import Calendars
import Fieldwork
import Foundation
import OrderedJSON
import People
import Problems
public import Providers
import Ratings
import Records
import RuleFiles
import Standards
import Storage
import Workflows

struct InspectionCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "inspection",
    abstract: "Sets up inspections, lists them and erases what is personal in them.",
    subcommands: [Create.self, Lead.self, List.self, Rate.self, Retain.self, Erase.self])

  /// Who did it when it was done here: whoever runs the installation.
  static let author = AuthorID(known: "operator")

  struct Create: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Sets up an inspection.")

    @Argument(help: "Its name in addresses: small letters, digits, hyphens.")
    var inspection: InspectionID
    @Option(help: "How people call it. Kept sealed.") var title: String
    @Option(help: "The provider's name in addresses.") var provider: Provider.ID
    @Option(help: "The edition that it is held under.") var standards: String
    @Option(help: "The day after which what is personal is to be erased.") var retainUntil: Day?
    @OptionGroup var store: StoreOptions
    @OptionGroup var keys: KeyOptions

    func run() async throws {
      let title = title.trimmingCharacters(in: .whitespacesAndNewlines)
      let edition = try NewInspection.check(
        inspection, called: title, of: provider, under: standards,
        among: try PublishedEditions.load(), in: try Composition.register())
      let open = try store.open()
      defer { open.close() }
      try await Composition.desk(open.records).create(
        inspection, about: InspectionFacts(provider: provider, edition: edition.id), title: title,
        retainedUntil: retainUntil, by: author,
        masterKey: try await keys.masterKey(store, of: open.records))
      print("\(inspection) was set up under \(edition.id), \(edition.digest.short).")
      if retainUntil == nil {
        print(
          "Nothing warns when what is personal in it is kept too long: set the day with "
            + "inspection retain \(inspection) --until YYYY-MM-DD.")
      }
    }
  }

  struct Lead: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Makes somebody with an account a lead of an inspection.",
      discussion: """
        For inspections that were set up here, or whose leads are all gone. Who is in the team \
        already stays what they are, with what they declared. Who is new in it is cleared for \
        restricted cases.
        """)

    @Argument(help: "The inspection.") var inspection: InspectionID
    @Argument(help: "The e-mail address of their account.") var email: String
    @OptionGroup var store: StoreOptions
    @OptionGroup var keys: KeyOptions

    func run() async throws {
      let open = try store.open()
      defer { open.close() }
      guard let email = EmailAddress(email),
        let account = try await open.accounts.credentials(of: email)?.account
      else { throw Refusal("\(email): has no account; see account list") }
      guard !account.isAdministrator,
        try await open.accounts.providerRoles(of: account.id).isEmpty
      else { throw Refusal("\(email): manages accounts or is of a provider, so leads nothing") }
      let planning = Composition.planning(
        open, try await keys.masterKey(store, of: open.records))
      guard let found = try await planning.memory.inspection(inspection) else {
        throw Refusal("\(inspection): there is no such inspection; see inspection list")
      }
      let outcome = try await planning.makeLead(
        account.id, in: found, by: PlanningDesk.Actor(author, seen: found.state.revision))
      guard outcome == .done else {
        throw Refusal("\(inspection): somebody else changed the team just now; try again")
      }
      print("\(email) leads \(inspection).")
    }
  }

  struct List: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Lists the inspections, and whose personal data are kept too long.")

    @Flag(help: "As JSON.") var json = false
    @OptionGroup var store: StoreOptions

    func run() async throws {
      let open = try store.openReading()
      defer { open.close() }
      let all = try await Composition.desk(open.records).all()
      let today = Composition.today()
      if json { return Output.write(StoreDocument.json(all, on: today).bytes) }
      if all.isEmpty { print("There are no inspections.") }
      let rows = all.map { inspection, state in
        [
          inspection.description, state?.facts?.provider.slug ?? "",
          state?.facts?.edition.text ?? "", state.map(Self.entries) ?? "",
          state.map { Self.retention($0, today) } ?? "DAMAGED: see record verify",
        ]
      }
      print(Output.table(rows))
    }

    private static func entries(_ state: InspectionState) -> String {
      state.revision == 1 ? "1 entry" : "\(state.revision) entries"
    }

    private static func retention(_ state: InspectionState, _ today: Day) -> String {
      if state.isErased { return "what is personal was erased" }
      guard let day = state.retainedUntil else { return "no retention date" }
      return state.isKeptTooLong(on: today)
        ? "WARNING: to be erased since \(day.words)" : "to be erased after \(day.words)"
    }
  }

  struct Rate: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Rates an inspection by what its record holds so far.",
      discussion: "Worked out anew from the first entry, by the engine that rates everything.")

    @Argument(help: "The inspection.") var inspection: InspectionID
    @Flag(help: "As JSON.") var json = false
    @Flag(help: "Say what each rating rests on.") var explain = false
    @OptionGroup var store: StoreOptions

    func run() async throws {
      let open = try store.openReading()
      defer { open.close() }
      guard let state = try await open.records.state(of: inspection),
        let rated = try RateRecord.rate(state, try PublishedEditions.load())
      else {
        throw Refusal(
          "\(inspection): there is no record of it, or it is damaged; see record verify")
      }
      if json { return Output.write(RatingDocument.of(rated).bytes) }
      print(
        explain ? rated.rating.explanation(under: rated.book) : RatingRun.summary(rated.rating))
      for problem in rated.leftOut { print("left out: \(problem)") }
    }
  }

  struct Retain: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Sets the day after which what is personal is to be erased.")

    @Argument(help: "The inspection.") var inspection: InspectionID
    @Option(help: "The last day on which it may be kept.") var until: Day
    @OptionGroup var store: StoreOptions

    func run() async throws {
      let open = try store.open()
      defer { open.close() }
      try await Composition.desk(open.records).retain(inspection, until: until, by: author)
      print("\(inspection): to be erased after \(until.words).")
    }
  }

  struct Erase: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Makes what is personal in an inspection unreadable for ever.",
      discussion: """
        The key of the inspection is destroyed; the record stays as it is and can be verified. \
        Backups made before still hold the wrapped key: destroy those too. At a terminal its name \
        is asked for again.
        """)

    @Argument(help: "The inspection.") var inspection: InspectionID
    @Option(help: "Its name again, so that it is not asked for.") var confirm: InspectionID?
    @OptionGroup var store: StoreOptions

    func validate() throws {
      guard confirm ?? inspection == inspection else {
        throw ValidationError("--confirm must repeat the name of the inspection.")
      }
    }

    func run() async throws {
      if confirm == nil, isatty(STDIN_FILENO) == 1 {
        print("This cannot be undone. The name of the inspection again, to be sure:")
        guard readLine() == inspection.description else {
          throw Refusal("\(inspection): nothing was erased; repeat the name exactly")
        }
      }
      let open = try store.open()
      defer { open.close() }
      try await Composition.desk(open.records).erase(inspection, by: author)
      print("\(inspection): what was personal cannot be read any more, by anybody.")
    }
  }
}

extension Provider.ID: ExpressibleByArgument {
  public init?(argument: String) { self.init(argument) }
}
