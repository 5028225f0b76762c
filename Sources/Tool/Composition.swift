import Calendars
import Caseloads
import Dispatch
import Foundation
import OpenIDConnect
import People
import Plans
import Problems
import Publications
import Records
import Samples
import Spreadsheets
import Standards
import Storage
import Synchronization
import Website
import Workflows

/// The only place where the parts are joined and where the world outside is asked.
enum Composition {
  /// Today in London, where reports are published.
  static func today() -> Day { London.day(at: instant()) }

  /// This instant as in `2026-05-04T10:15:00Z`.
  static func now() -> String { Date().formatted(.iso8601) }

  static func instant() -> Instant {
    Instant(milliseconds: Int(Date().timeIntervalSince1970 * 1_000))
  }

  /// An id of an entry, from the system's clock and chance.
  static func newID() -> EntryID {
    var chance = SystemRandomNumberGenerator()
    return EntryID(at: instant(), using: &chance)
  }

  /// Where inspections are planned.
  static func planning(_ store: Store, _ masterKey: MasterKey) -> PlanningDesk {
    let memory = InspectionMemory(store.records, masterKey: masterKey, now: instant)
    return PlanningDesk(store.records, memory, newID: newID)
  }

  /// What people who signed in work with.
  ///
  /// - Parameter address: Where browsers reach us.
  static func desks(
    _ store: Store, _ masterKey: MasterKey, identityProvider: OpenIDProvider?, isSecure: Bool,
    address: @escaping @Sendable () -> String
  ) throws(Problems) -> StaffSite.Desks {
    StaffSite.Desks(
      accounts: store.accounts, signIn: signIn(store.accounts, masterKey),
      inspections: try desk(store.records),
      planning: planning(store, masterKey), masterKey: masterKey,
      identityProvider: identityProvider, now: instant, today: today, newID: newID,
      address: address, isSecure: isSecure,
      log: Output.warn)
  }

  /// The training inspection.
  static func training(
    _ store: Store, _ masterKey: MasterKey
  ) throws(Problems) -> TrainingRecord {
    TrainingRecord(
      inspections: try desk(store.records),
      planning: planning(store, masterKey), accounts: store.accounts,
      masterKey: masterKey, newID: newID)
  }

  /// Where work is handed to other installations and taken from them.
  static func bundles(_ store: Store, _ masterKey: MasterKey) throws(Problems) -> BundleDesk {
    BundleDesk(
      store.records, store.accounts, try PublishedEditions.load(), masterKey: masterKey,
      now: instant, newID: newID)
  }

  /// What is kept of a new password. Takes some tenths of a second.
  static func hash(_ password: String) -> PasswordHash {
    var chance = SystemRandomNumberGenerator()
    let salt = Data((0..<16).map { _ in UInt8.random(in: .min ... .max, using: &chance) })
    return PasswordHash(password, salt: salt)
  }

  /// Where people sign in. Passwords are compared two at a time, on threads of their own: each
  /// takes 128 MiB and some tenths of a second.
  static func signIn(_ accounts: StoredAccounts, _ masterKey: MasterKey) -> SignIn {
    let queues = PasswordQueues()
    return SignIn(accounts, masterKey: masterKey, now: instant) { try await queues.work($0) }
  }

  /// Where inspections are set up, with ids from the system's clock and chance.
  static func desk(_ records: StoredRecords) throws(Problems) -> InspectionDesk {
    InspectionDesk(records, try PublishedEditions.load(), newID: newID)
  }

  static func register() throws(Problems) -> Register {
    try Register.load(editions: try PublishedEditions.load())
  }

  /// The published record together with the inspections in a data folder.
  static func publicRecord(data path: String) throws(Problems) -> PublicRecord {
    let editions = try PublishedEditions.load()
    let held = try DataFolder(path: path).heldInspections(editions: editions)
    return PublicRecord(
      register: try Register.load(editions: editions), editions: editions, held: held)
  }

  /// Whether a name is that of a file: it has a slash or ends in `.yaml` or `.yml`.
  private static func isFile(_ name: String) -> Bool {
    name.contains("/") || name.hasSuffix(".yaml") || name.hasSuffix(".yml")
  }

  /// A profile that comes with the product, or one from a file.
  static func profile(_ name: String) throws(Problems) -> Profile {
    isFile(name)
      ? try Profile.read(yaml: try text(ofFileAt: name), file: name) : try Profile.load(name)
  }

  /// The phases of an inspection: a template that comes with the product, or one from a file.
  static func planTemplate(_ name: String) throws(Problems) -> PlanTemplate {
    isFile(name)
      ? try PlanTemplate.read(yaml: try text(ofFileAt: name), file: name)
      : try PlanTemplate.load(name)
  }

  /// A sampling plan that comes with the product, or one from a file.
  static func samplingPlan(_ name: String) throws(Problems) -> SamplingPlan {
    isFile(name)
      ? try SamplingPlan.read(yaml: try text(ofFileAt: name), file: name)
      : try SamplingPlan.load(name)
  }

  /// A sample file, or standard input for `-`.
  static func sampleFile(_ path: String) throws(Problems) -> SampleFile {
    try SampleFile(try bytes(ofFileAt: path), name: path)
  }

  /// A list of cases, or standard input for `-`.
  static func caseFile(_ path: String, _ profile: Profile) throws(Problems) -> CaseFile {
    path == "-"
      ? try CaseFile(
        bytes: try bytes(ofFileAt: path), name: "standard input", profile: profile)
      : try CaseFile(path: path, profile: profile)
  }

  /// A published edition by its id, or a rule book from a file.
  static func ruleBook(_ name: String) throws(Problems) -> (book: RuleBook, path: String?) {
    if isFile(name) {
      return (try RuleBook.read(yaml: try text(ofFileAt: name), file: name), name)
    }
    return (try PublishedEditions.load(edition: name), nil)
  }

  /// The text of a file with a secret, or of standard input for `-`.
  ///
  /// - Parameter option: What named the file.
  /// - Throws: ``Problems``. Where no file has that name it is not repeated: it may be the secret.
  static func secret(inFileAt path: String, option: String) throws(Problems) -> String {
    try check(secretFile: path, option: option)
    return try text(ofFileAt: path)
  }

  /// Checks that a file with a secret is there.
  ///
  /// - Throws: ``Problems`` that do not repeat what was given instead.
  static func check(secretFile path: String, option: String) throws(Problems) {
    guard path == "-" || FileManager.default.fileExists(atPath: path) else {
      throw Problems(
        Problem(
          option, "there is no file of the name that was given",
          remedy: "give the path of a file, not what stands in it"))
    }
  }

  /// The text of a file, or of standard input for `-`.
  static func text(ofFileAt path: String) throws(Problems) -> String {
    let bytes = try bytes(ofFileAt: path)
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw Problems(Problem(path, "is not UTF-8", remedy: "save it as UTF-8"))
    }
    return text
  }

  static func bytes(ofFileAt path: String) throws(Problems) -> [UInt8] {
    do {
      let data =
        path == "-"
        ? try FileHandle.standardInput.readToEnd() ?? Data()
        : try Data(contentsOf: URL(fileURLWithPath: path))
      return Array(data)
    } catch {
      throw Problems(
        Problem(path, "cannot be opened", remedy: "check the name and whether you may read it"))
    }
  }

  /// A CSV file, or standard input for `-`.
  static func csv(_ path: String) throws(Problems) -> CSVFile {
    path == "-"
      ? try CSVFile(bytes: try bytes(ofFileAt: path), name: "standard input")
      : try CSVFile(path: path)
  }

  /// The folder of the style sheet: the one that was named, or else where set-up puts it.
  static func assetsFolder(_ named: String?) -> String? {
    if let named { return named }
    let beside = Bundle.main.bundleURL.appendingPathComponent("../../../.assets").standardized.path
    return [".assets", beside].first { FileManager.default.fileExists(atPath: $0) }
  }
}
