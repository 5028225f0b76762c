/// `webster/1`: shares out places in proportion by Sainte-Laguë divisors.
///
/// One place after the other goes to the stratum with the largest population divided by twice the
/// places it has, plus one. A stratum that gives all it has is out. Between equals the larger
/// population comes first, then the one that stands earlier in the plan. Since each place is given
/// after those before it, one more place never takes a place away from any stratum, which largest
/// remainders may do.
///
/// 148 places over 454, 138, 327, 129 and 169 are 55, 17, 40, 16 and 20.
///
/// - Source: the method of Webster and Sainte-Laguë, M. L. Balinski and H. P. Young, Fair
///   Representation (1982), with caps.
public enum WebsterAllocation {
  /// - Precondition: No population is negative or above a thousand million.
  public static func share(_ size: Int, over populations: [Int]) -> [Int] {
    precondition(populations.allSatisfy { (0...1_000_000_000).contains($0) })
    var places = populations.map { _ in 0 }
    for _ in 0..<min(max(0, size), populations.reduce(0, +)) {
      var best: Int?
      for stratum in populations.indices where places[stratum] < populations[stratum] {
        if let now = best, !isBefore(stratum, now, populations, places) { continue }
        best = stratum
      }
      if let best { places[best] += 1 }
    }
    return places
  }

  /// Whether the next place goes to `one` rather than to `other`, which stands earlier.
  private static func isBefore(
    _ one: Int, _ other: Int, _ populations: [Int], _ places: [Int]
  ) -> Bool {
    let mine = populations[one] * (2 * places[other] + 1)
    let theirs = populations[other] * (2 * places[one] + 1)
    return mine != theirs ? mine > theirs : populations[one] > populations[other]
  }
}
