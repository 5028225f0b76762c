import Judgements
import Problems
import Spreadsheets
import Standards
import Testing

struct EvidenceFileTests {
  @Test func `ratings on evidence are read with their reasons and lines`() throws {
    let read = try StandardFiles.evidence(Readings.fixture("evidence"), for: Readings.book())
    #expect(read.map(\.standard.text) == ["1.1", "1.2", "1.3", "2.1"])
    #expect(
      read.map(\.rating) == [
        .rated(.good), .rated(.requiresImprovement), .notInspected, .notInspected,
      ])
    #expect(read.map(\.reason)[1] == "Workloads are high, and rising.")
    #expect(read.map(\.reason)[2] == "")
    #expect(read.map(\.place) == [2, 3, 4, 5].map { Place("evidence.csv", line: $0) })
  }

  @Test func `every row that cannot be used is listed with its line`() throws {
    let words = "inadequate, requires-improvement, good, outstanding, not-inspected"
    let codes = "1.1, 1.2, 1.3, 1.4, 2.1, 2.2, 2.3, 2.4, 4.1, 4.2"
    #expect(
      try Readings.complaints {
        try StandardFiles.evidence(Readings.fixture("evidence-broken"), for: Readings.book())
      } == [
        "evidence-broken.csv:2: “god” is not a rating; did you mean “good”?",
        "evidence-broken.csv:3: crc-2018 has no standard “9.9”; known: \(codes)",
        "evidence-broken.csv:4: 2.1 Assessment is judged on cases, not judged on evidence; "
          + "give its answers, or its rating in the file of given ratings",
        "evidence-broken.csv:5: “rating” is blank; use one of: \(words)",
        "evidence-broken.csv:6: “standard” is blank; use one of: \(codes)",
        "evidence-broken.csv:9: 1.3 is on line 7 already; keep one of the two",
        "evidence-broken.csv:10: “Not-Inspected” is not a rating; did you mean “not-inspected”?",
      ])
  }

  @Test func `a row of a wrong length hides no other problem`() throws {
    let text = "standard,rating,reason\n1.1,good\n1.2,god,Seen.\n"
    #expect(
      try Readings.complaints {
        try StandardFiles.evidence(Readings.file(text), for: Readings.book())
      } == [
        "t.csv:2: the row is too short: 2 values under 3 headings; "
          + "leave unknown values blank between commas",
        "t.csv:3: “god” is not a rating; did you mean “good”?",
      ])
  }

  @Test func `a pooled standard is not rated on evidence but may be left out`() throws {
    let book = try Readings.book("region-2023")
    func read(_ row: String) throws -> [StandardJudgement] {
      try StandardFiles.evidence(Readings.file("standard,rating,reason\n\(row)\n"), for: book)
    }
    #expect(try read("2.1,not-inspected,").map(\.rating) == [.notInspected])
    #expect(
      try Readings.complaints { try read("2.1,good,Seen.") } == [
        "t.csv:2: 2.1 Desistance is pooled from other inspections, not judged on evidence; "
          + "give its answers, or its rating in the file of given ratings"
      ])
  }

  @Test func `a file without rows or with wrong columns is refused`() throws {
    func read(_ text: String) throws -> [StandardJudgement] {
      try StandardFiles.evidence(Readings.file(text), for: Readings.book())
    }
    #expect(
      try Readings.complaints { try read("standard,rating,reason\n") } == [
        "t.csv: has no rows; leave the file out, or fill it"
      ])
    #expect(
      try Readings.complaints { try read("standard,rating\n1.1,good\n") } == [
        "t.csv:1: the column “reason” is missing; "
          + "add it to the heading, which has: standard, rating"
      ])
    #expect(
      try Readings.complaints { try read("standard,rating,reason\n1.1,good,Well, yes.\n") } == [
        "t.csv:2: the row is too long: 4 values under 3 headings; "
          + "quote a value that has a comma in it"
      ])
  }
}

struct GivenFileTests {
  private func read(_ text: String) throws -> [StandardJudgement] {
    try StandardFiles.given(Readings.file(text), for: Readings.book())
  }

  @Test func `a rating of any standard may be given, with or without a reason`() throws {
    let plain = try read("standard,rating\n2.1,inadequate\n4.2,not-inspected\n1.1,outstanding\n")
    #expect(plain.map(\.standard.text) == ["2.1", "4.2", "1.1"])
    #expect(plain.map(\.rating) == [.rated(.inadequate), .notInspected, .rated(.outstanding)])
    #expect(plain.map(\.reason) == ["", "", ""])
    #expect(try read("standard,rating,reason\n2.1,good,Report.\n").map(\.reason) == ["Report."])
  }

  @Test func `every row that cannot be used is listed with its line`() throws {
    #expect(
      try Readings.complaints {
        try read("standard,rating\n2.1,Good\n2.5,good\n2.2,good\n2.2,inadequate\n2.3,\n")
      } == [
        "t.csv:2: “Good” is not a rating; did you mean “good”?",
        "t.csv:3: crc-2018 has no standard “2.5”; did you mean “2.1”?",
        "t.csv:5: 2.2 is on line 4 already; keep one of the two",
        "t.csv:6: “rating” is blank; use one of: "
          + "inadequate, requires-improvement, good, outstanding, not-inspected",
      ])
    #expect(
      try Readings.complaints { try read("standard,rating\n") } == [
        "t.csv: has no rows; leave the file out, or fill it"
      ])
  }
}

struct PanelFileTests {
  private func read(_ rows: String...) throws -> [PanelDecision] {
    let text = (["standard,rating,reason,members"] + rows).joined(separator: "\n")
    return try StandardFiles.panel(Readings.file(text), for: Readings.book())
  }

  @Test func `decisions are read with who decided and why`() throws {
    let read = try read(
      "2.1,good,\"Small sub-sample, strong work.\",\"lead, head\"", "1.1,inadequate,x,y")
    #expect(read.map(\.standard.text) == ["2.1", "1.1"])
    #expect(read.map(\.rating) == [.good, .inadequate])
    #expect(read.map(\.reason) == ["Small sub-sample, strong work.", "x"])
    #expect(read.map(\.members) == ["lead, head", "y"])
    #expect(read.map(\.place) == [Place("t.csv", line: 2), Place("t.csv", line: 3)])
  }

  @Test func `a decision without a reason, members or a rating is refused`() throws {
    let ratings = "inadequate, requires-improvement, good, outstanding"
    #expect(
      try Readings.complaints {
        try read(
          "2.1,good,,lead", "2.2,good,Strong., ", "2.3,not-inspected,Strong.,lead", ",,,",
          "2.4,better,Strong.,lead", "2.1,good,Again.,lead")
      } == [
        "t.csv:2: “reason” is blank; say why the panel decided so",
        "t.csv:3: “members” is blank; say who decided",
        "t.csv:4: “not-inspected” is not a rating; known: \(ratings)",
        "t.csv:5: “standard” is blank; use one of: "
          + "1.1, 1.2, 1.3, 1.4, 2.1, 2.2, 2.3, 2.4, 4.1, 4.2",
        "t.csv:5: “rating” is blank; use one of: \(ratings)",
        "t.csv:5: “reason” is blank; say why the panel decided so",
        "t.csv:5: “members” is blank; say who decided",
        "t.csv:6: “better” is not a rating; known: \(ratings)",
        "t.csv:7: 2.1 is on line 2 already; keep one of the two",
      ])
    #expect(
      try Readings.complaints { try read() } == [
        "t.csv: has no rows; leave the file out, or fill it"
      ])
  }
}
