import Foundation
import People
import Records
import TestKit
import Testing
import Workflows

@testable import Storage

/// Whether a master key is the one that everything in a database was sealed with, on every store.
@Suite struct KeyFitTests {
  private let right = MasterKey.make().key
  private let other = MasterKey.make().key

  @Test(arguments: Backend.allCases)
  func `a key that opens no inspection is another, unless there is none to open`(
    _ backend: Backend
  ) async throws {
    let records = try backend.place().records()
    #expect(try await records.fit(of: other) == .nothingSealed)
    #expect(try await !records.isSealed())

    _ = try await records.keep(key: right.wrap(InspectionKey(), of: .one), of: .one)

    #expect(try await records.isSealed())
    #expect(try await records.fit(of: right) == .opens)
    #expect(try await records.fit(of: other) == .another)
    // One that is damaged keeps nobody from the rest.
    _ = try await records.keep(key: [1, 2, 3], of: .other)
    #expect(try await records.fit(of: right) == .opens)
    #expect(try await records.fit(of: other) == .another)

    // As after both were erased.
    try await records.destroyKey(of: .one, recording: nil)
    try await records.destroyKey(of: .other, recording: nil)
    #expect(try await records.fit(of: other) == .nothingSealed)
  }

  @Test(arguments: Backend.allCases)
  func `a key that opens no second factor is another`(_ backend: Backend) async throws {
    let store = try backend.place().store()
    let lead = AuthorID(known: "lead-1")
    let account = Account(
      id: lead, email: try #require(EmailAddress("lead@example.org")), name: "The lead inspector")
    let hash = PasswordHash("x", salt: Data(repeating: 1, count: 16), cost: .none)
    #expect(try await store.accounts.add(account, password: hash))
    #expect(try await store.records.fit(of: other) == .nothingSealed)
    let signIn = SignIn(
      store.accounts, masterKey: right, now: { newYear }, cost: .none, work: { $0() })
    let factor = Data((0..<20).map { UInt8($0) })
    var chance = Chance(seed: 1)

    _ = try await signIn.setUp(
      factor, code: SecondFactor(secret: factor).code(at: newYear), of: lead, using: &chance)

    #expect(try await store.records.fit(of: right) == .opens)
    #expect(try await store.records.fit(of: other) == .another)
  }

  @Test func `nothing is sealed where there are no tables yet`() async throws {
    let store = try Store(reading: Backend.postgresql.place())
    defer { store.close() }
    #expect(try await store.records.fit(of: other) == .nothingSealed)
  }
}
