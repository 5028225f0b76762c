import Foundation
import Problems
import Spreadsheets
import Testing

private let again = "open it in a spreadsheet program and save it again as .xlsx"
private let asWorkbook = "save it as an Excel workbook (.xlsx)"
private let damaged =
  "t.xlsx: is damaged or not complete; copy or download it again, or save it again as .xlsx"

struct XLSXFileRefusalTests {
  @Test func `what is not a workbook is refused with what to save instead`() {
    let old: [UInt8] =
      [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1] + Array(repeating: 0, count: 600)
    #expect(
      complaint(ofWorkbook: old)
        == "t.xlsx: is an old Excel workbook (.xls) or is protected with a password; "
        + "save it as an Excel workbook (.xlsx) without a password")
    #expect(complaint(ofWorkbook: []) == "t.xlsx: is empty; give an Excel workbook (.xlsx)")
    for text in ["case,answer\n1,yes\n", "<html><table>", "PK", "PK\u{5}\u{6}"] {
      #expect(
        complaint(ofWorkbook: Array(text.utf8))
          == "t.xlsx: is not an Excel workbook; \(asWorkbook)")
    }
    let openDocument = TestZip([
      ("mimetype", "application/vnd.oasis.opendocument.spreadsheet"), ("content.xml", "<a/>"),
    ])
    #expect(
      complaint(ofWorkbook: openDocument.bytes) == "t.xlsx: is an OpenDocument file; \(asWorkbook)")
    let none = "t.xlsx: is a zip file without a workbook; \(asWorkbook)"
    #expect(complaint(ofWorkbook: TestZip([("a.txt", "a")]).bytes) == none)
    var letter = workbook("")
    letter["xl/workbook.xml"].bytes = Array("<w:document xmlns:w='w'/>".utf8)
    #expect(complaint(ofWorkbook: letter.bytes) == none)
    var bare = workbook("")
    bare.parts.removeAll { $0.name == "xl/workbook.xml" }
    #expect(complaint(ofWorkbook: bare.bytes) == none)
    var binary = workbook("")
    let targets = String(decoding: binary["_rels/.rels"].bytes, as: UTF8.self)
    binary["_rels/.rels"].bytes = Array(
      targets.replacing("xl/workbook.xml", with: "xl/workbook.bin").utf8)
    #expect(
      complaint(ofWorkbook: binary.bytes)
        == "t.xlsx: is a binary Excel workbook (.xlsb); \(asWorkbook)")
  }

  @Test func `a file that is not there, is a folder or is empty is refused`() {
    let missing = #expect(throws: Problems.self) { try XLSXFile(path: "/no/such/answers.xlsx") }
    #expect(
      missing?.description
        == "/no/such/answers.xlsx: cannot be opened; check the name and whether you may read it")
    let folder = #expect(throws: Problems.self) {
      try XLSXFile(path: FileManager.default.temporaryDirectory.path, name: "folder")
    }
    #expect(folder?.list.count == 1)
    let empty = #expect(throws: Problems.self) { try XLSXFile(path: "/dev/null", name: "null") }
    #expect(empty?.list.count == 1)
  }

  @Test func `parts that are missing are named`() {
    for part in ["xl/_rels/workbook.xml.rels", "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml"] {
      var zip = workbook("", strings: "")
      zip.parts.removeAll { $0.name == part }
      #expect(complaint(ofWorkbook: zip.bytes) == "t.xlsx: \(part) is missing; \(again)")
    }
  }

  @Test func `a file that is cut off anywhere is refused`() throws {
    let cells = (0..<99).map { "<c><v>\($0 * 7919)</v></c>" }.joined()
    let whole = try workbook(row(cells), strings: "<si><t>a</t></si>").compressed()
    #expect(complaint(ofWorkbook: whole) == "")
    for count in stride(from: 4, to: whole.count, by: 7) {
      #expect(complaint(ofWorkbook: Array(whole[..<count])) == damaged)
    }
  }

  /// Nothing but an answer is expected: some bytes mean nothing, such as a part's date.
  @Test func `a file with any byte changed is read or refused`() throws {
    let cells = (0..<30).map { "<c t=\"s\"><v>\($0 % 2)</v></c>" }.joined()
    let strings = "<si><t>Łódź</t></si><si><r><t>b</t></r></si>"
    for whole in [
      try workbook(row(cells), strings: strings).compressed(),
      workbook(row(cells), strings: strings).bytes,
    ] {
      var refused = 0
      for place in stride(from: 0, to: whole.count, by: 7) {
        var bytes = whole
        bytes[place] ^= place.isMultiple(of: 2) ? 0x01 : 0x80
        if complaint(ofWorkbook: bytes) != "" { refused += 1 }
      }
      #expect(refused > whole.count / 21)
    }
  }

  @Test func `a wrong checksum is refused`() {
    var zip = workbook(row("<c><v>1</v></c>"))
    zip["xl/worksheets/sheet1.xml"].checksum = 0x1234_5678
    #expect(complaint(ofWorkbook: zip.bytes) == damaged)
  }

  @Test func `a part that is encrypted or packed in another way is refused`() {
    var zip = workbook(row("<c><v>1</v></c>"))
    zip["xl/worksheets/sheet1.xml"].flags = 1
    #expect(
      complaint(ofWorkbook: zip.bytes)
        == "t.xlsx: is protected with a password; save it without a password")
    for method in [9, 12, 14, 95] {
      var zip = workbook(row("<c><v>1</v></c>"))
      zip["xl/worksheets/sheet1.xml"].method = method
      #expect(
        complaint(ofWorkbook: zip.bytes)
          == "t.xlsx: is packed in a way that no workbook is; \(again)")
    }
  }

  @Test func `sizes that are not true are refused`() {
    for size in [0, 1, 100_000, 0x7FFF_FFFF, 0xFFFF_FFFF] {
      var zip = workbook(row("<c><v>1</v></c>"))
      zip["xl/worksheets/sheet1.xml"].statedSize = size
      #expect(complaint(ofWorkbook: zip.bytes) != "")
    }
  }

  @Test func `parts that lie over each other are refused`() {
    var zip = workbook(row("<c><v>1</v></c>"))
    zip.startOfAll = 0
    #expect(complaint(ofWorkbook: zip.bytes) != "")
  }

  @Test func `a directory that is too large or untrue is refused`() {
    let tooMany = "t.xlsx: has more than 4096 parts; save the sheet as “CSV UTF-8”"
    var many = workbook("")
    many.parts += (0..<4_100).map { TestZip.Part(name: "\($0)", bytes: []) }
    #expect(complaint(ofWorkbook: many.bytes) == tooMany)
    many.statedParts = 5
    #expect(complaint(ofWorkbook: many.bytes) == damaged)
    var untrue = workbook("")
    untrue.statedParts = 65_535
    #expect(complaint(ofWorkbook: untrue.bytes) == tooMany)
    for stated in [0, 1, 4_000] {
      var untrue = workbook("")
      untrue.statedParts = stated
      #expect(complaint(ofWorkbook: untrue.bytes) == damaged)
    }
    for stated in [0, 45, 0x7FFF_FFFF, 0xFFFF_FFFF] {
      var untrue = workbook("")
      untrue.statedDirectory = stated
      #expect(complaint(ofWorkbook: untrue.bytes) != "")
    }
    let ends = Array("PK\u{5}\u{6}".utf8) + Array(repeating: 0, count: 18)
    #expect(
      complaint(ofWorkbook: workbook("").bytes + Array(repeating: ends, count: 9).joined())
        == tooMany)
  }

  @Test func `a bomb is refused before it is unpacked`() throws {
    var bomb = workbook("")
    bomb["xl/worksheets/sheet1.xml"].bytes =
      Array("<worksheet><sheetData>".utf8) + Array(repeating: 32, count: 60 << 20)
    let bytes = try bomb.compressed()
    #expect(bytes.count < 100_000)
    #expect(
      complaint(ofWorkbook: bytes)
        == "t.xlsx: unpacks to more than 400 times its size; save the sheet as “CSV UTF-8”")
  }
}
