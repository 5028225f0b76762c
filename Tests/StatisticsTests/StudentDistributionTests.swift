import Foundation
import Statistics
import TestKit
import Testing

struct StudentDistributionTests {
  @Test(arguments: try GoldenTable("student-t", in: .module).rows)
  func `t is the one worked out by another route`(_ row: GoldenTable.Row) throws {
    let confidence = try #require(Double(try row.text("confidence")))
    let expected = try #require(Double(try row.text("t")))
    let t = StudentDistribution.t(
      confidence: confidence, degreesOfFreedom: try row.number("degrees"))
    #expect(abs(t / expected - 1) < 1e-11)
  }

  @Test func `one degree of freedom is the tangent, two have a root`() {
    for confidence in [0.001, 0.2, 0.5, 0.8, 0.95, 0.999] {
      let one = StudentDistribution.t(confidence: confidence, degreesOfFreedom: 1)
      #expect(abs(one / tan(.pi / 2 * confidence) - 1) < 1e-12)
      let two = StudentDistribution.t(confidence: confidence, degreesOfFreedom: 2)
      let root = confidence * (2 / (1 - confidence * confidence)).squareRoot()
      #expect(abs(two / root - 1) < 1e-12)
    }
  }

  @Test func `more cases bring t down to the normal distribution, and never below`() {
    let z = NormalDistribution.z(confidence: 0.95)
    let all = [1, 2, 3, 10, 62, 63, 64, 65, 66, 1_000, 1_000_000].map {
      StudentDistribution.t(confidence: 0.95, degreesOfFreedom: $0)
    }
    #expect(zip(all, all.dropFirst()).allSatisfy { $0 > $1 })
    #expect(all.allSatisfy { $0 > z })
    #expect(all[all.count - 1] - z < 3e-6)
  }
}
