import Calendars
import Fieldwork
import Problems
import Providers
import Records
import Standards
import Synchronization
import TestKit
import Testing
import Workflows

@testable import Storage

/// Setting up inspections and erasing what is personal in them, on every store.
@Suite struct InspectionDeskTests {
  private let key = MasterKey.make().key
  private let author = AuthorID(known: "lead-1")
  private let facts: InspectionFacts

  init() throws {
    facts = InspectionFacts(
      provider: try #require(Provider.ID("west-kent-pdu")),
      edition: try #require(RuleBook.ID("pdu-2021")))
  }

  private func desk(_ store: StoredRecords) throws -> InspectionDesk {
    let chance = Mutex(Chance(seed: 9))
    return InspectionDesk(store, try PublishedEditions.load()) {
      chance.withLock { EntryID(at: newYear, using: &$0) }
    }
  }

  @Test(arguments: Backend.allCases)
  func `what is personal is gone after it was erased, and the record is whole`(
    _ backend: Backend
  ) async throws {
    let store = try backend.place().records()
    let desk = try desk(store)
    try await desk.create(
      .one, about: facts, title: "West Kent, spring", retainedUntil: Day(2031, 3, 31), by: author,
      masterKey: key)
    #expect(try await desk.title(of: .one, masterKey: key) == "West Kent, spring")
    #expect(try await desk.title(of: .one, masterKey: MasterKey.make().key) == nil)

    try await desk.erase(.one, by: author)

    #expect(try await desk.title(of: .one, masterKey: key) == nil)
    let all = try await desk.all()
    #expect(all.map(\.state?.isErased) == [true])
    #expect(all.map(\.state?.revision) == [3])
    #expect(all.map(\.state?.facts) == [facts])
    #expect(try await VerifyRecords.run(store, PublishedEditions.load()).map(\.fault) == [nil])
    // Again, as after a run that was cut off.
    try await desk.erase(.one, by: author)
    #expect(try await desk.all().map(\.state?.revision) == [3])
    let day = try #require(Day(2032, 3, 31))
    let late = await #expect(throws: Problems.self) {
      try await desk.retain(.one, until: day, by: author)
    }
    #expect(late?.list.map(\.what) == ["what is personal in it was erased"])
    #expect(try await desk.all().map(\.state?.revision) == [3])
  }

  @Test(arguments: Backend.allCases)
  func `a name is used once`(_ backend: Backend) async throws {
    let store = try backend.place().records()
    let desk = try desk(store)
    func create() async throws {
      try await desk.create(
        .one, about: facts, title: "A", retainedUntil: nil, by: author, masterKey: key)
    }
    // What a run left that was cut off.
    _ = try await store.keep(key: key.wrap(InspectionKey(), of: .one), of: .one)
    try await create()

    let taken = await #expect(throws: Problems.self) { try await create() }
    try await desk.erase(.one, by: author)
    let erased = await #expect(throws: Problems.self) { try await create() }

    for problems in [taken, erased] {
      #expect(problems?.list[0].what == "there is an inspection of that name, or was one")
    }
  }

  @Test func `an inspection that is not there is told`() async throws {
    let desk = try desk(try Backend.sqlite.place().records())

    let problems = await #expect(throws: Problems.self) {
      try await desk.erase(.other, by: author)
    }
    let edition = await #expect(throws: Problems.self) {
      try await desk.create(
        .one,
        about: InspectionFacts(
          provider: facts.provider, edition: try #require(RuleBook.ID("pdu-1999"))),
        title: "A", retainedUntil: nil, by: author, masterKey: key)
    }

    #expect(problems?.list[0].what == "there is no inspection of that name")
    #expect(edition?.list[0].what.contains("pdu-1999") == true)
  }
}
