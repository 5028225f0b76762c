import Caseloads

/// How many places are still to be filled: in each stratum, in each cluster of it and in each LDU.
struct Quotas {
  private var ldus: [Int]
  private var clusters: [Int]
  private var strata: [Int]
  private var open: Int

  private let clusterOfPlace: [Int]
  private let clusterCount: Int

  var isOpen: Bool { open > 0 }

  /// Shares out the sizes of the strata over clusters, and those over LDUs.
  init(_ cases: [SampleCase], _ places: [CaseList.Place], sizes: [Int]) {
    // Names settle ties between equals, so that the order of the rows does not.
    let names = Set(places.map(\.cluster)).sorted()
    let numbers = Dictionary(uniqueKeysWithValues: names.enumerated().map { ($1, $0) })
    clusterOfPlace = places.map { numbers[$0.cluster] ?? 0 }
    clusterCount = names.count
    strata = sizes
    open = sizes.reduce(0, +)
    var counts = [Int](repeating: 0, count: sizes.count * places.count)
    for one in cases { counts[one.stratum * places.count + one.place] += 1 }
    ldus = counts.map { _ in 0 }
    clusters = [Int](repeating: 0, count: sizes.count * names.count)

    var inside: [[Int]] = names.map { _ in [] }
    for place in places.indices { inside[clusterOfPlace[place]].append(place) }
    for cluster in inside.indices {
      inside[cluster].sort { places[$0].ldu < places[$1].ldu }
    }
    for stratum in sizes.indices {
      let start = stratum * places.count
      let shares = WebsterAllocation.share(
        sizes[stratum], over: inside.map { $0.reduce(0) { $0 + counts[start + $1] } })
      for (cluster, share) in shares.enumerated() where share > 0 {
        clusters[stratum * names.count + cluster] = share
        let parts = WebsterAllocation.share(share, over: inside[cluster].map { counts[start + $0] })
        for (place, part) in zip(inside[cluster], parts) { ldus[start + place] = part }
      }
    }
  }

  /// Fills a place with a case, if there is one within reach.
  mutating func take(_ one: SampleCase, _ reach: Draw.Reach) -> Bool {
    let ldu = one.stratum * clusterOfPlace.count + one.place
    let cluster = one.stratum * clusterCount + clusterOfPlace[one.place]
    let left =
      switch reach {
      case .ldu: ldus[ldu]
      case .cluster: clusters[cluster]
      case .stratum: strata[one.stratum]
      }
    guard left > 0 else { return false }
    // What a case takes from further away is gone there; its own LDU had none left.
    if reach == .ldu { ldus[ldu] -= 1 }
    if reach != .stratum { clusters[cluster] -= 1 }
    strata[one.stratum] -= 1
    open -= 1
    return true
  }
}
