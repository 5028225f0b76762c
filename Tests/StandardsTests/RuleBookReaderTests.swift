import Foundation
import Problems
import Standards
import TestKit
import Testing

struct RuleBookReaderTests {
  /// The whole table at once: nothing may be left out and nothing may be said that is not in it.
  @Test func `every mistake in a broken rule book is listed with its line and column`() throws {
    let expected = try GoldenTable("broken", in: .module).rows.map { row in
      "broken.yaml:\(try row.number("line")):\(try row.number("column")): "
        + "\(try row.text("case")); \(try row.text("remedy"))"
    }
    let yaml = try Editions.fixture("broken")
    let refused = try #require(
      #expect(throws: Problems.self) { try RuleBook.read(yaml: yaml, file: "broken.yaml") })
    #expect(expected.count >= 15)
    #expect(refused.list.map(\.description) == expected)
  }

  @Test(arguments: try GoldenTable("broken", in: .module).rows)
  func `a line and a column point at what is wrong`(_ row: GoldenTable.Row) throws {
    let lines = try Editions.fixture("broken").components(separatedBy: "\n")
    let line = lines[try row.number("line") - 1]
    #expect(line.dropFirst(try row.number("column") - 1).hasPrefix(try row.text("at")))
  }

  @Test func `a key given twice is named`() throws {
    let yaml = try Editions.fixture("limits")
    #expect(
      Editions.complaints(try yaml.changing("title: Limits for tests", to: "title: A\ntitle: B"))
        == [
          "t.yaml:4:1: a key is given twice: title; mend the YAML; the rest is checked after that"
        ])
    let inside = try yaml.changing(
      "            guidance: Look for one.\n",
      to: "            guidance: A\n            text: B\n            guidance: C\n")
    #expect(
      Editions.complaints(inside) == [
        "t.yaml:73:13: a key is given twice: guidance, text; "
          + "mend the YAML; the rest is checked after that"
      ])
  }

  @Test func `what is not YAML is refused with its line`() throws {
    let yaml = try Editions.fixture("limits")
    let complaints = Editions.complaints(try yaml.changing("id: limits-2026", to: "id: [limits"))
    #expect(complaints.count == 1)
    #expect(complaints.first?.hasPrefix("t.yaml:4:") == true)
    #expect(complaints.first?.contains(": not YAML: ") == true)
    #expect(Editions.complaints("\tid: x").first?.hasPrefix("t.yaml:1:1: not YAML: ") == true)
    #expect(Editions.complaints("a: \"").first?.contains("not YAML: ") == true)
  }

  @Test(arguments: ["", "\n", "# Only a comment.\n"])
  func `an empty file is refused`(_ yaml: String) {
    #expect(
      Editions.complaints(yaml) == [
        "t.yaml: the file is empty; start from a published edition"
      ])
  }

  @Test(arguments: ["just text", "- a\n- b\n", "case,question,answer\n"])
  func `a file that is no mapping is refused`(_ yaml: String) {
    #expect(
      Editions.complaints(yaml) == [
        "t.yaml:1:1: the file must be a mapping of keys to values; write key: value"
      ])
  }

  @Test func `everything that is missing is listed`() {
    let keys = [
      "id", "title", "provider-kinds", "valid", "bands", "scores", "conditions", "domains", "rules",
    ]
    #expect(
      Editions.complaints("format: plumbline-rule-book/1")
        == keys.map { "t.yaml:1:1: “\($0)” is missing; add \($0):" })
  }

  @Test(arguments: [
    ("from: 50, ", "from: 49, ", true), ("from: 50, ", "from: 0, ", false),
    ("from: 50, ", "from: 65, ", false), ("from: 80, ", "from: 100, ", true),
    ("from: 80, ", "from: 66, ", true), ("from: 80, ", "from: 65, ", false),
    ("from: 80, ", "from: 80.5, ", false), ("from: 80, ", "from: -1, ", false),
    ("good: 5, outstanding: 8 }", "good: 2, outstanding: 8 }", false),
    ("good: 5, outstanding: 8 }", "good: 3, outstanding: 9 }", true),
    ("good: 5, outstanding: 8 }", "good: 3, outstanding: 10 }", false),
    ("maximum: 9", "maximum: 12", false), ("maximum: 6", "maximum: 9", false),
    ("maximum: 6", "maximum: 5", true), ("at-least: 2", "at-least: 3", false),
    ("at-least: 2", "at-least: 1", true), ("at-least: 2", "at-least: 0", false),
    ("from: 2026-01-01", "from: 2026-01-01, until: 2026-01-02", true),
    ("from: 2026-01-01", "from: 2026-01-01, until: 2026-01-01", false),
    ("from: 2026-01-01", "from: 2026-01-01, until: 2025-12-31", false),
  ])
  func `both sides of what a rule book may say`(
    _ old: String, _ new: String, _ isRead: Bool
  ) throws {
    let complaints = Editions.complaints(try Editions.fixture("limits").changing(old, to: new))
    #expect(complaints.isEmpty == isRead, "\(complaints)")
  }

  @Test func `a rule book with limits reads`() throws {
    let yaml = try Editions.fixture("limits")
    let book = try RuleBook.read(yaml: yaml, file: "limits.yaml")
    #expect(book.rules.limits.map(\.name) == ["unsafe-casework", "leadership-follows-casework"])
    let (first, second) = (book.rules.limits[0], book.rules.limits[1])
    #expect(first.standards.map(\.text) == ["2.1", "2.2"])
    #expect(first.ratedAtMost == .inadequate)
    #expect(first.atLeast == 1)
    #expect(first.effect == .overallAtMost(.requiresImprovement))
    #expect(second.ratedAtMost == .requiresImprovement)
    #expect(second.atLeast == 2)
    #expect(second.effect == .standardAtMost(try Editions.code("1.1"), .good))
    #expect(book.rules.panel == nil)
    #expect(book.rules.keyQuestion.notAnswered == .unknown)
    #expect(
      book.ruleTexts.map(\.name).suffix(2) == [
        "Limit: unsafe-casework", "Limit: leadership-follows-casework",
      ])
  }

  @Test func `an edition without an overall rating reads`() throws {
    let yaml = try Editions.fixture("limits")
    let overall = try #require(yaml.firstMatch(of: /\ \ overall:\n(\ {4}[^\n]*\n)+/))
    let without = yaml.replacingCharacters(
      in: overall.range,
      with: "  overall: { rule: none, text: There is none., source: tests, status: assumed }\n")
    let book = try RuleBook.read(yaml: without, file: "t.yaml")
    guard case .none(let text) = book.rules.overall else {
      Issue.record("the edition has an overall rating")
      return
    }
    #expect(text.text == "There is none.")
  }
}
