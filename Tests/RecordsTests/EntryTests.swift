import Calendars
import OrderedJSON
import RuleFiles
import TestKit
import Testing

@testable import Records

private let newYear = Instant(milliseconds: 1_767_225_600_123)

private let entryID: EntryID = {
  var chance = Chance(seed: 10)
  return EntryID(at: newYear, using: &chance)
}()

private func draft(over: Int = 0, values: JSON = ["answer": "yes"]) -> Draft {
  Draft(
    id: entryID, inspection: InspectionID(known: "one"),
    author: AuthorID(known: "assessor-1"), event: "answer-given", subject: "case/1", over: over,
    edition: Digest(of: Array("an edition".utf8)), values: values)
}

@Suite struct EntryTests {
  @Test func `an entry is one line of JSON with its members in order`() {
    let entry = Entry(draft(), after: .start, at: newYear)

    let line = String(decoding: entry.line, as: UTF8.self)
    #expect(
      line == """
        {"id":"\(entryID)","inspection":"one","sequence":1,\
        "at":"2026-01-01T00:00:00.123Z","author":"assessor-1","event":"answer-given",\
        "subject":"case/1","over":0,"edition":"\(Digest(of: Array("an edition".utf8)))",\
        "values":{"answer":"yes"},"sealed":null,"previous":null}
        """)
    #expect(entry.digest == Digest(of: entry.line))
  }

  @Test func `what was written is read as it was`() throws {
    let first = Entry(draft(), after: .start, at: newYear)
    let second = Entry(
      draft(
        over: 1, values: ["text": "“é”\n\u{1}\\", "numbers": [.number(1), .decimal(2.5), .null]]),
      after: first.head, at: newYear)

    let read = try Entry(line: second.line)

    #expect(read.sequence == 2)
    #expect(read.previous == first.digest)
    #expect(read.recordedAt == newYear)
    #expect(read.draft.values == second.draft.values)
    #expect(read.digest == second.digest)
  }

  @Test func `no other way to write the same is an entry`() throws {
    let line = String(decoding: Entry(draft(), after: .start, at: newYear).line, as: UTF8.self)
    let others = [
      line + " ", line + "\n", " " + line, line.replacing(",\"event\"", with: ", \"event\""),
      line.replacing("\"over\":0", with: "\"over\":0.0"),
      line.replacing("yes", with: "y\\u0065s"),
      line.replacing(".123Z", with: "Z"),
      line.replacing("\"sealed\":null,", with: ""),
      line.replacing("null}", with: "null,\"more\":1}"),
      line.replacing("\(entryID)", with: "\(entryID)".uppercased()),
      line.replacing("\(entryID)", with: "0f0e4ad2-5e33-4d0c-9d3c-1f6f0a1b2c3d"),
      line.replacing("\"one\"", with: "\"One\""),
      "", "{}", "[]",
    ]
    for other in others {
      #expect(throws: EntryFault.self, "\(other)") { try Entry(line: Array(other.utf8)) }
    }
  }

  @Test func `the clock of a record never runs backwards`() {
    let first = Entry(draft(), after: .start, at: newYear)

    let second = Entry(draft(), after: first.head, at: newYear.adding(seconds: -60))

    #expect(second.recordedAt == newYear)
  }
}

@Suite struct ChainTests {
  private static func entries() -> [Entry] {
    var chance = Chance(seed: 4)
    var head = Head.start
    return (0..<4).map { number in
      let draft = Draft(
        id: EntryID(at: newYear, using: &chance), inspection: InspectionID(known: "one"),
        author: AuthorID(known: "a"), event: "e", subject: "s", over: number,
        edition: Digest(of: []), values: .object([]))
      let entry = Entry(draft, after: head, at: newYear.adding(seconds: number))
      head = entry.head
      return entry
    }
  }

  @Test func `entries that follow each other are a chain`() throws {
    var chain = Chain(of: InspectionID(known: "one"))
    for entry in Self.entries() { try chain.add(entry) }
    #expect(chain.head.sequence == 4)
  }

  @Test func `whatever does not follow is refused, with what is wrong`() throws {
    let entries = Self.entries()
    var chain = Chain(of: InspectionID(known: "one"))
    #expect(throws: Chain.Fault.wrongSequence(2, expected: 1)) { try chain.add(entries[1]) }
    try chain.add(entries[0])
    #expect(throws: Chain.Fault.wrongSequence(3, expected: 2)) { try chain.add(entries[2]) }
    #expect(throws: Chain.Fault.wrongSequence(1, expected: 2)) { try chain.add(entries[0]) }

    let elsewhere = Head(
      sequence: 1, digest: Digest(of: []), recordedAt: entries[0].recordedAt)
    #expect(throws: Chain.Fault.wrongPrevious) {
      try chain.add(Entry(entries[1].draft, after: elsewhere, at: newYear))
    }
    let earlier = Head(sequence: 1, digest: entries[0].digest, recordedAt: nil)
    #expect(throws: Chain.Fault.recordedEarlier) {
      try chain.add(Entry(entries[1].draft, after: earlier, at: newYear.adding(seconds: -1)))
    }
    #expect(throws: Chain.Fault.overALaterEntry(3)) {
      try chain.add(Entry(entries[3].draft, after: entries[0].head, at: newYear))
    }
    #expect(throws: Chain.Fault.repeated) {
      try chain.add(Entry(entries[0].draft, after: entries[0].head, at: newYear))
    }
    var other = Chain(of: InspectionID(known: "other"))
    #expect(throws: Chain.Fault.ofAnotherInspection) { try other.add(entries[0]) }
    // Nothing of that was added.
    try chain.add(entries[1])
  }
}

@Suite struct EntryIDTests {
  @Test func `an id starts with its time and says that it is of version 7`() throws {
    var chance = Chance(seed: 1)
    let id = EntryID(at: newYear, using: &chance)

    #expect(id.madeAt == newYear)
    #expect(EntryID(id.description) == id)
    let text = Array(id.description)
    #expect(text[14] == "7")
    #expect("89ab".contains(text[19]))
    #expect(EntryID(at: newYear.adding(seconds: 1), using: &chance) > id)
  }

  @Test(arguments: [
    "", "019b0000-0000-7000-8000-00000000000", "019b0000-0000-7000-8000-00000000000aa",
    "019b0000-0000-4000-8000-00000000000a", "019b0000-0000-7000-c000-00000000000a",
    "019B0000-0000-7000-8000-00000000000a", "019b0000000070008000-00000000000a0000",
    "019b0000-0000-7000-8000-0000000000é",
  ])
  func `anything else is no id`(_ text: String) {
    #expect(EntryID(text) == nil)
  }
}

@Suite struct SealingTests {
  private let id = entryID
  private let other: EntryID = {
    var chance = Chance(seed: 11)
    return EntryID(at: newYear, using: &chance)
  }()

  @Test func `what is sealed opens with its key and for its entry alone`() {
    let key = InspectionKey()
    let sealed = key.seal(Array("a note".utf8), for: id)

    #expect(key.open(sealed, for: id) == Array("a note".utf8))
    #expect(key.open(sealed, for: other) == nil)
    #expect(InspectionKey().open(sealed, for: id) == nil)
    #expect(!sealed.text.contains("note"))
    #expect(key.seal(Array("a note".utf8), for: id) != sealed)
  }

  @Test func `one changed letter of a sealed text opens nothing`() throws {
    let key = InspectionKey()
    let sealed = key.seal(Array("a note".utf8), for: id)
    for place in sealed.text.indices where sealed.text[place] != "=" {
      var text = sealed.text
      text.replaceSubrange(place...place, with: text[place] == "A" ? "B" : "A")
      guard let changed = SealedText(text: text) else { continue }
      // The last letter before the end may hold bits that say nothing.
      if changed.text.last == "=", text.index(after: place) == text.firstIndex(of: "=") { continue }
      #expect(key.open(changed, for: id) == nil)
    }
  }

  @Test func `a key is unwrapped by its master key, for its inspection`() throws {
    let (master, text) = MasterKey.make()
    let key = InspectionKey()
    let one = InspectionID(known: "one")
    let wrapped = master.wrap(key, of: one)
    let sealed = key.seal([1, 2, 3], for: id)

    let again = try #require(MasterKey(text: " \(text)\n"))
    #expect(again.unwrap(wrapped, of: one)?.open(sealed, for: id) == [1, 2, 3])
    #expect(again.unwrap(wrapped, of: InspectionID(known: "other")) == nil)
    #expect(MasterKey.make().key.unwrap(wrapped, of: one) == nil)
  }

  @Test(arguments: ["", "abc", "AAAA", String(repeating: "A", count: 44)])
  func `what is no key of 32 bytes is refused`(_ text: String) {
    #expect(MasterKey(text: text) == nil)
  }
}
