import Foundation
import Problems
import RuleFiles
import Standards
import Testing

struct ConcordanceTests {
  private static let steps = [
    ("crc-2018", "crc-2019"), ("nps-2018", "nps-2019"), ("crc-2019", "pdu-2021"),
    ("nps-2019", "pdu-2021"), ("pdu-2021", "pdu-2023"),
  ]

  @Test(arguments: steps)
  func `each standard of both editions is mentioned`(_ older: String, _ newer: String) throws {
    let editions = try Editions.published.get()
    let concordance = try #require(
      editions.concordance(from: Editions.id(older), to: Editions.id(newer)))
    let from = Set(concordance.standards.compactMap(\.from))
    let to = Set(concordance.standards.compactMap(\.to))
    #expect(from == Set(try Editions.book(older).standards.map(\.code)))
    #expect(to == Set(try Editions.book(newer).standards.map(\.code)))
  }

  @Test(arguments: steps)
  func `none has one side, every other relation has two, and each has a reason`(
    _ older: String, _ newer: String
  ) throws {
    let concordance = try #require(
      Editions.published.get().concordance(from: Editions.id(older), to: Editions.id(newer)))
    #expect(concordance.overall.from == nil && concordance.overall.to == nil)
    for link in concordance.standards {
      let sides = [link.from, link.to].compactMap { $0 }.count
      #expect(sides == (link.relation == .none ? 1 : 2))
    }
    for link in concordance.standards + [concordance.overall] {
      #expect(link.reason.count >= 10 && link.provenance.source.count >= 10)
    }
    let equals = concordance.standards.filter { $0.relation == .equal }
    #expect(Set(equals.map(\.from)).count == equals.count)
    #expect(Set(equals.map(\.to)).count == equals.count)
  }

  @Test func `only what is equal may be compared`() {
    #expect(Concordance.Relation.allCases.filter(\.allowsComparison) == [.equal])
  }

  @Test func `overall ratings compare across editions of one body and not across bodies`() throws {
    let editions = try Editions.published.get()
    func comparison(_ older: String, _ newer: String) throws -> PublishedEditions.Comparison {
      try editions.overallComparison(from: Editions.id(older), to: Editions.id(newer))
    }
    #expect(try comparison("crc-2018", "crc-2019") == .allowed(since: Editions.id("crc-2018")))
    #expect(try comparison("nps-2018", "nps-2019") == .allowed(since: Editions.id("nps-2018")))
    #expect(try comparison("pdu-2021", "pdu-2021") == .allowed(since: Editions.id("pdu-2021")))
    for (older, newer) in [
      ("crc-2019", "pdu-2021"), ("nps-2019", "pdu-2021"), ("pdu-2021", "pdu-2023"),
    ] {
      guard case .notAllowed(let reason) = try comparison(older, newer) else {
        Issue.record("\(older) and \(newer) may be compared")
        continue
      }
      #expect(reason.contains("against"))
    }
    #expect(
      try comparison("crc-2019", "crc-2018")
        == .notAllowed(because: "No concordance between crc-2019 and crc-2018 was written."))
    #expect(
      try comparison("crc-2018", "pdu-2021")
        == .notAllowed(because: "No concordance between crc-2018 and pdu-2021 was written."))
  }

  @Test func `a standard is compared with its equal, wherever it stood`() throws {
    let editions = try Editions.published.get()
    func counterpart(
      _ standard: String, _ newer: String, _ older: String
    ) throws -> Concordance.Counterpart {
      try editions.counterpart(
        of: Editions.code(standard), in: Editions.id(newer), from: Editions.id(older))
    }
    #expect(
      try counterpart("2.1", "crc-2019", "crc-2018") == .comparable(Editions.code("2.1")))
    #expect(
      try counterpart("2.2", "pdu-2021", "crc-2019") == .comparable(Editions.code("2.1")))
    #expect(
      try counterpart("2.1", "pdu-2023", "pdu-2021") == .comparable(Editions.code("2.2")))
    #expect(
      try counterpart("2.1", "pdu-2021", "pdu-2021") == .comparable(Editions.code("2.1")))
    for (standard, older) in [("2.1", "crc-2019"), ("1.3", "crc-2019"), ("1.3", "crc-2018")] {
      guard case .notComparable(let reason) = try counterpart(standard, "pdu-2021", older) else {
        Issue.record("\(standard) may be compared with \(older)")
        continue
      }
      #expect(!reason.isEmpty)
    }
  }

  // MARK: - Refusals

  private static let head = "format: plumbline-concordance/1\nfrom: limits-2026\nto: limits-2026\n"
  private static let overall =
    "overall: { relation: equal, reason: Same., source: tests, status: assumed }\n"

  private func complaints(
    _ links: [String], head: String = head, overall: String = overall
  ) throws -> [String] {
    let book = try RuleBook.read(yaml: Editions.fixture("limits"), file: "limits.yaml")
    let entries = links.map { "  - { \($0), reason: Seen., source: tests, status: assumed }\n" }
    do {
      _ = try Concordance.read(
        yaml: head + overall + "standards:\n" + entries.joined(), file: "t.yaml", editions: [book])
      return []
    } catch {
      return error.list.map(\.description)
    }
  }

  private func equal(_ code: String) -> String {
    "from: \"\(code)\", to: \"\(code)\", relation: equal"
  }

  @Test func `a concordance that mentions everything reads`() throws {
    #expect(try complaints([equal("1.1"), equal("2.1"), equal("2.2")]).isEmpty)
    #expect(
      try complaints([
        equal("1.1"), equal("2.1"), "from: \"2.2\", relation: none", "to: \"2.2\", relation: none",
      ]).isEmpty)
  }

  @Test func `a standard that is not mentioned is named, on either side`() throws {
    #expect(
      try complaints([equal("1.1"), equal("2.1")]) == [
        "t.yaml:6:3: limits-2026 2.2 is not mentioned; say how it relates, or relation: none",
        "t.yaml:6:3: limits-2026 2.2 is not mentioned; say how it relates, or relation: none",
      ])
  }

  @Test func `a relation and its sides must fit`() throws {
    let remedy = "name both sides, or one side with relation: none"
    let all = [equal("1.1"), equal("2.1"), equal("2.2")]
    #expect(
      try complaints(all + ["from: \"2.1\", to: \"2.2\", relation: none"]) == [
        "t.yaml:9:5: a relation “none” between 2.1 and 2.2; \(remedy)"
      ])
    #expect(
      try complaints(all + ["from: \"2.1\", relation: subset"]) == [
        "t.yaml:9:5: a relation “subset” between 2.1 and nothing; \(remedy)"
      ])
    #expect(
      try complaints(all + ["relation: none"]) == [
        "t.yaml:9:5: a relation “none” between nothing and nothing; \(remedy)"
      ])
  }

  @Test func `unknown editions, standards, relations and keys are listed together`() throws {
    let all = [equal("1.1"), equal("2.1"), equal("2.2")]
    let head = "format: plumbline-concordance/1\nfrom: limits-2025\nto: limits-2026\nfor: nobody\n"
    #expect(
      try complaints(all + ["to: \"9.9\", relation: eqal"], head: head) == [
        "t.yaml:2:7: “limits-2025” is not a valid “from”; use limits-2026",
        "t.yaml:4:1: “for” is not a known key; known: format, from, to, overall, standards",
        "t.yaml:10:11: “9.9” is not a valid “standard”; use a standard of limits-2026",
        "t.yaml:10:28: “eqal” is not a valid “relation”; did you mean “equal”?",
      ])
  }
}
