import Problems
import Samples
import Statistics
import Testing

struct SampleSizeTests {
  @Test func `the size of the worked example`() throws {
    let size = try SampleSize(population: 1_217, confidence: 80, margin: 5)
    #expect(abs(size.z - 1.2815515655446004) < 1e-12)
    #expect(abs(size.ofEndless - 164.2374415) < 1e-6)
    #expect(abs(size.exact - 144.8135) < 1e-4)
    #expect(size.size == 145)
  }

  /// z values of two-sided confidences, from the tables of the normal distribution.
  @Test(arguments: [
    (50.0, 0.6744897501960817), (80, 1.2815515655446004), (90, 1.6448536269514722),
    (95, 1.959963984540054), (99, 2.5758293035489004), (99.9, 3.290526731491926),
  ])
  func `z leaves the confidence between its two signs`(_ confidence: Double, _ z: Double) {
    #expect(abs(NormalDistribution.z(confidence: confidence / 100) - z) < 1e-9)
  }

  @Test func `a small caseload is drawn whole and a large one needs no more than an endless one`()
    throws
  {
    for population in 1...40 {
      let size = try SampleSize(population: population, confidence: 99, margin: 1).size
      #expect(size == population)
    }
    let large = try SampleSize(population: 1_000_000_000, confidence: 95, margin: 5)
    #expect(large.size == 385)
  }

  @Test func `everything out of range is said at once`() {
    let problems = #expect(throws: Problems.self) {
      try SampleSize(population: 0, confidence: 100, margin: 0)
    }
    #expect(
      problems?.list.map(\.description) == [
        "population: 0 is not a number of cases; give a number from 1 to 1000000000",
        "confidence: 100.0 is out of range; give a percentage from 50 to 99.99",
        "margin: 0.0 is out of range; give points of percent from 0.1 to 50",
      ])
  }
}
