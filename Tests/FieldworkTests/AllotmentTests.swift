import Records
import TestKit
import Testing

@testable import Fieldwork

@Suite struct AllotmentTests {
  private func assessors(_ count: Int) -> [Allotment.Assessor] {
    (0..<count).compactMap { number in
      AuthorID("assessor-\(number)").map { Allotment.Assessor(id: $0, isCleared: true) }
    }
  }

  private func cases(_ count: Int, offices: Int) -> [Allotment.Case] {
    (1...count).map { number in
      Allotment.Case(
        number: number, office: "office \(number % offices)", officer: "officer \(number % 17)",
        team: "team \(number % 5)", isRestricted: false)
    }
  }

  private func loads(_ allotment: Allotment) -> [Int] {
    Dictionary(grouping: allotment.assessors.values) { $0 }.map(\.value.count).sorted()
  }

  @Test func `everybody has as many cases as everybody else, of every office`() {
    let cases = cases(148, offices: 6)
    let allotment = Allotment(of: cases, to: assessors(5))

    #expect(loads(allotment) == [29, 29, 30, 30, 30])
    #expect(allotment.barred.isEmpty)
    for office in Set(cases.map(\.office)) {
      let own = cases.filter { $0.office == office }
      let counts = Dictionary(grouping: own) { allotment.assessors[$0.number] }.map(\.value.count)
      #expect(counts.count == 5)
      #expect((counts.max() ?? 0) - (counts.min() ?? 0) <= 1)
    }
  }

  @Test(arguments: Allotment.Bar.allCases)
  func `no rule is broken, and what nobody may assess is told`(_ bar: Allotment.Bar) throws {
    let one = Allotment.Case(
      number: 1, office: "Hill", officer: "O1", team: "T1", isRestricted: bar == .restricted,
      otherAssessors: bar == .otherAssessment ? [AuthorID(known: "assessor-1")] : [])
    let free = Allotment.Case(
      number: 2, office: "Vale", officer: "O2", team: "T2", isRestricted: false)
    let id = AuthorID(known: "assessor-1")
    let assessor = Allotment.Assessor(
      id: id, isCleared: bar != .restricted, ownOfficer: bar == .ownCase ? "O1" : nil,
      ownTeam: bar == .ownTeam ? "T1" : nil, conflicts: bar == .conflict ? ["Hill"] : [])

    #expect(assessor.bar(to: one) == bar)
    #expect(assessor.bar(to: free) == nil)
    let alone = Allotment(of: [one, free], to: [assessor])
    #expect(alone.assessors == [2: id])
    #expect(alone.barred == [1])
    let other = Allotment.Assessor(id: AuthorID(known: "assessor-2"), isCleared: true)
    let both = Allotment(of: [one, free], to: [assessor, other])
    #expect(both.assessors == [1: other.id, 2: id])
  }

  @Test func `a case without an officer or a team is nobody's own`() {
    let one = Allotment.Case(
      number: 1, office: "Hill", officer: nil, team: nil, isRestricted: false)
    let assessor = Allotment.Assessor(id: AuthorID(known: "a"), isCleared: false)
    #expect(assessor.bar(to: one) == nil)
  }

  @Test func `each order of a person bars whose it is, and whose team's`() {
    func bar(_ officer: String?, _ team: String?, _ others: [Supervision]) -> Allotment.Bar? {
      let one = Allotment.Case(
        number: 1, office: "Hill", officer: "O1", team: "T1", others: others, isRestricted: false)
      let assessor = Allotment.Assessor(
        id: AuthorID(known: "a"), isCleared: true, ownOfficer: officer, ownTeam: team)
      return assessor.bar(to: one)
    }
    let others = [Supervision(officer: "", team: ""), Supervision(officer: "O2", team: "T2")]

    #expect(bar("O2", nil, others) == .ownCase)
    #expect(bar("o2", "T2", others) == .ownCase)
    #expect(bar(nil, "t2", others) == .ownTeam)
    #expect(bar("O1", nil, others) == .ownCase)
    #expect(bar(nil, "T1", others) == .ownTeam)
    #expect(bar("O3", "T3", others) == nil)
    #expect(bar("O2", "T2", []) == nil)
  }

  @Test func `what somebody has stays theirs and counts`() {
    let fixed = Dictionary(
      uniqueKeysWithValues: (1...6).map { ($0, AuthorID(known: "assessor-0")) })

    let allotment = Allotment(of: cases(12, offices: 2), to: assessors(3), keeping: fixed)

    for (number, id) in fixed { #expect(allotment.assessors[number] == id) }
    #expect(loads(allotment) == [3, 3, 6])
    // Somebody who left keeps what they had.
    let gone = Allotment(
      of: cases(3, offices: 1), to: assessors(1), keeping: [2: AuthorID(known: "gone")])
    #expect(gone.assessors[2]?.description == "gone")
    #expect(gone.assessors.count == 3)
  }

  @Test func `without assessors nothing is allotted, and without cases nothing is wrong`() {
    #expect(Allotment(of: cases(3, offices: 1), to: []).barred == [1, 2, 3])
    #expect(Allotment(of: [], to: assessors(3)).assessors.isEmpty)
  }

  /// Every way to allot a few cases is tried.
  @Test(arguments: 0..<60)
  func `no allotment is more even, whatever bars people`(_ seed: Int) throws {
    var chance = Chance(seed: UInt64(seed))
    func next(_ bound: Int) -> Int { Int(chance.next() % UInt64(bound)) }
    let people = (0..<3).compactMap { number in
      AuthorID("assessor-\(number)").map {
        Allotment.Assessor(
          id: $0, isCleared: next(2) == 0, ownTeam: "team \(next(3))",
          conflicts: ["office \(next(3))"])
      }
    }
    let cases = (1...7).map { number in
      Allotment.Case(
        number: number, office: "office \(next(3))", officer: nil, team: "team \(next(4))",
        isRestricted: next(3) == 0)
    }

    let allotment = Allotment(of: cases, to: people)

    var best: [Int]?
    for way in 0..<2_187 {
      var rest = way
      var loads = [0, 0, 0]
      var isAllowed = true
      for one in cases {
        let able = people.indices.filter { people[$0].bar(to: one) == nil }
        let choice = rest % 3
        rest /= 3
        if able.isEmpty { continue }
        guard able.contains(choice) else {
          isAllowed = false
          break
        }
        loads[choice] += 1
      }
      let sorted = loads.sorted(by: >)
      if isAllowed, best.map({ sorted.lexicographicallyPrecedes($0) }) ?? true { best = sorted }
    }
    let found = people.map { person in
      allotment.assessors.values.count { $0 == person.id }
    }.sorted(by: >)
    #expect(found == best)
    for one in cases {
      guard let id = allotment.assessors[one.number] else {
        #expect(people.allSatisfy { $0.bar(to: one) != nil })
        continue
      }
      #expect(try #require(people.first { $0.id == id }).bar(to: one) == nil)
    }
    #expect(Allotment(of: cases.reversed(), to: people.reversed()) == allotment)
  }

  @Test func `a large inspection is allotted at once`() {
    let allotment = Allotment(of: cases(400, offices: 25), to: assessors(30))
    #expect(Set(loads(allotment)) == [13, 14])
  }
}
