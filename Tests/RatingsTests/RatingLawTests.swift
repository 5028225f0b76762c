import Judgements
import Ratings
import Standards
import Statistics
import Testing

/// Laws that hold for every input, tried on many made by a small generator with a fixed start.
struct RatingLawTests {
  /// Numbers that look random and are the same on every run.
  private struct Numbers {
    var state: UInt64

    mutating func below(_ limit: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % limit
    }
  }

  private func counts(_ book: RuleBook, _ numbers: inout Numbers) -> [Code: QuestionTally] {
    var tallies: [Code: QuestionTally] = [:]
    for question in book.standards.filter({ $0.ratedBy != .evidence }).flatMap(\.questions) {
      let whole = 1 + numbers.below(60)
      let part = numbers.below(whole + 1)
      tallies[question.code] = QuestionTally(sufficient: part, insufficient: whole - part)
    }
    return tallies
  }

  @Test func `one case judged better never lowers anything`() throws {
    let book = try Editions.book("crc-2018")
    let engine = RatingEngine(book)
    var numbers = Numbers(state: 7)
    for _ in 0..<200 {
      var tallies = counts(book, &numbers)
      let before = try engine.rate(RatingInputs(answers: Tally(tallies)))
      let codes = tallies.keys.sorted()
      let code = codes[numbers.below(codes.count)]
      let tally = try #require(tallies[code])
      guard tally.insufficient > 0 else { continue }
      tallies[code] = QuestionTally(
        sufficient: tally.sufficient + 1, insufficient: tally.insufficient - 1)
      let after = try engine.rate(RatingInputs(answers: Tally(tallies)))
      for (old, new) in zip(before.standards, after.standards) {
        #expect((old.rating ?? .inadequate) <= (new.rating ?? .inadequate))
      }
      #expect(before.overall.possible.lowerBound <= after.overall.possible.lowerBound)
      #expect(before.overall.possible.upperBound <= after.overall.possible.upperBound)
    }
  }

  @Test func `every completion of unknown standards lies in the possible range`() throws {
    let book = try Editions.book("pdu-2023")
    let engine = RatingEngine(book)
    var numbers = Numbers(state: 11)
    for _ in 0..<100 {
      var given: [String: GivenRating] = [:]
      for standard in book.standards where numbers.below(3) > 0 {
        given[standard.code.text] = .rated(Rating.allCases[numbers.below(4)])
      }
      let partly = try engine.rate(RatingInputs(given: Editions.given(given)))
      for standard in book.standards where given[standard.code.text] == nil {
        given[standard.code.text] = .rated(Rating.allCases[numbers.below(4)])
      }
      let whole = try engine.rate(RatingInputs(given: Editions.given(given)))
      let score = try #require(whole.overall.score)
      #expect(partly.overall.possible.contains(score))
      if let rating = partly.overall.rating { #expect(rating == whole.overall.rating) }
    }
  }

  @Test func `scaling every count by the same number changes no rating`() throws {
    let book = try Editions.book("nps-2018")
    let engine = RatingEngine(book)
    var numbers = Numbers(state: 13)
    for _ in 0..<50 {
      let tallies = counts(book, &numbers)
      let scaled = tallies.mapValues {
        QuestionTally(sufficient: $0.sufficient * 7, insufficient: $0.insufficient * 7)
      }
      let one = try engine.rate(RatingInputs(answers: Tally(tallies)))
      let other = try engine.rate(RatingInputs(answers: Tally(scaled)))
      #expect(one.standards.map(\.rating) == other.standards.map(\.rating))
      #expect(one.standards.map(\.deciding?.code) == other.standards.map(\.deciding?.code))
    }
  }

  @Test func `a rating is what a plain recomputation gives`() throws {
    let book = try Editions.book("crc-2019")
    var numbers = Numbers(state: 17)
    for _ in 0..<100 {
      let tallies = counts(book, &numbers)
      let rating = try RatingEngine(book).rate(RatingInputs(answers: Tally(tallies)))
      for standard in book.standards where standard.ratedBy == .caseQuestions {
        let bands = standard.questions.compactMap { question -> Int? in
          guard let tally = tallies[question.code], tally.applicable > 0 else { return nil }
          let points = tally.sufficient * 100
          return [50, 65, 80].count { points >= $0 * tally.applicable }
        }
        let result = try #require(rating.standards.first { $0.code == standard.code })
        #expect(result.score == bands.min())
      }
    }
  }
}
