import Caseloads

/// How far a sample mirrors the cases that it was drawn from.
public struct Achieved: Sendable {
  /// One value of something that cases differ in.
  public struct Row: Sendable {
    public let name: String

    /// How many cases in scope have it.
    public let population: Int

    /// How many the sizes of the strata lead to expect, with two decimals.
    public let planned: Double

    /// How many drawn cases have it.
    public let achieved: Int
  }

  public let strata: [Row]
  public let sex: [Row]
  public let ethnicity: [Row]
  public let risk: [Row]

  /// With the cluster in front.
  public let ldu: [Row]

  /// How many officers have a number of cases in the sample, by that number; the first entry is for
  /// none.
  public let officersByCases: [Int]

  init(_ list: CaseList, _ scope: Scope, _ draw: Draw) {
    let strata = draw.strata
    self.strata = strata.map {
      Row(
        name: $0.name, population: $0.population, planned: Double($0.size), achieved: $0.drawn)
    }
    let tallies = Tallies(list, scope, draw)
    sex = tallies.sex.rows(Sex.allCases.map(\.rawValue), strata)
    risk = tallies.risk.rows(RiskOfSeriousHarm.allCases.map(\.rawValue), strata)
    let ethnicities = list.ethnicities.map { $0.isEmpty ? "not-recorded" : $0 }
    ethnicity = tallies.ethnicity.rows(ethnicities, strata).sorted { $0.name < $1.name }
    let places = list.places.map { "\($0.cluster) / \($0.ldu)" }
    ldu = tallies.place.rows(places, strata).sorted { $0.name < $1.name }
    var cases = [Int](repeating: 0, count: list.officers.count)
    var isThere = [Bool](repeating: false, count: list.officers.count)
    for one in scope.cases { isThere[one.officer] = true }
    for pick in draw.picks { cases[scope.cases[pick.place].officer] += 1 }
    var byCases: [Int] = []
    for officer in cases.indices.dropFirst() where isThere[officer] {
      while byCases.count <= cases[officer] { byCases.append(0) }
      byCases[cases[officer]] += 1
    }
    officersByCases = byCases
  }
}

/// Counts cases by all that is told of them.
private struct Tallies {
  var sex: Tally
  var risk: Tally
  var ethnicity: Tally
  var place: Tally

  init(_ list: CaseList, _ scope: Scope, _ draw: Draw) {
    let strata = draw.strata.count
    sex = Tally(Sex.allCases.count, strata)
    risk = Tally(RiskOfSeriousHarm.allCases.count, strata)
    ethnicity = Tally(list.ethnicities.count, strata)
    place = Tally(list.places.count, strata)
    let cases = scope.cases
    var next = 0
    var first = 0
    for page in list.records {
      let end = first + page.count
      while next < cases.count, cases[next].row < end {
        let one = cases[next]
        let record = page[one.row - first]
        sex.count(Int(record.sex), in: one.stratum)
        risk.count(Int(record.rosh), in: one.stratum)
        ethnicity.count(Int(record.ethnicity), in: one.stratum)
        place.count(one.place, in: one.stratum)
        next += 1
      }
      first = end
    }
    for pick in draw.picks {
      let record = list[cases[pick.place].row]
      sex.achieved[Int(record.sex)] += 1
      risk.achieved[Int(record.rosh)] += 1
      ethnicity.achieved[Int(record.ethnicity)] += 1
      place.achieved[Int(record.place)] += 1
    }
  }
}

/// Counts cases by one thing that is told of them, in each stratum.
private struct Tally {
  private let strata: Int
  private var populations: [Int]

  /// Drawn cases by value.
  var achieved: [Int]

  init(_ values: Int, _ strata: Int) {
    self.strata = strata
    populations = [Int](repeating: 0, count: values * strata)
    achieved = [Int](repeating: 0, count: values)
  }

  @inline(__always)
  mutating func count(_ value: Int, in stratum: Int) {
    populations[value * strata + stratum] += 1
  }

  /// A row for each value that a case has.
  func rows(_ names: [String], _ strata: [Draw.Stratum]) -> [Achieved.Row] {
    names.indices.compactMap { value in
      let own = strata.indices.map { populations[value * strata.count + $0] }
      guard own.contains(where: { $0 > 0 }) else { return nil }
      let planned = strata.indices.reduce(0.0) { sum, stratum in
        let all = max(1, strata[stratum].population)
        return sum + Double(strata[stratum].size * own[stratum]) / Double(all)
      }
      return Achieved.Row(
        name: names[value], population: own.reduce(0, +),
        planned: (planned * 100).rounded() / 100, achieved: achieved[value])
    }
  }
}
