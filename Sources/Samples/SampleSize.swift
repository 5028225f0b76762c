public import Problems
import Statistics

/// How many cases have to be drawn for an estimate of a share to be as sure as is asked.
///
/// For 1,217 cases, 80 % confidence and a margin of 5 points: z 1.2816, 164.2 cases of an endless
/// caseload, 144.8 of this one, so 145.
///
/// - Source: n₀ = z² p (1 − p) / e² and n = n₀ / (1 + (n₀ − 1) / N), W. G. Cochran, Sampling
///   Techniques, 3rd edition (1977), 4.4, with p = 0.5, where the most cases are needed. The
///   confidence of 80 % and the margin of 5 points are what is said of the inspectorate's samples
///   (assumed).
public struct SampleSize: Hashable, Sendable {
  /// How many cases there are to draw from.
  public let population: Int

  /// In percent, such as 80.
  public let confidence: Double

  /// Half the width of the interval in points of percent, such as 5.
  public let margin: Double

  /// What leaves the confidence between −z and z.
  public let z: Double

  /// What an endless caseload would need.
  public let ofEndless: Double

  /// What this caseload needs, before it is rounded up.
  public let exact: Double

  /// Whole cases, never more than there are.
  public let size: Int

  /// - Throws: ``Problems`` with everything that is out of range.
  public init(
    population: Int, confidence: Double, margin: Double
  ) throws(Problems) {
    var problems: [Problem] = []
    if !(1...1_000_000_000).contains(population) {
      problems.append(
        Problem(
          "population", "\(population) is not a number of cases",
          remedy: "give a number from 1 to 1000000000"))
    }
    if !(50...99.99).contains(confidence) {
      problems.append(
        Problem(
          "confidence", "\(confidence) is out of range",
          remedy: "give a percentage from 50 to 99.99"))
    }
    if !(0.1...50).contains(margin) {
      problems.append(
        Problem(
          "margin", "\(margin) is out of range",
          remedy: "give points of percent from 0.1 to 50"))
    }
    try Problems.throwAny(problems)
    self.population = population
    self.confidence = confidence
    self.margin = margin
    z = NormalDistribution.z(confidence: confidence / 100)
    ofEndless = z * z * 0.25 / (margin / 100 * margin / 100)
    exact = ofEndless / (1 + (ofEndless - 1) / Double(population))
    // Less than a billionth of a case above a whole number is a matter of floating point.
    size = max(1, min(population, Int((exact - 1e-9).rounded(.up))))
  }
}
