import Calendars
import Fieldwork
import Foundation
import People
import Publications
import Records
import RuleFiles
import Standards
import Storage
import Synchronization
import TestKit
import Workflows

@testable import Website

/// A whole installation with the training inspection, for tests: no network, a clock that stands.
final class Installation: Sendable {
  let store: Store
  let site: StaffSite
  let accounts: [String: Account]
  let masterKey: MasterKey
  let log: Log

  /// What was logged.
  final class Log: Sendable {
    let lines = Mutex<[String]>([])
  }

  static let password = "three random words"
  static let now = Instant(milliseconds: 1_795_000_000_000)
  static let today = now.dayInUTC

  private init(
    _ store: Store, _ site: StaffSite, _ accounts: [String: Account], _ masterKey: MasterKey,
    _ log: Log
  ) {
    self.store = store
    self.site = site
    self.accounts = accounts
    self.masterKey = masterKey
    self.log = log
  }

  /// An installation of its own, with the training inspection as it was set up once for all tests.
  ///
  /// - Parameter published: The editions that its site has; those that come with the product unless
  ///   said.
  static func make(
    _ extent: TrainingRecord.Extent = .planned, published: PublishedEditions? = nil
  ) async throws -> Installation {
    let template = try await Template.of(extent)
    let folder = try TestFolder.place()
    try FileManager.default.copyItem(at: template.folder, to: folder)
    let store = try Store(.folder(folder.path)) { now }
    let masterKey = template.masterKey
    let desks = try Desks(store, masterKey, seed: 8)
    let (newID, inspections, planning) = (desks.newID, desks.inspections, desks.planning)
    let editions = desks.editions
    let record = PublicRecord(
      register: try Register.load(editions: editions), editions: published ?? editions, held: [])
    let log = Log()
    let site = StaffSite(
      of: Website(
        record: record, assets: Assets.load(from: nil), today: { today }, hasStaff: true),
      StaffSite.Desks(
        accounts: store.accounts,
        signIn: SignIn(store.accounts, masterKey: masterKey, now: { now }, cost: .none) {
          $0()
        }, inspections: inspections, planning: planning, masterKey: masterKey,
        identityProvider: nil, now: { now }, today: { today }, newID: newID,
        address: { "http://127.0.0.1" }, isSecure: false,
        log: { line in log.lines.withLock { $0.append(line) } }))
    let accounts = Dictionary(
      uniqueKeysWithValues: try await store.accounts.accounts().map {
        (String($0.email.description.prefix { $0 != "@" }), $0)
      })
    return Installation(store, site, accounts, masterKey, log)
  }

  /// What works on a store.
  private struct Desks {
    let newID: @Sendable () -> EntryID
    let editions: PublishedEditions
    let inspections: InspectionDesk
    let planning: PlanningDesk

    /// - Parameter seed: Of the ids: a copy must not make those that its template made.
    init(_ store: Store, _ masterKey: MasterKey, seed: UInt64) throws {
      let chance = Mutex(Chance(seed: seed))
      let newID: @Sendable () -> EntryID = {
        chance.withLock { EntryID(at: now, using: &$0) }
      }
      self.newID = newID
      editions = try PublishedEditions.load()
      inspections = InspectionDesk(store.records, editions, newID: newID)
      let memory = InspectionMemory(store.records, masterKey: masterKey) { now }
      planning = PlanningDesk(store.records, memory, newID: newID)
    }
  }

  /// A data folder that is set up once and copied.
  private struct Template: Sendable {
    let folder: URL
    let masterKey: MasterKey

    private static let planned = Task { try await Template(.planned) }
    private static let assessed = Task { try await Template(.assessed) }

    static func of(_ extent: TrainingRecord.Extent) async throws -> Template {
      switch extent {
      case .planned: try await planned.value
      case .assessed: try await assessed.value
      }
    }

    private init(_ extent: TrainingRecord.Extent) async throws {
      folder = try TestFolder.make()
      masterKey = MasterKey.make().key
      let store = try Store(.folder(folder.path)) { now }
      let desks = try Desks(store, masterKey, seed: 7)
      let training = TrainingRecord(
        inspections: desks.inspections, planning: desks.planning, accounts: store.accounts,
        masterKey: masterKey, newID: desks.newID)
      let hash = PasswordHash(password, salt: Data(repeating: 1, count: 16), cost: .none)
      _ = try await training.setUp(extent, today: today, password: hash)
      store.close()
    }
  }

  /// The secret of a new session.
  func session(of name: String) async throws -> String {
    var chance = SystemRandomNumberGenerator()
    let outcome = try await site.desks.signIn.begin(
      "\(name)@example.org", Self.password, using: &chance)
    guard case .signedIn(let secret) = outcome else { throw NoSession() }
    return secret.text
  }

  struct NoSession: Error {}

  /// A request of somebody who signed in, with the token of their forms.
  func request(
    _ method: StaffRequest.Method, _ path: String, by secret: String?,
    _ fields: [String: String] = [:]
  ) -> StaffRequest {
    var request = StaffRequest(method, path)
    if let secret { request.cookies = "\(site.cookies.session)=\(secret)" }
    if method == .post {
      var fields = fields
      if let secret { fields["token"] = StaffSite.formToken(of: secret) }
      request.contentType = "application/x-www-form-urlencoded"
      request.body = Array(
        fields.map { "\($0.key)=\(PercentEncoding.encode($0.value))" }.joined(separator: "&").utf8)
    }
    return request
  }

  func respond(
    _ method: StaffRequest.Method, _ path: String, by secret: String?,
    _ fields: [String: String] = [:]
  ) async -> Page {
    await site.respond(to: request(method, path, by: secret, fields))
  }
}
