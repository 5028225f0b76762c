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
    let drawn = draw.picks.map(\.place).sorted()
    let strata = draw.strata
    self.strata = strata.map {
      Row(
        name: $0.name, population: $0.population, planned: Double($0.size), achieved: $0.drawn)
    }
    var bySex = Tally(Sex.allCases.map(\.rawValue), strata)
    var byRisk = Tally(RiskOfSeriousHarm.allCases.map(\.rawValue), strata)
    var byEthnicity = Tally(list.ethnicities.map { $0.isEmpty ? "not-recorded" : $0 }, strata)
    var byPlace = Tally(list.places.map { "\($0.cluster) / \($0.ldu)" }, strata)
    var next = 0
    Self.forEach(list, scope) { place, one, record in
      let isDrawn = next < drawn.count && drawn[next] == place
      if isDrawn { next += 1 }
      bySex.count(Int(record.sex), in: one.stratum, isDrawn)
      byRisk.count(Int(record.rosh), in: one.stratum, isDrawn)
      byEthnicity.count(Int(record.ethnicity), in: one.stratum, isDrawn)
      byPlace.count(one.place, in: one.stratum, isDrawn)
    }
    sex = bySex.rows
    risk = byRisk.rows
    ethnicity = byEthnicity.rows.sorted { $0.name < $1.name }
    ldu = byPlace.rows.sorted { $0.name < $1.name }
    var cases = [Int](repeating: 0, count: list.officers.count)
    var isThere = [Bool](repeating: false, count: list.officers.count)
    for one in scope.cases { isThere[one.officer] = true }
    for place in drawn { cases[scope.cases[place].officer] += 1 }
    var byCases: [Int] = []
    for officer in cases.indices.dropFirst() where isThere[officer] {
      while byCases.count <= cases[officer] { byCases.append(0) }
      byCases[cases[officer]] += 1
    }
    officersByCases = byCases
  }

  /// Calls `body` with each case in scope and its record.
  private static func forEach(
    _ list: CaseList, _ scope: Scope, _ body: (Int, SampleCase, CaseRecord) -> Void
  ) {
    var place = 0
    var row = 0
    for page in list.records {
      while place < scope.cases.count, scope.cases[place].row < row + page.count {
        body(place, scope.cases[place], page[scope.cases[place].row - row])
        place += 1
      }
      row += page.count
    }
  }
}

/// Counts cases by what they are, in each stratum.
private struct Tally {
  private let names: [String]
  private let strata: [Draw.Stratum]
  private var populations: [Int]
  private var achieved: [Int]

  init(_ names: [String], _ strata: [Draw.Stratum]) {
    self.names = names
    self.strata = strata
    populations = [Int](repeating: 0, count: names.count * strata.count)
    achieved = [Int](repeating: 0, count: names.count)
  }

  mutating func count(_ value: Int, in stratum: Int, _ isDrawn: Bool) {
    populations[value * strata.count + stratum] += 1
    if isDrawn { achieved[value] += 1 }
  }

  /// A row for each value that a case has.
  var rows: [Achieved.Row] {
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
