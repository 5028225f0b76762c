import Judgements
import Problems
import Spreadsheets
import Standards
import Statistics
import Testing

struct CountFileTests {
  private func read(_ rows: String..., heading: String = "question,sufficient,applicable") throws
    -> Answers
  {
    try CountFile.read(
      Readings.file(([heading] + rows).joined(separator: "\n")), for: Readings.book("region-2023"))
  }

  private let byInspection = "question,sufficient,applicable,inspection"

  @Test func `counts are taken as they are`() throws {
    let answers = try read("2.1.1,14,30", "2.1.2, 31 ,60", "2.4.1,0,5", "\"2.4.2\",5,5")
    #expect(
      Readings.texts(answers.all) == [
        "2.1.1": "14/16/0", "2.1.2": "31/29/0", "2.4.1": "0/5/0", "2.4.2": "5/0/0",
      ])
    #expect(answers.groups.isEmpty && answers.notices.isEmpty)
  }

  @Test func `counts are pooled by inspection, never their percentages`() throws {
    let answers = try read("2.1.1,9,10,York", "2.1.1,10,90,Hull", heading: byInspection)
    #expect(Readings.texts(answers.all) == ["2.1.1": "19/81/0"])
    #expect(answers.all[try Readings.code("2.1.1")].share == Proportion(19, of: 100))
  }

  @Test func `the order of the rows does not matter`() throws {
    let there = try read(
      "2.1.1,9,10,York", "2.1.2,1,2,York", "2.1.1,10,90,Hull", heading: byInspection)
    let back = try read(
      "2.1.1,10,90,Hull", "2.1.1,9,10,York", "2.1.2,1,2,York", heading: byInspection)
    #expect(there == back)
  }

  @Test func `a row of a wrong length hides no other problem`() throws {
    #expect(
      try Readings.complaints { try read("2.1.1,9", "2.1.2,2,1") } == [
        "t.csv:2: the row is too short: 2 values under 3 headings; "
          + "leave unknown values blank between commas",
        "t.csv:3: 2 of 1 cases cannot be sufficient; check the two counts of 2.1.2",
      ])
  }

  @Test func `no applicable case is an answer without a share`() throws {
    let answers = try read("2.1.1,0,0")
    let tally = answers.all[try Readings.code("2.1.1")]
    #expect(tally.isAnswered)
    #expect(tally.applicable == 0)
    #expect(tally.share == nil)
    #expect(!answers.all[try Readings.code("2.1.2")].isAnswered)
  }

  @Test func `a question counted twice is refused unless its inspections differ`() throws {
    #expect(
      try Readings.complaints { try read("2.1.1,9,10", "2.1.2,1,1", "2.1.1,10,90") } == [
        "t.csv:4: 2.1.1 is counted on line 2 already; add a column “inspection” to pool several"
      ])
    for name in ["York", ""] {
      #expect(
        try Readings.complaints {
          try read(
            "2.1.1,9,10,\(name)", "2.1.1,9,10,Hull", "2.1.1,10,90,\(name)", heading: byInspection)
        } == ["t.csv:4: 2.1.1 is counted on line 2 already; keep one of the two"])
    }
  }

  @Test(arguments: [
    ("2.1.1,11,10", "11 of 10 cases cannot be sufficient; check the two counts of 2.1.1"),
    ("2.1.1,1,0", "1 of 0 cases cannot be sufficient; check the two counts of 2.1.1"),
    ("2.1.1,-1,10", "the number of sufficient cases is not a whole number; write digits only"),
    ("2.1.1,+1,10", "the number of sufficient cases is not a whole number; write digits only"),
    ("2.1.1,1,", "the number of applicable cases is not a whole number; write digits only"),
    ("2.1.1,1,10.0", "the number of applicable cases is not a whole number; write digits only"),
    ("2.1.1,1,ten", "the number of applicable cases is not a whole number; write digits only"),
    ("2.1.1,1,٣", "the number of applicable cases is not a whole number; write digits only"),
    (
      "2.1.1,1,1000000001",
      "the number of applicable cases is not a whole number; write digits only"
    ),
    ("2.1.9,1,10", "region-2023 has no key question “2.1.9”; did you mean “2.1.1”?"),
    (",1,10", "the question is blank; give the code of a key question"),
    (
      "2.3,1,10", "“2.3” is a standard, not a key question; use one of: 2.3.1, 2.3.2, 2.3.3"
    ),
    (
      "1.1.1,1,10",
      "1.1.1 belongs to 1.1 Leadership, which is judged on evidence; "
        + "put the rating of 1.1 into the evidence file"
    ),
    (
      "2.1.1,1",
      "the row is too short: 2 values under 3 headings; leave unknown values blank between commas"
    ),
  ])
  func `what cannot be counted is refused with its line`(
    _ row: String, _ expected: String
  ) throws {
    #expect(
      try Readings.complaints { try read("2.2.1,1,2", row) } == ["t.csv:3: \(expected)"])
  }

  @Test func `the largest count is read, and more than that cannot be pooled`() throws {
    let most = Proportion.largestCount
    let answers = try read("2.1.1,\(most),\(most)")
    #expect(answers.all[try Readings.code("2.1.1")].share == Proportion(most, of: most))
    #expect(
      try Readings.complaints {
        try read("2.1.1,0,\(most),York", "2.1.1,1,1,Hull", heading: byInspection)
      } == ["t.csv:3: 2.1.1 is counted over more cases than can be; check the counts of 2.1.1"])
  }

  @Test func `both counts of a row and all rows are checked`() throws {
    #expect(
      try Readings.complaints { try read("2.1.1,x,y", "2.1.2,3,2") } == [
        "t.csv:2: the number of sufficient cases is not a whole number; write digits only",
        "t.csv:2: the number of applicable cases is not a whole number; write digits only",
        "t.csv:3: 3 of 2 cases cannot be sufficient; check the two counts of 2.1.2",
      ])
  }

  @Test func `a heading without rows, and unknown columns, are refused`() throws {
    #expect(
      try Readings.complaints { try read() } == [
        "t.csv: has no rows; add one row for each question"
      ])
    #expect(
      try Readings.complaints { try read("2.1.1,1,2", heading: "question,suficient,applicable") }
        == [
          "t.csv:1: the column “sufficient” is missing; "
            + "add it to the heading, which has: question, suficient, applicable",
          "t.csv:1: the column “suficient” is not known; did you mean “sufficient”?",
        ])
  }
}

struct TallyTests {
  @Test func `pooled tallies add their counts`() throws {
    let (one, other) = (try Readings.code("2.1.1"), try Readings.code("2.1.2"))
    var tally = Tally([one: QuestionTally(sufficient: 1, insufficient: 2, notApplicable: 3)])
    tally.pool(
      Tally([
        one: QuestionTally(sufficient: 10, insufficient: 20, notApplicable: 30),
        other: QuestionTally(notApplicable: 1),
      ]))
    #expect(Readings.texts(tally) == ["2.1.1": "11/22/33", "2.1.2": "0/0/1"])
    #expect(tally[one].applicable == 33)
    #expect(tally[one].share == Proportion(11, of: 33))
    #expect(tally[other].isAnswered && tally[other].share == nil)
    #expect(!tally[try Readings.code("2.1.3")].isAnswered)
  }
}
