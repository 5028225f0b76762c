import Foundation
import Standards
import Testing

struct RuleBookDifferenceTests {
  @Test(arguments: Editions.names)
  func `an edition does not differ from itself`(_ name: String) throws {
    let book = try Editions.book(name)
    let difference = RuleBookDifference(from: book, to: book)
    #expect(difference.changes.isEmpty)
    #expect(difference.from == book.id && difference.to == book.id)
  }

  @Test func `the edition of 2019 differs from that of 2018`() throws {
    let difference = RuleBookDifference(
      from: try Editions.book("crc-2018"), to: try Editions.book("crc-2019"))
    #expect(!difference.changes.isEmpty)
    let from = try #require(difference.changes.first { $0.place == "valid from" })
    #expect(from.kind == .changed)
    #expect(from.before == "2018-04-01" && from.after == "2019-09-01")
    #expect(
      !difference.changes.contains { $0.place.hasPrefix("band ") || $0.place.hasPrefix("score ") })
  }

  /// What one direction adds the other removes.
  @Test(arguments: [("crc-2018", "crc-2019"), ("crc-2019", "pdu-2021"), ("pdu-2021", "pdu-2023")])
  func `the way back undoes the way there`(_ one: String, _ other: String) throws {
    let (old, new) = (try Editions.book(one), try Editions.book(other))
    let there = RuleBookDifference(from: old, to: new).changes
    let back = RuleBookDifference(from: new, to: old).changes
    #expect(!there.isEmpty)
    let undone = there.map { change in
      RuleBookDifference.Kind.added == change.kind
        ? "removed \(change.place) \(change.after ?? "")"
        : change.kind == .removed
          ? "added \(change.place) \(change.before ?? "")"
          : "changed \(change.place) \(change.after ?? "") \(change.before ?? "")"
    }
    let done = back.map { change in
      "\(change.kind.rawValue) \(change.place) "
        + [change.before, change.after].compactMap { $0 }.joined(separator: " ")
    }
    #expect(undone.sorted() == done.sorted())
  }

  @Test(arguments: [
    ("from: 80, words", "from: 81, words", "band outstanding"),
    ("outstanding: 3", "outstanding: 4", "score outstanding"),
    ("not-answered: unknown", "not-answered: set-aside", "rule not answered"),
    ("good: 5, outstanding: 8", "good: 6, outstanding: 8", "overall bands of 9"),
    ("text: The lowest key question decides.", "text: It decides.", "rule text: Standards"),
    (
      "rated-at-most: inadequate, at-least: 1", "rated-at-most: good, at-least: 1",
      "limit unsafe-casework"
    ),
    ("at-least: 2", "at-least: 1", "limit leadership-follows-casework"),
    ("overall-at-most: requires-improvement", "overall-at-most: good", "limit unsafe-casework"),
    (
      "standard: \"1.1\", at-most: good", "standard: \"2.1\", at-most: good",
      "limit leadership-follows-casework"
    ),
    ("title: Leadership", "title: Leaders", "standard 1.1"),
    ("text: Does it keep others safe?", "text: Is it safe?", "question 2.1.2 text"),
    ("prompts: [Safety]", "prompts: [Safe]", "question 2.1.2 prompts"),
  ])
  func `every rule that changes is named`(_ old: String, _ new: String, _ place: String) throws {
    var yaml = try Editions.fixture("limits")
    let one = try RuleBook.read(yaml: yaml, file: "one.yaml")
    yaml = try yaml.changing(old, to: new)
    if old == "outstanding: 3" {
      yaml = try yaml.changing("maximum: 9", to: "maximum: 12")
    }
    let other = try RuleBook.read(yaml: yaml, file: "other.yaml")
    let changes = RuleBookDifference(from: one, to: other).changes
    #expect(changes.contains { $0.place == place && $0.kind == .changed })
    #expect(changes.count == (old == "outstanding: 3" ? 3 : 1))
  }
}
