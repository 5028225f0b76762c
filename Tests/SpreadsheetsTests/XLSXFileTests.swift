import Foundation
import Problems
import Spreadsheets
import Testing

struct XLSXFileTests {
  @Test func `sheets are listed in order with those out of sight`() throws {
    let zip = workbook(
      "",
      sheets: """
        <sheet name="Cases &amp; answers" sheetId="4" r:id="rId1"/>\
        <sheet name="Łódź" sheetId="1" state="hidden" r:id="rId3"/>\
        <sheet name="Lists" sheetId="2" state="veryHidden" r:id="rId3"/>\
        <sheet name="Chart" sheetId="3" state="visible" r:id="rId2"/>
        """)
    let file = try XLSXFile(bytes: zip.bytes, name: "t.xlsx")
    #expect(file.sheets.map(\.name) == ["Cases & answers", "Łódź", "Lists", "Chart"])
    #expect(file.sheets.map(\.isHidden) == [false, true, true, false])
    #expect(try file.readSheet(0).rowCount == 0)
    #expect(
      complaint(ofWorkbook: zip.bytes, sheet: 3)
        == "t.xlsx: the sheet “Chart” has no cells; choose a sheet with a table")
    #expect(
      complaint(ofWorkbook: zip.bytes, sheet: 1)
        == "t.xlsx: xl/none.xml is missing; "
        + "open it in a spreadsheet program and save it again as .xlsx")
  }

  @Test(arguments: [
    ("", false), ("<workbookPr/>", false), (#"<workbookPr date1904="1"/>"#, true),
    (#"<workbookPr date1904="true"/>"#, true), (#"<workbookPr date1904="0"/>"#, false),
    (#"<workbookPr date1904="false"/>"#, false),
  ])
  func `which day dates are counted from is told`(_ properties: String, _ expected: Bool) throws {
    let zip = workbook("", properties: properties)
    #expect(try XLSXFile(bytes: zip.bytes, name: "t.xlsx").usesDates1904 == expected)
  }

  @Test func `values stand in the columns of their cells and rows have their numbers`() throws {
    let rows = """
      <row r="2" spans="2:4"><c r="B2"><v>1</v></c><c r="D2"><v>2</v></c></row>
      <row r="3"/>
      <row r="4"><c r="A4" s="3"/><c r="B4"><v></v></c><c r="C4" t="str"><v></v></c></row>
      <row r="9"><c r="A9"><v>3</v></c><c r="B9" s="1"/></row>
      <row r="1048576"><c r="AB1048576"><v>4</v></c></row>
      """
    let read = try workbook(rows).rows()
    #expect(read.map(\.line) == [2, 9, 1_048_576])
    #expect(read.prefix(2).map(\.values) == [["", "1", "", "2"], ["3"]])
    #expect(read[2].values == Array(repeating: "", count: 27) + ["4"])
  }

  @Test func `rows and cells without a place stand behind the one before`() throws {
    let rows = """
      <row><c><v>1</v></c><c><v>2</v></c></row><row r="5"><c r="C5"><v>3</v></c><c><v>4</v></c>\
      </row><row><c><v>5</v></c></row>
      """
    let read = try workbook(rows).rows()
    #expect(read.map(\.line) == [1, 5, 6])
    #expect(read.map(\.values) == [["1", "2"], ["", "", "3", "4"], ["5"]])
  }

  @Test func `the sheet knows its rows and its longest one`() throws {
    let rows = #"<row r="3"><c r="C3"><v>1</v></c></row><row r="7"><c r="A7"><v>1</v></c></row>"#
    let sheet = try XLSXFile(bytes: workbook(rows).bytes, name: "t.xlsx").readSheet(0)
    #expect(sheet.rowCount == 2)
    #expect(sheet.columnCount == 3)
  }

  @Test func `elements may have a prefix, and what is not a cell is passed over`() throws {
    var zip = workbook("")
    let text = """
      <x:worksheet xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main">\
      <x:sheetData><x:row r="1"><x:c r="A1" t="str"><x:f>A2&amp;"v"</x:f><x:v>one</x:v>\
      <x:extLst><x:row r="9"><x:c r="A9"><x:v>no</x:v></x:c></x:row></x:extLst></x:c></x:row>\
      </x:sheetData><x:row r="2"><x:c r="A2"><x:v>no</x:v></x:c></x:row></x:worksheet>
      """
    zip["xl/worksheets/sheet1.xml"].bytes = [0xEF, 0xBB, 0xBF] + Array(text.utf8)
    #expect(try zip.rows().map(\.values) == [["one"]])
  }

  @Test func `compressed files, files on disk and names in other capitals are read`() throws {
    var zip = workbook(row(#"<c r="A1" t="s"><v>0</v></c>"#), strings: "<si><t>a</t></si>")
    #expect(try XLSXFile(bytes: zip.compressed(), name: "t.xlsx").rows().map(\.values) == [["a"]])
    zip.parts = zip.parts.map { part in
      var part = part
      part.name = part.name.replacingOccurrences(of: "sheet1", with: "Sheet1")
      return part
    }
    let url = FileManager.default.temporaryDirectory
      .appendingPathComponent("plumbline-\(UUID().uuidString).xlsm")
    defer { try? FileManager.default.removeItem(at: url) }
    try Data(zip.bytes).write(to: url)
    let file = try XLSXFile(path: url.path)
    #expect(file.name == url.path)
    #expect(try file.rows().map(\.values) == [["a"]])
  }

  @Test func `a workbook is known by its first bytes`() {
    #expect(XLSXFile.looksLikeOne(workbook("").bytes.prefix(4)))
    #expect(!XLSXFile.looksLikeOne([0x50, 0x4B, 0x03]))
    #expect(!XLSXFile.looksLikeOne([0xD0, 0xCF, 0x11, 0xE0]))
    #expect(!XLSXFile.looksLikeOne("PK,answer\n".utf8))
    #expect(!XLSXFile.looksLikeOne([]))
  }

  @Test func `whatever the caller throws ends the reading and comes through`() throws {
    struct Enough: Error {}
    let rows = "<row><c><v>1</v></c></row><row><c><v>2</v></c></row><row><c><v>3</v></c></row>"
    let sheet = try XLSXFile(bytes: workbook(rows).bytes, name: "t.xlsx").readSheet(0)
    var seen = 0
    #expect(throws: Enough.self) {
      try sheet.forEachRow { _ in
        seen += 1
        if seen == 2 { throw Enough() }
      }
    }
    #expect(seen == 2)
  }

  @Test func `sheets are read one after the other until nobody wants more`() throws {
    let sheets =
      #"<sheet name="A" r:id="rId2"/><sheet name="B" r:id="rId1"/><sheet name="C" r:id="rId1"/>"#
    let file = try XLSXFile(
      bytes: workbook(row(#"<c r="A1"><v>7</v></c>"#), sheets: sheets).bytes, name: "t.xlsx")
    var seen: [String] = []
    try file.readSheets([0, 2, 1]) { index, sheet in
      seen.append("\(index) \((try? sheet.get())?.rowCount ?? 0)")
      return index != 2
    }
    #expect(seen == ["0 0", "2 1"])
  }
}
