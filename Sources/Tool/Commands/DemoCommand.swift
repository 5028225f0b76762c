import ArgumentParser
import People
import Problems
import Publications
import Records
import Storage
import Workflows

struct DemoCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "demo",
    abstract: "Creates a data folder with a training inspection, and accounts to sign in with.")

  @OptionGroup var store: StoreOptions
  @OptionGroup var keys: KeyOptions

  func run() async throws {
    let open = try store.open()
    defer { open.close() }
    // Before the key and the files in the data folder are made.
    if try await open.records.revision(of: TrainingRecord.id) == 0 {
      try await TrainingRecord.check(open.accounts)
    }
    let masterKey = try await keys.masterKey(store, of: open.records)
    let folder = DataFolder(path: store.data)
    let isNew = try folder.add(TrainingInspection.id, files: try TrainingInspection.files())
    let record = try Composition.publicRecord(data: store.data)
    print(
      isNew
        ? "\(store.data): the training inspection was added."
        : "\(store.data): the training inspection is there already and stays as it is.")
    print(
      "The register holds \(record.register.inspections.count) published inspections of "
        + "\(record.register.providers.count) providers.")
    try await setUpRecord(in: open, masterKey)
  }

  private func setUpRecord(in open: Store, _ masterKey: MasterKey) async throws {
    let training = try Composition.training(open, masterKey)
    var chance = SystemRandomNumberGenerator()
    let password = HeldSecret(.recovery, using: &chance).text
    let outcome = try await training.setUp(
      .assessed, today: Composition.today(), password: Composition.hash(password))
    switch outcome {
    case .isThere:
      print("The record of the training inspection is there already and stays as it is.")
    case .setUp(let new):
      if !new.isEmpty {
        print("\nAccounts to sign in with:\n\(Self.table(new))")
        print("Password of each, shown only now: \(password)")
      }
      let emails = Set(new.map(\.email))
      let known = TrainingRecord.people.filter { !emails.contains($0.email) }
      if !known.isEmpty {
        print("\nThese were there before, and keep their passwords:\n\(Self.table(known))")
      }
    }
  }

  private static func table(_ people: [TrainingRecord.Person]) -> String {
    Output.table(people.map { ["  " + $0.email, $0.name] })
  }
}
