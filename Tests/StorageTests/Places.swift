import Calendars
import Foundation
import OrderedJSON
import Records
import RuleFiles
import Synchronization
import TestKit
import Testing
import Workflows

@testable import Storage

/// The databases that every test of a store runs on.
enum Backend: String, CaseIterable, CustomTestStringConvertible {
  case sqlite = "SQLite"
  case postgresql = "PostgreSQL"

  var testDescription: String { rawValue }

  /// A place for a database that nothing else uses.
  func place() throws -> DatabaseAddress {
    switch self {
    case .sqlite: .folder(try TestFolder.make().path)
    case .postgresql: .server(try Self.newServerDatabase())
    }
  }

  /// The address of the server that `./task test` starts.
  private static func server() throws -> String {
    try #require(
      ProcessInfo.processInfo.environment["PLUMBLINE_TEST_POSTGRESQL"],
      "run ./task test, which starts a PostgreSQL server for these tests")
  }

  private static func newServerDatabase() throws -> String {
    let server = try server()
    let name = "test_" + UUID().uuidString.lowercased().replacing("-", with: "")
    let connection = PostgreSQLConnection(address: server + "/postgres")
    try connection.open()
    _ = try connection.run("CREATE DATABASE \(name)")
    return server + "/" + name
  }
}

/// What is wrong with how entries follow each other, of every record; nothing where nothing is.
func chainFaults(in store: StoredRecords) async throws -> [Chain.Fault] {
  let faults = Mutex<[Chain.Fault]>([])
  for head in try await store.heads() {
    let chain = Mutex(Chain(of: head.inspection))
    try await store.forEachLine(of: head.inspection, through: head.sequence) { line in
      let entry = try Entry(line: line)
      do throws(Chain.Fault) {
        try chain.withLock { chain throws(Chain.Fault) in try chain.add(entry) }
      } catch {
        faults.withLock { $0.append(error) }
      }
    }
    #expect(chain.withLock { $0.head.sequence } == head.sequence)
    #expect(chain.withLock { $0.head.digest?.description } == head.digest)
  }
  return faults.withLock { $0 }
}

/// A clock that stands at the start of 2026.
let newYear = Instant(milliseconds: 1_767_225_600_000)

extension DatabaseAddress {
  func store() throws -> Store { try Store(self, now: { newYear }) }

  func records() throws -> StoredRecords { try store().records }
}

extension StoredRecords {
  convenience init(_ database: any SQLDatabase) {
    self.init(OffloadedDatabase(database), now: { newYear })
  }

  func close() { database.database.close() }
}

extension InspectionID {
  static let one = InspectionID(known: "one")
  static let other = InspectionID(known: "other")
}

/// Drafts with ids that can be had again.
struct Drafts {
  private var number = 0

  mutating func next(
    _ subject: String = "case/1", over: Int = 0, in inspection: InspectionID = .one
  ) -> Draft {
    number += 1
    return Self.draft(number, subject, over: over, in: inspection)
  }

  static func draft(
    _ number: Int, _ subject: String = "case/1", over: Int = 0,
    in inspection: InspectionID = .one, answer: String = "yes", values: JSON? = nil
  ) -> Draft {
    var chance = Chance(seed: UInt64(number))
    return Draft(
      id: EntryID(at: newYear, using: &chance), inspection: inspection,
      author: AuthorID(known: "assessor-1"),
      event: "answer-given", subject: subject, over: over,
      edition: Digest(of: Array("an edition".utf8)), values: values ?? ["answer": .string(answer)])
  }
}
