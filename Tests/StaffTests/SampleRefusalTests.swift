import Calendars
import Caseloads
import Fieldwork
import Records
import RuleFiles
import Testing
import Workflows

@testable import Website

/// What the pages of the return, the frame and the sample refuse, in which words.
@Suite struct SampleRefusalTests {
  private typealias Fixture = PlanningFixture

  /// A made-up list of which one row in twenty has a CRN that is none.
  private struct MadeList {
    let file: Fixture.File
    let crns: [String]

    init() throws {
      let made = try SyntheticCaseload(
        cases: 800, seed: 7, listDate: try #require(Day(2026, 6, 1)),
        profile: try Profile.load("plumbline"), defects: [.crnMalformed])
      var bytes: [UInt8] = []
      made.forEachBlock { bytes += $0 }
      var crns: [String] = []
      made.forEachRow { crns.append($0.first ?? "") }
      file = Fixture.File("list", "list.csv", bytes)
      self.crns = crns.filter { CRN($0) != nil }
    }
  }

  /// With which a sample of that list is drawn.
  private static let wish = [
    "seed": "3 5 1 6", "kind": "main", "method": "webster/1", "size": "40", "refused": "yes",
    "shortfall": "A few are enough",
  ]

  /// An inspection whose list is frozen.
  private func frozen() async throws -> (Fixture, MadeList) {
    let fixture = try await Fixture(early: "Early")
    let list = try MadeList()
    let received = try await fixture.send(
      list.file, to: fixture.path("/return"), by: fixture.lead, ["profile": "plumbline"])
    #expect(received.status == 303)
    let frame = try #require(try await fixture.opened().state.received?.value.frame)
    #expect(try await fixture.post("/frame", ["frame": frame.description]).status == 303)
    return (fixture, list)
  }

  @Test func `only the list that was looked at is frozen, once, and no other comes after it`()
    async throws
  {
    let fixture = try await Fixture(early: "Early")
    let list = try MadeList()
    let path = fixture.path("/return")
    let (lead, right) = (fixture.lead, ["profile": "plumbline"])

    // Nothing came yet.
    try await fixture.expectRefusal(
      409, Fixture.faster, of: "/frame", ["frame": Digest(of: list.file.bytes).description])
    try await fixture.expectRefusal(
      422, Fixture.mistake("list", "Choose the provider’s list"), of: "/return", right)
    let another = Fixture.File("list", "list.csv", Array("nothing\n1\n".utf8))
    try await fixture.expectRefusal(
      422, Fixture.mistake("list", "The list cannot be used. Nothing was kept")
    ) { try await fixture.send(another, to: path, by: lead, right) }
    try await fixture.expectRefusal(
      422, Fixture.mistake("profile", "Choose how the list is written")
    ) { try await fixture.send(list.file, to: path, by: lead, ["profile": "another"]) }
    let day = right.merging(Fixture.day("listed", 31, 2, 2026)) { $1 }
    try await fixture.expectRefusal(
      422,
      Fixture.mistake("listed-day", "The day of the list must be a day, such as 11 3 2027")
    ) { try await fixture.send(list.file, to: path, by: lead, day) }

    // It came, and then another form over what was seen before.
    let seen = ["seen": "\(try await fixture.revision())"]
    #expect(try await fixture.send(list.file, to: path, by: lead, right).status == 303)
    try await fixture.expectRefusal(409, Fixture.faster) {
      try await fixture.send(list.file, to: path, by: lead, right.merging(seen) { $1 })
    }
    try await fixture.expectRefusal(
      422, "not frozen: freeze it before the seed is known", of: "/sample", Self.wish)
    let frame = try #require(try await fixture.opened().state.received?.value.frame)
    let other = Digest(of: Array("another list".utf8))
    try await fixture.expectRefusal(
      409, Fixture.faster, of: "/frame", ["frame": other.description])
    try await fixture.expectRefusal(409, Fixture.faster, of: "/frame", ["frame": "no digest"])
    try await fixture.expectRefusal(
      409, Fixture.faster, of: "/frame", ["frame": frame.description].merging(seen) { $1 })
    #expect(try await fixture.opened().state.frame == nil)

    // Frozen.
    #expect(try await fixture.post("/frame", ["frame": frame.description]).status == 303)
    try await fixture.expectRefusal(
      409, Fixture.faster, of: "/frame", ["frame": frame.description])
    try await fixture.expectRefusal(
      422,
      Fixture.mistake(
        "frozen", "No other list can be received: draw from the one that was frozen")
    ) { try await fixture.send(list.file, to: path, by: lead, right) }
    #expect(try await fixture.opened().state.frame?.value.frame == frame)
  }

  @Test func `a draw that cannot be as wished is refused at its field, and the second is late`()
    async throws
  {
    let (fixture, _) = try await frozen()
    let shared = ["size": "", "confidence": "80", "margin": "5"]
    func sized(_ changes: [String: String]) -> [String: String] {
      shared.merging(changes) { $1 }
    }
    let forms: [(changes: [String: String], words: String)] = [
      (["seed": ""], Fixture.mistake("seed", "Enter the seed that the provider gave")),
      (
        ["seed": String(repeating: "6", count: 201)],
        Fixture.mistake("seed", "Write at most 200 characters")
      ),
      (
        ["source": String(repeating: "x", count: 1_001)],
        Fixture.mistake("source", "Write at most 1,000 characters")
      ), (["method": "dice"], Fixture.mistake("method", "Choose a method")),
      (["kind": "none"], "The plan probation has no sample “none”"),
      (["size": "ten"], Fixture.mistake("size", "Enter a whole number of cases")),
      (
        ["size": "0"],
        Fixture.mistake("size", "0 is not a number of cases: give a number from 1 to 1000000")
      ),
      (
        sized(["confidence": "most"]),
        Fixture.mistake("confidence", "Enter the confidence, such as 80")
      ), (sized(["margin": ""]), Fixture.mistake("margin", "Enter the margin, such as 5")),
      (
        sized(["confidence": "10"]),
        Fixture.mistake(
          "confidence", "10.0 is out of range: give a percentage from 50 to 99.99")
      ),
      (
        sized(["margin": "60"]),
        Fixture.mistake("margin", "60.0 is out of range: give points of percent from 0.1 to 50")
      ),
      (
        Fixture.day("from", 31, 2, 2026),
        Fixture.mistake("from-day", "The first day must be a day, such as 11 3 2027")
      ),
      (
        Fixture.day("from", 2, 6, 2026).merging(Fixture.day("until", 1, 6, 2026)) { $1 },
        Fixture.mistake("until-day", "The last day is before the first")
      ), (Fixture.day("until", 1, 6, 1990), "No case is in scope of the sample “main”"),
      (
        ["refused": ""],
        "rows that were refused: ask for a corrected list, or choose to draw without them"
      ), (["size": "700", "shortfall": ""], "<a href=\"#shortfall\">700 cases are wanted and "),
      (
        ["size": "700", "shortfall": ""],
        ": lower the number, widen the window, or say why fewer are accepted</a>"
      ),
    ]
    for (changes, words) in forms {
      try await fixture.expectRefusal(
        422, words, of: "/sample", Self.wish.merging(changes) { $1 })
    }
    let decisions = Fixture.File(
      "decisions", "keep.csv",
      Array("crn,started_on,decision,reason\nX1,2026-05-04,keep,The later one\n".utf8))
    for words in [
      "<a href=\"#decisions\">Line 2: ", "is not a letter and six digits: give the CRN",
    ] {
      try await fixture.expectRefusal(422, words) {
        try await fixture.send(
          decisions, to: fixture.path("/sample"), by: fixture.lead, Self.wish)
      }
    }
    #expect(try await fixture.opened().state.sample == nil)

    #expect(try await fixture.post("/sample", Self.wish).status == 303)
    let file = try #require(try await fixture.opened().state.sample).file
    try await fixture.expectRefusal(
      409, Fixture.faster, of: "/sample", Self.wish.merging(["seed": "6 6 6 6"]) { $1 })
    #expect(try await fixture.opened().state.sample?.file == file)
  }

  @Test func `a sample is changed only by cases that can come, each for a reason`() async throws {
    let (fixture, list) = try await frozen()
    #expect(try await fixture.post("/sample", Self.wish).status == 303)
    let drawn = try #require(
      try await fixture.planning.sampleFile(of: try await fixture.opened()))
    let audit = try SampleAudit(drawn)
    let selected = try #require(audit.selected.first?.crn)
    let reserve = try #require(audit.reserve.first?.crn)
    let known = Set((audit.selected + audit.reserve).map(\.crn))
    let others = Set(list.crns).subtracting(known).sorted()
    #expect(!list.crns.contains("Z999999"))
    let mayCome = "and may still come for another case: name a case that does not"

    let forms: [(path: String, fields: [String: String], field: String, what: String)] = [
      (
        "/replace", ["number": "999", "reason": "x"], "number",
        "Enter the number of a case in the sample"
      ), ("/replace", ["number": "1"], "reason", "Say why"),
      (
        "/add", ["crn": "Z99", "why": "x"], "crn", "Enter a CRN: a letter and six digits"
      ), ("/add", ["crn": others[0]], "why", "Say why"),
      (
        "/add", ["crn": "Z999999", "why": "x"], "crn",
        "Z999999 is not in the list: name a case that was accepted"
      ),
      (
        "/add", ["crn": selected, "why": "x"], "crn",
        "\(selected) is in the sample already: name another case"
      ),
      (
        "/add", ["crn": reserve, "why": "x"], "crn",
        "\(reserve) stands in reserve \(mayCome)"
      ),
    ]
    for (path, fields, field, what) in forms {
      try await fixture.expectRefusal(
        422, Fixture.mistake(field, what), of: "/sample" + path, fields)
    }

    // Two over one revision.
    let seen = ["seen": "\(try await fixture.revision())", "why": "A death"]
    let added = try await fixture.post("/sample/add", seen.merging(["crn": others[0]]) { $1 })
    #expect(added.status == 303)
    try await fixture.expectRefusal(
      409, Fixture.faster, of: "/sample/add", seen.merging(["crn": others[1]]) { $1 })

    // Until nobody is left who could come.
    let short = try #require(
      audit.strata.filter { $0.drawn > $0.reserve }.min { $0.reserve < $1.reserve })
    var left = audit.selected.filter { $0.stratum == short.name }.map(\.position)
    while let number = left.last,
      try await fixture.post("/sample/replace", ["number": "\(number)", "reason": "Moved"]).status
        == 303
    {
      left.removeLast()
    }
    let number = try #require(left.last)
    try await fixture.expectRefusal(
      422, "reserve of \(short.name) has no case left", of: "/sample/replace",
      ["number": "\(number)", "reason": "Moved"])
  }
}
