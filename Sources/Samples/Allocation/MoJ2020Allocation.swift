/// `moj-2020`: shares out places as the case sampler of the Ministry of Justice does.
///
/// Each stratum gets its part in proportion, rounded half up, and a buffer in percent of that,
/// rounded half up too. Then the sum is made exact: while it is short, one is added to each stratum
/// from the smallest on; while it is over, one is taken from each from the largest on. No stratum
/// gives more than it has.
///
/// 148 places over 454, 138, 327, 129 and 169 are 54, 17, 40, 16 and 21; with a buffer of 20 %
/// they are 66, 20, 48, 19 and 25.
///
/// - Source: ministryofjustice/probation-case-sampler (2020) as described in the project's method,
///   c.1. Between strata of one size the earlier in the plan comes first (assumed).
public enum MoJ2020Allocation {
  /// - Precondition: No population is negative or above a thousand million.
  public static func share(_ size: Int, over populations: [Int], buffer: Int) -> [Int] {
    precondition(populations.allSatisfy { (0...1_000_000_000).contains($0) })
    let all = populations.reduce(0, +)
    guard all > 0, size > 0 else { return populations.map { _ in 0 } }
    let target = min(all, rounded(size * (100 + buffer), 100))
    var places = populations.map { population in
      min(population, rounded(rounded(size * population, all) * (100 + buffer), 100))
    }
    let fromSmallest = populations.indices.sorted { (populations[$0], $0) < (populations[$1], $1) }
    let fromLargest = populations.indices.sorted { (populations[$1], $0) < (populations[$0], $1) }
    while places.reduce(0, +) < target {
      for stratum in fromSmallest
      where places.reduce(0, +) < target && places[stratum] < populations[stratum] {
        places[stratum] += 1
      }
    }
    while places.reduce(0, +) > target {
      for stratum in fromLargest where places.reduce(0, +) > target && places[stratum] > 0 {
        places[stratum] -= 1
      }
    }
    return places
  }

  /// A fraction rounded half up.
  private static func rounded(_ part: Int, _ whole: Int) -> Int {
    (2 * part + whole) / (2 * whole)
  }
}
