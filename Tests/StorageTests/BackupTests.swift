import Foundation
import Problems
import Records
import Standards
import TestKit
import Testing
import Workflows

@testable import Storage

@Suite struct BackupTests {
  @Test(arguments: Backend.allCases, Backend.allCases)
  func `a copy made in use is the same in any other database`(
    _ source: Backend, _ target: Backend
  ) async throws {
    let from = try source.place()
    let store = try from.records()
    for number in 1...2_500 {
      _ = try await store.append(Drafts.draft(number), if: .always)
    }
    _ = try await store.append(Drafts.draft(9_999, in: .other), if: .always)
    _ = try await store.keep(key: [0, 1, 254, 255], of: .one)
    let file = try TestFolder.make().path + "/copy"

    try Backup.make(of: from, at: file)
    let to = try target.place()
    try Backup.restore(from: file, into: to)

    let restored = try to.records()
    #expect(try await restored.heads() == store.heads())
    #expect(try await chainFaults(in: restored).isEmpty)
    #expect(try await restored.key(of: .one) == [0, 1, 254, 255])
    #expect(
      try await restored.append(Drafts.draft(2_501), if: .always) == .recorded(sequence: 2_501))
    #expect(!FileManager.default.fileExists(atPath: file + ".lock"))
  }

  @Test func `a database in use is not restored from, because a part of it stands beside it`()
    async throws
  {
    let place = try Backend.sqlite.place()
    guard case .folder(let folder) = place else { return }
    let store = try place.records()
    _ = try await store.append(Drafts.draft(1), if: .always)

    let problems = #expect(throws: Problems.self) {
      try Backup.restore(from: DatabaseAddress.file(in: folder), into: Backend.sqlite.place())
    }

    #expect(problems?.list[0].what.hasPrefix("is in use") == true)
  }

  @Test func `every table is in a copy, but for what lets people in`() throws {
    let database = try Backend.sqlite.place().open()
    try Migrations.run(on: database)

    let tables = try database.read {
      try $0.rows("SELECT name FROM sqlite_master WHERE type = 'table'", []).map { $0[0].text }
    }

    #expect(Set(tables.compactMap { $0 }) == Set(Backup.everyTable))
    for table in Backup.tables {
      let columns = try database.read {
        try $0.rows("SELECT name FROM pragma_table_info('\(table.name)')", []).map { $0[0].text }
      }
      #expect(columns == table.columns)
    }
  }

  @Test(arguments: Backend.allCases)
  func `nothing is restored over something, or from something else`(
    _ backend: Backend
  ) async throws {
    let place = try backend.place()
    let store = try place.records()
    _ = try await store.append(Drafts.draft(1), if: .always)
    let file = try TestFolder.make().path + "/copy"
    try Backup.make(of: place, at: file)
    store.close()

    let full = #expect(throws: Problems.self) { try Backup.restore(from: file, into: place) }
    let taken = #expect(throws: Problems.self) { try Backup.make(of: place, at: file) }
    let other = try TestFolder.make().path + "/other"
    try Data("no database".utf8).write(to: URL(fileURLWithPath: other))
    let empty = try backend.place()
    let strange = #expect(throws: Problems.self) { try Backup.restore(from: other, into: empty) }
    let missing = #expect(throws: Problems.self) {
      try Backup.restore(from: other + "-no", into: empty)
    }

    // What SQLite takes for an empty database, and somebody else's.
    let none = try TestFolder.make().path + "/none"
    try Data().write(to: URL(fileURLWithPath: none))
    let foreign = try TestFolder.make().path + "/foreign"
    let database = try SQLiteDatabase(path: foreign)
    try database.write { try $0.run("CREATE TABLE migrations (name TEXT)") }
    try database.forgetDeleted()
    database.close()
    for file in [none, foreign] {
      let problems = #expect(throws: Problems.self) { try Backup.restore(from: file, into: empty) }
      #expect(
        [
          "is no backup, or was made by a later release",
          "is no backup that this program made, or is damaged",
        ].contains(problems?.list[0].what))
      #expect(problems?.list[0].file == file)
    }

    #expect(full?.list[0].what == "holds something already")
    #expect(taken?.list[0].what == "is there already")
    #expect(strange?.list[0].what == "is no backup that this program made, or is damaged")
    #expect(strange?.list[0].file == other)
    #expect(missing?.list[0].what == "is not there")
    #expect(try await empty.records().heads().isEmpty)
  }

  @Test(arguments: Backend.allCases)
  func `nothing is restored beside tables of another program`(_ backend: Backend) async throws {
    let source = try Backend.sqlite.place()
    let store = try source.records()
    _ = try await store.append(Drafts.draft(1), if: .always)
    let file = try TestFolder.make().path + "/copy"
    try Backup.make(of: source, at: file)

    for table in ["accounts (id TEXT)", "migrations (version TEXT)", "migrations (name TEXT)"] {
      let place = try backend.place()
      let before = try place.open()
      try before.write { try $0.run("CREATE TABLE \(table)") }
      before.close()

      let problems = #expect(throws: Problems.self) { try Backup.restore(from: file, into: place) }

      #expect(problems?.list.map(\.file) == [place.name])
      #expect(problems?.list.map(\.what) == ["holds something already"], "\(table)")
      let after = try place.open()
      defer { after.close() }
      let tables = try Backup.everyTable.filter { name in
        try after.read { try $0.row(after.dialect.findingTable, [.text(name)]) != nil }
      }
      #expect(tables == [String(table.prefix { $0 != " " })])
    }
  }

  @Test(arguments: Backend.allCases)
  func `a place without tables holds nothing, and is not backed up`(
    _ backend: Backend
  ) async throws {
    let place = try backend.place()
    try place.open().close()
    let file = try TestFolder.make().path + "/copy"

    let store = try Store(reading: place)
    defer { store.close() }
    let editions = try PublishedEditions.load()
    #expect(try await VerifyRecords.run(store.records, editions).isEmpty)
    #expect(try await ExportRecord.run(.one, from: store.records) == nil)
    #expect(try await store.records.revision(of: .one) == 0)
    #expect(try await store.accounts.accounts().isEmpty)

    let problems = #expect(throws: Problems.self) { try Backup.make(of: place, at: file) }
    #expect(problems?.list.map(\.file) == [place.name])
    #expect(problems?.list.map(\.what) == ["holds nothing of Plumbline’s yet"])
    #expect(!FileManager.default.fileExists(atPath: file))
  }

  @Test(arguments: Backend.allCases)
  func `a place that lacks one table is not taken for an empty one`(
    _ backend: Backend
  ) async throws {
    let place = try backend.place()
    let records = try place.records()
    _ = try await records.append(Drafts.draft(1), if: .always)
    try records.database.database.write { try $0.run("DROP TABLE migrations") }

    let store = try Store(reading: place)
    defer { store.close() }

    #expect(try await store.records.heads().map(\.sequence) == [1])
  }

  @Test func `what cannot be restored leaves nothing behind, and is called by its name`()
    async throws
  {
    let place = try Backend.sqlite.place()
    let store = try place.records()
    _ = try await store.append(Drafts.draft(1), if: .always)
    let folder = try TestFolder.make()
    let whole = folder.path + "/whole"
    try Backup.make(of: place, at: whole)
    store.close()
    let bytes = try Data(contentsOf: URL(fileURLWithPath: whole))
    let (half, start) = (folder.path + "/half", folder.path + "/start")
    try bytes.prefix(bytes.count / 2).write(to: URL(fileURLWithPath: half))
    try bytes.prefix(50).write(to: URL(fileURLWithPath: start))
    // Found only while it is copied.
    let torn = folder.path + "/torn"
    try bytes.write(to: URL(fileURLWithPath: torn))
    let database = try SQLiteDatabase(path: torn)
    try database.write { try $0.run("DROP TABLE provider_roles") }
    try database.forgetDeleted()
    database.close()
    let wanted = folder.path + "/not there/nor there"

    for file in [half, start, torn, folder.path + "/none"] {
      let problems = #expect(throws: Problems.self) {
        try Backup.restore(from: file, into: .folder(wanted))
      }

      #expect(problems?.list.map(\.file) == [file])
      #expect(!FileManager.default.fileExists(atPath: folder.path + "/not there"), "\(file)")
    }
    try Backup.restore(from: whole, into: .folder(wanted))
    #expect(try await DatabaseAddress.folder(wanted).records().heads().count == 1)
  }
}
