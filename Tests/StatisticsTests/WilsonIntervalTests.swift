import Foundation
import Statistics
import TestKit
import Testing

struct WilsonIntervalTests {
  /// Every share of counts up to 40, and of some large ones.
  private static let shares =
    (1...40).flatMap { whole in (0...whole).compactMap { Proportion($0, of: whole) } }
    + [997, 10_000, 1_000_003, Proportion.largestCount].flatMap { whole in
      [0, 1, whole / 3, whole / 2, whole - 1, whole].compactMap { Proportion($0, of: whole) }
    }

  @Test(arguments: try GoldenTable("wilson", in: .module).rows)
  func `the interval is the one worked out by another route`(_ row: GoldenTable.Row) throws {
    let share = try #require(Proportion(try row.number("part"), of: try row.number("whole")))
    let interval = WilsonInterval(share)
    let ends = try [row.text("lower"), row.text("upper")].map { try #require(Double($0)) }
    #expect(interval.rounded == ends)
  }

  @Test func `the interval lies within 0 to 1 and contains the share`() {
    for share in Self.shares {
      let interval = WilsonInterval(share)
      let size = Double(share.part) / Double(share.whole)
      #expect(0 <= interval.lower && interval.upper <= 1)
      #expect(interval.lower <= size && size <= interval.upper)
      #expect(interval.lower < interval.upper)
    }
  }

  @Test func `the interval of the rest is the mirror image`() throws {
    for share in Self.shares {
      let rest = try #require(Proportion(share.whole - share.part, of: share.whole))
      let (one, other) = (WilsonInterval(share), WilsonInterval(rest))
      #expect(abs(one.lower - (1 - other.upper)) < 1e-12)
      #expect(abs(one.upper - (1 - other.lower)) < 1e-12)
    }
  }

  @Test func `nobody starts at exactly 0 and everybody ends at exactly 1`() throws {
    for whole in [1, 3, 7, 30, 1_000, Proportion.largestCount] {
      let nobody = WilsonInterval(try #require(Proportion(0, of: whole)))
      let everybody = WilsonInterval(try #require(Proportion(whole, of: whole)))
      #expect(nobody.lower == 0 && nobody.upper > 0)
      #expect(everybody.upper == 1 && everybody.lower < 1)
    }
  }

  @Test func `more cases with the same share leave less open`() throws {
    let widths = try [1, 10, 100, 1_000, 1_000_000].map { times in
      let interval = WilsonInterval(try #require(Proportion(13 * times, of: 20 * times)))
      return interval.upper - interval.lower
    }
    #expect(zip(widths, widths.dropFirst()).allSatisfy { $0 > $1 })
  }

  /// The score test, which the interval inverts, holds with equality at each end.
  @Test func `the score test just fails at both ends`() {
    let z = 1.959963984540054
    for share in Self.shares where share.part > 0 && share.part < share.whole {
      let size = Double(share.part) / Double(share.whole)
      let interval = WilsonInterval(share)
      for end in [interval.lower, interval.upper] {
        let error = (end * (1 - end) / Double(share.whole)).squareRoot()
        #expect(abs(abs(size - end) / error - z) < 1e-4)
      }
    }
  }
}
