import Problems
import Spreadsheets
import Testing

struct CSVTableTests {
  private func table(_ text: String) throws(Problems) -> CSVTable {
    try CSVTable(CSVFile(text), required: ["standard", "rating"], optional: ["reason"])
  }

  private func complaints(_ text: String) -> [String] {
    do {
      _ = try table(text)
      return []
    } catch {
      return error.list.map(\.description)
    }
  }

  @Test func `rows are read by the names of their columns, in any order`() throws {
    let read = try table("rating,standard\n good ,1.1\n\"inadequate\",\n")
    #expect(read.columns == ["rating", "standard"])
    #expect(read.rows.map { $0.text("standard") } == ["1.1", nil])
    #expect(read.rows.map { $0.text("rating") } == ["good", "inadequate"])
    #expect(read.rows.map { $0.text("reason") } == [nil, nil])
    #expect(read.rows.map { $0.text("no such column") } == [nil, nil])
    #expect(read.rows.map(\.line) == [2, 3])
  }

  @Test func `a heading without rows is an empty table`() throws {
    #expect(try table("standard,rating\n").rows.isEmpty)
    #expect(try table("standard,rating").rows.isEmpty)
  }

  @Test func `every wrong row is reported, not the first alone`() {
    #expect(
      complaints("standard,rating\n1.1\n1.2,good\n\n1.3,good,it is, we think\n") == [
        "t.csv:2: the row is too short: 1 values under 2 headings; "
          + "leave unknown values blank between commas",
        "t.csv:5: the row is too long: 4 values under 2 headings; "
          + "quote a value that has a comma in it",
      ])
  }

  @Test func `missing and unknown columns are reported with wrong rows`() {
    #expect(
      complaints("standard,raiting\n1.1\n") == [
        "t.csv:1: the column “rating” is missing; add it to the heading, which has: "
          + "standard, raiting",
        "t.csv:1: the column “raiting” is not known; did you mean “rating”?",
        "t.csv:2: the row is too short: 1 values under 2 headings; "
          + "leave unknown values blank between commas",
      ])
    #expect(
      complaints("standard,rating,colour\n").first
        == "t.csv:1: the column “colour” is not known; known: standard, rating, reason")
  }

  @Test(arguments: [";", "\t", "|"])
  func `a file with other separators is told to use commas`(_ separator: String) {
    let text = "standard\(separator)rating\n1.1\(separator)good\n"
    #expect(
      complaints(text).contains(
        "t.csv:1: the column “rating” is missing; separate the values with commas"))
  }

  @Test func `what cannot be read as rows is reported beside the rest`() {
    #expect(
      complaints("standard,rating\n1.1\n1.2,\"good\n") == [
        "t.csv:2: the row is too short: 1 values under 2 headings; "
          + "leave unknown values blank between commas",
        "t.csv:3: a quote opens here and is never closed; "
          + "close it, or double a quote that belongs to the text",
      ])
  }

  @Test func `what can be read is handed on where the rest is listed beside it`() throws {
    var problems = [Problem("t.csv", line: 9, "was known before", remedy: "keep it")]
    let read = try CSVTable(
      CSVFile("standard,rating\n1.1\n1.2,good\n1.3,\"bad\n"), required: ["standard", "rating"],
      listing: &problems)
    #expect(read.rows.map(\.line) == [3])
    #expect(problems.map(\.line) == [9, 2, 4])
    problems = []
    #expect(throws: Problems.self) {
      try CSVTable(CSVFile("standard\n1.1,good\n"), required: ["rating"], listing: &problems)
    }
    #expect(problems.isEmpty)
  }

  @Test func `a heading in quotes without a line end is on line one`() {
    #expect(complaints("\"standard\"").allSatisfy { $0.hasPrefix("t.csv:1: ") })
  }
}
