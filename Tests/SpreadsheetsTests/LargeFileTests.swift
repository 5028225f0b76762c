import Foundation
import Problems
import Spreadsheets
import TestKit
import Testing

/// Files that do not fit into the reader's buffer of 2 MiB.
struct LargeFileTests {
  /// Five million bytes of rows, every seventh in quotes with a comma, a quote, line ends and
  /// letters beyond ASCII, so that some lie across each end of the buffer.
  private static let large: [UInt8] = {
    var chance = Chance(seed: 2019)
    var text = "case,note,answer\r\n"
    var row = 0
    while text.utf8.count < 5_000_000 {
      let filling = String(repeating: "x", count: Int.random(in: 0...900, using: &chance))
      text +=
        row.isMultiple(of: 7)
        ? "C\(row),\"\(filling), \"\"é\"\"\n\r\n\(filling)\",yes\r\n"
        : "C\(row),\(filling),no\n"
      row += 1
    }
    return Array(text.utf8)
  }()

  @Test func `a file on disk reads as the same bytes in memory`() throws {
    let inMemory = try CSVFile(bytes: Self.large, name: "t.csv").allRows()
    #expect(Self.large.count > 4 << 20)
    #expect(inMemory.count > 5_000)
    #expect(inMemory.allSatisfy { $0.values.count == 3 })
    #expect(inMemory.enumerated().allSatisfy { $1.values[0] == "C\($0)" })
    #expect(try onDisk(Self.large) { try $0.allRows() } == inMemory)
  }

  /// The end of the reader's first buffer falls on each of the bytes around a quoted value in turn.
  @Test func `a quoted row may lie anywhere across the buffer's end`() throws {
    let tail = "q,\"a\"\"b\r\nc\",z\r\nlast,1,2"
    let expected = ["a\"b\r\nc", "1"]
    let heading = Array("x,y,z\n".utf8)
    let edge = heading.count + 2 * CSVFile.longestRow
    let line = Array("0\(String(repeating: "1", count: 994)),1,2\n".utf8)
    for shift in 0...tail.utf8.count {
      var bytes = heading
      while bytes.count + line.count <= edge - shift - 200 { bytes += line }
      let rest = edge - shift - bytes.count
      bytes += Array(repeating: UInt8(ascii: "w"), count: rest - 5) + Array(",1,2\n".utf8)
      bytes += Array(tail.utf8)
      let rows = try onDisk(bytes) { file in
        var values: [String] = []
        try file.forEachRow { row in
          if row[0].first != UInt8(ascii: "0"), row[0].first != UInt8(ascii: "w") {
            values.append(row.text(1))
          }
        }
        return values
      }
      #expect(rows == expected)
    }
  }

  /// A row of `length` bytes with its line end, as line 3 of a file.
  private func line(_ before: String, _ after: String, length: Int) -> [UInt8] {
    let filling = length - before.utf8.count - after.utf8.count
    return Array("a,b\n1,2\n\(before)".utf8) + Array(repeating: 120, count: filling)
      + Array(after.utf8)
  }

  @Test(arguments: [
    ("", ",2\n"), ("", ",2"), ("\"", "\",2\n"), ("\"", "\",2"), ("1,\"", "\"\"\"\r\n"),
    ("", ",2\r\n"),
  ])
  func `a row of a mebibyte is read and one byte more is refused`(
    _ before: String, _ after: String
  ) throws {
    let endsLine = after.utf8.last == UInt8(ascii: "\n")
    for more in [
      "", "\n3,4\n",
      "\n" + String(repeating: "5,\(String(repeating: "6", count: 998))\n", count: 2_400),
    ] {
      let rest = endsLine ? String(more.dropFirst()) : more
      // A line end that follows belongs to the row.
      let lineEnd = endsLine || rest.isEmpty ? 0 : 1
      let fits = line(before, after, length: CSVFile.longestRow - lineEnd) + Array(rest.utf8)
      #expect(try CSVFile(bytes: fits, name: "t.csv").allRows()[1].values.count == 2)
      #expect(try onDisk(fits) { try $0.allRows().count } >= 2)

      let long = line(before, after, length: CSVFile.longestRow - lineEnd + 1) + Array(rest.utf8)
      let expected =
        "t.csv:3: a row is longer than 1048576 bytes; "
        + "look for a quote that is not closed, or shorten the row"
      #expect(complaint(long) == expected)
      let stored = #expect(throws: Problems.self) { try onDisk(long) { try $0.allRows() } }
      #expect(stored?.description == expected)
    }
  }

  @Test func `a quote that swallows the file is refused with the line of its row`() throws {
    let bytes = Array("a,b\n1,2\n3,\"4\n".utf8) + Array(repeating: 120, count: 3 << 20)
    #expect(complaint(bytes).hasPrefix("t.csv:3: a row is longer than 1048576 bytes"))
    let stored = #expect(throws: Problems.self) { try onDisk(bytes) { try $0.allRows() } }
    #expect(stored?.description == complaint(bytes))
  }

  @Test func `bytes that are not UTF-8 are found far down with their line`() throws {
    var bytes = Array("a,b\n".utf8)
    let line = Array("\(String(repeating: "1", count: 996)),7\n".utf8)
    for _ in 0..<4_000 { bytes += line }
    bytes += [0xE9, 0x2C, 0x31, 0x0A]
    let expected = "t.csv:4002: value 1 is not UTF-8; save it as “CSV UTF-8”"
    #expect(complaint(bytes) == expected)
    let stored = #expect(throws: Problems.self) { try onDisk(bytes) { try $0.allRows() } }
    #expect(stored?.description == expected)
  }

  @Test(arguments: [1, 2, 3, 8, 64])
  func `parts cover the body exactly and are cut at rows`(_ count: Int) throws {
    var bytes = Array("\u{FEFF}case,answer\r\n".utf8)
    var chance = Chance(seed: UInt64(count))
    for row in 0..<20_000 {
      let filling = String(repeating: "y", count: Int.random(in: 0...60, using: &chance))
      bytes += Array("C\(row),\(filling)\n".utf8)
    }
    let file = try CSVFile(bytes: bytes, name: "t.csv")
    let parts = try file.parts(count)
    #expect(parts.count == count)
    #expect(parts.first?.lowerBound == file.body.lowerBound)
    #expect(parts.last?.upperBound == file.body.upperBound)
    #expect(zip(parts, parts.dropFirst()).allSatisfy { $0.upperBound == $1.lowerBound })
    #expect(parts.dropFirst().allSatisfy { bytes[$0.lowerBound - 1] == UInt8(ascii: "\n") })

    var pieces: [[String]] = []
    for part in parts {
      let alone = try CSVFile(bytes: Array("case,answer\n".utf8) + bytes[part], name: "t.csv")
      pieces += try alone.allRows().map(\.values)
    }
    #expect(pieces == (try file.allRows().map(\.values)))
    #expect(try onDisk(bytes) { try $0.parts(count) } == parts)
  }

  @Test func `a small body has parts too, and an empty one has one`() throws {
    for text in ["a\n1\n2\n3\n", "a\n1\n2\n3", "a\n1", "a\n", "a"] {
      let file = try CSVFile(text)
      for count in 0...6 {
        let parts = try file.parts(count)
        #expect(parts.first?.lowerBound == file.body.lowerBound)
        #expect(parts.last?.upperBound == file.body.upperBound)
        #expect(zip(parts, parts.dropFirst()).allSatisfy { $0.upperBound == $1.lowerBound })
        var pieces: [[String]] = []
        for part in parts {
          let alone = try CSVFile("a\n" + String(decoding: Array(text.utf8)[part], as: UTF8.self))
          pieces += try alone.allRows().map(\.values)
        }
        #expect(pieces == (try file.allRows().map(\.values)))
      }
    }
  }
}
