import Judgements
import Problems
import Ratings
import Spreadsheets
import Standards
import Testing
import Workflows

/// Small CSV files in memory.
enum Files {
  static func csv(_ name: String, _ lines: String...) throws -> CSVFile {
    try CSVFile(bytes: Array(lines.joined(separator: "\n").utf8), name: name)
  }

  static func book(_ id: String) throws -> RuleBook {
    try PublishedEditions.load().edition(named: id)
  }
}

struct RateInspectionTests {
  @Test func `problems of all files are listed together, and nothing is rated`() throws {
    let files = RatingFiles(files: [
      .answers: try Files.csv("answers.csv", "case,question,answer", "A,2.1.1,yes"),
      .evidence: try Files.csv("evidence.csv", "standard,rating,reason", "2.1,good,Seen"),
      .panel: try Files.csv("panel.csv", "standard,rating,reason,members", "2.1,good,,"),
    ])
    let problems = #expect(throws: Problems.self) {
      try RateInspection.rate(files, under: Files.book("crc-2018"))
    }
    #expect(
      problems?.list.map { "\($0.file):\($0.line ?? 0)" } == [
        "answers.csv:2", "evidence.csv:2", "panel.csv:2", "panel.csv:2",
      ])
  }

  @Test func `counts may stand in the place of answers`() throws {
    let book = try Files.book("region-2023")
    let counts = try Files.csv(
      "counts.csv", "inspection,question,sufficient,applicable", "one,2.1.1,10,20",
      "two,2.1.1,30,40")
    let rated = try RateInspection.rate(RatingFiles(files: [.answers: counts]), under: book)
    let standard = try #require(rated.rating.standards.first { $0.code.text == "2.1" })
    let question = try #require(standard.questions.first { $0.code.text == "2.1.1" })
    #expect(question.tally.sufficient == 40)
    #expect(question.tally.applicable == 60)
    // 67 % pooled; the mean of 50 % and 75 % would be 62.5 % and another rating.
    #expect(question.rating == .good)
  }

  @Test func `a question counted and answered is refused`() throws {
    let files = RatingFiles(files: [
      .answers: try Files.csv("answers.csv", "case,question,answer", "A,2.4.1,sufficient"),
      .counts: try Files.csv("counts.csv", "question,sufficient,applicable", "2.4.1,1,2"),
    ])
    let problems = #expect(throws: Problems.self) {
      try RateInspection.rate(files, under: Files.book("region-2023"))
    }
    #expect(problems?.list.map(\.what) == ["2.4.1 is counted here and answered case by case too"])
  }

  @Test func `groups are rated on their own cases`() throws {
    let answers = try Files.csv(
      "answers.csv", "case,question,answer,office", "A,2.1.1,sufficient,North",
      "B,2.1.1,insufficient,South", "C,2.1.1,sufficient,North")
    let rated = try RateInspection.rate(
      RatingFiles(
        files: [
          .answers: answers,
          .evidence: try Files.csv(
            "evidence.csv", "standard,rating,reason", "1.1,good,Seen", "4.2,not-inspected,Closed"),
        ], groupedBy: "office"), under: Files.book("crc-2018"))
    #expect(rated.groups.map(\.name) == ["North", "South"])
    #expect(rated.groups.map { $0.rating.standards[4].rating } == [.outstanding, .inadequate])
    #expect(rated.groups[0].rating.standards[0].rating == nil)
    #expect(rated.groups[0].rating.overall.maximum == 27)
    #expect(rated.rating.standards[4].deciding?.tally.sufficient == 2)
  }
}
