import Calendars
import OrderedJSON
import Records
import TestKit
import Testing

@testable import Fieldwork

@Suite struct AnswerStateTests {
  private static let (one, other) = (AuthorID(known: "one"), AuthorID(known: "other"))

  /// An id that sorts by its number.
  private static func id(_ number: Int) -> EntryID {
    var chance = Chance(seed: UInt64(number))
    return EntryID(at: Instant(milliseconds: 1_767_225_600_000 + number), using: &chance)
  }

  private static func given(_ statements: [Statement], after: [Int] = []) throws -> GivenAnswer {
    try #require(GivenAnswer(statements, replaces: after.map(id)))
  }

  @Test func `what was seen is replaced, what was not is kept beside it`() throws {
    var state = AnswerState()
    state.take(try Self.given([.answer(.sufficient)]), Self.id(1), by: Self.one, over: 0, at: 1)
    state.take(try Self.given([.answer(.insufficient)]), Self.id(2), by: Self.one, over: 1, at: 2)
    #expect(state.answer == .insufficient && state.conflicts.isEmpty)
    // Over a stale revision, and over one that nobody else saw.
    state.take(try Self.given([.answer(.sufficient)]), Self.id(3), by: Self.other, over: 1, at: 3)
    #expect(state.answer == nil && state.isAnswered && state.conflicts == [.answer])
    #expect(state.heads(of: .answer).map(\.sequence) == [2, 3])
    // Somebody who sees both chooses.
    state.take(try Self.given([.answer(.sufficient)]), Self.id(4), by: Self.one, over: 3, at: 4)
    #expect(state.answer == .sufficient && state.conflicts.isEmpty)
    #expect(state.heads.map(\.entry) == [Self.id(4)])
  }

  @Test func `fields that do not clash merge by themselves`() throws {
    var state = AnswerState()
    state.take(
      try Self.given([.answer(.sufficient), .prompt(1, .yes)]), Self.id(1), by: Self.one, over: 0,
      at: 1)
    state.take(
      try Self.given([.prompt(2, .no), .note(isWritten: true)]), Self.id(2), by: Self.other,
      over: 0, at: 2)
    // The same said twice is no conflict; two notes are, since nobody knows what they say.
    state.take(
      try Self.given([.prompt(1, .yes), .note(isWritten: true)]), Self.id(3), by: Self.other,
      over: 1, at: 3)
    #expect(state.conflicts == [.note])
    #expect(state.answer == .sufficient)
    #expect(state.last(.prompt(2))?.statement == .prompt(2, .no))
  }

  /// What devices say while they see nothing of each other, each thing after what it said before.
  private static func said(by chance: inout Chance) throws -> [(GivenAnswer, EntryID, AuthorID)] {
    var all: [(GivenAnswer, EntryID, AuthorID)] = []
    for (author, start) in [(one, 0), (other, 100)] {
      var own: [Int] = []
      for step in 1...Int.random(in: 2...6, using: &chance) {
        let answer = Sufficiency.allCases.randomElement(using: &chance)
        var statements: [Statement] = [.answer(answer)]
        if Bool.random(using: &chance) { statements.append(.note(isWritten: true)) }
        if Bool.random(using: &chance) { statements.append(.prompt(1, .no)) }
        all.append((try given(statements, after: own), id(start + step), author))
        own.append(start + step)
      }
    }
    return all
  }

  @Test(arguments: 1...200)
  func `any order of arrival comes to the same`(_ seed: Int) throws {
    var chance = Chance(seed: UInt64(seed))
    let said = try Self.said(by: &chance)
    var named: Set<Set<AnswerState.Named>> = []
    func heads(_ order: [(GivenAnswer, EntryID, AuthorID)]) -> Set<Head> {
      var state = AnswerState()
      defer { named.insert(state.named) }
      for (place, one) in order.enumerated() {
        state.take(one.0, one.1, by: one.2, over: 0, at: place + 1)
      }
      return Set(state.heads.map { Head(statement: $0.statement, entry: $0.entry) })
    }
    let inOrder = heads(said)
    // Of each device the last of each field holds, and nothing else.
    for (author, count) in [(Self.one, 1), (Self.other, 1)] {
      let last = said.last { $0.2 == author }
      #expect(
        inOrder.filter { $0.statement.field == .answer && $0.entry == last?.1 }.count == count)
    }
    for _ in 1...5 { #expect(heads(said.shuffled(using: &chance)) == inOrder) }
    #expect(named.count == 1)
  }

  private struct Head: Hashable {
    let statement: Statement
    let entry: EntryID
  }

  @Test func `a state comes out of its document as it went in`() throws {
    for seed in 1...50 {
      var chance = Chance(seed: UInt64(seed))
      var state = AnswerState()
      let said = try Self.said(by: &chance).shuffled(using: &chance)
      for (place, one) in said.enumerated() {
        state.take(one.0, one.1, by: one.2, over: 0, at: place + 1)
        let document = try JSON(bytes: state.document.compactBytes)
        let read = AnswerState(document: document, at: AnswerPlace(number: 1, question: "2.1.1"))
        #expect(read == state)
      }
    }
  }

  @Test(arguments: [
    (Sufficiency.sufficient, [PromptAnswer.no, .no, .no], true),
    (.sufficient, [.no], false), (.sufficient, [.no, .no], false),
    (.sufficient, [.no, .no, .yes, .yes], false), (.sufficient, [.no, .no, .no, .yes], true),
    (.sufficient, [.no, .no, .notApplicable], true), (.sufficient, [.no, .notApplicable], false),
    (.sufficient, [], false), (.insufficient, [.yes, .yes, .yes], true),
    (.insufficient, [.yes, .yes], false), (.insufficient, [.yes, .yes, .yes, .no], false),
    (.insufficient, [.yes, .yes, .notApplicable], true), (.notApplicable, [.no, .no, .no], false),
  ])
  func `an answer that goes against most of four prompts is told`(
    _ answer: Sufficiency, _ prompts: [PromptAnswer], _ isContradicted: Bool
  ) throws {
    var state = AnswerState()
    let statements =
      [.answer(answer)] + prompts.enumerated().map { Statement.prompt($0 + 1, $1) }
    state.take(try Self.given(statements), Self.id(1), by: Self.one, over: 0, at: 1)
    #expect(state.isContradicted(ofPrompts: 4) == isContradicted)
  }
}
