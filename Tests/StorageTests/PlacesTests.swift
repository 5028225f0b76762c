import Foundation
import Problems
import Records
import Synchronization
import Testing
import Workflows

@testable import Storage

/// Where records are kept, and what happens when that goes away for a while.
@Suite struct PlacesTests {
  @Test func `a second process is refused the same file`() throws {
    let place = try Backend.sqlite.place()
    let first = try place.records()

    let problems = #expect(throws: Problems.self) { try place.records() }

    #expect(problems?.list[0].what == "another process is using it")
    // One that only reads may.
    let reader = try place.openReading()
    #expect(try reader.read { try $0.rows("SELECT * FROM records", []).count } == 0)
    first.close()
  }

  @Test func `several processes share a server and make one chain`() async throws {
    let place = try Backend.postgresql.place()
    let stores = try (0..<3).map { _ in try place.records() }

    let recorded = try await withThrowingTaskGroup(of: Int.self) { group in
      for number in 1...600 {
        group.addTask {
          let outcome = try await stores[number % 3].append(Drafts.draft(number), if: .always)
          guard case .recorded(let sequence) = outcome else { return 0 }
          return sequence
        }
      }
      return try await group.reduce(into: []) { $0.append($1) }
    }

    #expect(recorded.sorted() == Array(1...600))
    #expect(try await chainFaults(in: stores[0]).isEmpty)
  }

  @Test func `connections that the server ends lose no entry and double none`() async throws {
    let place = try Backend.postgresql.place()
    let store = try place.records()
    guard case .server(let address) = place else { return }
    let killer = PostgreSQLConnection(address: address)
    try killer.open()

    let recorded = try await withThrowingTaskGroup(of: Int.self) { group in
      for number in 1...400 {
        group.addTask {
          // What is sent again because its answer was lost is told where it stands.
          switch try await store.append(Drafts.draft(number), if: .always) {
          case .recorded(let sequence), .repeated(let sequence): sequence
          default: 0
          }
        }
        if number.isMultiple(of: 40) {
          _ = try killer.run(
            """
            SELECT pg_terminate_backend(pid) FROM pg_stat_activity
            WHERE datname = current_database() AND pid <> pg_backend_pid()
            """)
        }
      }
      return try await group.reduce(into: []) { $0.append($1) }
    }

    #expect(recorded.sorted() == Array(1...400))
    #expect(try await chainFaults(in: store).isEmpty)
  }

  @Test func `one id from two processes fails nobody else`() async throws {
    let place = try Backend.postgresql.place()
    let stores = try (0..<2).map { _ in try place.records() }
    for store in stores.indices {
      let inspection: InspectionID = store == 0 ? .one : .other
      _ = try await stores[store].append(Drafts.draft(9_000 + store, in: inspection), if: .always)
    }

    let outcomes = try await withThrowingTaskGroup(of: (Int, AppendOutcome).self) { group in
      for number in 1...300 {
        for store in stores.indices {
          // Every tenth id is used in both.
          let id = number.isMultiple(of: 10) ? number : number + 1_000 * (store + 1)
          group.addTask {
            let draft = Drafts.draft(id, in: store == 0 ? .one : .other)
            return (id, try await stores[store].append(draft, if: .always))
          }
        }
      }
      return try await group.reduce(into: [:]) { $0[$1.0, default: []].append($1.1) }
    }

    for (id, outcomes) in outcomes {
      #expect(outcomes.count { $0 == .refused } == (id < 1_000 ? 1 : 0))
    }
    #expect(try await chainFaults(in: stores[0]).isEmpty)
    #expect(try await stores[0].heads().reduce(0) { $0 + $1.sequence } == 2 + 540 + 30)
  }

  @Test func `lines that were handed on are not handed on again`() async throws {
    let place = try Backend.postgresql.place()
    let store = try place.records()
    guard case .server(let address) = place else { return }
    try await withThrowingTaskGroup(of: Void.self) { group in
      for number in 1...5_000 {
        group.addTask { _ = try await store.append(Drafts.draft(number), if: .always) }
      }
      try await group.waitForAll()
    }
    let killer = PostgreSQLConnection(address: address)
    try killer.open()

    let found = Mutex<[Int]>([])
    try await store.forEachStoredLine(of: .one, after: 0, through: 5_000) { line in
      found.withLock { $0.append(line.columns.sequence) }
      if [1, 2_500, 5_000].contains(line.columns.sequence) {
        _ = try killer.run(
          """
          SELECT pg_terminate_backend(pid) FROM pg_stat_activity
          WHERE datname = current_database() AND pid <> pg_backend_pid()
          """)
      }
    }

    #expect(found.withLock { $0 } == Array(1...5_000))
  }

  @Test func `what was deleted beside a reader must be forgotten again`() async throws {
    let place = try Backend.sqlite.place()
    let database = try place.open()
    try Migrations.run(on: database)
    let reader = try place.openReading()

    let error = #expect(throws: StoreFault.self) {
      try reader.read { transaction in
        _ = try transaction.rows("SELECT * FROM inspection_keys", [])
        let keys = "INSERT INTO inspection_keys (inspection, wrapped) VALUES ('one', NULL)"
        try database.write { try $0.run(keys) }
        try database.forgetDeleted()
      }
    }

    #expect(error == .kept)
    try database.forgetDeleted()
  }

  @Test func `an address that is none, or that nobody answers at, is told without its password`()
    throws
  {
    let wrong = #expect(throws: Problems.self) {
      try DatabaseAddress(database: "mysql://a:secret@b/c", folder: ".")
    }
    let silent = #expect(throws: Problems.self) {
      try DatabaseAddress(database: "postgres://a:secret@127.0.0.1:1/c", folder: ".").open()
    }

    for problems in [wrong, silent] {
      #expect(problems?.description.contains("secret") == false)
    }
    #expect(
      silent?.list[0].what == "the PostgreSQL server cannot be reached, or refuses")
  }

  @Test func `a folder that cannot be written is told`() {
    let problems = #expect(throws: Problems.self) {
      try DatabaseAddress.folder("/proc/nowhere").records()
    }
    #expect(problems?.list[0].what == "the folder cannot be written")
  }

  @Test func `a wrapped key that was destroyed is in no file`() async throws {
    let place = try Backend.sqlite.place()
    guard case .folder(let folder) = place else { return }
    let store = try place.records()
    let key = Array("a wrapped key that nobody else would write".utf8)
    func isThere() throws -> Bool {
      try FileManager.default.contentsOfDirectory(atPath: folder).contains { name in
        let bytes = FileManager.default.contents(atPath: folder + "/" + name) ?? Data()
        return bytes.range(of: Data(key)) != nil
      }
    }

    _ = try await store.keep(key: key, of: .one)
    #expect(try isThere())
    try await store.destroyKey(of: .one, recording: nil)

    #expect(try !isThere())
  }
}
