/// How many cases of each stratum are drawn, and how many stand in reserve.
public struct Allocation: Hashable, Sendable {
  /// A named and versioned way to share out a sample. A method is never changed once it is used:
  /// a better one has another version.
  public enum Method: String, CaseIterable, Sendable {
    /// Sainte-Laguë divisors, see ``WebsterAllocation``.
    case webster = "webster/1"

    /// As the case sampler of the Ministry of Justice does it, see ``MoJ2020Allocation``.
    case moj2020 = "moj-2020"
  }

  /// By stratum, in the order of the plan.
  public let sizes: [Int]

  /// By stratum.
  public let reserves: [Int]

  /// Shares out `size` cases over strata.
  ///
  /// - Parameters:
  ///   - populations: How many cases each stratum has, in the order of the plan.
  ///   - reserve: The reserve in percent of the size.
  /// - Returns: Sizes that sum to `size`, or to all the cases there are if those are fewer. No
  ///   stratum gives more than it has.
  public init(of size: Int, over populations: [Int], reserve: Int, by method: Method) {
    switch method {
    case .webster:
      sizes = WebsterAllocation.share(size, over: populations)
      let more = (size * reserve + 99) / 100
      let all = WebsterAllocation.share(size + more, over: populations)
      reserves = zip(all, sizes).map { $0 - $1 }
    case .moj2020:
      sizes = MoJ2020Allocation.share(size, over: populations, buffer: 0)
      let all = MoJ2020Allocation.share(size, over: populations, buffer: reserve)
      reserves = zip(all, sizes).map { max(0, $0 - $1) }
    }
  }
}
