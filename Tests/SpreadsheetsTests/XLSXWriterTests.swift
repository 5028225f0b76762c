import Problems
import Spreadsheets
import TestKit
import Testing

struct XLSXWriterTests {
  private func write(
    _ rows: [[XLSXWriter.Value]], title: String? = nil, columns: [String] = ["a", "b"]
  ) throws -> [UInt8] {
    let writer = try XLSXWriter(name: "t.xlsx", sheet: "Cases", title: title, columns: columns)
    for row in rows { try writer.append(row) }
    return try writer.finish()
  }

  private func read(_ bytes: [UInt8]) throws -> [ReadRow] {
    try XLSXFile(bytes: bytes, name: "t.xlsx").rows()
  }

  @Test func `what is written is read again with title, headings and gaps`() throws {
    let bytes = try write(
      [
        [.text("Łódź 👣"), .number(-17), .day(43_831)], [], [.blank, .number(0)],
        [.text(""), .text(" two\nlines "), .day(1)],
      ], title: "Worklist, week 1", columns: ["text", "number", "day"])
    let file = try XLSXFile(bytes: bytes, name: "t.xlsx")
    #expect(file.sheets.map(\.name) == ["Cases"])
    #expect(!file.usesDates1904)
    let rows = try file.rows()
    #expect(rows.map(\.line) == [1, 2, 3, 5, 6])
    #expect(
      rows.map(\.values) == [
        ["Worklist, week 1"], ["text", "number", "day"], ["Łódź 👣", "-17", "43831"], ["", "0"],
        ["", " two\nlines ", "1"],
      ])
  }

  @Test func `without a title the headings stand on the first row`() throws {
    #expect(try read(write([])).map(\.values) == [["a", "b"]])
  }

  @Test(arguments: ["=SUM(A1:A9)", "+44 20 7946 0000", "-", "@SUM(A1)", "\tx", "\rx", "{=1}"])
  func `text that looks like a formula is written as in CSV`(_ text: String) throws {
    var csv = CSVWriter(columns: [text])
    csv.append([text])
    let bytes = try write([[.text(text)]], title: text, columns: [text])
    let values = try read(bytes).map { $0.values[0] }
    let heading = try CSVFile(bytes: Array(csv.text.utf8), name: "t.csv")
    let expected = try #require(try heading.allRows().first).values[0]
    for value in values { #expect(Array(value.utf8) == Array(expected.utf8)) }
    #expect(values.count == 3)
  }

  @Test func `nothing becomes a formula, a link or a number by its look`() throws {
    let texts = ["https://example.org", "mailto:a@example.org", "internal:A1", "-1", "1E5", "TRUE"]
    let bytes = try write([texts.map(XLSXWriter.Value.text)])
    #expect(try read(bytes).last?.values == texts)
    let sheet = try #require(try TestZip.unpacked(bytes).first { $0.name.contains("/sheet1.xml") })
    #expect(!sheet.text.contains("<f>") && !sheet.text.contains("hyperlink"))
  }

  @Test(arguments: [999_999_999_999_999, -999_999_999_999_999, 1_000_000_000_000_000, .max, .min])
  func `whole numbers keep all their digits`(_ number: Int) throws {
    #expect(try read(write([[.number(number)]])).last?.values == ["\(number)"])
  }

  @Test func `the same input gives the same bytes, and no part knows the time`() throws {
    let rows = [[XLSXWriter.Value.text("a"), .number(1)], [.day(43_831)]]
    let bytes = try write(rows, title: "t")
    #expect(try write(rows, title: "t") == bytes)
    #expect(try write([rows[1]], title: "t") != bytes)
    let parts = try TestZip.unpacked(bytes)
    #expect(Set(parts.map(\.changedAt)).count == 1)
    let years = try Regex("20[0-9][0-9]-[0-9][0-9]-[0-9][0-9]T")
    #expect(parts.allSatisfy { !$0.text.contains(years) })
    #expect(parts.contains { $0.text.contains("1980-01-01T00:00:00Z") })
  }

  /// One hundred tables of random text with every character that means something.
  @Test func `any text comes back as it was`() throws {
    var chance = Chance(seed: 1928)
    let letters: [Unicode.Scalar] = [
      "a", "7", " ", ",", "\"", "\n", "\r", "\t", "<", "&", "]", ">", "'", "_", "x", "0", "4", "1",
      "\0", "\u{1}", "\u{1F}", "\u{7F}", "\u{85}", "\u{FFFE}", "\u{FFFF}", "\u{FEFF}", "é",
      "\u{301}", "漢", "👣",
    ]
    for _ in 0..<100 {
      let written = (0..<8).map { _ in
        var text = String.UnicodeScalarView("a".unicodeScalars)
        for _ in 0..<Int.random(in: 0...9, using: &chance) {
          text.append(letters[Int.random(in: 0..<letters.count, using: &chance)])
        }
        if Bool.random(using: &chance) { text.append(contentsOf: "_x0041_ ".unicodeScalars) }
        return String(text)
      }
      let values = try read(write([written.map(XLSXWriter.Value.text)])).last?.values ?? []
      #expect(values.map { Array($0.utf8) } == written.map { Array($0.utf8) })
    }
  }

  @Test(arguments: [
    "", "12345678901234567890123456789012", "a/b", "a\\b", "a:b", "a?b", "a*b", "[a]", "'a", "a'",
  ])
  func `a sheet's name is refused where a spreadsheet would`(_ sheet: String) {
    let problems = #expect(throws: Problems.self) {
      try XLSXWriter(name: "t.xlsx", sheet: sheet, columns: [])
    }
    #expect(
      problems?.description
        == #"t.xlsx: a sheet cannot have this name; use 1 to 31 characters, none of them "#
        + #"[]:*?/\ and no ' at either end"#)
  }

  @Test func `what a cell cannot hold is refused with its row`() throws {
    let longest = String(repeating: "é", count: XLSXWriter.longestText)
    #expect(try read(write([[.text(longest)]])).last?.values == [longest])
    for (value, complaint) in [
      (
        XLSXWriter.Value.text(longest + "a"),
        "has a text of more than 32767 characters; shorten it"
      ),
      (.day(0), "has a day that no spreadsheet knows; give one from 1900 to 9999"),
      (.day(2_958_466), "has a day that no spreadsheet knows; give one from 1900 to 9999"),
    ] {
      let problems = #expect(throws: Problems.self) { try write([[], [value]]) }
      #expect(problems?.description == "t.xlsx:3: \(complaint)")
    }
    let wide = #expect(throws: Problems.self) {
      try write([Array(repeating: .number(1), count: 16_385)])
    }
    #expect(wide?.description == "t.xlsx:2: has more than 16384 columns; write fewer")
  }
}
