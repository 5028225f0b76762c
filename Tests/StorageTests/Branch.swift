import Calendars
import Fieldwork
import Foundation
import OrderedJSON
import People
import Records
import RuleFiles
import Standards
import Synchronization
import TestKit
import Testing

@testable import Storage
@testable import Workflows

/// One of several installations with a store, a master key and people of its own.
final class Branch: Sendable {
  let store: Store
  let masterKey: MasterKey
  let planning: PlanningDesk
  let inspections: InspectionDesk
  let bundles: BundleDesk
  private let newID: @Sendable () -> EntryID

  private init(
    _ store: Store, _ masterKey: MasterKey, _ newID: @escaping @Sendable () -> EntryID
  ) throws {
    self.store = store
    self.masterKey = masterKey
    self.newID = newID
    let editions = try PublishedEditions.load()
    inspections = InspectionDesk(store.records, editions, newID: newID)
    planning = PlanningDesk(
      store.records,
      InspectionMemory(store.records, masterKey: masterKey) { newYear }, newID: newID)
    bundles = BundleDesk(
      store.records, store.accounts, editions, masterKey: masterKey, now: { newYear },
      newID: newID)
  }

  convenience init(on backend: Backend, seed: Int) async throws {
    let chance = Mutex(Chance(seed: UInt64(seed)))
    try self.init(try backend.place().store(), MasterKey.make().key) {
      chance.withLock { EntryID(at: newYear, using: &$0) }
    }
  }

  /// The same store with another master key.
  convenience init(_ other: Branch, masterKey: MasterKey) throws {
    try self.init(other.store, masterKey, other.newID)
  }

  /// Its bundles, while others keep recording.
  func busyBundles() throws -> BundleDesk {
    BundleDesk(
      BusyRecords(records: store.records), store.accounts, try PublishedEditions.load(),
      masterKey: masterKey, now: { newYear }, newID: newID)
  }

  /// One with the training inspection.
  static func main(on backend: Backend, seed: Int) async throws -> Branch {
    let branch = try await Branch(on: backend, seed: seed)
    let training = TrainingRecord(
      inspections: branch.inspections, planning: branch.planning, accounts: branch.store.accounts,
      masterKey: branch.masterKey, newID: branch.newID)
    _ = try await training.setUp(.planned, today: newYear.dayInUTC, password: .ofNobody())
    return branch
  }

  // MARK: - Work

  func open() async throws -> OpenInspection {
    try #require(try await planning.memory.inspection(TrainingRecord.id))
  }

  func account(_ name: String) async throws -> Credentials? {
    try await store.accounts.credentials(of: try #require(EmailAddress("\(name)@example.org")))
  }

  func assessor() async throws -> AuthorID {
    try #require(try await account("assessor-1")).account.id
  }

  /// A question on the first case of the assessor.
  func place(_ question: String) async throws -> AnswerPlace {
    let id = try await assessor()
    let own = try await open().state.assessors.filter { $0.value == id }.keys.min()
    return AnswerPlace(number: try #require(own), question: question)
  }

  func answer(
    _ question: String, _ answer: Sufficiency, sealing note: String? = nil
  ) async throws {
    let open = try await open()
    let outcomes = try await planning.append(
      [
        SentEntry(
          id: newID(), event: .answerGiven(try await place(question), GivenAnswer(answer)),
          over: open.state.revision, secret: note.map { ["note": .string($0)] })
      ], in: open, by: try await assessor())
    #expect(outcomes == [.recorded(sequence: open.state.revision + 1)])
  }

  /// Keeps a file as evidence of an interview.
  ///
  /// - Returns: The number of the evidence.
  func keepInterview(_ bytes: [UInt8]) async throws -> Int {
    let file = try await planning.keep(bytes, in: open())
    let facts = EvidenceFacts(
      kind: .interview, file: file, content: Digest(of: bytes), questions: ["1.1.1"])
    let seen = try await open()
    let number = seen.state.evidence.count + 1
    let done = try await planning.record(
      .evidenceKept(number, facts), in: seen,
      by: PlanningDesk.Actor(assessor(), seen: seen.state.revision))
    #expect(done == .done)
    return number
  }

  // MARK: - Carrying

  func bundle(for other: Branch) async throws -> [UInt8] {
    try await bundles.export(TrainingRecord.id, to: other.bundles.key)
  }

  @discardableResult
  func take(_ bundle: [UInt8], from other: Branch) async throws -> ImportedBundle {
    try await bundles.take(
      bundle, named: "work.bundle", from: other.bundles.key, by: AuthorID(known: "operator"))
  }

  /// Hands everything to another.
  func carry(to other: Branch) async throws -> ImportedBundle {
    try await other.take(try await bundle(for: other), from: self)
  }

  // MARK: - Looking

  /// The record as it is kept.
  func lines() async throws -> [[UInt8]] {
    let lines = Mutex<[[UInt8]]>([])
    let revision = try await store.records.revision(of: TrainingRecord.id)
    try await store.records.forEachLine(of: TrainingRecord.id, through: revision) { line in
      lines.withLock { $0.append(line) }
    }
    return lines.withLock { $0 }
  }

  func faults() async throws -> [VerifiedRecord.Fault?] {
    try await VerifyRecords.run(store.records, try PublishedEditions.load()).map(\.fault)
  }
}
