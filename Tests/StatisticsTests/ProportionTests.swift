import Foundation
import Statistics
import TestKit
import Testing

struct ProportionTests {
  @Test(arguments: try GoldenTable("proportions", in: .module).rows)
  func `a share is compared exactly and rounded only to be read`(_ row: GoldenTable.Row) throws {
    let share = try #require(Proportion(try row.number("part"), of: try row.number("whole")))
    let threshold = try #require(Percent(try row.number("points")))
    #expect(share.reaches(threshold) == (try row.text("reaches") == "yes"))
    #expect(share.roundedPercent.points == (try row.number("printed")))
  }

  @Test func `counts that describe no share make none`() {
    #expect(Proportion(0, of: 0) == nil)
    #expect(Proportion(1, of: 0) == nil)
    #expect(Proportion(-1, of: 2) == nil)
    #expect(Proportion(3, of: 2) == nil)
    #expect(Proportion(0, of: -1) == nil)
    #expect(Proportion(0, of: Proportion.largestCount + 1) == nil)
    #expect(Proportion(0, of: Proportion.largestCount) != nil)
  }

  @Test func `equal shares of different counts are not lower than each other`() throws {
    let few = try #require(Proportion(3, of: 5))
    let many = try #require(Proportion(12, of: 20))
    #expect(!few.isLower(than: many))
    #expect(!many.isLower(than: few))
    #expect(few != many)
  }

  @Test func `a share is lower by the smallest difference that the counts allow`() throws {
    let most = Proportion.largestCount
    let one = try #require(Proportion(most - 2, of: most - 1))
    let other = try #require(Proportion(most - 1, of: most))
    #expect(one.isLower(than: other))
    #expect(!other.isLower(than: one))
  }

  /// Every share of up to 24, held against every other.
  @Test func `of two shares one is lower, or the other, or they are the same size`() throws {
    let shares = (1...24).flatMap { whole in (0...whole).compactMap { Proportion($0, of: whole) } }
    #expect(shares.count == 324)
    for one in shares {
      for other in shares {
        let difference = one.part * other.whole - other.part * one.whole
        #expect(one.isLower(than: other) == (difference < 0))
        #expect(other.isLower(than: one) == (difference > 0))
      }
    }
  }

  @Test func `whoever is not lower reaches whatever the lower one reaches`() throws {
    let shares = (1...12).flatMap { whole in (0...whole).compactMap { Proportion($0, of: whole) } }
    let thresholds = (0...100).compactMap { Percent($0) }
    #expect(thresholds.count == 101)
    for low in shares {
      for high in shares where !high.isLower(than: low) {
        #expect(thresholds.allSatisfy { !low.reaches($0) || high.reaches($0) })
      }
    }
  }
}

struct PercentTests {
  @Test func `a percentage lies from 0 to 100`() {
    #expect(Percent(-1) == nil)
    #expect(Percent(0)?.points == 0)
    #expect(Percent(100)?.points == 100)
    #expect(Percent(101) == nil)
  }

  @Test func `percentages are ordered and printed with their sign`() throws {
    let (low, high) = (try #require(Percent(9)), try #require(Percent(65)))
    #expect(low < high)
    #expect([high, low].sorted() == [low, high])
    #expect(high.description == "65%")
  }

  @Test func `a lowered threshold never falls below nought`() throws {
    let (five, three) = (try #require(Percent(5)), try #require(Percent(3)))
    #expect(five.lowered(by: three).points == 2)
    #expect(five.lowered(by: five).points == 0)
    #expect(three.lowered(by: five).points == 0)
  }
}
