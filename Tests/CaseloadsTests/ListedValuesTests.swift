import Caseloads
import Testing

struct ListedValuesTests {
  @Test func `values that stand beside each other are told once, of refused rows, too`() throws {
    let profile = try Profile.load("plumbline")
    let rows = [
      Lists.row(), Lists.row(), Lists.row([.team: " T2 ", .officer: ""]),
      Lists.row([.crn: "", .office: "Vale"]),
    ]
    let file = try CaseFile(
      bytes: Array(Lists.text(rows).utf8), name: "list.csv", profile: profile)

    let found = try file.combinations(of: [.office, .team, .officer, .releasedOn], profile)

    #expect(
      found == [["Hill 1", "T1", "O1", ""], ["Hill 1", "T2", "", ""], ["Vale", "T1", "O1", ""]])
  }
}
