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
    var drawn = Set<Int>(minimumCapacity: draw.picks.count)
    for pick in draw.picks { drawn.insert(pick.place) }
    let strata = draw.strata
    self.strata = strata.map {
      Row(
        name: $0.name, population: $0.population, planned: Double($0.size), achieved: $0.drawn)
    }
    func rows(_ names: [String], _ value: (SampleCase, CaseRecord) -> Int) -> [Row] {
      var counts = [Int](repeating: 0, count: names.count * strata.count)
      var achieved = [Int](repeating: 0, count: names.count)
      Self.forEach(list, scope) { place, one, record in
        let value = value(one, record)
        counts[value * strata.count + one.stratum] += 1
        if drawn.contains(place) { achieved[value] += 1 }
      }
      return names.indices.compactMap { value in
        let own = strata.indices.map { counts[value * strata.count + $0] }
        guard own.contains(where: { $0 > 0 }) else { return nil }
        let planned = strata.indices.reduce(0.0) { sum, stratum in
          let all = max(1, strata[stratum].population)
          return sum + Double(strata[stratum].size * own[stratum]) / Double(all)
        }
        return Row(
          name: names[value], population: own.reduce(0, +),
          planned: (planned * 100).rounded() / 100, achieved: achieved[value])
      }
    }
    sex = rows(Sex.allCases.map(\.rawValue)) { Int($1.sex) }
    risk = rows(RiskOfSeriousHarm.allCases.map(\.rawValue)) { Int($1.rosh) }
    ethnicity = rows(list.ethnicities.map { $0.isEmpty ? "not-recorded" : $0 }) {
      Int($1.ethnicity)
    }.sorted { $0.name < $1.name }
    ldu = rows(list.places.map { "\($0.cluster) / \($0.ldu)" }) { one, _ in one.place }
      .sorted { $0.name < $1.name }
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
