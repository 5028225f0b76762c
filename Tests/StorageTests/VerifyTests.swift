import Foundation
import OrderedJSON
import Records
import RuleFiles
import Synchronization
import Testing
import Workflows

@testable import Storage

/// Whatever was changed in a record behind the program's back is found.
@Suite struct VerifyTests {
  /// A database with six entries.
  private static func database(_ backend: Backend) async throws -> any SQLDatabase {
    let place = try backend.place()
    let store = try place.records()
    for number in 1...6 {
      let draft = Drafts.draft(number, "case/\(number % 2)", over: number - 1)
      _ = try await store.append(draft, if: .always)
    }
    store.close()
    return try place.open()
  }

  /// What an attacker with the database's password can do.
  private static func unguarded(
    _ database: any SQLDatabase, _ statements: [String]
  ) throws {
    try database.write { transaction in
      switch database.dialect {
      case .sqlite:
        try transaction.run("DROP TRIGGER entries_no_update")
        try transaction.run("DROP TRIGGER entries_no_delete")
      case .postgresql: try transaction.run("DROP TRIGGER only_added_to ON entries")
      }
      for statement in statements { try transaction.run(statement) }
    }
  }

  private static func fault(_ database: any SQLDatabase) async throws -> VerifiedRecord.Fault? {
    try await VerifyRecords.run(StoredRecords(database, now: { newYear })).compactMap(\.fault).first
  }

  @Test(arguments: Backend.allCases)
  func `the first entry that is not right is named`(_ backend: Backend) async throws {
    let tamperings: [(String, sequence: Int, what: String)] = [
      (
        "UPDATE entries SET line = replace(line, 'yes', 'no') WHERE sequence = 3", 4,
        "does not hold the digest of the entry before"
      ),
      (
        "UPDATE entries SET line = replace(line, 'yes', 'no') WHERE sequence = 6", 6,
        "has not the digest that the record should end with"
      ),
      (
        "UPDATE entries SET line = line || ' ' WHERE sequence = 2", 2,
        "is not written as entries are"
      ),
      ("UPDATE entries SET line = 'x' WHERE sequence = 5", 5, "is not a line of JSON"),
      ("DELETE FROM entries WHERE sequence = 4", 4, "has sequence 5 where 4 is due"),
      (
        "DELETE FROM entries WHERE sequence = 6", 6,
        "is missing: the record should end at entry 6"
      ),
      (
        "UPDATE entries SET subject = 'case/9' WHERE sequence = 2", 2,
        "is kept under another sequence, id or subject than it holds"
      ),
      (
        "UPDATE records SET sequence = 5", 5,
        "has not the digest that the record should end with"
      ),
    ]
    for (statement, sequence, what) in tamperings {
      let database = try await Self.database(backend)
      #expect(try await Self.fault(database) == nil)

      try Self.unguarded(database, [statement])

      let fault = try await Self.fault(database)
      #expect(fault?.sequence == sequence, "\(statement)")
      #expect(fault?.what == what, "\(statement)")
    }
  }

  @Test func `an export says the same without the database`() async throws {
    let database = try await Self.database(.sqlite)
    let store = StoredRecords(database, now: { newYear })
    let export = Mutex<[UInt8]>([])

    #expect(try await ExportRecord.run(.one, from: store) { lines in export.withLock { $0 += lines } })

    let bytes = export.withLock { $0 }
    let verified = try #require(VerifyRecords.run(export: bytes))
    #expect(verified.entries == 6)
    #expect(verified.fault == nil)
    #expect(verified.head?.description == (try await store.heads()[0].digest))
    #expect(try await !ExportRecord.run(.other, from: store) { _ in })
  }

  @Test func `every single byte of an export matters`() async throws {
    let database = try await Self.database(.sqlite)
    let export = Mutex<[UInt8]>([])
    _ = try await ExportRecord.run(.one, from: StoredRecords(database, now: { newYear })) { lines in
      export.withLock { $0 += lines }
    }
    let bytes = export.withLock { $0 }
    let heading = try #require(bytes.firstIndex(of: 10))

    for place in bytes.indices {
      var changed = bytes
      changed[place] ^= 1
      let verified = VerifyRecords.run(export: changed)
      // Where the heading names another inspection, every entry is of another one.
      #expect(verified == nil || verified?.fault != nil, "byte \(place) of \(heading)")
    }
  }
}
