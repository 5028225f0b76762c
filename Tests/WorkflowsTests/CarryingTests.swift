import Fieldwork
import Records
import Standards
import TestKit
import Testing

@testable import Workflows

/// What is carried between installations comes to the same on all of them.
@Suite struct CarryingTests {
  /// How many entries there are whose authors had seen what, and what they said.
  private struct Said {
    let id: EntryID
    let fields: Set<Statement.Field>
    let place: AnswerPlace
    let seen: Set<EntryID>
  }

  private struct Head: Hashable {
    let place: String
    let field: String
    let entry: EntryID
  }

  /// What holds, worked out from what everybody had seen, and from nothing else.
  private static func holding(_ all: [Said]) -> Set<Head> {
    var heads: Set<Head> = []
    for one in all {
      for field in one.fields
      where !all.contains(where: {
        $0.place == one.place && $0.fields.contains(field) && $0.seen.contains(one.id)
      }) {
        heads.insert(Head(place: one.place.subject, field: field.name, entry: one.id))
      }
    }
    return heads
  }

  private static func heads(at site: Site) -> Set<Head> {
    Set(
      site.state.answers.flatMap { place, answer in
        answer.heads.map {
          Head(place: place.subject, field: $0.statement.field.name, entry: $0.entry)
        }
      })
  }

  /// Somebody answers at a site, over a revision that may be stale, perhaps also over what their own
  /// device said before.
  private static func answer(at site: inout Site, _ chance: inout Chance) throws -> Said {
    let revision = site.state.revision
    let over = max(0, revision - [0, 0, 1, 3, 20].randomElement(using: &chance, or: 0))
    let place = AnswerPlace(
      number: Int.random(in: 1...2, using: &chance),
      question: ["2.1.1", "2.1.2"].randomElement(using: &chance, or: "2.1.1"))
    var statements: [Statement] = [
      .answer(Sufficiency.allCases.randomElement(using: &chance, or: .sufficient))
    ]
    if Bool.random(using: &chance) { statements.append(.note(isWritten: true)) }
    if Bool.random(using: &chance) {
      statements = [.prompt(1, .yes)] + statements.dropFirst()
    }
    if let evidence = site.state.evidence.keys.sorted().randomElement(using: &chance) {
      statements.append(.evidence([evidence]))
    }
    let replaces = site.entries.suffix(4).filter { $0.draft.event == "answer-given" }.map(\.id)
      .filter { _ in Int.random(in: 0..<4, using: &chance) == 0 }
    let given = try #require(GivenAnswer(statements, replaces: replaces))
    let id = try site.record(.answerGiven(place, given), over: over)
    return Said(
      id: id, fields: Set(statements.map(\.field)), place: place,
      seen: Set(site.entries.prefix(over).map(\.id)).union(replaces))
  }

  /// Something else that happens at a site, if it can.
  private static func act(at site: inout Site, _ chance: inout Chance) throws {
    let number = Int.random(in: 1...2, using: &chance)
    let query = Int.random(in: 1...3, using: &chance)
    var events: [Event] = [
      .caseSubmitted(number), .caseReopened(number),
      .queryAsked(site.state.queries.count + 1, QueryFacts(number: number, question: nil)),
      .queryAnswered(query), .queryClosed(query),
      .evidenceKept(
        Int.random(in: 1...site.state.evidence.count + 1, using: &chance), Site.evidence),
    ]
    if site.state.carriedFrom == nil { events += [.calibrationSet(1), .feedRenewed] }
    let event = events.randomElement(using: &chance, or: .caseSubmitted(number))
    if site.state.canHappen(event) { try site.record(event, over: site.state.revision) }
  }

  @Test(arguments: 1...150)
  func `in whatever order work is carried, the same statements hold everywhere`(
    _ seed: Int
  ) throws {
    var chance = Chance(seed: UInt64(seed))
    let main = try Site.main(seed: seed)
    var sites = [main]
    for number in 1...Int.random(in: 1...2, using: &chance) {
      sites.append(try Site.adopted(from: main, seed: seed * 10 + number))
    }
    var older: [Site] = []
    var said: [Said] = []
    for _ in 0..<60 {
      let place = Int.random(in: sites.indices, using: &chance)
      switch Int.random(in: 0..<10, using: &chance) {
      case 0...5: said.append(try Self.answer(at: &sites[place], &chance))
      case 6, 7: try Self.act(at: &sites[place], &chance)
      case 8:
        let from = sites.randomElement(using: &chance, or: main)
        older.append(from)
        try sites[place].take(from)
      default: try sites[place].take(older.randomElement(using: &chance) ?? main)
      }
    }
    for _ in 0..<2 {
      for to in sites.indices {
        for from in sites.indices where from != to { try sites[to].take(sites[from]) }
      }
    }

    let holding = Self.holding(said)
    for site in sites {
      #expect(Self.heads(at: site) == holding)
      #expect(Set(site.state.team.keys) == Set(sites[0].state.team.keys))
      #expect(site.state.feed == sites[0].state.feed)
      #expect(site.pieces == sites[0].pieces)
      #expect(site.links == sites[0].links)
      #expect(try site.fault() == nil)
    }
    // Everything is on every side, or was named.
    for (place, site) in sites.enumerated() {
      for from in sites where from.name != site.name {
        let carrying = try Carrying(from.entries, to: site.entries, site.state)
        #expect(carrying.drafts.isEmpty)
        let own = from.entries.count { $0.draft.event == Event.workCarriedName }
        #expect(carrying.known + carrying.left.count + own == from.entries.count)
        #expect(!carrying.left.contains { $0.entry.draft.event == "answer-given" }, "\(place)")
      }
      for from in older {
        #expect(try Carrying(from.entries, to: site.entries, site.state).drafts.isEmpty)
      }
    }
  }

  @Test
  func `two answers that knew nothing of each other are both kept, what was seen is replaced`()
    throws
  {
    var main = try Site.main(seed: 1)
    let place = AnswerPlace(number: 1, question: "2.1.1")
    try main.record(.answerGiven(place, GivenAnswer(.sufficient)), over: main.state.revision)
    var away = try Site.adopted(from: main, seed: 2)
    // The numbers of the entries go apart.
    for _ in 1...5 { try main.record(.feedRenewed, over: main.state.revision) }
    let there = try away.record(
      .answerGiven(place, GivenAnswer(.insufficient)), over: away.state.revision)

    try main.take(away)
    #expect(main.state.answers[place]?.heads.map(\.entry) == [there])

    let here = try main.record(
      .answerGiven(place, GivenAnswer(.notApplicable)), over: main.state.revision)
    let meanwhile = try away.record(
      .answerGiven(place, GivenAnswer(.sufficient)), over: away.state.revision)
    try main.take(away)
    try away.take(main)
    for site in [main, away] {
      #expect(Set(site.state.answers[place]?.heads.map(\.entry) ?? []) == [here, meanwhile])
      #expect(site.state.answers[place]?.conflicts == [.answer])
    }
  }

  @Test func `what was submitted on both sides is submitted once, and the other is named`() throws {
    var main = try Site.main(seed: 1)
    var away = try Site.adopted(from: main, seed: 2)
    try main.record(.caseSubmitted(1), over: main.state.revision)
    try main.record(.caseReopened(1), over: main.state.revision)
    let id = try away.record(.caseSubmitted(1), over: away.state.revision)

    // It could happen, and would undo a reopening that its author had not seen.
    let carrying = try Carrying(away.entries, to: main.entries, main.state)
    #expect(carrying.left.map(\.entry.id) == [id])
    #expect(carrying.left.map(\.reason) == [.isOvertaken])
    // Once they saw it, they can.
    try away.take(main)
    #expect(away.state.cases[1]?.submittedAt != nil)
  }

  @Test func `what was carried on from one side to another comes home all the same`() throws {
    var main = try Site.main(seed: 1)
    var (one, other) = (
      try Site.adopted(from: main, seed: 2), try Site.adopted(from: main, seed: 3)
    )
    let place = AnswerPlace(number: 1, question: "2.1.1")
    try other.record(.answerGiven(place, GivenAnswer(.sufficient)), over: 0)
    try main.record(.caseSubmitted(1), over: main.state.revision)
    try main.record(.caseReopened(1), over: main.state.revision)
    try one.take(main)
    let id = try one.record(.caseSubmitted(1), over: one.state.revision)

    try other.take(main)
    try other.take(one)
    try main.take(other)

    #expect(main.state.cases[1]?.submittedAt.map { main.entries[$0 - 1].id } == id)
  }

  @Test func `what must wait for an entry behind it is taken in the same import`() throws {
    var main = try Site.main(seed: 1)
    var away = try Site.adopted(from: main, seed: 2)
    try away.record(.caseSubmitted(1), over: away.state.revision)
    try main.take(away)
    try main.record(.caseReopened(1), over: main.state.revision)
    // Asked there while it was open here already, and submitted there again after that.
    try away.record(
      .queryAsked(1, QueryFacts(number: 1, question: nil)), over: away.state.revision)
    #expect(try Carrying(away.entries, to: main.entries, main.state).left.count == 1)
    try away.take(main)
    try away.record(.caseSubmitted(1), over: away.state.revision)

    try main.take(away)

    #expect(main.state.queries.count == 1 && main.state.cases[1]?.submittedAt != nil)
    #expect(try Carrying(away.entries, to: main.entries, main.state).drafts.isEmpty)
  }

  @Test func `queries and evidence of two sides get numbers of their own, and links follow`() throws
  {
    var main = try Site.main(seed: 1)
    var away = try Site.adopted(from: main, seed: 2)
    for site in [0, 1] {
      func work(_ site: inout Site) throws {
        try site.record(.evidenceKept(1, Site.evidence), over: site.state.revision)
        try site.record(.caseSubmitted(site.state.carriedFrom == nil ? 1 : 2), over: 0)
        try site.record(
          .queryAsked(
            1, QueryFacts(number: site.state.carriedFrom == nil ? 1 : 2, question: nil)),
          over: site.state.revision)
      }
      if site == 0 { try work(&main) } else { try work(&away) }
    }
    try away.record(.queryAnswered(1), over: away.state.revision)
    let place = AnswerPlace(number: 2, question: "2.1.1")
    let linked = try #require(GivenAnswer([.evidence([1, 7])]))
    try away.record(.answerGiven(place, linked), over: away.state.revision)

    try main.take(away)

    #expect(main.state.evidence.keys.sorted() == [1, 2])
    #expect(main.state.answers[place]?.last(.evidence)?.statement == .evidence([2]))
    #expect(main.state.queries[1]?.facts.number == 1 && main.state.queries[1]?.stage == .open)
    #expect(main.state.queries[2]?.facts.number == 2 && main.state.queries[2]?.stage == .answered)
    try away.take(main)
    #expect(away.state.queries[2]?.facts.number == 1 && away.state.evidence.count == 2)
    #expect(try Carrying(away.entries, to: main.entries, main.state).drafts.isEmpty)
  }

  @Test func `two versions of evidence that knew nothing of each other stay apart, and are named`()
    throws
  {
    var main = try Site.main(seed: 1)
    let first = try main.record(.evidenceKept(1, Site.evidence), over: main.state.revision)
    var away = try Site.adopted(from: main, seed: 2)
    let here = try main.record(.evidenceKept(1, Site.evidence), over: main.state.revision)
    let there = try away.record(.evidenceKept(1, Site.evidence), over: away.state.revision)

    for (to, from, id) in [(main, away, there), (away, main, here)] {
      let carrying = try Carrying(from.entries, to: to.entries, to.state)
      #expect(carrying.left.map(\.entry.id) == [id] && carrying.drafts.isEmpty)
      #expect(carrying.left.map(\.reason) == [.isOvertaken])
    }
    try main.take(away)
    #expect(main.versions(of: 1) == [first, here])
    // A version of what was seen goes on.
    var other = try Site.adopted(from: main, seed: 3)
    let next = try other.record(.evidenceKept(1, Site.evidence), over: other.state.revision)
    try main.take(other)
    #expect(main.versions(of: 1) == [first, here, next])
  }

  @Test func `planning comes from where the inspection is planned, and goes nowhere else`() throws {
    var main = try Site.main(seed: 1)
    var away = try Site.adopted(from: main, seed: 2)
    try away.record(.feedRenewed, over: away.state.revision)
    let carrying = try Carrying(away.entries, to: main.entries, main.state)
    #expect(carrying.drafts.isEmpty && carrying.left.map(\.reason) == [.isPlanning])

    let late = Site.member("late")
    try main.record(late, over: main.state.revision)
    try away.take(main)
    #expect(away.state.team.keys.contains(AuthorID(known: "late")))
  }

  @Test func `an entry that says another thing there than here is refused`() throws {
    let main = try Site.main(seed: 1)
    var (one, other) = (
      try Site.adopted(from: main, seed: 2), try Site.adopted(from: main, seed: 2)
    )
    let place = AnswerPlace(number: 1, question: "2.1.1")
    // The same chance, so the same id.
    let id = try one.record(.answerGiven(place, GivenAnswer(.sufficient)), over: 0)
    #expect(try other.record(.answerGiven(place, GivenAnswer(.insufficient)), over: 0) == id)
    #expect(throws: Carrying.Fault.differs(id)) {
      try Carrying(one.entries, to: other.entries, other.state)
    }
    let stranger = try Site.main(seed: 3)
    #expect(throws: Carrying.Fault.isAnotherInspection) {
      try Carrying(stranger.entries, to: main.entries, main.state)
    }
  }
}

extension Collection {
  fileprivate func randomElement(using chance: inout Chance, or other: Element) -> Element {
    randomElement(using: &chance) ?? other
  }
}
