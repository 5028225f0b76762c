import Calendars
import OrderedJSON
import Records
import RuleFiles
import Synchronization
import Testing
import Workflows

@testable import Storage

/// What every store does.
@Suite struct RecordStoreTests {
  @Test(arguments: Backend.allCases)
  func `entries follow each other from one, each inspection for itself`(
    _ backend: Backend
  ) async throws {
    let store = try backend.place().records()
    var drafts = Drafts()

    #expect(try await store.append(drafts.next(), if: .always) == .recorded(sequence: 1))
    #expect(try await store.append(drafts.next(), if: .always) == .recorded(sequence: 2))
    #expect(
      try await store.append(drafts.next(in: .other), if: .always) == .recorded(sequence: 1))

    let heads = try await store.heads()
    #expect(heads.map(\.inspection) == [.one, .other])
    #expect(heads.map(\.sequence) == [2, 1])
    #expect(try await chainFaults(in: store).isEmpty)
  }

  @Test(arguments: Backend.allCases)
  func `a draft that is sent again is told where it stands`(_ backend: Backend) async throws {
    let store = try backend.place().records()
    let draft = Drafts.draft(1)

    #expect(try await store.append(draft, if: .always) == .recorded(sequence: 1))
    #expect(try await store.append(Drafts.draft(2), if: .always) == .recorded(sequence: 2))
    #expect(try await store.append(draft, if: .always) == .repeated(sequence: 1))
    #expect(try await store.append(draft, if: .unchanged(["plan"])) == .repeated(sequence: 1))
    #expect(try await store.heads().map(\.sequence) == [2])
  }

  @Test(arguments: Backend.allCases)
  func `something else with the id of an entry is refused`(_ backend: Backend) async throws {
    let store = try backend.place().records()
    _ = try await store.append(Drafts.draft(1), if: .always)

    #expect(try await store.append(Drafts.draft(1, answer: "no"), if: .always) == .refused)
    #expect(try await store.append(Drafts.draft(1, in: .other), if: .always) == .refused)
    #expect(try await store.heads().map(\.sequence) == [1])
  }

  @Test(arguments: Backend.allCases)
  func `what could not be read again is refused, and nothing of it stays`(
    _ backend: Backend
  ) async throws {
    let store = try backend.place().records()
    let unsound = [
      Drafts.draft(2, over: 1), Drafts.draft(3, over: -1), Drafts.draft(4, ""),
      Drafts.draft(5, String(repeating: "a", count: 201)), Drafts.draft(6, "case\u{0}1"),
      Drafts.draft(7, values: (0..<60).reduce(JSON.null) { value, _ in .array([value]) }),
      Drafts.draft(8, values: .object([.init("a", .null), .init("a", .null)])),
      Drafts.draft(9, values: .decimal(.infinity)),
    ]
    for draft in unsound {
      #expect(try await store.append(draft, if: .always) == .refused)
    }
    #expect(try await store.heads().isEmpty)
  }

  @Test(arguments: Backend.allCases)
  func `who was slower is told where it matters`(_ backend: Backend) async throws {
    let store = try backend.place().records()
    func append(
      _ number: Int, _ subject: String, over: Int, _ condition: AppendCondition
    ) async throws -> AppendOutcome {
      try await store.append(Drafts.draft(number, subject, over: over), if: condition)
    }

    #expect(try await append(1, "plan", over: 0, .unchanged(["plan"])) == .recorded(sequence: 1))
    #expect(try await append(2, "case/1", over: 1, .always) == .recorded(sequence: 2))
    // Nothing happened to the plan since entry 1.
    #expect(try await append(3, "plan", over: 1, .unchanged(["plan"])) == .recorded(sequence: 3))
    #expect(try await append(4, "plan", over: 2, .unchanged(["plan"])) == .overtaken(by: 3))
    #expect(try await append(5, "team", over: 2, .inspectionUnchanged) == .overtaken(by: 3))
    #expect(try await append(6, "team", over: 3, .inspectionUnchanged) == .recorded(sequence: 4))
    #expect(try await append(7, "case/1", over: 0, .always) == .recorded(sequence: 5))
  }

  @Test(arguments: Backend.allCases)
  func `in one group the second of two is told of the first`(_ backend: Backend) async throws {
    let database = try backend.place().open()
    try Migrations.run(on: database)
    let requests = [1, 2].map {
      AppendRequest(draft: Drafts.draft($0, "plan"), condition: .unchanged(["plan"]))
    }
    let again = AppendRequest(draft: Drafts.draft(1, "plan"), condition: .unchanged(["plan"]))

    let outcomes = try database.write { transaction in
      try Appending(transaction: transaction, dialect: database.dialect, now: newYear)
        .append(requests + [again])
    }

    #expect(
      outcomes == [.recorded(sequence: 1), .overtaken(by: 1), .repeated(sequence: 1)])
  }

  @Test(arguments: Backend.allCases)
  func `three hundred writers lose nothing and double nothing`(_ backend: Backend) async throws {
    let store = try backend.place().records()

    let sequences = try await withThrowingTaskGroup(of: [Int].self) { group in
      for writer in 0..<300 {
        group.addTask {
          var sequences: [Int] = []
          for number in 0..<10 {
            let draft = Drafts.draft(1 + writer * 10 + number, "case/\(writer)")
            guard case .recorded(let sequence) = try await store.append(draft, if: .always) else {
              continue
            }
            sequences.append(sequence)
          }
          return sequences
        }
      }
      return try await group.reduce(into: []) { $0 += $1 }
    }

    #expect(sequences.sorted() == Array(1...3_000))
    #expect(try await store.heads().map(\.sequence) == [3_000])
    #expect(try await chainFaults(in: store).isEmpty)
  }

  @Test(arguments: Backend.allCases)
  func `lines come in order, from where they are wanted`(_ backend: Backend) async throws {
    let store = try backend.place().records()
    var drafts = Drafts()
    for _ in 1...5 { _ = try await store.append(drafts.next(), if: .always) }

    let found = Mutex<[Int]>([])
    try await store.forEachStoredLine(of: .one, after: 2, through: 4) { line in
      found.withLock { $0.append(line.columns.sequence) }
    }

    #expect(found.withLock { $0 } == [3, 4])
  }

  @Test(arguments: Backend.allCases)
  func `the database itself refuses to change or take away an entry`(
    _ backend: Backend
  ) async throws {
    let place = try backend.place()
    let store = try place.records()
    _ = try await store.append(Drafts.draft(1), if: .always)
    store.close()

    let database = try place.open()
    let columns = "entries (inspection, sequence, id, subject, line)"
    let values = "SELECT inspection, sequence, id, subject, 'x' FROM entries"
    let replacing =
      switch backend {
      case .sqlite: "INSERT OR REPLACE INTO \(columns) \(values)"
      case .postgresql:
        "INSERT INTO \(columns) \(values) ON CONFLICT (id) DO UPDATE SET line = 'x'"
      }
    for statement in ["UPDATE entries SET subject = 'x'", "DELETE FROM entries", replacing] {
      #expect(throws: (any Error).self) {
        try database.write { try $0.run(statement) }
      }
    }
    let lines = try database.read { try $0.rows("SELECT line FROM entries", []) }
    #expect(lines.count == 1)
    #expect(lines[0][0] != .text("x"))
  }

  @Test(arguments: Backend.allCases)
  func `a key is kept once, and once destroyed never comes back`(
    _ backend: Backend
  ) async throws {
    let store = try backend.place().records()

    #expect(try await store.key(of: .one) == nil)
    #expect(try await store.keep(key: [1, 2, 0, 255], of: .one))
    #expect(try await !store.keep(key: [3], of: .one))
    #expect(try await store.key(of: .one) == [1, 2, 0, 255])
    try await store.destroyKey(of: .one, recording: nil)
    #expect(try await store.key(of: .one) == nil)
    #expect(try await !store.keep(key: [4], of: .one))
    #expect(try await store.key(of: .one) == nil)
  }

  @Test(arguments: Backend.allCases)
  func `nothing is added once the key is destroyed, and what says so is the last entry`(
    _ backend: Backend
  ) async throws {
    let store = try backend.place().records()
    #expect(try await store.keep(key: [1], of: .one))
    _ = try await store.append(Drafts.draft(1), if: .always)

    try await store.destroyKey(of: .one, recording: Drafts.draft(2))

    #expect(try await store.append(Drafts.draft(1), if: .always) == .repeated(sequence: 1))
    #expect(try await store.append(Drafts.draft(2), if: .always) == .repeated(sequence: 2))
    #expect(try await store.append(Drafts.draft(3), if: .always) == .erased)
    #expect(
      try await store.append([Drafts.draft(4), Drafts.draft(5, in: .other)])
        == [.erased, .recorded(sequence: 1)])
    #expect(try await store.append(together: [Drafts.draft(6)], to: .one, after: 2) == .erased)
    #expect(try await store.revision(of: .one) == 2)
    // As when it was cut off before it could answer.
    try await store.destroyKey(of: .one, recording: Drafts.draft(2))
    #expect(try await store.revision(of: .one) == 2)
    #expect(try await chainFaults(in: store).isEmpty)
  }

  @Test(arguments: Backend.allCases)
  func `nothing comes after what says that the key is destroyed, however many write`(
    _ backend: Backend
  ) async throws {
    let place = try backend.place()
    let store = try place.records()
    // On PostgreSQL as another process of the site would.
    let other = backend == .postgresql ? try place.records() : store
    #expect(try await store.keep(key: [1], of: .one))
    _ = try await store.append(Drafts.draft(0), if: .always)

    let outcomes = try await withThrowingTaskGroup(of: AppendOutcome?.self) { group in
      for number in 1...200 {
        group.addTask {
          if number == 100 {
            try await store.destroyKey(of: .one, recording: Drafts.draft(100))
            return nil
          }
          return try await other.append(Drafts.draft(number), if: .always)
        }
      }
      return try await group.reduce(into: []) { $0.append($1) }.compactMap { $0 }
    }

    let last = try await store.revision(of: .one)
    #expect(try await store.append(Drafts.draft(100), if: .always) == .repeated(sequence: last))
    #expect(outcomes.count { $0 == .erased } == 200 - last + 1)
    #expect(try await chainFaults(in: store).isEmpty)
  }

  @Test(arguments: Backend.allCases)
  func `a database is brought up to date once, however many start`(
    _ backend: Backend
  ) async throws {
    let place = try backend.place()
    let store = try place.records()
    _ = try await store.append(Drafts.draft(1), if: .always)
    store.close()

    let again = try place.records()

    #expect(try await again.append(Drafts.draft(1), if: .always) == .repeated(sequence: 1))
  }

  @Test(arguments: ["\\", "\t\n\r", "\u{0}x", "‘é’ \u{1F600}", "\\N", "a\"b"])
  func `text of any kind comes back as it was`(_ text: String) async throws {
    for backend in Backend.allCases {
      let store = try backend.place().records()
      let draft = Drafts.draft(1, answer: text)
      _ = try await store.append(draft, if: .always)

      #expect(try await store.append(draft, if: .always) == .repeated(sequence: 1))
      #expect(try await chainFaults(in: store).isEmpty)
    }
  }
}

/// What is carried here is added together.
@Suite struct AppendingTogetherTests {
  @Test(arguments: Backend.allCases)
  func `several drafts are added together or not at all`(_ backend: Backend) async throws {
    let store = try backend.place().records()
    func append(_ drafts: [Draft], after revision: Int) async throws -> AppendOutcome {
      try await store.append(together: drafts, to: .one, after: revision)
    }
    let (one, two, three) = (Drafts.draft(1), Drafts.draft(2, over: 1), Drafts.draft(3))
    #expect(try await append([one, two], after: 0) == .overtaken(by: 0))
    #expect(try await store.heads().isEmpty)
    _ = try await store.append(one, if: .always)
    _ = try await store.append(Drafts.draft(9, in: .other), if: .always)

    #expect(try await append([two, three], after: 0) == .overtaken(by: 1))
    // An id that is used here or in another record, one that comes twice, an entry over one that is
    // not there, a draft of another inspection.
    for wrong in [
      [two, one], [two, Drafts.draft(9)], [two, two], [two, Drafts.draft(4, over: 7)],
      [two, Drafts.draft(5, in: .other)], [two, Drafts.draft(6, "")],
    ] {
      #expect(try await append(wrong, after: 1) == .refused)
    }
    #expect(try await store.revision(of: .one) == 1)
    #expect(try await append([two, three], after: 1) == .recorded(sequence: 3))
    #expect(try await append([two, three], after: 1) == .repeated(sequence: 3))
    #expect(try await chainFaults(in: store).isEmpty)
  }

  @Test(arguments: Backend.allCases)
  func `a record is adopted where there is none, and was none`(_ backend: Backend) async throws {
    let store = try backend.place().records()
    var entries: [Entry] = []
    for number in 1...2_500 {
      entries.append(
        Entry(Drafts.draft(number), after: entries.last?.head ?? .start, at: newYear))
    }
    // A key of that name, and an entry of another record with one of the ids.
    _ = try await store.keep(key: [1], of: .one)
    #expect(try await !store.adopt(entries, of: .one, key: [2]))
    let other = try backend.place().records()
    _ = try await other.append(Drafts.draft(2_400, in: .other), if: .always)
    #expect(try await !other.adopt(entries, of: .one, key: [2]))
    for store in [store, other] {
      #expect(try await store.revision(of: .one) == 0)
      #expect(try await store.heads().allSatisfy { $0.inspection == .other })
    }

    let empty = try backend.place().records()
    #expect(try await empty.adopt(entries, of: .one, key: [2]))
    // As when the connection broke and nobody knew.
    #expect(try await empty.adopt(entries, of: .one, key: [2]))
    #expect(try await !empty.adopt(Array(entries.prefix(3)), of: .one, key: [2]))
    #expect(try await empty.key(of: .one) == [2])
    #expect(try await empty.heads().map(\.sequence) == [2_500])
    #expect(try await chainFaults(in: empty).isEmpty)
    #expect(
      try await empty.append(Drafts.draft(2_501), if: .always) == .recorded(sequence: 2_501))
  }
}
