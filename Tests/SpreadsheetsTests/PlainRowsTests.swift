import Problems
import Spreadsheets
import TestKit
import Testing

struct PlainRowsTests {
  /// The values of all rows, or nothing when the file is not plain.
  private static func plain(_ file: CSVFile) throws -> [[String]]? {
    var rows: [[String]] = []
    let isPlain = try file.forEachPlainRows(in: file.body) { block in
      for row in 0..<block.count {
        rows.append(
          file.columns.indices.map { String(decoding: block[row, $0], as: UTF8.self) })
      }
      return true
    }
    return isPlain ? rows : nil
  }

  @Test(arguments: ["\n", "\r\n"], [false, true])
  func `plain rows read as the careful reader reads them`(
    _ lineEnd: String, _ isClosed: Bool
  ) throws {
    var chance = Chance(seed: 77)
    var text = "\u{FEFF}case,office,answer" + lineEnd
    for row in 0..<20_000 {
      let filling = String(repeating: "z", count: Int.random(in: 0...40, using: &chance))
      text += "\(row),\(row.isMultiple(of: 9) ? "Ynys Môn" : filling),\(row % 3)" + lineEnd
    }
    if !isClosed { text += "last,,\(lineEnd == "\n" ? "1" : "")" }
    let file = try CSVFile(text)
    let rows = try #require(try Self.plain(file))
    #expect(rows.count == 20_000 + (isClosed ? 0 : 1))
    #expect(rows == (try file.allRows().map(\.values)))
    #expect(try onDisk(Array(text.utf8)) { try Self.plain($0) } == rows)
    var found: [[String]] = []
    for part in try file.parts(5) {
      #expect(
        try file.forEachPlainRows(in: part) { block in
          found += (0..<block.count).map { row in
            (0..<3).map { String(decoding: block[row, $0], as: UTF8.self) }
          }
          return true
        })
    }
    #expect(found == rows)
  }

  /// Each of these stands somewhere in a file that is plain but for it.
  @Test(arguments: [
    "\"1\",2,3", "1,2", "1,2,3,4", "", "1,2\",3", "1,\u{FFFD}\",3", "1\n,2,3", ",",
  ])
  func `a file with a row that needs care is not plain`(_ row: String) throws {
    let filling = String(repeating: "1,2,3\n", count: 30_000)
    for text in [row + "\n" + filling, filling + row + "\n" + filling, filling + row + "\n"] {
      #expect(try Self.plain(CSVFile("a,b,c\n" + text)) == nil)
    }
    #expect(try Self.plain(CSVFile("a,b,c\n" + filling))?.count == 30_000)
  }

  @Test func `bytes that are not UTF-8 and rows of more than a block are not plain`() throws {
    let filling = Array(String(repeating: "1,2\n", count: 40_000).utf8)
    for bytes in [[0xE9], [0xC3], Array(repeating: UInt8(ascii: "x"), count: 200_000)] {
      let text = Array("a,b\n".utf8) + filling + bytes + Array(",1\n".utf8)
      #expect(try Self.plain(CSVFile(bytes: text, name: "t.csv")) == nil)
    }
  }

  @Test func `an empty body is plain and one column never is`() throws {
    #expect(try Self.plain(CSVFile("a,b\n")) == [])
    #expect(try Self.plain(CSVFile("a,b")) == [])
    #expect(try Self.plain(CSVFile("a\n1\n")) == nil)
  }

  @Test func `reading stops when no more is wanted`() throws {
    let file = try CSVFile("a,b\n" + String(repeating: "1,2\n", count: 100_000))
    var calls = 0
    let isPlain = try file.forEachPlainRows(in: file.body) { _ in
      calls += 1
      return false
    }
    #expect(!isPlain)
    #expect(calls == 1)
  }

  @Test func `a file that lost its end is said to be unreadable`() throws {
    let bytes = Array("a,b\n1,2\n".utf8)
    let problems = #expect(throws: Problems.self) {
      try onDisk(bytes) { file in
        try file.forEachPlainRows(in: file.body.lowerBound..<file.body.upperBound + 10) { _ in true
        }
      }
    }
    #expect(
      problems?.description
        == "t.csv: could not be read to its end; check the disk and try again")
  }
}
