import Samples
import TestKit
import Testing

struct AllocationTests {
  private static func numbers(_ text: String) -> [Int] {
    text.split(separator: " ").compactMap { Int($0) }
  }

  @Test(arguments: try GoldenTable("allocations", in: .module).rows)
  func `places are shared out as worked out by hand`(_ row: GoldenTable.Row) throws {
    let populations = Self.numbers(try row.text("populations"))
    let (size, buffer) = (try row.number("size"), try row.number("buffer"))
    let method = try #require(Allocation.Method(rawValue: row.text("method")))
    let places =
      switch method {
      case .webster: WebsterAllocation.share(size, over: populations)
      case .moj2020: MoJ2020Allocation.share(size, over: populations, buffer: buffer)
      }
    #expect(places == Self.numbers(try row.text("sizes")))
  }

  @Test func `sizes and reserves of the worked example`() {
    let populations = [454, 138, 327, 129, 169]
    let moj = Allocation(of: 148, over: populations, reserve: 20, by: .moj2020)
    #expect(moj.sizes == [54, 17, 40, 16, 21])
    #expect(moj.reserves == [12, 3, 8, 3, 4])
    let webster = Allocation(of: 148, over: populations, reserve: 20, by: .webster)
    #expect(webster.sizes == [55, 17, 40, 16, 20])
    #expect(webster.reserves.reduce(0, +) == 30)
  }

  @Test(arguments: Allocation.Method.allCases)
  func `the sum is exact and no stratum gives more than it has`(_ method: Allocation.Method) {
    var chance = Chance(seed: 5)
    for _ in 0..<2_000 {
      let populations = (0..<Int.random(in: 1...8, using: &chance)).map { _ in
        Int.random(in: 0...60, using: &chance)
      }
      let all = populations.reduce(0, +)
      let size = Int.random(in: 0...all + 5, using: &chance)
      let allocation = Allocation(of: size, over: populations, reserve: 20, by: method)
      #expect(allocation.sizes.reduce(0, +) == min(size, all))
      #expect(zip(allocation.sizes, populations).allSatisfy { $0 <= $1 && $0 >= 0 })
      #expect(allocation.reserves.allSatisfy { $0 >= 0 })
      if method == .webster {
        let places = zip(allocation.sizes, allocation.reserves).map { $0 + $1 }
        #expect(zip(places, populations).allSatisfy { $0 <= $1 })
      }
    }
  }

  @Test func `one more place takes none away`() {
    var chance = Chance(seed: 6)
    for _ in 0..<200 {
      let populations = (0..<5).map { _ in Int.random(in: 0...300, using: &chance) }
      var before = [0, 0, 0, 0, 0]
      for size in 1...populations.reduce(0, +) {
        let now = WebsterAllocation.share(size, over: populations)
        #expect(zip(before, now).count { $0 != $1 } == 1)
        #expect(zip(before, now).allSatisfy { $0 <= $1 })
        before = now
        if size > 60 { break }
      }
    }
  }
}
