/// Wilson's score interval for a share, at 95 % confidence.
///
/// What sampling alone leaves open: with 14 of 30 the share in the whole caseload plausibly lies
/// between 0.3023 and 0.6386. Never used to rate; a rating rests on the counts.
///
/// - Source: E. B. Wilson, Probable inference, the law of succession, and statistical inference,
///   JASA 22 (1927), 209-212, without continuity correction.
public struct WilsonInterval: Hashable, Sendable {
  /// The lower end, from 0 to 1.
  public let lower: Double

  /// The upper end, from 0 to 1.
  public let upper: Double

  /// The 97.5th percentile of the standard normal distribution.
  private static let z = 1.959963984540054

  public init(_ share: Proportion) {
    let n = Double(share.whole)
    let p = Double(share.part) / n
    let z2 = Self.z * Self.z
    let middle = (p + z2 / (2 * n)) / (1 + z2 / n)
    let half = Self.z / (1 + z2 / n) * (p * (1 - p) / n + z2 / (4 * n * n)).squareRoot()
    // At the ends the formula is exactly 0 or 1; floating point may miss it by one bit.
    lower = share.part == 0 ? 0 : max(0, middle - half)
    upper = share.part == share.whole ? 1 : min(1, middle + half)
  }

  /// Both ends rounded to four decimals, for machines and tables.
  public var rounded: [Double] {
    [lower, upper].map { ($0 * 10_000).rounded() / 10_000 }
  }
}
