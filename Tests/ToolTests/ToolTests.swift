import Foundation
import Testing

/// One case answering a question some number of times sufficient of so many.
private func answers(_ question: String, _ sufficient: Int, of all: Int) -> String {
  (0..<all).map { "C\($0),\(question),\($0 < sufficient ? "sufficient" : "insufficient")" }
    .joined(separator: "\n")
}

struct ToolTests {
  @Test func `rate prints the documented object`() throws {
    let input =
      "case,question,answer\n" + answers("2.1.1", 31, of: 60) + "\n" + answers("2.1.3", 14, of: 30)
    let run = try Run("rate", "-", "--standards", "crc-2018", "--json", input: input)
    #expect(run.code == 0)
    let object = try #require(try run.json() as? [String: Any])
    #expect(
      Set(object.keys) == ["standards", "overall", "results", "openToPanel", "notices"])
    let overall = try #require(object["overall"] as? [String: Any])
    #expect(overall["rating"] is NSNull)
    #expect(overall["possible"] as? [Int] == [0, 27])
    #expect(overall["maximum"] as? Int == 30)
    let results = try #require(object["results"] as? [[String: Any]])
    let assessment = try #require(results.first { $0["code"] as? String == "2.1" })
    #expect(assessment["rating"] as? String == "inadequate")
    #expect(assessment["deciding"] as? String == "2.1.3")
    let questions = try #require(assessment["questions"] as? [[String: Any]])
    #expect(questions[0]["interval"] as? [Double] == [0.3931, 0.6382])
    #expect(questions[2]["interval"] as? [Double] == [0.3023, 0.6386])
    #expect(questions[1]["rating"] is NSNull)
    #expect(questions[1]["interval"] is NSNull)
    let open = try #require(object["openToPanel"] as? [[String: Any]])
    #expect(open.first?["because"] as? [String] == ["within-five-points", "one-case"])
  }

  @Test func `bad input is refused with code 1, every problem with its line`() throws {
    let run = try Run(
      "rate", "-", "--standards", "crc-2018",
      input: "case,question,answer\nA,2.1.4,sufficient\nA,2.1.1,maybe\n")
    #expect(run.code == 1)
    #expect(run.output.isEmpty)
    #expect(run.errors.contains("standard input:2: crc-2018 has no key question “2.1.4”"))
    #expect(run.errors.contains("standard input:3: “maybe” is not an answer"))
  }

  @Test func `wrong usage ends with code 2`() throws {
    #expect(try Run("rate", "--standards", "crc-2018").code == 2)
    #expect(try Run("league", "--kind", "prison").code == 2)
    #expect(try Run("league", "--as-of", "yesterday").code == 2)
    #expect(try Run("no-such-thing").code == 2)
  }

  @Test func `an unknown edition is refused with the nearest one`() throws {
    let run = try Run("standards", "show", "crc-2017")
    #expect(run.code == 1)
    #expect(run.errors.contains("did you mean “crc-2018”?"))
  }

  @Test func `standards show prints codes and titles at every level`() throws {
    let object = try #require(
      try Run("standards", "show", "pdu-2021", "--json").json() as? [String: Any])
    let domains = try #require(object["domains"] as? [[String: Any]])
    let standards = domains.flatMap { $0["standards"] as? [[String: Any]] ?? [] }
    #expect(
      standards.compactMap { $0["code"] as? String } == [
        "1.1", "1.2", "1.3", "1.4", "2.1", "2.2", "2.3", "2.4", "2.5",
      ])
    let questions = standards.flatMap { $0["questions"] as? [[String: Any]] ?? [] }
    #expect(questions.allSatisfy { $0["code"] is String && $0["title"] is String })
  }

  @Test func `the count of 26 September 2019 is the published one`() throws {
    let run = try Run("league", "--as-of", "2019-09-26", "--json")
    #expect(run.code == 0)
    let rows = try #require(try run.json() as? [[String: Any]])
    func count(_ kind: String, _ rating: String) -> Int {
      rows.count { $0["kind"] as? String == kind && $0["overall"] as? String == rating }
    }
    #expect(count("crc", "good") == 1)
    #expect(count("crc", "requires-improvement") == 19)
    #expect(count("crc", "inadequate") == 1)
    #expect(count("nps", "good") == 5)
    #expect(count("nps", "requires-improvement") == 2)
    #expect(run.errors.contains("our facts agree"))
  }

  @Test func `a seal is verified offline, and a changed file is named`() throws {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent(ProcessInfo.processInfo.globallyUniqueString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let file = folder.appendingPathComponent("answers.csv")
    let seal = folder.appendingPathComponent("seal.json").path
    let text = "case,question,answer\n" + answers("2.1.1", 2, of: 3) + "\n"
    try text.write(to: file, atomically: true, encoding: .utf8)

    #expect(try Run("rate", file.path, "--standards", "crc-2018", "--seal", seal).code == 0)
    #expect(try Run("rate", "verify", seal, file.path).code == 0)

    try text.replacing("C2,2.1.1,insufficient", with: "C2,2.1.1,sufficient")
      .write(to: file, atomically: true, encoding: .utf8)
    let changed = try Run("rate", "verify", seal, file.path)
    #expect(changed.code == 1)
    #expect(changed.errors.contains("sealed as answers.csv"))
    #expect(changed.errors.contains(#"rating: "good" is now "outstanding""#))
  }

  @Test func `sample size prints the formula, its z and the size`() throws {
    let run = try Run(
      "sample", "size", "--population", "1217", "--confidence", "80", "--margin", "5")
    #expect(run.code == 0)
    #expect(
      run.output.hasPrefix("145 of 1217 cases, for 80 % confidence and a margin of 5 points."))
    #expect(run.output.contains("z = 1.281552"))
    #expect(run.output.contains("n = n0 / (1 + (n0 - 1) / 1217) = 144.8135, rounded up"))
    let json = try Run("sample", "size", "--population", "1217", "--json").json()
    #expect((json as? [String: Any])?["size"] as? Int == 145)
  }

  @Test func `a sample size out of range is wrong usage with everything that is wrong`() throws {
    let run = try Run("sample", "size", "--population", "0", "--margin", "70")
    #expect(run.code == 2)
    #expect(run.errors.contains("population: 0 is not a number of cases"))
    #expect(run.errors.contains("margin: 70.0 is out of range"))
  }

  @Test func `caseload make prints a list, the same for the same seed`() throws {
    let run = try Run("caseload", "make", "--cases", "3", "--seed", "7")
    #expect(run.code == 0)
    #expect(run.output.hasPrefix("crn,pnc,family_name,first_names,date_of_birth,sex,"))
    #expect(run.output.split(separator: "\n").count == 4)
    #expect(try Run("caseload", "make", "--cases", "3", "--seed", "7").output == run.output)
    let messy = try Run("caseload", "make", "--cases", "200", "--seed", "7", "--messy")
    #expect(messy.output.contains("RVRH"))
  }

  @Test func `caseload make refuses what it cannot make`() throws {
    let seed = ["caseload", "make", "--seed", "7"]
    #expect(try Run(seed + ["--cases", "0"]).code == 2)
    #expect(try Run(seed + ["--cases", "3", "--format", "ods"]).code == 2)
    #expect(try Run(seed + ["--cases", "3", "--list-date", "2026-02-30"]).code == 2)
    #expect(try Run(seed + ["--cases", "3", "--list-date", "1999-01-01"]).code == 2)
    let unknown = try Run(seed + ["--cases", "3", "--profile", "ndelius-2021"])
    #expect(unknown.code == 1)
    #expect(unknown.errors.contains("did you mean “ndelius-2020”?"))
    #expect(try Run(seed + ["--cases", "3", "--out", "/no/such/folder/list.csv"]).code == 1)
  }

  @Test func `made answers rate as wished`() throws {
    let list = try Run("caseload", "make", "--cases", "60", "--seed", "2").output
    let made = try Run(
      ["caseload", "answers", "-", "--standards", "crc-2019", "--seed", "1"]
        + ["--rate", "70", "--rate", "2.1.3=48"], input: list)
    #expect(made.code == 0)
    let object = try Run(
      "rate", "-", "--standards", "crc-2019", "--json", input: made.output
    ).json()
    let results = try #require((object as? [String: Any])?["results"] as? [[String: Any]])
    let ratings = Dictionary(
      results.map { ($0["code"] as? String, $0["rating"] as? String) }
    ) { first, _ in first }
    #expect(ratings["2.1"] == "inadequate")
    #expect(ratings["2.2"] == "good")
    #expect(try Run("caseload", "answers", "--standards", "crc-2019", "--seed", "1").code == 2)
  }
}
