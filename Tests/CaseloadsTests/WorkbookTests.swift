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

  private static let people = Lists.people(4).map {
    Array($0.split(separator: ",", omittingEmptySubsequences: false).map(String.init))
  }

  private static let headings = Lists.heading.split(separator: ",").map(String.init)

  private func sheet(_ name: String, _ rows: [[String]]) -> HandmadeWorkbook.Sheet {
    HandmadeWorkbook.Sheet(
      name, rows.map { $0.map { HandmadeWorkbook.Cell.text($0) } })
  }

  @Test(arguments: [["Notes", "Cases"], ["Cases", "Notes"]])
  func `the sheet with the cases is read wherever it stands, and the others are named`(
    _ order: [String]
  ) throws {
    let sheets = [
      "Notes": sheet("Notes", [["Asked for in June"], ["crn", "what we asked"]]),
      "Cases": sheet("Cases", [Self.headings] + Self.people),
    ]
    let empty = sheet("Form", [["Fill this in"], Self.headings])
    let workbook = HandmadeWorkbook(order.compactMap { sheets[$0] } + [empty])

    let list = try Lists.read(workbook.bytes)

    #expect(list.counts.accepted == 4)
    #expect(list.unusedSheets == (order + ["Form"]).filter { $0 != "Cases" })
    #expect(try Lists.read(rows: Lists.people(1)).unusedSheets.isEmpty)
  }

  @Test(arguments: ["plumbline", "with-a-sheet"])
  func `a workbook with cases on two sheets is refused, and both are named`(
    _ id: String
  ) throws {
    var sheets = [
      sheet("North", [["Cases of June"], Self.headings] + Self.people.prefix(2)),
      sheet("Notes", [["nothing"]]),
      sheet("South", [Self.headings] + Self.people.suffix(2)),
    ]
    sheets[0].isHidden = true
    let bytes = HandmadeWorkbook(sheets).bytes
    let profile = try id == "plumbline" ? Profile.load(id) : Self.profile(namingSheet: "South")

    let problems = #expect(throws: Problems.self) {
      try CaseFile(bytes: bytes, name: "list.xlsx", profile: profile)
    }

    #expect(
      problems?.list.map(\.description) == [
        "list.xlsx: has cases on 2 sheets: “North”, “South”; "
          + "put all cases on one sheet under one heading, and remove the others"
      ])
  }

  /// A day in words, as a cell of the type `d` has it or as somebody typed it.
  @Test(
    arguments: [
      (written: "2026-01-15", isDay: true), (written: "2026-01-15T00:00:00", isDay: true),
      (written: "2026-01-15T00:00:00.000Z", isDay: true),
      (written: "2026-01-15T09:30:00", isDay: false),
      (written: "2026-02-30T00:00:00", isDay: false), (written: "2026-01-15T", isDay: false),
      (written: "2026-01-15 00:00:00", isDay: false),
    ], ["d", "str"])
  func `a day in words is a day in a sheet, whatever the profile says`(
    _ day: (written: String, isDay: Bool), _ type: String
  ) throws {
    let headings = [
      "CRN", "Gender (M/F)",
      "Case/sentence type [Licence] [Community Order] [Suspended Sentence Order]",
      "Date of sentence or release on licence", "Risk of Serious Harm [RoSH] Classification",
    ]
    let sheet = HandmadeWorkbook.Sheet(
      "Cases",
      [
        headings.map { HandmadeWorkbook.Cell.text($0) },
        [
          .text("X100001"), .text("M"), .text("Licence"), .typed(type, day.written),
          .text("RMRH"),
        ],
      ])
    let profile = try Profile.load("ndelius-2020")
    let file = try CaseFile(
      bytes: HandmadeWorkbook([sheet]).bytes, name: "list.xlsx", profile: profile)
    let list = try CaseList.read(file, profile: profile)

    #expect(list.counts.accepted == (day.isDay ? 1 : 0))
    #expect(list.counts.refused == (day.isDay ? 0 : 1))
    guard day.isDay else { return }
    #expect(list.records.joined().map { $0.started?.description } == ["2026-01-15"])
    let details = try list.details(ofLines: [2], from: file)
    #expect(details[2]?[.startedOn] == "2026-01-15")
  }

  @Test func `a truth value of a sheet marks a case as restricted or not`() throws {
    let headings = ["crn", "sex", "sentence_type", "started_on", "rosh", "restricted"]
    let rows: [[HandmadeWorkbook.Cell]] = ["1", "0"].enumerated().map { place, truth in
      ["X10000\(place)", "male", "licence", "2026-01-15", "low"]
        .map { HandmadeWorkbook.Cell.text($0) } + [.typed("b", truth)]
    }
    let sheet = HandmadeWorkbook.Sheet(
      "Cases", [headings.map { HandmadeWorkbook.Cell.text($0) }] + rows)
    let list = try Lists.read(HandmadeWorkbook([sheet]).bytes)

    #expect(list.counts.accepted == 2)
    #expect(list.records.joined().map(\.isRestricted) == [true, false])
  }

  private static func profile(namingSheet sheet: String) throws -> Profile {
    try Profile.read(
      yaml: """
        format: plumbline-profile/1
        id: with-a-sheet
        title: Mine
        source: ours
        status: assumed
        sheet: \(sheet)
        dates: [yyyy-mm-dd]
        columns:
          crn: crn
          sex: sex
          sentence_type: sentence_type
          started_on: started_on
          rosh: rosh
        codes:
          sex: {male: male}
          sentence_type: {community-order: community-order}
          rosh: {medium: medium}
        """, file: "mine.yaml")
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
