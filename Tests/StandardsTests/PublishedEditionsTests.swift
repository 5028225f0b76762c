import Calendars
import Foundation
import Problems
import Providers
import RuleFiles
import Standards
import TestKit
import Testing

struct PublishedEditionsTests {
  @Test func `every published edition loads without problems`() throws {
    let editions = try PublishedEditions.load()
    #expect(editions.ruleBooks.map(\.id.text) == Editions.names)
    #expect(editions.sources.count == Editions.names.count)
    #expect(editions.concordances.count == 5)
  }

  /// A rating names the edition it rests on by this digest.
  @Test(arguments: try GoldenTable("digests", in: .module).rows)
  func `a published edition is never edited`(_ row: GoldenTable.Row) throws {
    let book = try Editions.book(row.text("case"))
    #expect(book.digest.description == (try row.text("digest")))
    #expect(book.standards.count == (try row.number("standards")))
  }

  @Test func `every published edition has its digest in the table`() throws {
    let pinned = try GoldenTable("digests", in: .module).rows.map { try $0.text("case") }
    #expect(pinned == Editions.names)
  }

  @Test(arguments: Editions.names)
  func `a shipped file is the edition that it makes`(_ name: String) throws {
    let book = try Editions.book(name)
    #expect(try RuleBook.read(yaml: Editions.source(name), file: "\(name).yaml") == book)
    #expect(try Editions.published.get()[Editions.id(name)] == book)
  }

  @Test(arguments: [
    ("crc-2018", ["1.1", "1.2", "1.3", "1.4", "2.1", "2.2", "2.3", "2.4", "4.1", "4.2"]),
    ("crc-2019", ["1.1", "1.2", "1.3", "1.4", "2.1", "2.2", "2.3", "2.4", "4.1", "4.2"]),
    ("nps-2018", ["1.1", "1.2", "1.3", "1.4", "2.1", "2.2", "2.3", "2.4", "3.1", "3.2"]),
    ("nps-2019", ["1.1", "1.2", "1.3", "1.4", "2.1", "2.2", "2.3", "2.4", "3.1", "3.2"]),
    ("pdu-2021", ["1.1", "1.2", "1.3", "1.4", "2.1", "2.2", "2.3", "2.4", "2.5"]),
    ("pdu-2023", ["1.1", "1.2", "1.3", "2.1", "2.2", "2.3", "2.4"]),
    ("region-2023", ["1.1", "1.2", "2.1", "2.2", "2.3", "2.4", "2.5", "2.6"]),
    (
      "youth-2018",
      [
        "1.1", "1.2", "1.3", "1.4", "2.1", "2.2", "2.3", "2.4", "3.1", "3.2", "3.3", "3.4", "4.1",
      ]
    ),
  ])
  func `an edition has the published standards`(_ name: String, _ codes: [String]) throws {
    #expect(try Editions.book(name).standards.map(\.code.text) == codes)
  }

  @Test(arguments: [
    ("crc-2018", 30), ("crc-2019", 30), ("nps-2018", 30), ("nps-2019", 30), ("pdu-2021", 27),
    ("pdu-2023", 21), ("region-2023", 24), ("youth-2018", 36),
  ])
  func `the maximum is three points for each counted standard`(
    _ name: String, _ maximum: Int
  ) throws {
    let book = try Editions.book(name)
    #expect(book.maximum == maximum)
    #expect(book.standards.count(where: \.isCounted) * 3 == maximum)
    #expect(Rating.allCases.map { book.scores[$0] } == [0, 1, 2, 3])
    #expect((book.scores.least, book.scores.most) == (0, 3))
  }

  @Test func `only resettlement in youth is not counted`() throws {
    for name in Editions.names {
      let uncounted = try Editions.book(name).standards.filter { !$0.isCounted }.map(\.code.text)
      #expect(uncounted == (name == "youth-2018" ? ["4.1"] : []))
    }
  }

  @Test func `the case standards of 2021 run from court work to reviewing`() throws {
    let book = try Editions.book("pdu-2021")
    #expect(
      book.standards.filter { $0.ratedBy == .caseQuestions }.map(\.title) == [
        "Court work", "Assessment", "Planning", "Implementation and delivery", "Reviewing",
      ])
  }

  @Test func `four standards of a region are pooled from its delivery units`() throws {
    let pooled = try Editions.book("region-2023").standards.filter { $0.ratedBy == .pooled }
    #expect(pooled.map(\.code.text) == ["2.1", "2.2", "2.3", "2.5"])
    for name in Editions.names where name != "region-2023" {
      #expect(try Editions.book(name).standards.allSatisfy { $0.ratedBy != .pooled })
    }
  }

  @Test func `a pooled question names questions that their edition has`() throws {
    let region = try Editions.book("region-2023")
    let pools = region.standards.flatMap(\.questions).compactMap(\.pooledFrom)
    #expect(!pools.isEmpty)
    for pool in pools {
      let book = try #require(Editions.published.get()[pool.edition])
      let known = Set(book.standards.flatMap(\.questions).map(\.code))
      #expect(!pool.questions.isEmpty)
      #expect(pool.questions.allSatisfy(known.contains))
    }
  }

  @Test(arguments: Editions.names)
  func `every rule, standard and question has a source and says what to look for`(
    _ name: String
  ) throws {
    let book = try Editions.book(name)
    let questions = book.standards.flatMap(\.questions)
    let sources =
      [book.validity, book.bands.provenance, book.scores.provenance]
      + book.ruleTexts.map(\.rule.provenance) + book.conditions.map(\.provenance)
      + book.standards.map(\.provenance) + questions.map(\.provenance)
    #expect(sources.allSatisfy { $0.source.count >= 10 })
    #expect(book.ruleTexts.allSatisfy { !$0.rule.text.isEmpty })
    #expect(book.standards.allSatisfy { !$0.questions.isEmpty })
    #expect(questions.count >= book.standards.count)
    for question in questions {
      #expect(question.text.hasSuffix("?"))
      #expect(question.guidance.count >= 20)
      #expect(!question.title.isEmpty && !question.prompts.isEmpty)
      #expect(question.prompts.allSatisfy { !$0.isEmpty })
    }
  }

  @Test(arguments: Editions.names)
  func `questions on cases say which cases, and questions on evidence do not`(
    _ name: String
  ) throws {
    let book = try Editions.book(name)
    for standard in book.standards {
      for question in standard.questions {
        #expect((question.appliesTo == nil) == (standard.ratedBy == .evidence))
        #expect(question.appliesTo.map { book.condition($0) != nil } ?? true)
        #expect(question.code.isInside(standard.code))
      }
    }
  }

  @Test(arguments: Editions.names)
  func `no published edition ships a limit, and each says what it assumes`(_ name: String) throws {
    let book = try Editions.book(name)
    #expect(book.rules.limits.isEmpty)
    #expect(book.assumedRules.contains("Standards"))
    #expect(book.assumedRules.allSatisfy { rule in book.ruleTexts.contains { $0.name == rule } })
  }

  @Test func `an edition is found by its name, and a wrong name leads to the nearest`() throws {
    let editions = try Editions.published.get()
    #expect(
      try editions.edition(named: "pdu-2021").title == "Probation delivery units, 2021 edition")
    for (typed, meant) in [
      ("pdu-2012", "pdu-2021"), ("CRC-2018", "crc-2018"), ("yuoth-2018", "youth-2018"),
    ] {
      let refused = #expect(throws: Problems.self) { try editions.edition(named: typed) }
      #expect(
        refused?.description
          == "--standards: there is no edition “\(typed)”; did you mean “\(meant)”?")
    }
    let refused = #expect(throws: Problems.self) { try editions.edition(named: "prisons") }
    #expect(refused?.list.first?.remedy == "known: \(Editions.names.joined(separator: ", "))")
  }

  @Test func `an edition is found on its days and for its kind of provider`() throws {
    for name in Editions.names {
      let book = try Editions.book(name)
      #expect(book.providerKinds.map(\.rawValue) == [String(name.prefix { $0 != "-" })])
      #expect(book.validUntil.map { book.validFrom < $0 } ?? true)
      #expect("\(book.validFrom.year)" == name.suffix(4))
    }
  }
}
