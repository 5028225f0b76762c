import Problems
import Spreadsheets
import Testing

private let again = "open it in a spreadsheet program and save it again as .xlsx"
private let part = "xl/worksheets/sheet1.xml"

/// What is wrong with a workbook whose sheet is these bytes.
private func complaint(ofSheet bytes: [UInt8]) -> String {
  var zip = workbook("")
  zip[part].bytes = bytes
  return complaint(ofWorkbook: zip.bytes)
}

private func complaint(ofSheet text: String) -> String { complaint(ofSheet: Array(text.utf8)) }

struct XLSXMarkupRefusalTests {
  @Test(arguments: [
    "<!DOCTYPE worksheet><worksheet/>",
    "<!DOCTYPE worksheet [<!ENTITY a \"aaa\">]><worksheet>&a;</worksheet>",
    "<?xml version=\"1.0\"?><!DOCTYPE a SYSTEM \"file:///etc/passwd\"><worksheet/>",
    """
    <!DOCTYPE worksheet [<!ENTITY a "lol"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">
    <!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;"><!ENTITY d "&c;&c;&c;&c;&c;&c;&c;&c;&c;&c;">]>
    <worksheet><sheetData><row><c t="str"><v>&d;</v></c></row></sheetData></worksheet>
    """,
    "<worksheet><?foo?></worksheet>", "<worksheet><?foo bar?></worksheet>", "<?foo?><worksheet/>",
    "<?xml version=\"1.0\"?><?xml-stylesheet href=\"a\"?><worksheet/>",
  ])
  func `document types, entities and instructions are refused`(_ text: String) {
    #expect(
      complaint(ofSheet: text)
        == "t.xlsx: \(part) has a document type or an instruction, which no workbook has; \(again)")
  }

  /// A document type lies across each place where the parser stops reading.
  @Test func `a document type is found across the end of what is read at once`() {
    for shift in 0...9 {
      let filling = String(repeating: " ", count: 131_072 - shift)
      #expect(
        complaint(ofSheet: filling + "<!DOCTYPE a><worksheet/>").contains("has a document type"))
    }
  }

  @Test(arguments: [
    "", " ", "x", "<a", "<worksheet>", "<worksheet><sheetData></worksheet>", "<worksheet></a>",
    "<worksheet/><worksheet/>", "<worksheet a=\"1\" a=\"2\"/>", "<worksheet a=1/>",
    "<worksheet>&foo;</worksheet>", "<worksheet>&#0;</worksheet>",
    "<worksheet>&#xD800;</worksheet>",
    "<worksheet>a & b</worksheet>", "<worksheet>\u{1}</worksheet>",
    "<worksheet>\u{FFFE}</worksheet>",
    "<worksheet><a:b/></worksheet>", "<?xml version=\"1.0\"", "<?xml version=\"1.0\"><worksheet/>",
    "<worksheet><![CDATA[", "<worksheet><!-- ", "<worksheet></worksheet>x",
  ])
  func `what is not XML is refused`(_ text: String) {
    #expect(complaint(ofSheet: text) == "t.xlsx: \(part) cannot be read as XML; \(again)")
  }

  @Test func `an XML part with another root is no sheet`() {
    #expect(
      complaint(ofSheet: "<chartsheet/>")
        == "t.xlsx: the sheet “Cases” has no cells; choose a sheet with a table")
  }

  private static let notUTF8: [[UInt8]] = {
    let plain = Array("<worksheet/>".utf8)
    let named = ["\"UTF-7\"", "'iso-8859-1'", "'UTF-16'", "''"].map { encoding in
      Array("<?xml version='1.0' encoding=\(encoding)?><worksheet/>".utf8)
    }
    let wrong: [[UInt8]] = [
      [0xFF, 0xFE] + plain.flatMap { [$0, 0] as [UInt8] },
      plain.flatMap { [$0, 0] as [UInt8] },
      plain.flatMap { [0, $0] as [UInt8] },
      Array("<work".utf8) + [0xE9] + Array("sheet/>".utf8),
      Array("<worksheet ".utf8) + [0xE9] + Array("=''/>".utf8),
      Array("<worksheet>".utf8) + [0xED, 0xA0, 0x80] + Array("</worksheet>".utf8),
      plain + [0xC3],
    ]
    return named + wrong
  }()

  @Test(arguments: notUTF8)
  func `what is not UTF-8 is refused`(_ bytes: [UInt8]) {
    #expect(complaint(ofSheet: bytes) == "t.xlsx: \(part) is not UTF-8; \(again)")
  }

  @Test(arguments: ["UTF-8", "utf-8", "UTF8", "us-ascii"])
  func `the names of UTF-8 are known`(_ encoding: String) {
    #expect(complaint(ofSheet: "<?xml version='1.0' encoding='\(encoding)'?><worksheet/>") == "")
  }

  @Test func `deep nesting is refused`() {
    #expect(
      complaint(ofSheet: "<worksheet>" + String(repeating: "<a>", count: 500_000))
        == "t.xlsx: \(part) is nested too deep; \(again)")
    let fits = String(repeating: "<a>", count: 63) + String(repeating: "</a>", count: 63)
    #expect(complaint(ofSheet: "<worksheet>\(fits)</worksheet>") == "")
  }

  @Test(arguments: [129, 20_000, 1_000_000])
  func `an element with very many attributes is refused`(_ count: Int) {
    let attributes = (0..<count).map { "a\($0)=''" }.joined(separator: " ")
    let refused = "t.xlsx: \(part) has too many attributes; \(again)"
    #expect(complaint(ofSheet: "<worksheet \(attributes)/>") == refused)
    #expect(complaint(ofSheet: "<worksheet><a \(attributes)></a></worksheet>") == refused)
  }
}

struct XLSXRowRefusalTests {
  @Test(arguments: [
    "ZZZZZ99999999999", "A99999999999999999999999", "XFE1", "AAAAAAAAAAAAAAAA1", "A0", "A-1", "A",
    "1", "", "$A$1", "A1B", "A 1", "Ä1", "A1048577", "R1C1",
  ])
  func `a place that no sheet has is refused`(_ place: String) {
    #expect(
      complaint(ofWorkbook: workbook(row("<c r=\"\(place)\"><v>1</v></c>")).bytes)
        == "t.xlsx:1: a cell's place is not one that a sheet has; \(again)")
  }

  @Test(arguments: ["0", "-1", "1048577", "99999999999999999999999", "", "one", "1.0"])
  func `a row that no sheet has is refused`(_ number: String) {
    #expect(
      complaint(ofWorkbook: workbook("<row r=\"\(number)\"/>").bytes)
        == "t.xlsx:1: a cell's place is not one that a sheet has; \(again)")
    #expect(
      complaint(ofWorkbook: workbook("<row r=\"1048576\"/><row/>").bytes).hasSuffix(
        "a cell's place is not one that a sheet has; \(again)"))
  }

  @Test func `rows and cells that are out of order or there twice are refused`() {
    for rows in ["<row r=\"3\"/><row r=\"2\"/>", "<row r=\"2\"/><row r=\"2\"/>"] {
      #expect(
        complaint(ofWorkbook: workbook(rows).bytes)
          == "t.xlsx:2: a row is out of order or there twice; \(again)")
    }
    for cells in [
      #"<c r="B1"><v>1</v></c><c r="A1"><v>1</v></c>"#, #"<c r="B1"/><c r="B1"><v>1</v></c>"#,
      #"<c r="A2"><v>1</v></c>"#,
    ] {
      #expect(
        complaint(ofWorkbook: workbook(row(cells)).bytes)
          == "t.xlsx:1: a cell is out of order, there twice or in another row; \(again)")
    }
  }

  @Test(arguments: ["0", "7", "-1", "", "x", "99999999999999999999", "1.0"])
  func `a shared string that is not there is refused`(_ index: String) {
    let cell = "<c t=\"s\"><v>\(index)</v></c>"
    #expect(
      complaint(ofWorkbook: workbook(row(cell)).bytes)
        == "t.xlsx:1: a cell's text is missing; \(again)")
    if index != "0" {
      #expect(
        complaint(ofWorkbook: workbook(row(cell), strings: "<si><t>a</t></si>").bytes)
          == "t.xlsx:1: a cell's text is missing; \(again)")
    }
  }

  @Test func `a row may have values in the first 1,024 columns`() throws {
    let last = try workbook(row(#"<c r="AMJ1"><v>1</v></c><c r="XFD1"/>"#)).rows()
    #expect(last.first?.values.count == 1_024)
    #expect(
      complaint(ofWorkbook: workbook(row(#"<c r="AMK1"><v>1</v></c>"#)).bytes)
        == "t.xlsx:1: a row has more than 1024 values; check that this is the right file")
  }

  @Test func `a value has at most as many bytes as a cell holds`() throws {
    let longest = String(repeating: "漢", count: 32_767)
    let refused = "a value is longer than 32767 characters; shorten it"
    for (text, isRefused) in [(longest, false), (longest + "a", true)] {
      let expected = isRefused ? refused : ""
      let half = text.prefix(9_000)
      let rest = text.dropFirst(9_000)
      for cell in [
        "<c t=\"str\"><v>\(text)</v></c>", "<c t=\"inlineStr\"><is><t>\(text)</t></is></c>",
        "<c t=\"inlineStr\"><is><r><t>\(half)</t></r><r><t>\(rest)</t></r></is></c>",
      ] {
        #expect(
          complaint(ofWorkbook: workbook(row(cell)).bytes)
            == (isRefused ? "t.xlsx:1: \(expected)" : ""))
      }
      for string in ["<t>\(text)</t>", "<r><t>\(half)</t></r><r><t>\(rest)</t></r>"] {
        #expect(
          complaint(ofWorkbook: workbook("", strings: "<si>\(string)</si>").bytes)
            == (isRefused ? "t.xlsx: \(expected)" : ""))
      }
    }
    let endless = "<c t=\"str\"><v>\(String(repeating: "a ", count: 1_000_000))</v></c>"
    #expect(complaint(ofWorkbook: workbook(row(endless)).bytes) == "t.xlsx:1: \(refused)")
  }

  @Test func `a row has at most a mebibyte`() {
    let text = String(repeating: "a", count: 32_000)
    let cells = String(repeating: "<c t=\"s\"><v>0</v></c>", count: 33)
    #expect(
      complaint(ofWorkbook: workbook(row(cells), strings: "<si><t>\(text)</t></si>").bytes)
        == "t.xlsx:1: a row is longer than 1048576 bytes; shorten it")
  }

  @Test func `a sheet holds at most as many values as fit`() {
    let text = String(repeating: "a", count: 32_000)
    let cells = String(repeating: "<c t=\"s\"><v>0</v></c>", count: 32)
    let rows = String(repeating: "<row>\(cells)</row>", count: 270)
    #expect(
      complaint(ofWorkbook: workbook(rows, strings: "<si><t>\(text)</t></si>").bytes)
        == "t.xlsx:263: the sheet holds too much from here on; "
        + "split it, or save the sheet as “CSV UTF-8”")
  }
}
