import Judgements
import Problems
import Spreadsheets
import Standards
import Statistics
import Testing
import Workflows

struct SyntheticAnswersTests {
  private func answers(
    _ cases: [String], rate: Int, rates: [String: Int] = [:], seed: UInt64 = 7
  ) throws -> [[String]] {
    let single = try rates.map { (try #require(Code($0)), try #require(Percent($1))) }
    let made = try SyntheticAnswers(
      under: try PublishedEditions.load(edition: "crc-2019"), cases: cases,
      rate: try #require(Percent(rate)), rates: Dictionary(uniqueKeysWithValues: single),
      seed: seed)
    var bytes: [UInt8] = []
    made.forEachBlock { bytes += $0 }
    var rows: [[String]] = []
    try CSVFile(bytes: bytes, name: "answers.csv").forEachRow { row in
      rows.append((0..<row.count).map(row.text))
    }
    return rows
  }

  @Test(arguments: [(0, 0), (1, 1), (49, 51), (50, 52), (62, 64), (99, 103), (100, 104)])
  func `a share is the nearest that whole cases allow`(_ percent: Int, _ count: Int) throws {
    let rows = try answers(
      SyntheticAnswers.references(104), rate: 70, rates: ["2.1.1": percent])
    #expect(rows.count == 104 * 19)
    #expect(rows.count { $0[1] == "2.1.1" && $0[2] == "sufficient" } == count)
    #expect(rows.count { $0[1] == "2.1.2" && $0[2] == "sufficient" } == 73)
  }

  @Test func `a question under a condition applies to the same cases as its like`() throws {
    let rows = try answers(SyntheticAnswers.references(104), rate: 50)
    func cases(_ question: String, where isMeant: (String) -> Bool) -> Set<String> {
      Set(rows.filter { $0[1] == question && isMeant($0[2]) }.map { $0[0] })
    }
    let applicable = cases("2.2.3") { $0 != "not-applicable" }
    #expect(applicable.count == 62)
    #expect(cases("2.2.3") { $0 == "sufficient" }.count == 31)
    #expect(cases("2.3.3") { $0 != "not-applicable" } == applicable)
    #expect(cases("4.1.1") { $0 != "not-applicable" } != applicable)
    #expect(cases("2.3.3") { $0 == "sufficient" } != cases("2.2.3") { $0 == "sufficient" })
  }

  @Test func `the same seed gives the same answers and another one others`() throws {
    let names = SyntheticAnswers.references(20)
    #expect(try answers(names, rate: 50) == answers(names, rate: 50))
    #expect(try answers(names, rate: 50) != answers(names, rate: 50, seed: 8))
  }

  @Test func `a question that cases do not answer is refused with the nearest`() {
    let problems = #expect(throws: Problems.self) {
      try answers(["A"], rate: 50, rates: ["2.1.4": 60])
    }
    #expect(problems?.list.map(\.remedy) == ["did you mean “2.1.1”?"])
    #expect(throws: Problems.self) { try answers([], rate: 50) }
  }

  @Test func `references come from the column of cases, each once`() throws {
    let file = try CSVFile(bytes: Array("sex,CRN\nm,X1\nf,\nm,X2\nm,X1\n".utf8), name: "l.csv")
    #expect(try SyntheticAnswers.references(in: file) == ["X1", "X2"])
    #expect(throws: Problems.self) {
      try SyntheticAnswers.references(in: try CSVFile(bytes: Array("a\n1\n".utf8), name: "l.csv"))
    }
  }
}
