import Spreadsheets
import TestKit
import Testing

struct XLSXCellTests {
  /// The values of a row of these cells.
  private func values(_ cells: String, strings: String? = nil) throws -> [String] {
    try workbook(row(cells), strings: strings).rows().first?.values ?? []
  }

  @Test(arguments: [
    ("1", "1"), ("-17", "-17"), ("0", "0"), ("43831.0", "43831"), ("4.3831E4", "43831"),
    ("4.3831e+4", "43831"), ("-2.0", "-2"), ("0.0", "0"), ("-0.0", "0"), ("43831.5", "43831.5"),
    ("0.1", "0.1"), ("1E-3", "1E-3"), ("0.30000000000000004", "0.30000000000000004"),
    ("9007199254740992.0", "9007199254740992"),
    ("1.2345678901234567E+20", "1.2345678901234567E+20"),
    ("1E999", "1E999"), ("-1E999", "-1E999"), ("NaN", "NaN"), ("0x1p3", "0x1p3"),
    ("1.2.3", "1.2.3"),
    (" 12 ", "12"), ("\n12.0\n", "12"), (".", "."), ("e", "e"), ("007", "007"),
  ])
  func `numbers stand as in the file and whole ones without a point`(
    _ written: String, _ expected: String
  ) throws {
    #expect(try values("<c r=\"A1\"><v>\(written)</v></c>") == [expected])
    #expect(try values("<c r=\"A1\" t=\"n\"><v>\(written)</v></c>") == [expected])
  }

  @Test(arguments: [
    ("b", "1", "TRUE"), ("b", "0", "FALSE"), ("b", "true", "TRUE"), ("e", "#N/A", "#N/A"),
    ("e", "#DIV/0!", "#DIV/0!"), ("str", "a &lt; b", "a < b"), ("str", "12.0", "12.0"),
    ("d", "2019-04-01T00:00:00", "2019-04-01T00:00:00"),
  ])
  func `truths, errors and results of formulas are texts`(
    _ type: String, _ written: String, _ expected: String
  ) throws {
    #expect(
      try values("<c r=\"A1\" t=\"\(type)\"><f>SUM(B1)</f><v>\(written)</v></c>") == [expected])
  }

  @Test func `shared strings are looked up, their runs joined and the spoken form left out`() throws
  {
    let strings = """
      <si><t>plain</t></si>\
      <si><r><rPr><b/><sz val="11"/></rPr><t xml:space="preserve">one </t></r>\
      <r><t>two</t></r></si>\
      <si><t>東京</t><rPh sb="0" eb="2"><t>トウキョウ</t></rPh><phoneticPr fontId="1"/></si>\
      <si/>\
      <si><t/></si><si><t>last</t></si>
      """
    let cells = [0, 1, 2, 3, 4, 5].map { "<c t=\"s\"><v>\($0)</v></c>" }.joined()
    #expect(
      try values(cells, strings: strings) == ["plain", "one two", "東京", "", "", "last"])
  }

  @Test func `strings may stand in the cell itself, in runs too`() throws {
    let cells = """
      <c r="A1" t="inlineStr"><is><t>here</t></is></c>\
      <c r="B1" t="inlineStr"><is><r><t>a</t></r><r><rPr><i/></rPr><t>b</t></r>\
      <rPh sb="0" eb="1"><t>no</t></rPh></is></c>\
      <c r="C1" t="inlineStr"><is/></c><c r="D1" t="inlineStr"><v>no</v><is><t>d</t></is></c>
      """
    #expect(try values(cells) == ["here", "ab", "", "d"])
  }

  /// What a value of a shared, an inline and a formula's string with these attributes and this
  /// text is.
  private func texts(_ attributes: String, _ text: String) throws -> [String] {
    try values(
      """
      <c t="s"><v>0</v></c><c t="inlineStr"><is><t\(attributes)>\(text)</t></is></c>\
      <c t="str"><v\(attributes)>\(text)</v></c><c><v>1</v></c>
      """, strings: "<si><t\(attributes)>\(text)</t></si>")
  }

  @Test(arguments: [
    (" a  b ", "a  b", " a  b "), ("a\nb", "a\nb", "a\nb"), ("\n\ta\r\n", "a", "\n\ta\n"),
    ("a&#13;&#10;b&#9;", "a\r\nb", "a\r\nb\t"), ("  ", "", "  "), ("a\u{A0}", "a\u{A0}", "a\u{A0}"),
  ])
  func `white space inside stays, at the ends only where the file says so`(
    _ text: String, _ bare: String, _ kept: String
  ) throws {
    #expect(try texts("", text) == [bare, bare, bare, "1"])
    #expect(try texts(" xml:space=\"default\"", text) == [bare, bare, bare, "1"])
    #expect(try texts(" xml:space=\"preserve\"", text) == [kept, kept, kept, "1"])
  }

  @Test(arguments: [
    ("a_x000D_\nb", "a\r\nb"), ("_x000D_", "\r"), ("_x0041_x_", "Ax_"),
    ("_x005F_x0041_", "_x0041_"),
    ("_x004g_", "_x004g_"), ("_X0041_", "_X0041_"), ("_x41_", "_x41_"), ("_x0041", "_x0041"),
    ("__x0041__", "_A_"), ("_xD83D__xDE00_", "😀"), ("_xD83D_", "\u{FFFD}"),
    ("_xDE00__xD83D_", "\u{FFFD}\u{FFFD}"), ("_xd83d__xde00_", "😀"), ("_x0000_", "\0"),
    ("_", "_"), ("_x", "_x"), ("a_b", "a_b"), ("Łódź_x00e9_", "Łódźé"),
  ])
  func `escapes stand for their characters`(_ text: String, _ expected: String) throws {
    let found = try texts(" xml:space=\"preserve\"", text)
    for value in found.prefix(3) { #expect(Array(value.utf8) == Array(expected.utf8)) }
  }

  @Test(arguments: ["Łódź", "e\u{301}", "漢字", "👣", "\u{FEFF}a", "a,b\"c'd", "<&>", "]]>", "£ 1"])
  func `letters of every kind come through`(_ text: String) throws {
    let escaped = text.replacing("&", with: "&amp;").replacing("<", with: "&lt;")
      .replacing(">", with: "&gt;")
    let found = try texts(" xml:space=\"preserve\"", escaped)
    for value in found.prefix(3) { #expect(Array(value.utf8) == Array(text.utf8)) }
    let section = text == "]]>" ? "]]]]><![CDATA[>" : text
    #expect(try texts("", "<![CDATA[\(section)]]>")[1].utf8.elementsEqual(text.utf8))
  }

  /// The parser reads 131,072 bytes at a time; characters of one to four bytes lie across each end.
  @Test func `a character may lie across the end of what is read at once`() throws {
    var chance = Chance(seed: 1907)
    let letters = ["a", "é", "漢", "👣", "&amp;", "\r\n", "_x00E9_", "b"]
    let plain = ["a", "é", "漢", "👣", "&", "\n", "é", "b"]
    var strings = ""
    var expected: [String] = []
    var cells = ""
    while strings.utf8.count < 600_000 {
      let picks = (0..<Int.random(in: 1...90, using: &chance)).map { _ in
        Int.random(in: 0..<letters.count, using: &chance)
      }
      strings +=
        "<si><t xml:space=\"preserve\">\(picks.map { letters[$0] }.joined())</t></si>"
      cells += "<row><c t=\"s\"><v>\(expected.count)</v></c></row>"
      expected.append(picks.map { plain[$0] }.joined())
    }
    let zip = workbook(cells, strings: strings)
    #expect(try zip.rows().map { $0.values[0] } == expected)
  }
}
