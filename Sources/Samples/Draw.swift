public import Caseloads

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
  /// - Parameter places: Where cases are held.
  /// - Source: method c.1; tickets as in ``Seed/ticket(for:)``. That a place goes to the cluster
  ///   before it goes to the stratum is ours.
  /// - Complexity: one SHA-256 a case; few cases are sorted unless the cap binds.
  public init(
    from cases: [SampleCase], at places: [CaseList.Place], by plan: DrawPlan, seed: Seed
  ) {
    let order = TicketOrder(cases, seed: seed)
    var populations = plan.strata.map { _ in 0 }
    for one in cases { populations[one.stratum] += 1 }
    let allocation = Allocation(
      of: plan.size, over: populations, reserve: plan.reserve, by: plan.method)

    var quotas = Quotas(cases, places, sizes: allocation.sizes)
    var officers: [Int: Int] = [:]
    var picks: [Int: Reach] = [:]
    for reach in Reach.allCases where quotas.isOpen {
      order.forEach { place in
        let one = cases[place]
        let held = officers[one.officer, default: 0]
        guard picks[place] == nil, one.officer == 0 || held < plan.officerCap,
          quotas.take(one, reach)
        else { return true }
        officers[one.officer] = held + 1
        picks[place] = reach
        return quotas.isOpen
      }
    }

    var drawn = plan.strata.map { _ in 0 }
    for place in picks.keys { drawn[cases[place].stratum] += 1 }
    // A reserve cannot hold more than is there.
    let wanted = plan.strata.indices.map {
      min(allocation.reserves[$0], populations[$0] - drawn[$0])
    }
    var reserves: [[Int]] = plan.strata.map { _ in [] }
    var found: [Pick] = []
    var left = picks.count + wanted.reduce(0, +)
    order.forEach { place in
      let stratum = cases[place].stratum
      if let reach = picks[place] {
        found.append(Pick(place: place, ticket: order.ticket(of: place), reach: reach))
        left -= 1
      } else if reserves[stratum].count < wanted[stratum] {
        reserves[stratum].append(place)
        left -= 1
      }
      return left > 0
    }
    self.picks = found
    strata = plan.strata.indices.map {
      Stratum(
        name: plan.strata[$0], population: populations[$0], size: allocation.sizes[$0],
        drawn: drawn[$0], reserve: reserves[$0])
    }
  }
}
