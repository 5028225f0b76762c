import Foundation
import Standards
import Statistics
import TestKit
import Testing

struct BandsTests {
  @Test(arguments: try GoldenTable("bands", in: .module).rows)
  func `a share takes the band it reaches`(_ row: GoldenTable.Row) throws {
    let share = try #require(
      Proportion(try row.number("sufficient"), of: try row.number("cases")))
    for name in Editions.names {
      let rating = try Editions.book(name).bands.rating(of: share)
      #expect(rating.title == (try row.text("rating")))
    }
  }

  @Test func `a better share is never rated worse`() throws {
    let bands = try Editions.book("crc-2018").bands
    for cases in 1...60 {
      let ratings = (0...cases).compactMap { Proportion($0, of: cases) }.map(bands.rating)
      #expect(ratings.count == cases + 1)
      #expect(zip(ratings, ratings.dropFirst()).allSatisfy { $0 <= $1 })
      #expect((ratings.first, ratings.last) == (.inadequate, .outstanding))
    }
  }

  @Test func `each band starts at its threshold and has its words`() throws {
    for name in Editions.names {
      let bands = try Editions.book(name).bands
      #expect(bands.bands.map(\.rating) == Rating.allCases)
      #expect(Rating.allCases.map { bands.threshold(of: $0)?.points } == [0, 50, 65, 80])
      #expect(
        bands.bands.map(\.words) == [
          "minority", "too few", "reasonable majority", "large majority",
        ])
    }
  }

  /// The bands of an edition's own maximum.
  private func scoreBands(_ name: String, _ maximum: Int) throws -> ScoreBands {
    guard case .bandOfSummedScores(let sets, _) = try Editions.book(name).rules.overall else {
      throw NoBands()
    }
    return try #require(sets.first { $0.maximum == maximum })
  }

  private struct NoBands: Error {}

  @Test(arguments: try GoldenTable("scores", in: .module).rows)
  func `a summed score takes the band it reaches`(_ row: GoldenTable.Row) throws {
    let bands = try scoreBands(row.text("case"), row.number("maximum"))
    #expect(bands.rating(of: try row.number("score")).title == (try row.text("rating")))
  }

  @Test func `the ranges of the four ratings are all the sums and share none`() throws {
    for name in Editions.names {
      let maximum = try Editions.book(name).maximum
      let bands = try scoreBands(name, maximum)
      #expect(Rating.allCases.flatMap { Array(bands.range(of: $0)) } == Array(0...maximum))
      for score in 0...maximum {
        #expect(bands.range(of: bands.rating(of: score)).contains(score))
      }
    }
  }
}

struct RatingTests {
  @Test func `ratings stand from Inadequate to Outstanding`() {
    #expect(
      Rating.allCases.map(\.title) == ["Inadequate", "Requires improvement", "Good", "Outstanding"])
    #expect(Rating.allCases.sorted() == Rating.allCases)
    #expect(Rating.allCases.reversed().sorted() == Rating.allCases)
  }

  @Test func `each rating has neighbours, and none beyond the ends`() {
    #expect(Rating.allCases.map(\.next) == [.requiresImprovement, .good, .outstanding, nil])
    #expect(Rating.allCases.map(\.previous) == [nil, .inadequate, .requiresImprovement, .good])
  }
}
