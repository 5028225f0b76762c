/// A case as a draw sees it: no name, no date of birth.
public struct SampleCase: Hashable, Sendable {
  /// The CRN in capitals. Never empty, and no two cases have the same.
  public let id: String

  /// The place of its stratum in the plan.
  public let stratum: Int

  public let cluster: String
  public let ldu: String

  /// Who supervises it; empty where not recorded, and then no cap holds.
  public let officer: String

  public init(id: String, stratum: Int, cluster: String, ldu: String, officer: String) {
    self.id = id
    self.stratum = stratum
    self.cluster = cluster
    self.ldu = ldu
    self.officer = officer
  }
}

/// What is to be drawn.
public struct DrawPlan: Hashable, Sendable {
  /// The names of the strata, in the order that settles ties.
  public let strata: [String]
  public let size: Int

  /// In percent of the size.
  public let reserve: Int

  public let method: Allocation.Method

  /// The most cases of one officer over the whole sample.
  public let officerCap: Int

  /// - Parameter officerCap: Six is what the inspectorate's sampler allows (method c.1).
  public init(
    strata: [String], size: Int, reserve: Int = 20, method: Allocation.Method = .webster,
    officerCap: Int = 6
  ) {
    self.strata = strata
    self.size = size
    self.reserve = reserve
    self.method = method
    self.officerCap = officerCap
  }
}

/// A sample as it was drawn, by places in the list of cases that it was drawn from.
public struct Draw: Sendable {
  /// A case that was taken, with its ticket.
  public struct Pick: Hashable, Sendable {
    /// The place of the case in the list.
    public let place: Int
    public let ticket: Ticket
    public let reach: Reach
  }

  /// How far a place had to go from where it was meant to be filled.
  public enum Reach: String, CaseIterable, Sendable {
    /// In its own LDU.
    case ldu

    /// In another LDU of the same cluster: the cap left none in its own.
    case cluster

    /// In another cluster of the same stratum.
    case stratum
  }

  /// What became of one stratum.
  public struct Stratum: Hashable, Sendable {
    public let name: String

    /// How many cases it has.
    public let population: Int

    /// How many were to be drawn.
    public let size: Int

    /// How many were drawn; fewer where the cap left no more.
    public let drawn: Int

    /// The cases that stand in reserve, by place in the list, in the order of their tickets.
    public let reserve: [Int]

    /// How many cases of the stratum each drawn one stands for.
    public var weight: Double? { drawn > 0 ? Double(population) / Double(drawn) : nil }
  }

  /// In the order of their tickets.
  public let picks: [Pick]
  public let strata: [Stratum]

  /// How many cases are missing.
  public var shortfall: Int { strata.reduce(0) { $0 + $1.size - $1.drawn } }

  /// Draws a sample.
  ///
  /// The sizes of the strata come from the plan's method. Inside a stratum the places are shared
  /// out over clusters, and inside a cluster over LDUs, by ``WebsterAllocation``. Then the cases
  /// come in the order of their tickets, and each is taken whose LDU has a place left and whose
  /// officer has not reached the cap. A place that nobody took is open to the cluster, and after
  /// that to the stratum. So neither the order of the rows nor anybody's name decides, and a larger
  /// sample contains the smaller one wherever the cap does not bind.
  ///
  /// - Source: method c.1; tickets as in ``Seed/ticket(for:)``. That a place goes to the cluster
  ///   before it goes to the stratum is ours.
  /// - Complexity: O(n log n) in the number of cases.
  public init(from cases: [SampleCase], by plan: DrawPlan, seed: Seed) {
    let tickets = cases.map { seed.ticket(for: $0.id) }
    let order = cases.indices.sorted { tickets[$0] < tickets[$1] }
    var populations = plan.strata.map { _ in 0 }
    for one in cases { populations[one.stratum] += 1 }
    let allocation = Allocation(
      of: plan.size, over: populations, reserve: plan.reserve, by: plan.method)

    var quotas = Quotas(cases, sizes: allocation.sizes)
    var officers: [String: Int] = [:]
    var picks: [Int: Reach] = [:]
    for reach in Reach.allCases where quotas.isOpen {
      for place in order where picks[place] == nil {
        let one = cases[place]
        let held = officers[one.officer, default: 0]
        guard one.officer.isEmpty || held < plan.officerCap, quotas.take(one, reach) else {
          continue
        }
        officers[one.officer] = held + 1
        picks[place] = reach
      }
    }

    var drawn = plan.strata.map { _ in 0 }
    var reserves: [[Int]] = plan.strata.map { _ in [] }
    for place in order {
      let stratum = cases[place].stratum
      if picks[place] != nil {
        drawn[stratum] += 1
      } else if reserves[stratum].count < allocation.reserves[stratum] {
        reserves[stratum].append(place)
      }
    }
    self.picks = order.compactMap { place in
      picks[place].map { Pick(place: place, ticket: tickets[place], reach: $0) }
    }
    strata = plan.strata.indices.map {
      Stratum(
        name: plan.strata[$0], population: populations[$0], size: allocation.sizes[$0],
        drawn: drawn[$0], reserve: reserves[$0])
    }
  }
}

/// The places that are still to be filled, by LDU.
private struct Quotas {
  private struct Cluster: Hashable {
    let stratum: Int
    let name: String
  }

  private struct LDU: Hashable {
    let cluster: Cluster
    let name: String
  }

  private var ldus: [LDU: Int] = [:]
  private var clusters: [Cluster: Int] = [:]
  private var strata: [Int]

  var isOpen: Bool { strata.contains { $0 > 0 } }

  init(_ cases: [SampleCase], sizes: [Int]) {
    strata = sizes
    var counts: [LDU: Int] = [:]
    for one in cases { counts[Self.ldu(of: one), default: 0] += 1 }
    var byCluster: [Cluster: [LDU]] = [:]
    for ldu in counts.keys { byCluster[ldu.cluster, default: []].append(ldu) }
    let byStratum = Dictionary(grouping: byCluster.keys, by: \.stratum)
    for (stratum, all) in byStratum {
      // Names settle ties between equals, so that the order of the rows does not.
      let all = all.sorted { $0.name < $1.name }
      let sizesOfClusters = WebsterAllocation.share(
        sizes[stratum],
        over: all.map { cluster in
          (byCluster[cluster] ?? []).reduce(0) { $0 + (counts[$1] ?? 0) }
        })
      for (cluster, size) in zip(all, sizesOfClusters) {
        clusters[cluster] = size
        let inside = (byCluster[cluster] ?? []).sorted { $0.name < $1.name }
        let shares = WebsterAllocation.share(size, over: inside.map { counts[$0] ?? 0 })
        for (ldu, share) in zip(inside, shares) { ldus[ldu] = share }
      }
    }
  }

  private static func ldu(of one: SampleCase) -> LDU {
    LDU(cluster: Cluster(stratum: one.stratum, name: one.cluster), name: one.ldu)
  }

  /// Fills a place with a case, if there is one within reach.
  mutating func take(_ one: SampleCase, _ reach: Draw.Reach) -> Bool {
    let ldu = Self.ldu(of: one)
    let open =
      switch reach {
      case .ldu: ldus[ldu] ?? 0
      case .cluster: clusters[ldu.cluster] ?? 0
      case .stratum: strata[one.stratum]
      }
    guard open > 0 else { return false }
    // What a case takes from further away is gone there; its own LDU had none left.
    if reach == .ldu { ldus[ldu] = open - 1 }
    if reach != .stratum { clusters[ldu.cluster, default: 0] -= 1 }
    strata[one.stratum] -= 1
    return true
  }
}
