import Calendars
import Fieldwork
import Foundation
import OrderedJSON
import People
import Problems
import Providers
import Records
import RuleFiles
import Standards
import Synchronization
import TestKit
import Testing

@testable import Storage
@testable import Workflows

/// Work goes to another installation and comes back.
@Suite struct BundleTests {
  private static let training = TrainingRecord.id
  private static let `operator` = AuthorID(known: "operator")

  @Test(arguments: Backend.allCases)
  func `an inspection that is not there comes whole, and can be worked on`(
    _ backend: Backend
  ) async throws {
    let (main, away) = try await (
      Branch.main(on: backend, seed: 1), Branch(on: backend, seed: 2)
    )
    let imported = try await main.carry(to: away)

    #expect(imported.isNew && imported.left.isEmpty && imported.known == 0)
    #expect(imported.added == (try await main.lines().count))
    #expect(Array(try await away.lines().dropLast()) == (try await main.lines()))
    #expect(try await away.faults() == [nil])
    #expect(try await main.faults() == [nil])
    let open = try await away.open()
    #expect(open.title == "Training inspection")
    #expect(open.state.carriedFrom == main.bundles.key.description)
    #expect(try await away.planning.cases(of: open).count > 10)
    // Neither the provider's list nor the sample file go along.
    let check = try await VerifyRecords.run(away.store.records, try PublishedEditions.load())
    #expect(check.allSatisfy { $0.elsewhere >= 2 })
    // Everybody of the team can get a password, and has none yet.
    #expect(imported.accounts.contains("assessor-1@example.org"))
    #expect(!imported.accounts.contains("admin@example.org"))
    let one = try #require(try await away.account("assessor-1"))
    #expect(one.account.id == (try await main.account("assessor-1")?.account.id))
    #expect(!one.account.isLeadInspector && !one.password.isOf("") && !one.password.isOutdated)
  }

  @Test(arguments: Backend.allCases, Backend.allCases)
  func `work goes there and back, and taking anything in twice changes nothing`(
    _ here: Backend, _ there: Backend
  ) async throws {
    let main = try await Branch.main(on: here, seed: 1)
    let away = try await Branch(on: there, seed: 2)
    let first = try await main.bundle(for: away)
    _ = try await away.take(first, from: main)
    try await away.answer("2.1.1", .sufficient, sealing: "seen in the file")
    let early = try await away.bundle(for: main)
    try await away.answer("2.1.1", .insufficient)
    try await main.answer("2.1.1", .notApplicable)
    try await main.answer("2.1.2", .sufficient)
    let late = try await away.bundle(for: main)

    let imported = try await main.take(late, from: away)
    #expect(imported.added == 2 && imported.left.isEmpty && !imported.isNew)
    #expect(imported.accounts.isEmpty)
    let lines = try await main.lines()
    for bundle in [late, early, late] {
      let again = try await main.take(bundle, from: away)
      #expect(again.added == 0 && again.left.isEmpty)
      #expect(try await main.lines() == lines)
    }
    let back = try await main.bundle(for: away)
    #expect(try await away.take(back, from: main).added == 2)
    let linesThere = try await away.lines()
    for bundle in [back, first, back] {
      _ = try await away.take(bundle, from: main)
      #expect(try await away.lines() == linesThere)
    }

    for branch in [main, away] {
      let place = try await branch.place("2.1.1")
      let state = try await branch.open().state
      #expect(state.answers[place]?.conflicts.contains(.answer) == true)
      #expect(state.answers[try await branch.place("2.1.2")]?.answer == .sufficient)
      #expect(try await branch.faults() == [nil])
    }
    // What was sealed there is read here.
    let open = try await main.open()
    let key = try #require(open.key)
    var notes: [String] = []
    for sequence in 1...open.state.revision {
      let secret = try await main.store.records.sealed(in: Self.training, at: sequence, key)
      if let note = secret?["note"].string { notes.append(note) }
    }
    #expect(notes.contains("seen in the file"))
    #expect(open.state.carriedFrom == nil)
  }

  @Test func `evidence that was kept there comes with its file, and more of the plan goes there`()
    async throws
  {
    let main = try await Branch.main(on: .sqlite, seed: 1)
    let away = try await Branch(on: .sqlite, seed: 2)
    _ = try await main.carry(to: away)
    let bytes = Array("an interview".utf8)
    let number = try await away.keepInterview(bytes)

    _ = try await away.carry(to: main)
    let kept = try #require(try await main.open().state.evidence[number]?.last?.value.file)
    #expect(try await main.planning.bytes(of: kept, in: main.open()) == bytes)
    #expect(try await main.faults() == [nil])

    let before = try await main.open()
    let lead = try #require(try await main.account("lead")?.account.id)
    _ = try await main.planning.request(
      "A document", "", due: try #require(Day(2030, 1, 1)), in: before,
      by: PlanningDesk.Actor(lead, seen: before.state.revision))
    #expect(try await main.carry(to: away).added == 1)
    #expect(try await away.open().state.requests.count == before.state.requests.count + 1)
    #expect(try await away.faults() == [nil])
  }

  @Test(arguments: Backend.allCases)
  func `a bundle without a file of its evidence is refused whole`(
    _ backend: Backend
  ) async throws {
    let main = try await Branch.main(on: backend, seed: 1)
    let away = try await Branch(on: .sqlite, seed: 2)
    _ = try await main.carry(to: away)
    _ = try await away.keepInterview(Array("an interview".utf8))
    let key = try #require(try await away.open().key)
    let bundle = WorkBundle(
      inspection: Self.training,
      key: try #require(InstallationKey.wrap(key, of: Self.training, for: main.bundles.key)),
      people: [],
      record: try #require(try await ExportRecord.run(Self.training, from: away.store.records)),
      files: [:])
    let sealed = try #require(
      SealedBundle.seal(
        bundle.bytes, from: InstallationKey(of: away.masterKey), to: main.bundles.key))
    let before = try await main.lines()

    let problems = await #expect(throws: Problems.self) {
      try await main.take(sealed, from: away)
    }

    #expect(problems?.list.map(\.what) == ["comes without a file of its evidence"])
    #expect(try await main.lines() == before)
  }

  @Test(arguments: Backend.allCases)
  func `what has the id of an entry of another inspection is refused whole`(
    _ backend: Backend
  ) async throws {
    let main = try await Branch.main(on: .sqlite, seed: 1)
    let (empty, full) = try await (Branch(on: backend, seed: 2), Branch(on: backend, seed: 3))
    _ = try await main.carry(to: full)
    try await main.answer("2.1.1", .sufficient)
    let last = try Entry(line: try #require(try await main.lines().last)).draft
    let other = Draft(
      id: last.id, inspection: InspectionID(known: "another"), author: last.author,
      event: last.event, subject: last.subject, over: 0, edition: last.edition,
      values: last.values)
    let refusals = [
      (empty, "there was an inspection of that name, or something in it is of another one"),
      (full, "an entry of it has the id of one of another inspection"),
    ]
    for (branch, what) in refusals {
      let outcome = try await branch.store.records.append(other, if: .always)
      #expect(outcome == .recorded(sequence: 1))
      let before = try await branch.lines()
      let people = try await branch.store.accounts.accounts().count

      let problems = await #expect(throws: Problems.self) { try await main.carry(to: branch) }

      #expect(problems?.list.map(\.what) == [what])
      #expect(try await branch.lines() == before)
      #expect(try await branch.store.accounts.accounts().count == people)
    }
  }

  @Test func `nothing is changed where others keep recording`() async throws {
    let main = try await Branch.main(on: .sqlite, seed: 1)
    let away = try await Branch(on: .sqlite, seed: 2)
    _ = try await main.carry(to: away)
    try await away.answer("2.1.1", .sufficient)
    let bundle = try await away.bundle(for: main)
    let before = try await main.lines()
    let busy = try main.busyBundles()

    let problems = await #expect(throws: Problems.self) {
      try await busy.take(
        bundle, named: "work.bundle", from: away.bundles.key, by: Self.operator)
    }

    #expect(problems?.list.map(\.what) == ["others keep recording something in it"])
    #expect(try await main.lines() == before)
    #expect(try await main.take(bundle, from: away).added == 1)
  }

  @Test func `nothing is planned where an inspection was carried to`() async throws {
    let main = try await Branch.main(on: .sqlite, seed: 1)
    let away = try await Branch(on: .sqlite, seed: 2)
    _ = try await main.carry(to: away)
    let before = try await away.lines()
    let open = try await away.open()
    let day = try #require(Day(2031, 1, 1))
    let feed = await #expect(throws: Problems.self) {
      try await away.planning.renewFeed(
        in: open, by: PlanningDesk.Actor(away.assessor(), seen: open.state.revision))
    }
    let kept = await #expect(throws: Problems.self) {
      try await away.inspections.retain(Self.training, until: day, by: Self.operator)
    }
    for problems in [feed, kept] {
      #expect(problems?.list[0].what.contains("carried here from") == true)
    }
    #expect(try await away.lines() == before)
  }

  @Test(arguments: Backend.allCases)
  func `what is damaged, not signed, of another or for another is refused whole`(
    _ backend: Backend
  ) async throws {
    let main = try await Branch.main(on: .sqlite, seed: 1)
    let (away, stranger) = try await (Branch(on: backend, seed: 2), Branch(on: .sqlite, seed: 3))
    let bundle = try await main.bundle(for: away)
    func refusal(_ bytes: [UInt8], from sender: Branch, by branch: Branch? = nil) async -> String? {
      await #expect(throws: Problems.self) {
        try await (branch ?? away).take(bytes, from: sender)
      }?.list[0].what
    }
    var generator = Chance(seed: 5)
    for _ in 0..<20 {
      var changed = bundle
      changed[Int.random(in: changed.indices, using: &generator)] ^= 1
      _ = await refusal(changed, from: main)
    }
    #expect(await refusal(Array(bundle.dropLast()), from: main) == "is not as it was signed")
    #expect(await refusal(Array(bundle.dropLast(64)), from: main) == "is not as it was signed")
    #expect(await refusal([], from: main) == "is no bundle")
    #expect(
      await refusal(bundle, from: stranger)
        == "was signed by another installation, \(main.bundles.key)")
    #expect(
      await refusal(bundle, from: main, by: stranger)
        == "is for another installation, \(away.bundles.key)")
    #expect(await refusal(bundle, from: main, by: main)?.hasPrefix("is for another") == true)
    #expect(try await away.store.records.heads().isEmpty)
    #expect(try await away.store.accounts.accounts().isEmpty)

    // Signed well, and wrong inside.
    let inside = [
      ("{}\n", "is written by another release"), ("", "is written by another release"),
    ]
    for (content, what) in inside {
      let sealed = try #require(
        SealedBundle.seal(
          Array(content.utf8), from: InstallationKey(of: main.masterKey), to: away.bundles.key))
      #expect(await refusal(sealed, from: main) == what)
    }
    let record = try #require(
      try await ExportRecord.run(Self.training, from: main.store.records))
    let key = try #require(
      InstallationKey.wrap(InspectionKey(), of: Self.training, for: away.bundles.key))
    let cut = record.prefix { $0 != UInt8(ascii: "\n") } + [UInt8(ascii: "\n")]
    let count = try await main.lines().count
    let wrong: [([UInt8], String)] = [
      (record, "is not as it was signed"), (Array(cut), "holds no record"),
      (Array(record.dropLast(2)), "entry \(count) of the record is cut off"),
      (
        Array(
          String(decoding: record, as: UTF8.self).replacing("\"over\":1,", with: "\"over\":0,").utf8
        ),
        "entry 2 of the record is not what the entry after it holds the digest of"
      ),
    ]
    for (record, what) in wrong {
      let content = WorkBundle(
        inspection: Self.training, key: key, people: [], record: record, files: [:])
      let sealed = try #require(
        SealedBundle.seal(
          content.bytes, from: InstallationKey(of: main.masterKey), to: away.bundles.key))
      let said = await refusal(sealed, from: main)
      #expect(said?.hasPrefix(what.prefix(20)) == true, "\(said ?? "")")
    }
    #expect(try await away.store.records.heads().isEmpty)
  }

  @Test func `what was signed well and does not belong to the record here is refused whole`()
    async throws
  {
    let main = try await Branch.main(on: .sqlite, seed: 1)
    let away = try await Branch(on: .sqlite, seed: 2)
    _ = try await main.carry(to: away)
    try await away.answer("2.1.1", .sufficient)
    _ = try await away.carry(to: main)
    let entries = try await away.lines().map { try Entry(line: $0) }
    let key = try #require(try await away.open().key)
    let right = try #require(InstallationKey.wrap(key, of: Self.training, for: main.bundles.key))
    let before = try await main.lines()

    func refusal(
      _ entries: [Entry], key: [UInt8]? = nil, files: [Digest: [UInt8]] = [:]
    ) async throws -> String? {
      let last = try #require(entries.last)
      let heading = ExportHeading(
        inspection: Self.training, entries: last.sequence, digest: last.digest.description)
      let bundle = WorkBundle(
        inspection: Self.training, key: key ?? right, people: [],
        record: Array(([heading.line] + entries.map(\.line)).map { $0 + [10] }.joined()),
        files: files)
      let sealed = try #require(
        SealedBundle.seal(
          bundle.bytes, from: InstallationKey(of: away.masterKey), to: main.bundles.key))
      return await #expect(throws: Problems.self) { try await main.take(sealed, from: away) }?
        .list[0].what
    }

    // A key that is sealed for nobody here.
    #expect(try await refusal(entries, key: [1, 2, 3]) == "is not as it was signed")
    // A file that is not what its digest says.
    let file = Digest(of: Array("one".utf8))
    #expect(
      try await refusal(entries, files: [file: Array("other".utf8)])
        == "is written by another release")
    // The last entry says something else than the one here with its id.
    let answer = try #require(entries.last)
    let head = entries[entries.count - 2].head
    func last(values: JSON? = nil, edition: Digest? = nil) -> Entry {
      let draft = answer.draft
      return Entry(
        Draft(
          id: draft.id, inspection: draft.inspection, author: draft.author, event: draft.event,
          subject: draft.subject, over: draft.over, edition: edition ?? draft.edition,
          values: values ?? draft.values, sealed: draft.sealed),
        after: head, at: answer.recordedAt)
    }
    let other = last(
      values: Event.answerGiven(try await away.place("2.1.1"), GivenAnswer(.insufficient)).values)
    #expect(
      try await refusal(entries.dropLast() + [other])
        == "entry \(answer.id) is another there than here")
    // An edition that this program does not have.
    let strange = last(edition: Digest(of: Array("strange".utf8)))
    #expect(
      try await refusal(entries.dropLast() + [strange])
        == "entry \(answer.sequence) of the record was made under an edition "
        + "that this program does not have")
    #expect(try await main.lines() == before)
    #expect(try await main.faults() == [nil])
  }

  @Test func `another inspection of the name, and one that was erased, are refused`() async throws {
    let main = try await Branch.main(on: .sqlite, seed: 1)
    let twin = try await Branch.main(on: .sqlite, seed: 4)
    let away = try await Branch(on: .sqlite, seed: 2)
    func refusal(_ work: () async throws -> Void) async -> String? {
      await #expect(throws: Problems.self) { try await work() }?.list[0].what
    }
    #expect(
      await refusal { _ = try await twin.carry(to: main) }
        == "holds another inspection of the name training")

    _ = try await main.carry(to: away)
    try await away.answer("2.1.1", .sufficient)
    let late = try await away.bundle(for: main)
    try await away.inspections.erase(Self.training, by: Self.operator)
    #expect(
      await refusal { _ = try await away.bundle(for: main) }?.contains("was erased") == true)
    #expect(
      await refusal { _ = try await main.carry(to: away) }
        == "what was personal in it was erased here"
    )
    // What was on its way is not lost, until it is erased here too.
    #expect(try await main.take(late, from: away).added == 1)
    try await main.inspections.erase(Self.training, by: Self.operator)
    #expect(await refusal { _ = try await main.take(late, from: away) }?.contains("erased") == true)

    let nothing = InspectionID(known: "nothing")
    #expect(
      await refusal { _ = try await main.bundles.export(nothing, to: away.bundles.key) }
        == "there is no record of it")
    #expect(
      await refusal { _ = try await main.bundles.export(Self.training, to: main.bundles.key) }
        == "is here already")
    #expect(
      await refusal { _ = try await twin.bundles.export(Self.training, to: Self.weakKey()) }
        == "nothing can be sealed for it")
  }

  /// A key that is written well, and for which anybody could open what is sealed.
  private static func weakKey() throws -> InstallationKey.Public {
    let bytes = [UInt8](repeating: 0, count: 64)
    let digest = Digest(of: Array("plumbk-".utf8) + bytes).hexadecimal
    let check = stride(from: 0, to: 8, by: 2).compactMap {
      UInt8(digest.dropFirst($0).prefix(2), radix: 16)
    }
    let text = Data(bytes + check).base64EncodedString()
      .replacing("=", with: "").replacing("+", with: "-").replacing("/", with: "_")
    return try #require(InstallationKey.Public("plumbk-" + text))
  }

  @Test func `an address that has another account there stops everything`() async throws {
    let main = try await Branch.main(on: .sqlite, seed: 1)
    let away = try await Branch(on: .sqlite, seed: 2)
    let email = try #require(EmailAddress("assessor-2@example.org"))
    let account = Account(id: AuthorID(known: "somebody"), email: email, name: "Somebody")
    #expect(try await away.store.accounts.add(account, password: .ofNobody()))

    let problems = await #expect(throws: Problems.self) { _ = try await main.carry(to: away) }

    #expect(problems?.list.map(\.file) == ["assessor-2@example.org"])
    #expect(try await away.store.records.heads().isEmpty)
    #expect(try await away.store.accounts.accounts().count == 1)
  }

  @Test func `another master key opens neither the bundle nor the record`() async throws {
    let main = try await Branch.main(on: .sqlite, seed: 1)
    let away = try await Branch(on: .sqlite, seed: 2)
    _ = try await main.carry(to: away)
    let other = try Branch(away, masterKey: MasterKey.make().key)
    #expect(other.bundles.key != away.bundles.key)
    let problems = await #expect(throws: Problems.self) { _ = try await main.carry(to: other) }
    #expect(problems?.list[0].remedy == "name the right one with --keys")
  }
}
