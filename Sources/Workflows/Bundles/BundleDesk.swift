public import Calendars
import Fieldwork
import OrderedJSON
import People
import Problems
public import Records
import RuleFiles
public import Standards
import Synchronization

/// Where the work on an inspection is handed to another installation, and taken from it: over a
/// network that is closed, in a file.
public struct BundleDesk: Sendable {
  let records: any RecordStore
  let accounts: any AccountStore
  let editions: PublishedEditions
  let masterKey: MasterKey
  let now: @Sendable () -> Instant
  let newID: @Sendable () -> EntryID

  /// - Parameters:
  ///   - now: The clock.
  ///   - newID: Makes the ids of entries that no device made.
  public init(
    _ records: any RecordStore, _ accounts: any AccountStore, _ editions: PublishedEditions,
    masterKey: MasterKey, now: @escaping @Sendable () -> Instant,
    newID: @escaping @Sendable () -> EntryID
  ) {
    self.records = records
    self.accounts = accounts
    self.editions = editions
    self.masterKey = masterKey
    self.now = now
    self.newID = newID
  }

  /// What others know this installation by.
  public var key: InstallationKey.Public { InstallationKey(of: masterKey).known }

  // MARK: - Handing on

  /// The work on an inspection, for one other installation.
  ///
  /// The whole record, so that it can be checked there; the key of the inspection; from where it is
  /// planned the team, without passwords, and from elsewhere the files of the evidence that was
  /// kept there. Changes nothing here.
  ///
  /// - Throws: ``Problems`` when there is no such inspection, it was erased, or its record is
  ///   damaged; and what the store throws.
  public func export(
    _ inspection: InspectionID, to recipient: InstallationKey.Public
  ) async throws -> [UInt8] {
    guard recipient != key else {
      throw problem(inspection, "is here already", "name the key of the other installation")
    }
    guard let record = try await ExportRecord.run(inspection, from: records) else {
      throw problem(inspection, "there is no record of it", "see inspection list")
    }
    let work = try ReadRecord(record, editions, name: inspection.description)
    guard !work.state.isErased,
      let key = try await records.key(of: inspection)
        .flatMap({ masterKey.unwrap($0, of: inspection) })
    else {
      throw problem(
        inspection, "what is personal in it was erased, or its key is another",
        "there is nothing that can be worked on")
    }
    guard let wrapped = InstallationKey.wrap(key, of: inspection, for: recipient) else {
      throw unusable(recipient)
    }
    let isPlannedHere = work.state.carriedFrom == nil
    let bundle = WorkBundle(
      inspection: inspection, key: wrapped,
      people: isPlannedHere ? try await team(of: work.state) : [], record: record,
      files: isPlannedHere ? [:] : try await evidence(in: work.state, of: inspection))
    guard
      let sealed = SealedBundle.seal(
        bundle.bytes, from: InstallationKey(of: masterKey), to: recipient)
    else { throw unusable(recipient) }
    return sealed
  }

  /// The files of evidence that are kept here.
  private func evidence(
    in state: InspectionState, of inspection: InspectionID
  ) async throws -> [Digest: [UInt8]] {
    var files: [Digest: [UInt8]] = [:]
    for digest in Set(state.evidence.values.joined().map(\.value.file.digest)) {
      files[digest] = try await records.file(digest, of: inspection)
    }
    return files
  }

  private func team(of state: InspectionState) async throws -> [WorkBundle.Person] {
    var people: [WorkBundle.Person] = []
    for id in state.team.keys.sorted(by: { $0.description < $1.description }) {
      guard let account = try await accounts.account(id) else { continue }
      people.append(
        WorkBundle.Person(
          id: id, email: account.email.description, name: account.name,
          isDisabled: account.isDisabled, roles: try await accounts.providerRoles(of: id)))
    }
    return people
  }

  private func unusable(_ recipient: InstallationKey.Public) -> Problems {
    Problems(
      Problem(
        "the key", "nothing can be sealed for it", remedy: "see bundle key at the other side"))
  }

  func problem(_ inspection: InspectionID, _ what: String, _ remedy: String) -> Problems {
    Problems(Problem(inspection.description, what, remedy: remedy))
  }
}

/// A record that was read and checked.
struct ReadRecord {
  let entries: [Entry]
  let state: InspectionState

  /// - Parameters:
  ///   - export: What ``ExportRecord`` wrote.
  ///   - name: What problems call it.
  /// - Throws: ``Problems`` when it is none, or damaged.
  init(
    _ export: [UInt8], _ editions: PublishedEditions, name: String
  ) throws(Problems) {
    let fault: String
    if let verified = VerifyRecords.run(export: export, editions), verified.head != nil {
      fault = verified.fault.map { "entry \($0.sequence) of the record \($0.what)" } ?? ""
    } else {
      fault = "holds no record"
    }
    guard fault.isEmpty else {
      throw Problems(
        Problem(name, fault, remedy: "run record verify where it comes from, and export it anew"))
    }
    var entries: [Entry] = []
    var state = InspectionState()
    for line in export.split(separator: UInt8(ascii: "\n")).dropFirst() {
      // It was checked.
      guard let entry = try? Entry(line: Array(line)), (try? state.apply(entry)) != nil else {
        continue
      }
      entries.append(entry)
    }
    self.entries = entries
    self.state = state
  }
}
