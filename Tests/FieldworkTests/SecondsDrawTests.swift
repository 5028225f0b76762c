import Testing

@testable import Fieldwork

@Suite struct SecondsDrawTests {
  private func drawn(_ share: Int, of count: Int, seed: String = "4 5 6") throws -> [Int] {
    try #require(SecondsFacts(drawing: share, of: Array(1...count), seed: seed)).cases
  }

  /// Worked out with the program of docs/how-to/watch-agreement.md.
  @Test func `a draw is what anybody works out from seed and numbers`() throws {
    #expect(
      try drawn(10, of: 148)
        == [128, 142, 67, 26, 20, 92, 78, 55, 19, 141, 70, 61, 60, 29, 80])
  }

  @Test(arguments: [
    (1, 148, 2), (10, 148, 15), (10, 150, 15), (10, 151, 16), (1, 1, 1), (50, 3, 2), (100, 7, 7),
  ])
  func `a share is rounded up to a whole case`(_ share: Int, _ cases: Int, _ size: Int) throws {
    #expect(try drawn(share, of: cases).count == size)
  }

  @Test func `neither the order of the cases matters nor how many more are drawn`() throws {
    let all = try drawn(100, of: 60)
    for share in stride(from: 5, through: 100, by: 5) {
      let some = try drawn(share, of: 60)
      #expect(some == Array(all.prefix(some.count)))
      let turned = SecondsFacts(drawing: share, of: Array((1...60).reversed()), seed: "4 5 6")
      #expect(turned?.cases == some)
    }
    #expect(try drawn(100, of: 60, seed: "4 5 7") != all)
  }

  @Test(arguments: [0, 101, -1])
  func `no other share is drawn, and none of nothing`(_ share: Int) {
    #expect(SecondsFacts(drawing: share, of: [1, 2], seed: "s") == nil)
    #expect(SecondsFacts(drawing: 50, of: [], seed: "s") == nil)
    #expect(SecondsFacts(drawing: 100, of: [1, 1], seed: "s") == nil)
  }
}
