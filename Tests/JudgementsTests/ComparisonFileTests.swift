import Judgements
import Problems
import Spreadsheets
import Statistics
import Testing

struct ComparisonFileTests {
  private let byQuestion = "case,question,assessor,answer"

  private func read(
    _ rows: String..., heading: String = "case,assessor,answer", outOf known: [String]? = nil
  ) throws -> Comparison {
    let file = try Readings.file(([heading] + rows).joined(separator: "\n"))
    return try known.map { try ComparisonFile.read(file, outOf: $0) } ?? ComparisonFile.read(file)
  }

  @Test func `answers are compared case by case`() throws {
    let comparison = try read(
      "C1,A,sufficient", "C2,B,insufficient", "C1, B ,sufficient", "C2,A,not-applicable",
      "C3,A,sufficient")
    #expect(comparison.questions.isEmpty)
    #expect(comparison.all.assessorCount == 2)
    #expect(comparison.all.caseCount == 3)
    #expect(comparison.all.pairCount == 2)
    #expect(comparison.all.agreeingPairCount == 1)
    #expect(comparison.all.possibleAnswers == 3)
  }

  @Test func `questions are told apart, in the order in which they are first named`() throws {
    let comparison = try read(
      "C1,2.2,A,sufficient", "C1,2.1,A,sufficient", "C1,2.1,B,insufficient",
      "C1,2.2,B,sufficient", "C1,2.3,A,", heading: byQuestion)
    #expect(comparison.questions.map(\.code) == ["2.2", "2.1", "2.3"])
    #expect(comparison.questions.map(\.answers.agreeingPairCount) == [1, 0, 0])
    #expect(comparison.questions.map(\.answers.pairCount) == [1, 1, 0])
    #expect(comparison.all.caseCount == 2)
    #expect(comparison.all.pairCount == 2)
  }

  @Test func `a blank answer is missing and never agrees`() throws {
    let comparison = try read("C1,A,", "C1,B,", "C2,A,sufficient", "C2,B,")
    #expect(comparison.blankCount == 3)
    #expect(comparison.all.caseCount == 1)
    #expect(comparison.all.pairCount == 0)
    #expect(comparison.notices == ["Blank answers, which are missing and never agreement: 3."])
  }

  @Test func `cases that one assessor answered can be left out, and are said`() throws {
    let comparison = try read("C1,A,sufficient", "C1,B,sufficient", "C2,A,sufficient")
    #expect(comparison.notices.count == 1)
    #expect(comparison.notices[0].hasPrefix("Cases and questions with a single answer: 1 of 2."))
    #expect(comparison.answeredTwice.all.caseCount == 1)
    #expect(comparison.answeredTwice.notices.isEmpty)
  }

  @Test func `other answers are taken where they are named`() throws {
    let comparison = try read("C1,A,yes", "C1,B,no", outOf: ["yes", "no", "unclear", "none"])
    #expect(comparison.all.possibleAnswers == 4)
    #expect(
      try Readings.complaints { try read("C1,A,yes", outOf: ["no", "unclear"]) } == [
        "t.csv:2: “yes” is not an answer; known: no, unclear"
      ])
  }

  @Test func `every row that cannot be used is listed with its line`() throws {
    #expect(
      try Readings.complaints {
        try read(
          "C1,2.1,A,sufficient", ",2.1,A,sufficient", "C1,,A,sufficient", "C1,2.1,,sufficent",
          "C1,2.1,B,insufficient", "C1,2.1,A,insufficient", "C1,2.1,B,", heading: byQuestion)
      } == [
        "t.csv:3: the case is blank; give the reference of the case",
        "t.csv:4: the question is blank; give the code of the question",
        "t.csv:5: the assessor is blank; say who answered, in a name or a number",
        "t.csv:5: “sufficent” is not an answer; did you mean “sufficient”?",
        "t.csv:7: the same assessor answered the same on line 2 already; keep one of the two",
        "t.csv:8: the same assessor answered the same on line 6 already; keep one of the two",
      ])
  }

  @Test func `a row of a wrong length hides no other problem`() throws {
    #expect(
      try Readings.complaints {
        try read(
          "C1,A,sufficient", "C2,A", "C2,B,sufficent", ",A,sufficient", "C1,A,sufficient",
          "C3,\"A,sufficient")
      } == [
        """
        t.csv:3: the row is too short: 2 values under 3 headings; leave unknown values blank \
        between commas
        """,
        "t.csv:4: “sufficent” is not an answer; did you mean “sufficient”?",
        "t.csv:5: the case is blank; give the reference of the case",
        "t.csv:6: the same assessor answered the same on line 2 already; keep one of the two",
        """
        t.csv:7: a quote opens here and is never closed; close it, or double a quote that belongs \
        to the text
        """,
      ])
  }

  @Test func `of very many problems the first are listed and the others counted`() throws {
    let most = AnswerFile.mostProblems
    let rows = (0..<most + 2).map { "C\($0),A,perhaps" }
    let file = try Readings.file((["case,assessor,answer"] + rows).joined(separator: "\n"))
    let complaints = try Readings.complaints { try ComparisonFile.read(file) }
    #expect(complaints.count == most + 1)
    #expect(complaints.first == "t.csv: 2 more rows have problems; mend those listed first")
    #expect(complaints.last?.hasPrefix("t.csv:\(most + 1): ") == true)
  }

  @Test func `where cases have more and fewer answers, percent agreement is said to be a mean`()
    throws
  {
    let rows = ["C1,A,sufficient", "C1,B,sufficient", "C1,C,insufficient", "C2,A,sufficient"]
    let file = try Readings.file(
      (["case,assessor,answer"] + rows + ["C2,B,sufficient"]).joined(separator: "\n"))
    let notices = try ComparisonFile.read(file).notices
    #expect(notices.count == 1)
    #expect(notices.first?.hasPrefix("Percent agreement takes each case alike.") == true)
  }

  @Test func `columns and rows that are missing or not known are listed`() throws {
    #expect(
      try Readings.complaints { try read("C1,x", heading: "case,rater") } == [
        "t.csv:1: the column “assessor” is missing; add it to the heading, which has: case, rater",
        "t.csv:1: the column “answer” is missing; add it to the heading, which has: case, rater",
        """
        t.csv:1: the column “rater” is not known; known: case, assessor, answer, question
        """,
      ])
    #expect(
      try Readings.complaints { try read("C1,A", "C1,A,sufficient,") } == [
        """
        t.csv:2: the row is too short: 2 values under 3 headings; leave unknown values blank \
        between commas
        """,
        "t.csv:3: the row is too long: 4 values under 3 headings; quote a value that has a comma in it",
      ])
    #expect(
      try Readings.complaints { try read() } == [
        "t.csv: has a heading and no answers; add one row for each answer"
      ])
  }
}
