import Calendars
import Caseloads
import Problems
import Spreadsheets
import Testing

struct WorkbookTests {
  private static func workbook(
    _ rows: [String], sheet: String = "Cases", title: String? = nil
  ) throws -> [UInt8] {
    let writer = try XLSXWriter(
      name: "list.xlsx", sheet: sheet, title: title,
      columns: Lists.heading.split(separator: ",").map(String.init))
    for row in rows {
      try writer.append(
        row.split(separator: ",", omittingEmptySubsequences: false).map { text in
          if let day = Day(text) { return .day(day.number) }
          return text.isEmpty ? .blank : .text(String(text))
        })
    }
    return try writer.finish()
  }

  @Test func `a workbook reads as the same list in CSV does, with its days as serials`() throws {
    let rows = Lists.people(30) { number in
      [.rosh: number == 4 ? "?" : "low", .crn: number == 7 ? "7" : "X\(100_001 + number)"]
    }
    let list = try Lists.read(try Self.workbook(rows))
    let plain = try Lists.read(rows: rows)
    #expect(list.counts == plain.counts)
    #expect(list.said == plain.said)
    #expect(list.encoding == nil)
    #expect(
      list.records.joined().map { "\($0.crn) \($0.startedOn) \($0.line)" }
        == plain.records.joined().map { "\($0.crn) \($0.startedOn) \($0.line)" })
    #expect(list.gaps.isEmpty)
  }

  @Test func `the heading may stand below a title, and rows end at their last value`() throws {
    let row = Lists.row([.restricted: "", .office: "", .officerGrade: ""])
    let list = try Lists.read(try Self.workbook([row], title: "Cases of June"))
    #expect(list.counts.accepted == 1)
    #expect(list.records.joined().map(\.line) == [3])
  }

  @Test func `a workbook without the headings is refused`() throws {
    let writer = try XLSXWriter(name: "l.xlsx", sheet: "Notes", columns: ["a", "b"])
    try writer.append([.text("x"), .number(1)])
    let bytes = try writer.finish()
    let problems = #expect(throws: Problems.self) { try Lists.read(bytes) }
    #expect(
      problems?.list.first?.what == "no sheet has the headings of the profile plumbline")
    #expect(throws: Problems.self) { try Lists.read([0x50, 0x4B, 0x03, 0x04, 1, 2, 3]) }
    #expect(throws: Problems.self) { try Lists.read([0xD0, 0xCF, 0x11, 0xE0, 1, 2, 3]) }
  }
}
