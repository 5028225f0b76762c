import Foundation
import Problems
import Spreadsheets
import Testing

struct CSVRowsTests {
  struct Example: Sendable, CustomTestStringConvertible {
    let name: String
    let text: String
    let rows: [[String]]
    let lines: [Int]
    var testDescription: String { name }

    init(_ name: String, _ text: String, _ rows: [[String]], lines: [Int]) {
      self.name = name
      self.text = text
      self.rows = rows
      self.lines = lines
    }
  }

  @Test(arguments: [
    Example("plain", "a,b\n1,2\n3,4\n", [["1", "2"], ["3", "4"]], lines: [2, 3]),
    Example("no last line end", "a,b\n1,2\n3,4", [["1", "2"], ["3", "4"]], lines: [2, 3]),
    Example("CRLF", "a,b\r\n1,2\r\n3,4\r\n", [["1", "2"], ["3", "4"]], lines: [2, 3]),
    Example("CRLF, no last one", "a,b\r\n1,2\r\n3,4", [["1", "2"], ["3", "4"]], lines: [2, 3]),
    Example("mixed line ends", "a,b\r\n1,2\n3,4\r\n", [["1", "2"], ["3", "4"]], lines: [2, 3]),
    Example(
      "blank values", "a,b\n,\n1,\n,2\n", [["", ""], ["1", ""], ["", "2"]], lines: [2, 3, 4]),
    Example("blank last value without line end", "a,b\n1,", [["1", ""]], lines: [2]),
    Example("one column", "a\n1\n2\n", [["1"], ["2"]], lines: [2, 3]),
    Example("blank lines", "a,b\n\n1,2\n\n\n3,4\n\n", [["1", "2"], ["3", "4"]], lines: [3, 6]),
    Example("blank CRLF lines", "a,b\r\n\r\n1,2\r\n\r\n", [["1", "2"]], lines: [3]),
    Example("blank lines above the heading", "\n\na,b\n1,2\n", [["1", "2"]], lines: [4]),
    Example("white space stays", "a,b\n 1 ,\t2\n", [[" 1 ", "\t2"]], lines: [2]),
    Example("letters beyond ASCII", "a,b\nŁódź,é\n", [["Łódź", "é"]], lines: [2]),
    Example("quotes", "a,b\n\"1\",\"2\"\n", [["1", "2"]], lines: [2]),
    Example("a comma in quotes", "a,b\n\"1,5\",2\n", [["1,5", "2"]], lines: [2]),
    Example("doubled quotes", "a,b\n\"say \"\"no\"\"\",2\n", [["say \"no\"", "2"]], lines: [2]),
    Example("only a doubled quote", "a,b\n\"\"\"\",2\n", [["\"", "2"]], lines: [2]),
    Example("empty quotes", "a,b\n\"\",\"\"\n", [["", ""]], lines: [2]),
    Example("one column of empty quotes", "a\n\"\"\n\"\"", [[""], [""]], lines: [2, 3]),
    Example(
      "a line end in quotes", "a,b\n\"1\n2\",3\n4,5\n", [["1\n2", "3"], ["4", "5"]], lines: [2, 4]),
    Example(
      "CRLF in quotes", "a,b\r\n\"1\r\n2\",3\r\n4,5\r\n", [["1\r\n2", "3"], ["4", "5"]],
      lines: [2, 4]),
    Example(
      "line ends in several values", "a,b\n\"1\n2\",\"3\n\n4\"\n5,6\n",
      [["1\n2", "3\n\n4"], ["5", "6"]], lines: [2, 6]),
    Example("quotes at the very end", "a,b\n1,\"2\"", [["1", "2"]], lines: [2]),
    Example("quotes and CRLF at the end", "a,b\n1,\"2\"\r\n", [["1", "2"]], lines: [2]),
    Example("quotes and a lone CR at the end", "a,b\n1,\"2\"\r", [["1", "2"]], lines: [2]),
    Example("a quote inside a value", "a,b\n5\" nail,2\n", [["5\" nail", "2"]], lines: [2]),
    Example(
      "a quote inside a value of a quoted row", "a,b\n5\" nail,\"2\"\n", [["5\" nail", "2"]],
      lines: [2]),
    Example("rows of any length", "a,b\n1\n1,2,3\n", [["1"], ["1", "2", "3"]], lines: [2, 3]),
    Example("heading only", "a,b\n", [], lines: []),
    Example("heading only without line end", "a,b", [], lines: []),
    Example("quoted heading", "\"a\",\"b\"\n1,2\n", [["1", "2"]], lines: [2]),
    Example("quoted heading with a line end", "\"a\",\"b\nc\"\n1,2\n", [["1", "2"]], lines: [3]),
  ])
  func `rows are read as RFC 4180 has them`(_ example: Example) throws {
    let found = try rows(example.text)
    #expect(found.map(\.values) == example.rows)
    #expect(found.map(\.line) == example.lines)
    let stored = try onDisk(Array(example.text.utf8)) { try $0.allRows() }
    #expect(stored == found)
  }

  @Test func `quotes around a value are taken off and one inside stays`() throws {
    #expect(
      try rows("a,b\n1,2\n\"1\",2\n5\" nail,2\n").map(\.values) == [
        ["1", "2"], ["1", "2"], ["5\" nail", "2"],
      ])
  }

  @Test func `text is trimmed of spaces and tabs and of nothing else`() throws {
    var texts: [String] = []
    try CSVFile("a,b,c\n \t1 2\t ,\"  \",\u{A0}3\n").forEachRow { row in
      texts = (0..<row.count).map(row.text)
    }
    #expect(texts == ["1 2", "", "\u{A0}3"])
  }

  @Test func `the heading's names are trimmed and a byte order mark is no part of them`() throws {
    #expect(try CSVFile("\u{FEFF} case ,\tanswer\n1,2\n").columns == ["case", "answer"])
    #expect(try CSVFile("\u{FEFF}\"case\",answer\r\n1,2\n").columns == ["case", "answer"])
    #expect(try rows("\u{FEFF}case,answer\n1,2\n").map(\.values) == [["1", "2"]])
  }

  @Test func `whatever the caller throws ends the reading and comes through`() throws {
    struct Enough: Error {}
    var seen = 0
    #expect(throws: Enough.self) {
      try CSVFile("a\n1\n2\n3\n").forEachRow { _ in
        seen += 1
        if seen == 2 { throw Enough() }
      }
    }
    #expect(seen == 2)
  }
}

struct CSVRefusalTests {
  @Test(arguments: [
    ("", "t.csv: is empty; give a file with a heading and rows"),
    ("\n\n", "t.csv:1: has no heading; put the names of the columns on line 1"),
    ("\u{FEFF}", "t.csv:1: has no heading; put the names of the columns on line 1"),
    ("a,b,a\n1,2,3\n", "t.csv:1: has two columns named “a”; rename or remove one"),
    ("a, b,b \n1,2,3\n", "t.csv:1: has two columns named “b”; rename or remove one"),
    (
      "a,b\n1,2\n3,\"4\n5,6\n",
      "t.csv:3: a quote opens here and is never closed; "
        + "close it, or double a quote that belongs to the text"
    ),
    (
      "a,b\n\"1\n2\",\"3\n4\n",  // the row starts on line 2, the quote opens on line 3
      "t.csv:3: a quote opens here and is never closed; "
        + "close it, or double a quote that belongs to the text"
    ),
    (
      "a,\"b\n1,2\n",
      "t.csv:1: a quote opens here and is never closed; "
        + "close it, or double a quote that belongs to the text"
    ),
    (
      "a,b\n1,2\n\"3\"x,4\n",
      "t.csv:3: text follows a closing quote; "
        + "put a comma between, or double a quote that belongs to the text"
    ),
    (
      "a,b\n\"1\n2\" ,4\n",  // a space is text, and it stands on the second line of the row
      "t.csv:3: text follows a closing quote; "
        + "put a comma between, or double a quote that belongs to the text"
    ),
    (
      "a,b\n\"3\"\"4\"\"\"\"5,\"6\n",
      "t.csv:2: text follows a closing quote; "
        + "put a comma between, or double a quote that belongs to the text"
    ),
  ])
  func `what cannot be read is refused with its line`(_ text: String, _ expected: String) throws {
    #expect(complaint(text.utf8) == expected)
    let bytes = Array(text.utf8)
    let stored = #expect(throws: Problems.self) { try onDisk(bytes) { try $0.allRows() } }
    #expect(stored?.description == expected)
  }

  @Test func `UTF-16 is refused by its mark`() {
    let expected = "t.csv:1: is written in UTF-16; save it as “CSV UTF-8”"
    #expect(complaint([0xFF, 0xFE, 0x61, 0x00, 0x0A, 0x00]) == expected)
    #expect(complaint([0xFE, 0xFF, 0x00, 0x61, 0x00, 0x0A]) == expected)
  }

  @Test(arguments: ["a,b\n1,2\n", "a,b\r\n“1”,2\r\n", "a\n"])
  func `UTF-16 is refused without its mark, too`(_ text: String) {
    let expected = "t.csv:1: is written in UTF-16; save it as “CSV UTF-8”"
    let units = Array(text.utf16)
    #expect(complaint(units.flatMap { [UInt8($0 & 255), UInt8($0 >> 8)] }) == expected)
    #expect(complaint(units.flatMap { [UInt8($0 >> 8), UInt8($0 & 255)] }) == expected)
  }

  @Test func `a zero byte alone is no UTF-16`() {
    #expect(complaint("a,b\n\0,2\n".utf8) == "")
    #expect(complaint("a,b\n\0\0\0\0\n".utf8) == "")
  }

  @Test func `line ends of an old Mac are refused for what they are`() {
    let expected =
      "t.csv:1: has the line ends of an old Mac, CR alone; "
      + "save it as “CSV UTF-8”, not as “CSV (Macintosh)”"
    #expect(complaint("a,b\r1,2\r3,4\r".utf8) == expected)
    #expect(complaint("a,b,a\r1,2,3".utf8) == expected)
    #expect(complaint("a,b\r\n1\r2,3\n".utf8) == "")
    #expect(complaint("a,b\r".utf8) == "")
  }

  @Test func `bytes that are not UTF-8 are refused with their line and value`() {
    // é in Latin-1, a lone continuation byte, a surrogate, an overlong slash.
    for wrong in [[0xE9], [0x80], [0xED, 0xA0, 0x80], [0xC0, 0xAF]] as [[UInt8]] {
      let plain = Array("a,b\n1,2\n\n3,".utf8) + wrong + Array("\n".utf8)
      #expect(
        complaint(plain) == "t.csv:4: value 2 is not UTF-8; save it as “CSV UTF-8”")
      let quoted = Array("a,b\n\"1\n\",2\n\"".utf8) + wrong + Array("\",4\n".utf8)
      #expect(
        complaint(quoted) == "t.csv:4: value 1 is not UTF-8; save it as “CSV UTF-8”")
      let heading = Array("a,".utf8) + wrong + Array("\n1,2\n".utf8)
      #expect(
        complaint(heading) == "t.csv:1: value 2 is not UTF-8; save it as “CSV UTF-8”")
    }
  }

  @Test func `a row of more values than any table has is refused`() {
    let most = Array(repeating: "1", count: 1_024).joined(separator: ",")
    #expect(complaint("a\n\(most)\n".utf8) == "")
    #expect(complaint("a\n\"\"\(most.dropFirst())\n".utf8) == "")
    let refused =
      "t.csv:2: a row has more than 1024 values; check that this is the right file"
    #expect(complaint("a\n\(most),1\n".utf8) == refused)
    #expect(complaint("a\n\"\"\(most.dropFirst()),1\n".utf8) == refused)
  }

  @Test func `a file that is not there or is a folder is refused`() {
    let missing = #expect(throws: Problems.self) { try CSVFile(path: "/no/such/answers.csv") }
    #expect(
      missing?.description
        == "/no/such/answers.csv: cannot be opened; check the name and whether you may read it")
    #expect(throws: Problems.self) {
      try CSVFile(path: FileManager.default.temporaryDirectory.path)
    }
  }

  @Test func `the heading may stand below other rows, which are kept as they are`() throws {
    let text = "Cases of June\n\n\"a \nb\", x\n1,2\n"
    let file = try CSVFile(bytes: Array(text.utf8), name: "t.csv") { rows in
      #expect(rows == [["Cases of June"], ["a \nb", " x"], ["1", "2"]])
      return 1
    }
    #expect(file.above == [["Cases of June"]])
    #expect(file.columns == ["a \nb", "x"])
    #expect(file.bodyLine == 5)
    #expect(try file.allRows().map(\.values) == [["1", "2"]])
  }

  @Test func `blank lines are told`() throws {
    var blank: [Int] = []
    let file = try CSVFile("a,b\n1,2\n\n\r\n3,\"x\n\ny\"\n\n")
    try file.forEachRow(onBlank: { blank.append($0) }) { _ in }
    #expect(blank == [3, 4, 8])
  }

  @Test func `a file in Windows-1252 is recognised`() throws {
    let bytes = [UInt8]("Größe,b\n".unicodeScalars.map { UInt8($0.value) }) + [0x80, 0x2C, 0x92]
    #expect(throws: Problems.self) { try CSVFile(bytes: bytes, name: "t.csv") }
    let file = try CSVFile(bytes: bytes, name: "t.csv", accepting: [.utf8, .windows1252])
    let known = try file.inItsEncoding { _ in 0 }
    #expect(known.encoding == .windows1252)
    #expect(known.columns == ["Größe", "b"])
    #expect(try known.allRows().map(\.values) == [["€", "’"]])
    #expect(try CSVFile("Größe\n").inItsEncoding { _ in 0 }.encoding == .utf8)
  }

  @Test func `bytes that neither UTF-8 nor Windows-1252 know are refused with their line`() throws {
    let file = try CSVFile(bytes: Array("a,b\n1,2\n".utf8) + [0x81], name: "t.csv")
    let problems = #expect(throws: Problems.self) { try file.inItsEncoding { _ in 0 } }
    #expect(
      problems?.description
        == "t.csv:3: is neither UTF-8 nor Windows-1252; save it as “CSV UTF-8”")
  }
}
