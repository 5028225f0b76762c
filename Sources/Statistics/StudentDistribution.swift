import Foundation

/// Student's t distribution.
public enum StudentDistribution {
  /// The t that leaves `confidence` of the distribution between −t and t: 2.2010 for 0.95 and 11
  /// degrees of freedom.
  ///
  /// Found by halving an interval against the share outside. Right to eleven digits up to a million
  /// degrees of freedom.
  ///
  /// - Precondition: `confidence` lies between 0 and 1, both not included; there is at least one
  ///   degree of freedom.
  public static func t(confidence: Double, degreesOfFreedom: Int) -> Double {
    precondition(0 < confidence && confidence < 1, "a confidence lies between 0 and 1")
    precondition(degreesOfFreedom >= 1, "there is at least one degree of freedom")
    let freedom = Double(degreesOfFreedom)
    // The complement keeps its digits where the confidence is nearly 1.
    let wanted = 1 - confidence
    var (low, high) = (0.0, 1.0)
    while outside(high, freedom) > wanted { (low, high) = (high, 2 * high) }
    while true {
      let middle = (low + high) / 2
      guard low < middle, middle < high else { return middle }
      if outside(middle, freedom) > wanted { low = middle } else { high = middle }
    }
  }

  /// The share of the distribution that lies outside −t to t: the regularised incomplete beta
  /// function of ν / (ν + t²) with the parameters ν / 2 and 1 / 2.
  ///
  /// - Source: M. Abramowitz and I. A. Stegun, Handbook of Mathematical Functions (1964), 26.7.1
  ///   with 26.5.27.
  private static func outside(_ t: Double, _ freedom: Double) -> Double {
    let (a, b) = (freedom / 2, 0.5)
    let (x, rest) = (freedom / (freedom + t * t), t * t / (freedom + t * t))
    let front =
      gammaRatio(a) / Double.pi.squareRoot() * exp(-a * log1p(t * t / freedom)) * rest.squareRoot()
    return x < (a + 1) / (a + b + 2)
      ? front / a * continuedFraction(a, b, x)
      : 1 - front / b * continuedFraction(b, a, rest)
  }

  /// The continued fraction of the incomplete beta function, worked out forwards.
  ///
  /// - Source: Abramowitz and Stegun, 26.5.8; W. J. Lentz, Applied Optics 15 (1976), 668-671.
  private static func continuedFraction(_ a: Double, _ b: Double, _ x: Double) -> Double {
    var (c, d) = (1.0, 1 / (1 - (a + b) / (a + 1) * x))
    var value = d
    for step in 1...1_000_000 {
      let m = Double(step)
      let even = m * (b - m) / ((a + 2 * m - 1) * (a + 2 * m)) * x
      (c, d) = (1 + even / c, 1 / (1 + even * d))
      value *= c * d
      let odd = -(a + m) * (a + b + m) / ((a + 2 * m) * (a + 2 * m + 1)) * x
      (c, d) = (1 + odd / c, 1 / (1 + odd * d))
      let change = c * d
      value *= change
      if abs(change - 1) <= Double.ulpOfOne { break }
    }
    return value
  }

  /// Γ(x + 1/2) / Γ(x).
  ///
  /// Two logarithms of large factorials would leave few digits of their difference. The series is
  /// for large x; a small one is moved there by Γ(x + 1) = x Γ(x).
  private static func gammaRatio(_ x: Double) -> Double {
    var (x, moved) = (x, 1.0)
    while x < 32 {
      moved *= x / (x + 0.5)
      x += 1
    }
    let y = 1 / (x * x)
    let series = (-1.0 / 8 + y * (1.0 / 192 + y * (-1.0 / 640 + y * 17 / 14_336))) / x
    return moved * x.squareRoot() * exp(series)
  }
}
