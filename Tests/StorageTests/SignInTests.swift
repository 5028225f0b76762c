import Calendars
import Fieldwork
import Foundation
import People
import Records
import RuleFiles
import Synchronization
import TestKit
import Testing
import Workflows

@testable import Storage

/// Accounts and signing in, on every store.
@Suite struct SignInTests {
  private let masterKey = MasterKey.make().key
  private let salt = Data(repeating: 1, count: 16)
  private let password = "three random words"
  private let lead = AuthorID(known: "lead-1")

  /// A clock that tests move.
  private final class Clock: Sendable {
    let now = Mutex(newYear)

    func pass(seconds: Int) { now.withLock { $0 = $0.adding(seconds: seconds) } }
  }

  private let clock = Clock()

  private func place(_ backend: Backend) async throws -> (SignIn, StoredAccounts) {
    let accounts = try backend.place().store().accounts
    let email = try #require(EmailAddress("lead@example.org"))
    let account = Account(id: lead, email: email, name: "The lead inspector")
    let hash = PasswordHash(password, salt: salt, cost: .none)
    #expect(try await accounts.add(account, password: hash))
    let clock = clock
    let signIn = SignIn(
      accounts, masterKey: masterKey, now: { clock.now.withLock { $0 } }, cost: .none,
      work: { $0() })
    return (signIn, accounts)
  }

  private func secret(_ outcome: SignIn.Outcome) throws -> String {
    switch outcome {
    case .signedIn(let secret), .needsCode(let secret): secret.text
    default: try #require(nil as String?, "\(outcome)")
    }
  }

  @Test(arguments: Backend.allCases)
  func `whoever knows the password is known until they sign out`(_ backend: Backend) async throws {
    let (signIn, accounts) = try await place(backend)
    var chance = Chance(seed: 1)

    let outcome = try await signIn.begin(" Lead@Example.org ", password, using: &chance)
    let held = try secret(outcome)
    #expect(try await signIn.account(holding: held)?.id == lead)
    #expect(try await signIn.account(holding: held + "x") == nil)

    try await signIn.signOut(held)
    #expect(try await signIn.account(holding: held) == nil)

    let one = try secret(await signIn.begin("lead@example.org", password, using: &chance))
    let other = try secret(await signIn.begin("lead@example.org", password, using: &chance))
    try await signIn.signOutEverywhere(lead)
    #expect(try await signIn.account(holding: one) == nil)
    #expect(try await signIn.account(holding: other) == nil)

    let last = try secret(await signIn.begin("lead@example.org", password, using: &chance))
    clock.pass(seconds: SignIn.length)
    #expect(try await signIn.account(holding: last) == nil)
    try await accounts.endSessions(expiredAt: clock.now.withLock { $0 })
    #expect(try await accounts.session(HeldSecret.digest(of: last, .session)) == nil)
  }

  @Test(arguments: Backend.allCases)
  func `each of many sessions leads to its account, asked for at once`(
    _ backend: Backend
  ) async throws {
    let (signIn, accounts) = try await place(backend)
    var chance = Chance(seed: 2)
    let auditor = Account(
      id: AuthorID(known: "auditor"), email: try #require(EmailAddress("auditor@example.org")),
      name: "The auditor")
    let hash = PasswordHash(password, salt: salt, cost: .none)
    #expect(try await accounts.add(auditor, password: hash))
    try await accounts.set(.providerAuditor, for: TrainingInspection.provider, auditor.id)
    var secrets: [String] = []
    for place in 0..<9 {
      let email = place.isMultiple(of: 2) ? "lead@example.org" : "auditor@example.org"
      secrets.append(try secret(await signIn.begin(email, password, using: &chance)))
    }

    let holders = try await withThrowingTaskGroup(of: (Int, SessionHolder?).self) { group in
      for (place, secret) in (secrets + ["nobody’s"]).enumerated() {
        group.addTask { (place, try await signIn.holder(of: secret)) }
      }
      return try await group.reduce(into: [:]) { $0[$1.0] = $1.1 }
    }

    for place in 0..<9 {
      let isLead = place.isMultiple(of: 2)
      #expect(holders[place]?.account.id == (isLead ? lead : auditor.id))
      #expect(holders[place]?.isOfProvider == !isLead)
    }
    #expect(holders[9] == nil)
    try await accounts.setDisabled(true, lead)
    #expect(try await signIn.holder(of: secrets[0]) == nil)
    #expect(try await signIn.holder(of: secrets[1])?.account == auditor)
  }

  @Test(arguments: Backend.allCases)
  func `nobody learns whether an address has an account`(_ backend: Backend) async throws {
    let (signIn, accounts) = try await place(backend)
    var chance = Chance(seed: 1)
    try await accounts.setDisabled(true, lead)

    for address in ["lead@example.org", "nobody@example.org", "not an address"] {
      var said: [SignIn.Outcome] = []
      for _ in 1...6 { said.append(try await signIn.begin(address, password, using: &chance)) }
      let wait = SignIn.Outcome.wait(until: newYear.adding(seconds: 1))
      #expect(said == [.wrong, .wrong, .wrong, .wrong, .wrong, wait])
    }
    try await accounts.setDisabled(false, lead)
    clock.pass(seconds: 1)
    _ = try secret(await signIn.begin("lead@example.org", password, using: &chance))
    // Whoever got in starts anew.
    #expect(try await signIn.begin("lead@example.org", "wrong", using: &chance) == .wrong)
    _ = try secret(await signIn.begin("lead@example.org", password, using: &chance))
  }

  @Test(arguments: Backend.allCases)
  func `with a second factor the password alone is not enough`(_ backend: Backend) async throws {
    let (signIn, _) = try await place(backend)
    var chance = Chance(seed: 1)
    let bytes = Data((0..<20).map { UInt8($0) })
    let factor = SecondFactor(secret: bytes)
    func code() -> String { factor.code(at: clock.now.withLock { $0 }) }

    #expect(try await signIn.setUp(bytes, code: "000000", of: lead, using: &chance) == nil)
    let codes = try #require(
      try await signIn.setUp(bytes, code: code(), of: lead, using: &chance))
    #expect(Set(codes).count == 10)
    // The code that set it up signs nobody in.
    clock.pass(seconds: 30)

    func begin() async throws -> String {
      try secret(await signIn.begin("lead@example.org", password, using: &chance))
    }
    let first = try await begin()
    #expect(try await signIn.account(holding: first) == nil)
    #expect(try await signIn.finish(first, code: "123", using: &chance) == .wrong)
    let held = try secret(await signIn.finish(first, code: code(), using: &chance))
    #expect(held != first)
    #expect(try await signIn.account(holding: held)?.id == lead)
    // Neither the first secret nor the code is of use again.
    #expect(try await signIn.finish(first, code: code(), using: &chance) == .wrong)
    let second = try await begin()
    #expect(try await signIn.finish(second, code: code(), using: &chance) == .wrong)
    let other = try secret(
      await signIn.finish(second, code: codes[3].text.uppercased(), using: &chance))
    #expect(try await signIn.account(holding: other)?.id == lead)
    let third = try await begin()
    #expect(try await signIn.finish(third, code: codes[3].text, using: &chance) == .wrong)
    clock.pass(seconds: SignIn.patience)
    #expect(try await signIn.finish(third, code: code(), using: &chance) == .wrong)
  }

  @Test(arguments: Backend.allCases)
  func `guessing codes is slowed as guessing passwords is`(_ backend: Backend) async throws {
    let (signIn, _) = try await place(backend)
    var chance = Chance(seed: 1)
    let bytes = Data((0..<20).map { UInt8($0) })
    let factor = SecondFactor(secret: bytes)
    _ = try await signIn.setUp(bytes, code: factor.code(at: newYear), of: lead, using: &chance)
    let held = try secret(await signIn.begin("lead@example.org", password, using: &chance))

    for _ in 1...5 { _ = try await signIn.finish(held, code: "000000", using: &chance) }

    let wait = SignIn.Outcome.wait(until: newYear.adding(seconds: 1))
    #expect(
      try await signIn.finish(held, code: factor.code(at: newYear), using: &chance) == wait)
    #expect(try await signIn.begin("lead@example.org", password, using: &chance) == wait)
  }

  @Test(arguments: Backend.allCases)
  func `an attempt that nobody had time to look at does not count`(
    _ backend: Backend
  ) async throws {
    let (signIn, accounts) = try await place(backend)
    let busy = SignIn(
      accounts, masterKey: masterKey, now: { newYear }, cost: .none,
      work: { _ in throw TooManyPasswords() })
    var chance = Chance(seed: 1)
    for _ in 1...3 {
      #expect(try await signIn.begin("lead@example.org", "wrong", using: &chance) == .wrong)
    }

    for _ in 1...6 {
      await #expect(throws: TooManyPasswords.self) {
        var chance = Chance(seed: 2)
        _ = try await busy.begin("lead@example.org", password, using: &chance)
      }
      await #expect(throws: TooManyPasswords.self) {
        var chance = Chance(seed: 2)
        _ = try await busy.begin("nobody@example.org", password, using: &chance)
      }
      await #expect(throws: TooManyPasswords.self) { try await busy.confirm(lead, password) }
    }

    // Those that were looked at still count: two more, and the next has to wait.
    for address in ["lead@example.org", "nobody@example.org"] {
      let left = address.hasPrefix("lead") ? 2 : 5
      for _ in 1...left {
        #expect(try await signIn.begin(address, "wrong", using: &chance) == .wrong)
      }
      #expect(
        try await signIn.begin(address, "wrong", using: &chance)
          == .wait(until: newYear.adding(seconds: 1)))
    }
  }

  @Test(arguments: Backend.allCases)
  func `an attempt that nobody had time to look at starts no new wait`(
    _ backend: Backend
  ) async throws {
    let (signIn, accounts) = try await place(backend)
    let clock = clock
    let busy = SignIn(
      accounts, masterKey: masterKey, now: { clock.now.withLock { $0 } }, cost: .none,
      work: { _ in throw TooManyPasswords() })
    var chance = Chance(seed: 1)
    for _ in 1...5 {
      #expect(try await signIn.begin("lead@example.org", "wrong", using: &chance) == .wrong)
    }
    clock.pass(seconds: 2)

    await #expect(throws: TooManyPasswords.self) {
      var chance = Chance(seed: 2)
      _ = try await busy.begin("lead@example.org", password, using: &chance)
    }

    #expect(
      try secret(await signIn.begin("lead@example.org", password, using: &chance)).isEmpty == false)
  }

  @Test(arguments: Backend.allCases)
  func `an address has one account, and accounts are in their order`(
    _ backend: Backend
  ) async throws {
    let (_, accounts) = try await place(backend)
    let hash = PasswordHash("x", salt: salt, cost: .none)
    let email = try #require(EmailAddress("lead@example.org"))
    let admin = Account(
      id: AuthorID(known: "admin-1"), email: try #require(EmailAddress("admin@example.org")),
      name: "The administrator", isAdministrator: true)

    #expect(
      try await !accounts.add(
        Account(id: AuthorID(known: "lead-2"), email: email, name: "Another"), password: hash))
    #expect(try await accounts.add(admin, password: hash))
    #expect(try await accounts.accounts().map(\.id.description) == ["admin-1", "lead-1"])
    #expect(try await accounts.account(admin.id) == admin)

    try await accounts.keep(PasswordHash("y", salt: salt, cost: .none), of: lead)
    #expect(try await accounts.credentials(of: lead)?.password.isOf("y") == true)
  }

  @Test func `no secret is in the database`() async throws {
    let place = try Backend.sqlite.place()
    guard case .folder(let folder) = place else { return }
    let store = try place.store()
    let email = try #require(EmailAddress("lead@example.org"))
    _ = try await store.accounts.add(
      Account(id: lead, email: email, name: "The lead inspector"),
      password: PasswordHash(password, salt: salt, cost: .none))
    let signIn = SignIn(
      store.accounts, masterKey: masterKey, now: { newYear }, cost: .none, work: { $0() })
    var chance = Chance(seed: 1)
    let bytes = Data("twenty secret bytes!".utf8)
    let codes = try await signIn.setUp(
      bytes, code: SecondFactor(secret: bytes).code(at: newYear), of: lead, using: &chance)
    let held = try secret(await signIn.begin("lead@example.org", password, using: &chance))

    let secrets = [password, held, "twenty secret bytes!"] + (codes ?? []).map(\.text)
    for name in try FileManager.default.contentsOfDirectory(atPath: folder) {
      let kept = FileManager.default.contents(atPath: folder + "/" + name) ?? Data()
      for secret in secrets { #expect(kept.range(of: Data(secret.utf8)) == nil) }
    }
  }
}
