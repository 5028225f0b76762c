import Foundation
import Judgements
import Problems
import Ratings
import Standards
import Statistics
import TestKit
import Testing

struct RatingEngineTests {
  @Test(arguments: try GoldenTable("overall", in: .module).rows)
  func `the whole takes the band of the summed scores`(_ row: GoldenTable.Row) throws {
    let book = try Editions.book(row.text("edition"))
    let grades = try row.text("grades").split(separator: " ").compactMap { Int($0) }
    var ratings: [GivenRating] = zip(Rating.allCases, grades).flatMap { rating, count in
      Array(repeating: .rated(rating), count: count)
    }
    let counted = book.standards.filter(\.isCounted)
    try #require(counted.count == ratings.count)
    ratings.reverse()
    let given = try Editions.given(
      Dictionary(uniqueKeysWithValues: zip(counted.map(\.code.text), ratings)))

    let rating = try RatingEngine(book).rate(RatingInputs(given: given))

    #expect(rating.overall.score == (try row.number("score")))
    #expect(rating.overall.maximum == (try row.number("maximum")))
    #expect(rating.overall.rating?.rawValue == (try row.text("overall")))
  }

  @Test(arguments: try GoldenTable("standard", in: .module).rows)
  func `a standard takes the band of its lowest key question`(_ row: GoldenTable.Row) throws {
    let questions = ["2.1.1", "2.1.2", "2.1.3"]
    let counts = try Dictionary(uniqueKeysWithValues: questions.map { ($0, try row.text($0)) })

    let rating = try RatingEngine(Editions.book("crc-2018")).rate(
      RatingInputs(answers: Editions.tally(counts)))

    let standard = try #require(rating.standards.first { $0.code.text == "2.1" })
    #expect((standard.rating?.rawValue ?? "unknown") == (try row.text("rating")))
    #expect((standard.deciding?.code.text ?? "-") == (try row.text("deciding")))
  }

  @Test(arguments: try GoldenTable("panel", in: .module).rows)
  func `what is near another band is open to the panel`(_ row: GoldenTable.Row) throws {
    let share = "\(try row.number("sufficient"))/\(try row.number("applicable"))"
    let answers = try Editions.tally(["2.1.3": share])

    let rating = try RatingEngine(Editions.book("crc-2018")).rate(RatingInputs(answers: answers))

    let opening = rating.openToPanel.first
    let because = opening?.because.map(\.name).joined(separator: " ")
    #expect((because ?? "") == (try row.text("because")))
    let towards = opening?.towards.map(\.rawValue).joined(separator: " ")
    #expect((towards ?? "") == (try row.text("towards")))
  }

  @Test func `64.95 percent prints as 65 and is still Requires improvement`() throws {
    let answers = try Editions.tally(["2.1.3": "1299/2000"])
    let rating = try RatingEngine(Editions.book("crc-2018")).rate(RatingInputs(answers: answers))

    #expect(rating.standards[4].rating == .requiresImprovement)
    #expect(
      rating.notices.contains { $0.contains("1299 of 2000 prints as 65% and does not reach 65%") })
  }

  @Test func `unknown standards leave a range, and a rating only when all of it agrees`() throws {
    let book = try Editions.book("pdu-2021")
    let eight = ["1.1", "1.2", "1.3", "1.4", "2.1", "2.2", "2.3", "2.4"]
    let low = try Editions.given(
      Dictionary(uniqueKeysWithValues: eight.map { ($0, GivenRating.rated(.inadequate)) }))
    let agreed = try RatingEngine(book).rate(RatingInputs(given: low))
    #expect(agreed.overall.possible == 0...3)
    #expect(agreed.overall.score == nil)
    #expect(agreed.overall.rating == .inadequate)

    let open = try RatingEngine(book).rate(RatingInputs(given: Array(low.dropLast())))
    #expect(open.overall.possible == 0...6)
    #expect(open.overall.result == .open(.inadequate...(.requiresImprovement)))
    #expect(open.notices.contains { $0.contains("scores from 0 to 6 of 27 are possible") })
  }

  @Test func `a standard that was not inspected leaves the sum and the maximum`() throws {
    let book = try Editions.limits()
    let rating = try RatingEngine(book).rate(
      RatingInputs(
        given: Editions.given([
          "1.1": .notInspected, "2.1": .rated(.good), "2.2": .rated(.good),
        ])))
    #expect(rating.overall.maximum == 6)
    #expect(rating.overall.score == 4)
    #expect(rating.overall.rating == .good)
    #expect(rating.standards[0].isCounted == false)
    #expect(rating.standards[0].rating == nil)
  }

  @Test func `without bands for the maximum there is no overall rating, and it says why`() throws {
    let book = try Editions.book("crc-2018")
    var given: [String: GivenRating] = [:]
    for standard in book.standards { given[standard.code.text] = .rated(.good) }
    given["4.2"] = .notInspected
    let rating = try RatingEngine(book).rate(RatingInputs(given: Editions.given(given)))

    #expect(rating.overall.rating == nil)
    #expect(rating.overall.score == 18)
    #expect(rating.overall.maximum == 27)
    #expect(rating.overall.reasonNotRated?.contains("no bands for a maximum of 27") == true)
  }

  @Test func `a standard that is not counted changes neither sum nor maximum`() throws {
    let book = try Editions.book("youth-2018")
    var given: [String: GivenRating] = [:]
    for standard in book.standards { given[standard.code.text] = .rated(.good) }
    let good = try RatingEngine(book).rate(RatingInputs(given: Editions.given(given)))
    given["4.1"] = .rated(.inadequate)
    let low = try RatingEngine(book).rate(RatingInputs(given: Editions.given(given)))

    #expect(good.overall.result == low.overall.result)
    #expect(good.overall.possible == low.overall.possible)
    #expect(low.overall.score == 24)
    #expect(low.overall.maximum == 36)
  }

  @Test func `limits cap a standard and the whole, and say so`() throws {
    let book = try Editions.limits()
    let rating = try RatingEngine(book).rate(
      RatingInputs(
        answers: Editions.tally(["2.1.1": "1/10", "2.1.2": "10/10", "2.2.1": "6/10"]),
        given: Editions.given(["1.1": .rated(.outstanding)])))

    // Inadequate, Requires improvement and a leadership capped from Outstanding to Good: 0+1+2.
    #expect(rating.standards.map(\.rating) == [.good, .inadequate, .requiresImprovement])
    #expect(rating.overall.score == 3)
    #expect(rating.overall.rating == .requiresImprovement)
    #expect(
      rating.overall.limits.map(\.name) == ["unsafe-casework", "leadership-follows-casework"])
  }

  @Test func `the limit on the whole caps a rating that the sum would give`() throws {
    let book = try Editions.limits()
    let rating = try RatingEngine(book).rate(
      RatingInputs(
        given: Editions.given([
          "1.1": .rated(.outstanding), "2.1": .rated(.inadequate), "2.2": .rated(.outstanding),
        ])))
    #expect(rating.overall.score == 6)
    #expect(rating.overall.rating == .requiresImprovement)
  }

  @Test func `a question that the book does not set aside leaves the standard unknown`() throws {
    let rating = try RatingEngine(Editions.limits()).rate(
      RatingInputs(answers: Editions.tally(["2.1.1": "9/10"])))
    let standard = try #require(rating.standards.first { $0.code.text == "2.1" })
    #expect(standard.rating == nil)
    #expect(
      standard.outcome == .unknown("2.1.2 has no share, and the rule book does not set it aside."))
  }

  @Test func `rule rating and final rating are both kept`() throws {
    let book = try Editions.book("crc-2018")
    let answers = try Editions.tally(["2.1.1": "50/60", "2.1.2": "45/60", "2.1.3": "14/30"])
    let rating = try RatingEngine(book).rate(
      RatingInputs(
        answers: answers, panel: [try Editions.decision("2.1", .requiresImprovement)]))
    let standard = rating.standards[4]
    #expect(standard.ruleRating == .inadequate)
    #expect(standard.rating == .requiresImprovement)
    #expect(standard.score == 1)
    #expect(rating.ruleOverall.possible.lowerBound + 1 == rating.overall.possible.lowerBound)
  }

  @Test func `the panel moves only what is open, and only where it is open to`() throws {
    let book = try Editions.book("crc-2018")
    let answers = try Editions.tally(["2.1.3": "14/30", "2.2.3": "30/100"])
    let refused: [(PanelDecision, String)] = [
      (try Editions.decision("2.2", .requiresImprovement), "2.2 is not open to the panel"),
      (try Editions.decision("2.1", .good), "cannot be moved to good"),
      (try Editions.decision("2.1", .inadequate), "inadequate by the rules already"),
      (try Editions.decision("1.1", .good), "1.1 is not open to the panel"),
    ]
    for (decision, what) in refused {
      let problems = #expect(throws: Problems.self) {
        try RatingEngine(book).rate(RatingInputs(answers: answers, panel: [decision]))
      }
      #expect(problems?.list.count == 1)
      #expect(problems?.list.first?.what.contains(what) == true)
      #expect(problems?.list.first?.line == 2)
    }
  }

  @Test func `a standard judged in two ways is refused`() throws {
    let book = try Editions.book("crc-2018")
    let judgements = try Editions.given(["2.1": .rated(.good), "1.1": .rated(.good)])
    let problems = #expect(throws: Problems.self) {
      try RatingEngine(book).rate(
        RatingInputs(
          answers: Editions.tally(["2.1.1": "1/2"]), evidence: [judgements[0]], given: judgements))
    }
    #expect(problems?.list.map(\.what).contains("2.1 Assessment has answers too") == true)
    #expect(problems?.list.map(\.what).contains("1.1 is in the evidence file too") == true)
  }

  @Test func `an assumed rule is told to the reader`() throws {
    let rating = try RatingEngine(Editions.book("pdu-2023")).rate(RatingInputs())
    #expect(rating.notices.first?.contains("status assumed") == true)
    #expect(rating.notices.first?.contains("Bands") == true)
  }

  @Test func `the explanation shows the sum`() throws {
    let book = try Editions.book("pdu-2023")
    var given: [String: GivenRating] = [:]
    for standard in book.standards { given[standard.code.text] = .rated(.inadequate) }
    given["1.1"] = .rated(.requiresImprovement)
    given["1.2"] = .rated(.requiresImprovement)
    let text = try RatingEngine(book).rate(RatingInputs(given: Editions.given(given)))
      .explanation(under: book)
    #expect(text.contains("1 + 1 + 0 + 0 + 0 + 0 + 0 = 2 of 21"))
    #expect(text.contains("Overall: Inadequate"))
  }
}
