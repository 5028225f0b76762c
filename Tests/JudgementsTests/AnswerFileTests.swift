import Foundation
import Judgements
import Problems
import Spreadsheets
import Standards
import TestKit
import Testing

struct AnswerFileTests {
  @Test func `answers are counted by question`() throws {
    let answers = try Readings.answers(
      "A,2.1.1,sufficient", "B,2.1.1,insufficient", "C,2.1.1,not-applicable", "A,2.1.2,sufficient",
      "B,4.1.1,insufficient", "C,2.1.2,sufficient")
    #expect(
      Readings.texts(answers.all) == ["2.1.1": "1/1/1", "2.1.2": "2/0/0", "4.1.1": "0/1/0"])
    #expect(answers.groups.isEmpty)
    #expect(answers.notices.isEmpty)
  }

  /// All that may differ in the form of a file without a difference in what it says.
  @Test(arguments: [
    "case,question,answer\nA,2.1.1,sufficient\nB,2.1.1,insufficient\n",
    "case,question,answer\nA,2.1.1,sufficient\nB,2.1.1,insufficient",
    "case,question,answer\r\nA,2.1.1,sufficient\r\nB,2.1.1,insufficient\r\n",
    "\u{FEFF}case,question,answer\nA,2.1.1,sufficient\nB,2.1.1,insufficient\n",
    "\"case\",\"question\",\"answer\"\n\"A\",\"2.1.1\",\"sufficient\"\nB,\"2.1.1\",insufficient\n",
    "case , question,\tanswer\n A ,2.1.1,sufficient\nB, 2.1.1 ,\tinsufficient \n",
    "answer,case,question\nsufficient,A,2.1.1\ninsufficient,B,2.1.1\n",
    "\ncase,question,answer\n\nA,2.1.1,sufficient\n\n\nB,2.1.1,insufficient\n\n",
    "case,question,answer,assessor\nA,2.1.1,sufficient,\nB,2.1.1,insufficient,KL\n",
    "case,question,answer\n\"A\nA\",2.1.1,sufficient\nB,2.1.1,insufficient\n",
  ])
  func `the form of a file does not matter`(_ text: String) throws {
    let answers = try AnswerFile.read(Readings.file(text), for: Readings.book())
    #expect(Readings.texts(answers.all) == ["2.1.1": "1/1/0"])
    #expect(answers.notices.isEmpty)
  }

  @Test func `white space around a case does not make another case`() throws {
    let answers = try Readings.answers(
      "A,2.1.1,sufficient", "A ,2.1.1,sufficient", " A,2.1.1,sufficient")
    #expect(Readings.texts(answers.all) == ["2.1.1": "1/0/0"])
    #expect(
      try Readings.complaints("case,question,answer\nA,2.1.1,sufficient\n\tA ,2.1.1,insufficient\n")
        == [
          "t.csv:3: 2.1.1 is answered differently for the same case on line 2; keep the right answer"
        ])
    #expect(
      try Readings.complaints("case,question,answer\n  ,2.1.1,sufficient\n")
        == ["t.csv:2: the case is blank; give the reference of the case"])
  }

  @Test func `cases that differ in capitals are different cases`() throws {
    let answers = try Readings.answers("a1,2.1.1,sufficient", "A1,2.1.1,insufficient")
    #expect(Readings.texts(answers.all) == ["2.1.1": "1/1/0"])
  }

  /// Twenty orders of the same three hundred answers.
  @Test func `answers in any order give the same tally`() throws {
    let book = try Readings.book()
    let questions = book.standards.filter { $0.ratedBy == .caseQuestions }.flatMap(\.questions)
    let words = ["sufficient", "insufficient", "not-applicable"]
    var chance = Chance(seed: 31)
    var rows: [String] = []
    for case_ in 0..<25 {
      for question in questions.shuffled(using: &chance).prefix(12) {
        rows.append("C\(case_),\(question.code),\(words[Int.random(in: 0..<3, using: &chance)])")
      }
    }
    func read() throws -> Answers {
      try AnswerFile.read(
        Readings.file("case,question,answer\n" + rows.joined(separator: "\n")), for: book)
    }
    let first = try read()
    let total = first.all.questions.values.reduce(0) { $0 + $1.applicable + $1.notApplicable }
    #expect(total == rows.count)
    for _ in 0..<20 {
      rows.shuffle(using: &chance)
      #expect(try read() == first)
    }
  }

  @Test func `the same answer given twice is counted once and said`() throws {
    let once = try Readings.answers("A,2.1.1,sufficient", "A,2.1.1,sufficient")
    #expect(Readings.texts(once.all) == ["2.1.1": "1/0/0"])
    #expect(
      once.notices == ["t.csv: 1 answer was given again with the same value and counted once."])
    let twice = try Readings.answers(
      "A,2.1.1,sufficient", "B,2.1.1,insufficient", "A,2.1.1,sufficient", "B,2.1.1,insufficient")
    #expect(Readings.texts(twice.all) == ["2.1.1": "1/1/0"])
    #expect(
      twice.notices == ["t.csv: 2 answers were given again with the same value and counted once."])
  }

  @Test func `columns that nothing rests on are named`() throws {
    let text = "case,colour,question,answer,assessor,office\nA,red,2.1.1,sufficient,KL,York\n"
    let answers = try AnswerFile.read(Readings.file(text), for: Readings.book())
    #expect(answers.notices == ["t.csv: not used for the ratings: colour, office."])
    let grouped = try AnswerFile.read(
      Readings.file(text), for: Readings.book(), groupedBy: "office")
    #expect(grouped.notices == ["t.csv: not used for the ratings: colour."])
  }

  @Test func `questions that are pooled may be answered case by case`() throws {
    let answers = try AnswerFile.read(
      Readings.file("case,question,answer\nA,2.1.1,sufficient\n"), for: Readings.book("region-2023")
    )
    #expect(Readings.texts(answers.all) == ["2.1.1": "1/0/0"])
  }
}

struct AnswerRefusalTests {
  @Test(arguments: [
    // A question.
    ("A,2.1.7,sufficient", "crc-2018 has no key question “2.1.7”; did you mean “2.1.1”?"),
    ("A,2.1.11,sufficient", "crc-2018 has no key question “2.1.11”; did you mean “2.1.1”?"),
    ("A,12.1.1,sufficient", "crc-2018 has no key question “12.1.1”; did you mean “2.1.1”?"),
    ("A,2.1.1.2.3.4,sufficient", "crc-2018 has no key question “2.1.1.2.3.4”; "),
    ("A,vision,sufficient", "crc-2018 has no key question “vision”; known: 2.1.1, 2.1.2, "),
    ("A,,sufficient", "the question is blank; give the code of a key question"),
    (
      "A,2.1,sufficient",
      "“2.1” is a standard, not a key question; use one of: 2.1.1, 2.1.2, 2.1.3"
    ),
    (
      "A,1.1.1,sufficient",
      "1.1.1 belongs to 1.1 Leadership, which is judged on evidence; "
        + "put the rating of 1.1 into the evidence file"
    ),
    // An answer.
    ("A,2.1.1,maybe", "“maybe” is not an answer; known: sufficient, insufficient, not-applicable"),
    ("A,2.1.1,sufficent", "“sufficent” is not an answer; did you mean “sufficient”?"),
    ("A,2.1.1,Sufficient", "“Sufficient” is not an answer; did you mean “sufficient”?"),
    ("A,2.1.1,not applicable", "“not applicable” is not an answer; did you mean “not-applicable”?"),
    ("A,2.1.1,insufficienc", "“insufficienc” is not an answer; did you mean “insufficient”?"),
    ("A,2.1.1,", "the answer is blank; known: sufficient, insufficient, not-applicable"),
    // A case.
    (",2.1.1,sufficient", "the case is blank; give the reference of the case"),
    ("\"\",2.1.1,sufficient", "the case is blank; give the reference of the case"),
    // A row.
    (
      "A,2.1.1",
      "the row is too short: 2 values under 3 headings; leave unknown values blank between commas"
    ),
    (
      "A,2.1.1,sufficient,",
      "the row is too long: 4 values under 3 headings; quote a value that has a comma in it"
    ),
  ])
  func `what cannot be used is refused with its line`(_ row: String, _ expected: String) throws {
    let found = try Readings.complaints("case,question,answer\nZ,2.1.1,sufficient\n\(row)\n")
    #expect(found.count == 1)
    #expect(found.first?.hasPrefix("t.csv:3: \(expected)") == true, "\(found)")
    #expect(expected.hasSuffix(" ") || found.first == "t.csv:3: \(expected)")
  }

  @Test func `everything that is wrong is listed in the order of its lines`() throws {
    #expect(
      try Readings.complaints(
        """
        case,question,answer
        ,2.1,maybe
        A,2.1.1,sufficient

        B,2.1.1
        A,2.1.1,insufficient
        A,"2.1.2",sufficent
        """) == [
          "t.csv:2: the case is blank; give the reference of the case",
          "t.csv:2: “2.1” is a standard, not a key question; use one of: 2.1.1, 2.1.2, 2.1.3",
          "t.csv:2: “maybe” is not an answer; known: sufficient, insufficient, not-applicable",
          "t.csv:5: the row is too short: 2 values under 3 headings; "
            + "leave unknown values blank between commas",
          "t.csv:6: 2.1.1 is answered differently for the same case on line 3; "
            + "keep the right answer",
          "t.csv:7: “sufficent” is not an answer; did you mean “sufficient”?",
        ])
  }

  @Test func `a clash names both lines, and a row that was refused is neither`() throws {
    #expect(
      try Readings.complaints(
        """
        case,question,answer
        A,2.1.1,maybe
        A,2.1.1
        B,2.1.1,insufficient
        A ,"2.1.1",sufficient
        A,2.1.2,insufficient
        A,2.1.1,not-applicable
        """) == [
          "t.csv:2: “maybe” is not an answer; known: sufficient, insufficient, not-applicable",
          "t.csv:3: the row is too short: 2 values under 3 headings; "
            + "leave unknown values blank between commas",
          "t.csv:7: 2.1.1 is answered differently for the same case on line 5; "
            + "keep the right answer",
        ])
  }

  @Test func `each answer that differs from the first is named`() throws {
    #expect(
      try Readings.complaints(
        """
        case,question,answer
        A,2.1.1,sufficient
        A,2.1.1,insufficient
        A,2.1.1,sufficient
        A,2.1.1,not-applicable
        """)
        == [3, 5].map {
          "t.csv:\($0): 2.1.1 is answered differently for the same case on line 2; "
            + "keep the right answer"
        })
  }

  @Test func `missing columns are refused before any row`() throws {
    #expect(
      try Readings.complaints("case,answer\nA,2.1.1\n") == [
        "t.csv:1: the column “question” is missing; "
          + "add it to the heading, which has: case, answer"
      ])
    #expect(
      try Readings.complaints("Case,Question,Answer\nA,2.1.1,sufficient\n").count == 3)
    #expect(
      try Readings.complaints("case,question,answer\nA,2.1.1,sufficient\n", by: "office") == [
        "t.csv:1: the column “office” is missing; "
          + "add it to the heading, which has: case, question, answer"
      ])
  }

  @Test func `semicolons are told to be commas`() throws {
    #expect(
      try Readings.complaints("case;question;answer\nA;2.1.1;sufficient\n")
        == ["case", "question", "answer"].map {
          "t.csv:1: the column “\($0)” is missing; separate the values with commas"
        })
  }

  @Test(arguments: [
    "case,question,answer", "case,question,answer\n", "case,question,answer\n\n\r\n",
  ])
  func `a heading without answers is refused`(_ text: String) throws {
    #expect(
      try Readings.complaints(text)
        == ["t.csv: has a heading and no answers; add one row for each answer"])
  }

  @Test func `blank lines alone are no answers, however many`() throws {
    let text = "case,question,answer\n" + String(repeating: "\n", count: 2_500_000)
    #expect(
      try Readings.complaints(text)
        == ["t.csv: has a heading and no answers; add one row for each answer"])
  }

  @Test func `what is not rows is refused beside what is`() throws {
    #expect(
      try Readings.complaints("case,question,answer\nA,2.1.1,maybe\nA,\"2.1.1,sufficient\n") == [
        "t.csv:2: “maybe” is not an answer; known: sufficient, insufficient, not-applicable",
        "t.csv:3: a quote opens here and is never closed; "
          + "close it, or double a quote that belongs to the text",
      ])
  }

  @Test func `a flood of problems is counted and not listed`() throws {
    let rows = (0..<AnswerFile.mostProblems + 7).map { "C\($0),2.1.1,maybe\n" }
    let found = try Readings.complaints("case,question,answer\n" + rows.joined())
    #expect(found.count == AnswerFile.mostProblems + 1)
    #expect(found.contains("t.csv: 7 more rows have problems; mend those listed first"))
  }

  @Test func `answers that clash count towards the problems that are listed`() throws {
    let cases = 0..<AnswerFile.mostProblems + 5
    let rows = cases.map { "C\($0),2.1.1,sufficient\nC\($0),2.1.1,insufficient\n" }
    let found = try Readings.complaints("case,question,answer\n" + rows.joined())
    #expect(found.count == AnswerFile.mostProblems + 1)
    #expect(found.contains("t.csv: 5 more rows have problems; mend those listed first"))
    #expect(
      found.contains(
        "t.csv:3: 2.1.1 is answered differently for the same case on line 2; keep the right answer")
    )
  }
}
