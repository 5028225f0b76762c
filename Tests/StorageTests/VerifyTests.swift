import Calendars
import Fieldwork
import Foundation
import OrderedJSON
import Problems
import Providers
import Records
import RuleFiles
import Standards
import Synchronization
import TestKit
import Testing
import Workflows

@testable import Storage

/// Whatever was changed in a record behind the program's back is found.
@Suite struct VerifyTests {
  private static let editions = Result { try PublishedEditions.load() }

  /// A database with a record of six entries.
  private static func database(_ backend: Backend) async throws -> any SQLDatabase {
    let place = try backend.place()
    let store = try place.records()
    var chance = Chance(seed: 6)
    let ids = Mutex((0..<6).map { _ in EntryID(at: newYear, using: &chance) })
    let desk = InspectionDesk(store, try editions.get()) { ids.withLock { $0.removeFirst() } }
    let facts = InspectionFacts(
      provider: try #require(Provider.ID("west-kent-pdu")),
      edition: try #require(RuleBook.ID("pdu-2021")))
    let author = AuthorID(known: "lead-1")
    try await desk.create(
      .one, about: facts, title: "A title", retainedUntil: Day(2030, 1, 1), by: author,
      masterKey: MasterKey.make().key)
    for day in 2...5 {
      try await desk.retain(.one, until: try #require(Day(2030, 1, day)), by: author)
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
    let store = StoredRecords(database)
    return try await VerifyRecords.run(store, editions.get()).compactMap(\.fault).first
  }

  /// Changes the digest of the entry before that an entry holds.
  private static func previous(of sequence: Int) -> String {
    let digest = String(repeating: "0", count: 64)
    return """
      UPDATE entries SET line = substr(line, 1, length(line) - 66) || '\(digest)"}'
      WHERE sequence = \(sequence)
      """
  }

  @Test(arguments: Backend.allCases)
  func `the first entry that is not right is named`(_ backend: Backend) async throws {
    let tamperings: [(String, sequence: Int, what: String)] = [
      (
        "UPDATE entries SET line = replace(line, '-pdu', '-pdx') WHERE sequence = 1", 1,
        "is not what the entry after it holds the digest of"
      ),
      (
        "UPDATE entries SET line = replace(line, '2030-01-02', '2031-01-02') WHERE sequence = 3", 3,
        "is not what the entry after it holds the digest of"
      ),
      (
        "UPDATE entries SET line = replace(line, '2030-01', '2031-01') WHERE sequence IN (3, 5)", 3,
        "is not what the entry after it holds the digest of"
      ),
      (
        "UPDATE entries SET line = replace(line, '2030-01-04', '2031-01-04') WHERE sequence = 5", 5,
        "is not what the entry after it holds the digest of"
      ),
      (Self.previous(of: 4), 4, "does not hold the digest of the entry before"),
      (Self.previous(of: 6), 6, "does not hold the digest of the entry before"),
      (
        "UPDATE entries SET line = replace(line, '2030', '2031') WHERE sequence = 6", 6,
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
      (
        "UPDATE records SET recorded_at = 1", 6,
        "was recorded at another time than the record says"
      ),
      (
        "UPDATE inspection_keys SET wrapped = NULL", 6,
        "is of an inspection whose key is gone although nobody erased it"
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

  @Test(arguments: Backend.allCases)
  func `a record whose end was taken back is found by what stands behind it`(
    _ backend: Backend
  ) async throws {
    let database = try await Self.database(backend)
    let line = try database.read {
      try $0.row("SELECT line FROM entries WHERE sequence = 5")?[0].text ?? ""
    }
    try database.write { transaction in
      try transaction.run(
        "UPDATE records SET sequence = 5, digest = ?",
        [.text(Digest(of: Array(line.utf8)).description)])
    }

    let fault = try await Self.fault(database)
    #expect(fault?.sequence == 6)
    #expect(fault?.what == "is there although the record should end at entry 5")
  }

  /// Sets up one more inspection.
  private static func create(
    _ inspection: InspectionID, in store: StoredRecords, id number: Int = 70
  ) async throws {
    let edition = try #require(try editions.get().ruleBooks.first)
    let desk = InspectionDesk(store, try editions.get()) { Self.id(number) }
    try await desk.create(
      inspection, about: InspectionFacts(provider: Provider.ID(known: "a"), edition: edition.id),
      title: "A title", retainedUntil: nil, by: AuthorID(known: "a"),
      masterKey: MasterKey.make().key)
  }

  @Test(arguments: Backend.allCases)
  func `a record of which nothing says where it ends is named`(_ backend: Backend) async throws {
    let database = try await Self.database(backend)
    let store = StoredRecords(database)
    try await Self.create(.other, in: store)
    let editions = try Self.editions.get()
    #expect(try await VerifyRecords.run(store, editions).map(\.fault) == [nil, nil])

    // The tables keep referring to the one that had the row.
    try database.write { transaction in
      try transaction.run("ALTER TABLE records RENAME TO gone")
      try transaction.run("CREATE TABLE records AS SELECT * FROM gone WHERE inspection = 'other'")
    }

    let verified = try await VerifyRecords.run(store, editions)
    #expect(verified.map(\.inspection) == [.one, .other])
    #expect(verified.map(\.fault?.sequence) == [1, nil])
    #expect(
      verified[0].fault?.what == "is of a record of which nothing says any more where it ends")
    let only = try await VerifyRecords.run(store, editions, only: .one)
    #expect(only.map(\.fault) == [verified[0].fault])
    let desk = InspectionDesk(store, editions) { Self.id(71) }
    #expect(try await desk.all().map { $0.state == nil } == [true, false])
  }

  @Test(arguments: Backend.allCases)
  func `what belongs to a record that is gone is told from what was cut off`(
    _ backend: Backend
  ) async throws {
    let store = try backend.place().records()
    let editions = try Self.editions.get()
    _ = try await store.keep(file: [1, 2, 3], of: .one)
    _ = try await store.keep(key: [1], of: .other)
    #expect(try await VerifyRecords.run(store, editions).isEmpty)

    _ = try await store.keep(key: [2], of: .one)

    let verified = try await VerifyRecords.run(store, editions)
    #expect(verified.map(\.inspection) == [.one])
    #expect(verified[0].fault?.sequence == 1)
    #expect(verified[0].fault?.what == "is missing: only what belongs to the record is there")
  }

  @Test func `an erased inspection whose key is there again is found`() async throws {
    let database = try await Self.database(.sqlite)
    let store = StoredRecords(database)
    let key = try await store.key(of: .one)
    let desk = InspectionDesk(store, try Self.editions.get()) {
      var chance = Chance(seed: 60)
      return EntryID(at: newYear, using: &chance)
    }
    try await desk.erase(.one, by: AuthorID(known: "lead-1"))
    #expect(try await Self.fault(database) == nil)

    try database.write { transaction in
      try transaction.run("UPDATE inspection_keys SET wrapped = ?", [.blob(try #require(key))])
    }

    #expect(try await Self.fault(database)?.what.contains("whose key is still there") == true)
  }

  @Test func `a damaged record hides no other, and can be erased`() async throws {
    let database = try await Self.database(.sqlite)
    let store = StoredRecords(database)
    let desk = InspectionDesk(store, try Self.editions.get()) {
      var chance = Chance(seed: 61)
      return EntryID(at: newYear, using: &chance)
    }
    try Self.unguarded(database, ["UPDATE entries SET line = 'x' WHERE sequence = 3"])

    #expect(try await desk.all().map { $0.state == nil } == [true])
    let problems = await #expect(throws: Problems.self) {
      try await desk.erase(.one, by: AuthorID(known: "lead-1"))
    }
    #expect(problems?.list[0].what == "its key was destroyed, but its record is damaged")
    #expect(try await store.key(of: .one) == nil)
  }

  @Test func `a record written anew from its start is told by a digest that was noted`()
    async throws
  {
    let database = try await Self.database(.sqlite)
    let store = StoredRecords(database)
    let head = try #require(try await store.heads()[0].digest.flatMap { Digest(text: $0) })
    let editions = try Self.editions.get()

    let holding = try await VerifyRecords.run(store, editions, only: .one, holding: head)
    let other = try await VerifyRecords.run(
      store, editions, only: .one, holding: Digest(of: Array("another".utf8)))

    #expect(holding.map(\.fault) == [nil])
    #expect(
      other[0].fault?.what == "is the last, and none has the digest that was noted")
    #expect(try await VerifyRecords.run(store, editions, only: .other).isEmpty)
  }

  @Test func `what cannot happen is found although the chain is whole`() async throws {
    let known = try #require(try Self.editions.get().ruleBooks.first)
    let unknown = Digest(of: Array("an edition that nobody published".utf8))
    let drafts: [(String, String, JSON, Digest, String)] = [
      (
        "retention-set", "retention", ["until": "2030-01-01"], known.digest,
        "cannot happen where it stands in the record"
      ),
      (
        "inspection-created", "inspection", ["provider": "a", "edition": "pdu-2021"], unknown,
        "was made under an edition that this program does not have"
      ),
      (
        "inspection-created", "inspection", ["provider": "a", "edition": "pdu-2023"], known.digest,
        "has not the digest of the edition "
      ),
      (
        "case-forgotten", "case/1", [:], known.digest,
        "says that something happened which this program does not know"
      ),
      (
        "inspection-created", "inspection", ["provider": "a"], known.digest,
        "has not the values of its event"
      ),
      (
        "inspection-created", "plan", ["provider": "a", "edition": .string(known.id.text)],
        known.digest, "is about something else than its event"
      ),
    ]
    for (event, subject, values, edition, what) in drafts {
      let store = try Backend.sqlite.place().records()
      let draft = Draft(
        id: try #require(EntryID("019b0000-0000-7000-8000-00000000000a")), inspection: .one,
        author: AuthorID(known: "a"), event: event, subject: subject, over: 0,
        edition: edition, values: values)
      _ = try await store.append(draft, if: .always)

      let verified = try await VerifyRecords.run(store, Self.editions.get())

      #expect(verified[0].fault?.sequence == 1)
      #expect(verified[0].fault?.what.hasPrefix(what) == true, "\(event) \(verified)")
      #expect(verified[0].entries == 0)
    }
  }

  @Test(arguments: Backend.allCases)
  func `a view that differs from what the entries come to is found`(
    _ backend: Backend
  ) async throws {
    let store = StoredRecords(try await Self.database(backend))
    let state = try #require(try await store.state(of: .one))
    try await store.keep(
      StoredView(revision: state.revision, document: state.document.compactBytes), of: .one)
    #expect(try await VerifyRecords.run(store, Self.editions.get())[0].fault == nil)

    let changed = String(decoding: state.document.compactBytes, as: UTF8.self)
      .replacing("\"erased\":false", with: "\"erased\":true")
    try store.database.database.write {
      try $0.run("UPDATE views SET document = ?", [.text(changed)])
    }
    let fault = try #require(try await VerifyRecords.run(store, Self.editions.get())[0].fault)
    #expect(fault.sequence == state.revision)
    #expect(fault.what == "is where the stored view differs from what the entries come to")

    try store.database.database.write { try $0.run("UPDATE views SET revision = 1000") }
    let later = try #require(try await VerifyRecords.run(store, Self.editions.get())[0].fault)
    #expect(later.what == "is the last, and the stored view is of entry 1000")
  }

  @Test(arguments: Backend.allCases)
  func `files are only added to, and one that is gone is named`(_ backend: Backend) async throws {
    let place = try backend.place()
    let store = try place.records()
    let digest = try await store.keep(file: [1, 2, 3], of: .one)
    #expect(try await store.keep(file: [1, 2, 3], of: .one) == digest)
    #expect(try await store.file(digest, of: .one) == [1, 2, 3])
    #expect(try await store.file(digest, of: .other) == nil)
    for statement in ["UPDATE files SET inspection = 'x'", "DELETE FROM files"] {
      #expect(throws: (any Error).self) {
        try store.database.database.write { try $0.run(statement) }
      }
    }

    let edition = try #require(try Self.editions.get().ruleBooks.first)
    let desk = InspectionDesk(store, try Self.editions.get()) { Self.id(1) }
    try await desk.create(
      .one, about: InspectionFacts(provider: Provider.ID(known: "a"), edition: edition.id),
      title: "A title", retainedUntil: nil, by: AuthorID(known: "a"),
      masterKey: MasterKey.make().key)
    let missing = StoredFile(digest: Digest(of: [9]), size: 1)
    for (number, file) in [(2, StoredFile(digest: digest, size: 3)), (3, missing)] {
      let event = Event.returnReceived(
        ReturnFacts(
          file: file, profile: "plumbline", listedOn: nil, rows: 1, refused: 0,
          frame: Digest(of: [])))
      _ = try await store.append(
        Draft(
          id: Self.id(number), inspection: .one, author: AuthorID(known: "a"), event: event.name,
          subject: event.subject, over: number - 1, edition: edition.digest,
          values: event.values), if: .always)
    }
    let fault = try #require(try await VerifyRecords.run(store, Self.editions.get())[0].fault)
    #expect(fault.sequence == 3)
    #expect(fault.what == "is about a file that is gone")
  }

  /// Appends an event to a record whose last entry is the one before `number`.
  private static func append(
    _ event: Event, _ number: Int, to store: StoredRecords
  ) async throws {
    let edition = try #require(try editions.get().ruleBooks.first)
    let outcome = try await store.append(
      Draft(
        id: id(number), inspection: .one, author: AuthorID(known: "a"), event: event.name,
        subject: event.subject, over: number - 1, edition: edition.digest, values: event.values),
      if: .always)
    #expect(outcome == .recorded(sequence: number))
  }

  @Test(arguments: Backend.allCases)
  func `a file that is not right is named before an entry behind its own`(
    _ backend: Backend
  ) async throws {
    for (statement, what) in [
      ("UPDATE files SET sealed = ?", "is about a file that was changed"),
      ("DELETE FROM files WHERE sealed <> ?", "is about a file that is gone"),
    ] {
      let store = try backend.place().records()
      try await Self.create(.one, in: store)
      let file = StoredFile(digest: try await store.keep(file: [1, 2, 3], of: .one), size: 3)
      let facts = ReturnFacts(
        file: file, profile: "plumbline", listedOn: nil, rows: 1, refused: 0,
        frame: Digest(of: []))
      try await Self.append(.returnReceived(facts), 2, to: store)
      for number in 3...5 {
        let day = try #require(Day(2030, 1, number))
        try await Self.append(.retentionSet(until: day), number, to: store)
      }
      let database = store.database.database
      try Self.unguarded(
        database,
        ["UPDATE entries SET line = replace(line, '2030-01', '2031-01') WHERE sequence = 4"])
      #expect(try await Self.fault(database)?.sequence == 4)

      try database.write { transaction in
        switch database.dialect {
        case .sqlite:
          try transaction.run("DROP TRIGGER files_no_update")
          try transaction.run("DROP TRIGGER files_no_delete")
        case .postgresql: try transaction.run("DROP TRIGGER only_added_to ON files")
        }
        try transaction.run(statement, [.blob([9])])
      }

      let fault = try await Self.fault(database)
      #expect(fault?.sequence == 2, "\(statement)")
      #expect(fault?.what == what)
    }
  }

  @Test func `a file at another installation is not called gone where the record is damaged`()
    async throws
  {
    for (behind, statement) in [
      (0, "UPDATE entries SET line = 'x' WHERE sequence = "),
      (1, "UPDATE entries SET line = 'x' WHERE sequence = "),
      (1, "UPDATE records SET sequence = "),
    ] {
      let main = try await Branch.main(on: .sqlite, seed: 1)
      let away = try await Branch(on: .sqlite, seed: 2)
      _ = try await main.carry(to: away)
      let sequence = try await away.lines().count - behind

      try Self.unguarded(
        away.store.records.database.database,
        [statement + "\(sequence)"])

      let faults = try await away.faults()
      #expect(faults.map { $0?.sequence } == [sequence])
    }
  }

  private static func id(_ number: Int) -> EntryID {
    var chance = Chance(seed: UInt64(number))
    return EntryID(at: newYear, using: &chance)
  }

  @Test(arguments: Backend.allCases)
  func `an entry that cannot be read is named, and the other records are checked`(
    _ backend: Backend
  ) async throws {
    let database = try await Self.database(backend)
    let store = StoredRecords(database)
    try await Self.create(.other, in: store)
    // As it was made, the table takes no line that is none.
    try database.write { transaction in
      try transaction.run("ALTER TABLE entries RENAME TO gone")
      try transaction.run(
        """
        CREATE TABLE entries AS SELECT inspection, sequence, id, subject,
          CASE WHEN inspection = 'one' AND sequence = 4 THEN NULL ELSE line END AS line
        FROM gone
        """)
    }

    let verified = try await VerifyRecords.run(store, Self.editions.get())

    #expect(verified.map(\.inspection) == [.one, .other])
    #expect(verified.map(\.fault?.sequence) == [4, nil])
    #expect(verified.map(\.entries) == [3, 1])
    #expect(verified[0].fault?.what == "cannot be read from the database any more")
  }

  @Test func `a page of a file that was overwritten hides no other record`() async throws {
    let place = try Backend.sqlite.place()
    guard case .folder(let folder) = place else { return }
    let records = try place.records()
    try await Self.create(.other, in: records)
    try await Self.create(.one, in: records, id: 71)
    let day = try #require(Day(2030, 1, 1))
    for number in 2...60 { try await Self.append(.retentionSet(until: day), number, to: records) }
    try await records.database.forgetDeleted()
    records.close()
    let file = URL(fileURLWithPath: DatabaseAddress.file(in: folder))
    var bytes = try Data(contentsOf: file)
    // Its id alone stands in an index as well.
    let line = try #require(bytes.range(of: Data("{\"id\":\"\(Self.id(40))".utf8)))
    bytes[line.lowerBound / 4_096 * 4_096] = 0xFF
    try bytes.write(to: file)

    let store = try Store(reading: place)
    defer { store.close() }
    let verified = try await VerifyRecords.run(store.records, Self.editions.get())

    #expect(verified.map(\.inspection) == [.one, .other])
    #expect(verified[0].fault?.what == "cannot be read from the database any more")
    #expect(verified[0].fault.map { (2...40).contains($0.sequence) } == true)
    #expect(verified[0].fault?.sequence == verified[0].entries + 1)
    #expect(verified[1].fault == nil)
  }

  @Test func `only what says that something is lost is taken for damage`() {
    for code in ["SQLite 11", "SQLite 26", "SQLSTATE XX001", "SQLSTATE 58030"] {
      #expect(StoreFault.refused(code: code).isDamage, "\(code)")
    }
    for code in ["SQLite 5", "SQLite 13", "SQLSTATE 42P01", "SQLSTATE 53100"] {
      #expect(!StoreFault.refused(code: code).isDamage, "\(code)")
    }
    #expect(StoreFault.damaged("entries").isDamage)
    #expect(!StoreFault.unreachable.isDamage)
  }

  @Test func `an export says the same without the database`() async throws {
    let store = StoredRecords(try await Self.database(.sqlite))

    let bytes = try #require(try await ExportRecord.run(.one, from: store))

    let verified = try #require(VerifyRecords.run(export: bytes, try Self.editions.get()))
    #expect(verified.entries == 6)
    #expect(verified.fault == nil)
    #expect(verified.head?.description == (try await store.heads()[0].digest))
    #expect(!String(decoding: bytes, as: UTF8.self).contains("A title"))
    #expect(try await ExportRecord.run(.other, from: store) == nil)
  }

  @Test func `an export that was cut off names the entry that is not whole`() async throws {
    let store = StoredRecords(try await Self.database(.sqlite))
    let bytes = try #require(try await ExportRecord.run(.one, from: store))
    let editions = try Self.editions.get()
    let lineFeed = UInt8(ascii: "\n")
    let heading = try #require(bytes.firstIndex(of: lineFeed))

    for count in bytes.indices {
      let verified = VerifyRecords.run(export: Array(bytes.prefix(count)), editions)
      guard count >= heading else {
        #expect(verified == nil, "\(count) bytes")
        continue
      }
      let fault = verified?.fault
      let whole = max(0, bytes.prefix(count).count(where: { $0 == lineFeed }) - 1)
      #expect(verified?.entries == whole, "\(count) bytes")
      #expect(fault?.sequence == whole + 1, "\(count) bytes")
      let isBetween = count > heading && bytes[count - 1] == lineFeed
      #expect(
        fault?.what
          == (isBetween
            ? "is missing: the record should end at entry 6"
            : "is cut off: the file ends inside it"),
        "\(count) bytes")
    }
  }

  @Test func `a changed entry is named although the export is cut off behind it`() async throws {
    let store = StoredRecords(try await Self.database(.sqlite))
    let bytes = try #require(try await ExportRecord.run(.one, from: store))
    let editions = try Self.editions.get()
    let changed = Array(
      String(decoding: bytes, as: UTF8.self).replacing("2030-01-03", with: "2031-01-03").utf8)
    let lines = changed.split(separator: UInt8(ascii: "\n"))

    let whole = VerifyRecords.run(export: Array(changed.dropLast()), editions)
    #expect(whole?.fault?.sequence == 4)
    // Nothing tells any more which of the fourth and the fifth was changed.
    let two = lines[0..<6].flatMap { Array($0) + [UInt8(ascii: "\n")] }
    let later = VerifyRecords.run(export: two + [UInt8(ascii: "{")], editions)
    #expect(later?.fault?.sequence == 5)
    #expect(later?.fault?.what == "does not hold the digest of the entry before")
  }

  @Test func `every single byte of an export matters`() async throws {
    let store = StoredRecords(try await Self.database(.sqlite))
    let bytes = try #require(try await ExportRecord.run(.one, from: store))
    let editions = try Self.editions.get()

    for place in bytes.indices {
      var changed = bytes
      changed[place] ^= 1
      let verified = VerifyRecords.run(export: changed, editions)
      #expect(verified == nil || verified?.fault != nil, "byte \(place)")
    }
  }
}
