import OrderedJSON
import Records
import Testing

@testable import Fieldwork

@Suite struct ListNamesTests {
  private func one(_ number: Int, team: String, officer: String) -> CaseFacts {
    CaseFacts(
      number: number, crn: "X10000\(number)", stratum: "all", isRestricted: false, ldu: "Hill",
      team: team, officer: officer)
  }

  @Test(arguments: [("Brown, Anna", "anna  BROWN"), ("O’Hara", "o hara"), ("Hill\t1", "HILL 1")])
  func `a name is the same whatever its capitals, spaces and order`(
    _ name: String, _ other: String
  ) {
    #expect(ListName(name) == ListName(other))
    #expect(ListName(ListName(name).description) == ListName(name))
    #expect(ListName(name) != ListName(name + " 2"))
  }

  @Test func `what was declared and is not in the list is told, and nothing else`() {
    var names = ListNames()
    names.add(one(1, team: "North", officer: "Brown, Anna"))
    names.add(one(2, team: "", officer: ""))

    let known = TeamDetails(conflicts: ["HILL"], officer: "Anna Brown", team: "north")
    let unknown = TeamDetails(conflicts: ["Atlantis"], officer: "Nobody Such", team: "South")
    let mixed = TeamDetails(conflicts: ["hill", "Atlantis"], officer: "anna brown", team: "South")

    #expect(names.unknown(of: known) == TeamDetails())
    #expect(names.unknown(of: TeamDetails()) == TeamDetails())
    #expect(names.unknown(of: unknown) == unknown)
    #expect(
      names.unknown(of: mixed) == TeamDetails(conflicts: ["Atlantis"], team: "South"))
  }

  @Test func `who supervises in a team is sealed beside its cases, and read again`() {
    let cases = [
      one(1, team: "North", officer: "Brown, Anna"), one(2, team: "", officer: "Li, Bo"),
    ]
    var names = ListNames()
    for one in cases { names.add(one) }
    names.add(office: "Hill", team: "NORTH", officer: "Carr, Dee")
    names.add(office: "Hill", team: "South", officer: "Li, Bo")

    let json = names.officers(besides: cases)
    var again = ListNames()
    again.add(officersOfTeams: json)

    let expected: JSON = [["team": "north", "officers": ["anna brown", "carr dee"]]]
    #expect(json == expected)
    #expect(again.officers(of: "north") == [ListName("Anna Brown"), ListName("Dee Carr")])
    #expect(again.officers(of: "South").isEmpty)
    #expect(again.officers(of: "").isEmpty)
    again.add(officersOfTeams: .null)
    #expect(again.teams.count == 1)
  }

  @Test func `the teams of a person's other orders are sealed beside a case as its own is`() {
    let one = CaseFacts(
      number: 1, crn: "X100001", stratum: "all", isRestricted: true, ldu: "Hill", team: "North",
      officer: "Brown, Anna",
      others: [
        Supervision(officer: "Carr, Dee", team: "South"), Supervision(officer: "", team: ""),
      ])
    var names = ListNames()
    names.add(one)
    names.add(office: "Hill", team: "South", officer: "Li, Bo")
    names.add(office: "Hill", team: "West", officer: "Moss, Kim")

    var again = ListNames()
    again.add(officersOfTeams: names.officers(besides: [one]))

    #expect(one.teams == ["North", "South"])
    #expect(Set(again.teams.keys) == [ListName("North"), ListName("South")])
    let colleagues = Set(["Brown, Anna", "Carr, Dee", "Li, Bo"].map { ListName($0) })
    #expect(again.colleagues(on: one) == colleagues)
    #expect(CaseFacts(one.json) == one)
  }

  /// As it was sealed before other orders were kept.
  @Test func `a case that was sealed without other orders has none`() {
    let sealed: JSON = [
      "number": .number(3), "crn": "X100003", "stratum": "all", "restricted": true,
      "name": "Ilu Tamo", "dateOfBirth": "1980-02-03", "sentence": "community-order",
      "startedOn": "2026-01-15", "risk": "low", "cluster": "North", "ldu": "Hill",
      "office": "", "team": "T1", "officer": "O1",
    ]
    let one = CaseFacts(sealed)

    #expect(one?.others.isEmpty == true)
    #expect(one?.isRestricted == true)
    #expect(one?.teams == ["T1"])
  }

  @Test func `an officer is barred from the cases of their team, named or not`() {
    var colleague = one(1, team: "North", officer: "Carr, Dee")
    let stranger = one(2, team: "South", officer: "Li, Bo")
    let assessor = Allotment.Assessor(
      id: AuthorID(known: "local"), isCleared: true, ownOfficer: "Anna Brown")

    #expect(assessor.bar(to: colleague.allotted) == nil)
    colleague.colleagues = [ListName("Carr, Dee"), ListName("Brown, Anna")]
    #expect(assessor.bar(to: colleague.allotted) == .ownTeam)
    #expect(assessor.bar(to: stranger.allotted) == nil)
    #expect(assessor.bar(to: one(3, team: "", officer: "BROWN Anna").allotted) == .ownCase)
  }
}
