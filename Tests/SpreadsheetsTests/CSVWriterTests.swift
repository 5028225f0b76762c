import Problems
import Spreadsheets
import TestKit
import Testing

struct CSVWriterTests {
  private func line(_ value: String?) -> String {
    var writer = CSVWriter(columns: ["a"])
    writer.append([value, "end"])
    return String(writer.text.dropFirst("a\n".count))
  }

  @Test(arguments: [
    ("plain", "plain,end\n"),
    ("", ",end\n"),
    ("two words", "two words,end\n"),
    ("one, two", "\"one, two\",end\n"),
    ("say \"no\"", "\"say \"\"no\"\"\",end\n"),
    ("one\ntwo", "\"one\ntwo\",end\n"),
    ("one\r\ntwo", "\"one\r\ntwo\",end\n"),
    ("\"\u{301}", "\"\"\"\u{301}\",end\n"),  // a quote and the accent on it are one character
    ("Łódź", "Łódź,end\n"),
  ])
  func `values are quoted only where they must be`(_ value: String, _ expected: String) {
    // Bytes: two texts can be equal and differ in their form.
    #expect(Array(line(value).utf8) == Array(expected.utf8))
  }

  @Test func `nothing is an empty value`() {
    #expect(line(nil) == ",end\n")
  }

  @Test(arguments: [
    "=SUM(A1:A9)", "=1+1", "+44 20 7946 0000", "-", "--", "- not seen", "@SUM(A1)", "\tx", "\rx",
    "\r\nx", "-1-1", "+x", "=", "=\u{301}1",
  ])
  func `a cell that a spreadsheet takes for a formula is neutralised`(_ value: String) throws {
    var writer = CSVWriter(columns: ["a"])
    writer.append([value])
    let read = try #require(try CSVFile(writer.text).allRows().first)
    #expect(Array(read.values[0].utf8) == [UInt8(ascii: "'")] + Array(value.utf8))
  }

  @Test(arguments: ["-1", "-0.5", "+3", "-12.5e3", "0", "17", "a=b", "a-b", "'", "2018-04-01"])
  func `plain numbers and signs inside a value stay as they are`(_ value: String) {
    #expect(line(value) == "\(value),end\n")
  }

  /// Three thousand tables of random text with every character that means something.
  @Test func `what is written is read again`() throws {
    var chance = Chance(seed: 1927)
    let letters: [Unicode.Scalar] = [
      "a", "b", "7", " ", ",", "\"", "\n", "\r", "\t", ";", "'", "=", "-", "+", "@", ".", "é",
      "\u{301}",
      "漢", "👣", "\u{FEFF}",
    ]
    for _ in 0..<3_000 {
      let width = Int.random(in: 1...5, using: &chance)
      var written: [[String]] = []
      var writer = CSVWriter(columns: (0..<width).map { "c\($0)" })
      for _ in 0..<Int.random(in: 0...6, using: &chance) {
        let row = (0..<width).map { _ in
          var text = String.UnicodeScalarView()
          for _ in 0..<Int.random(in: 0...5, using: &chance) {
            text.append(letters[Int.random(in: 0..<letters.count, using: &chance)])
          }
          return String(text)
        }
        written.append(row)
        writer.append(row)
      }
      let read = try CSVFile(writer.text).allRows().map(\.values)
      let expected = written.map { $0.map(neutral) }
      #expect(read.map { $0.map { Array($0.utf8) } } == expected.map { $0.map { Array($0.utf8) } })
    }
  }

  /// What stands in the file: text that looks like a formula has an apostrophe in front.
  private func neutral(_ text: String) -> String {
    guard let first = text.unicodeScalars.first else { return text }
    let isRisky = ["=", "+", "-", "@", "\t", "\r"].contains(first)
    return isRisky && Double(text) == nil ? "'" + text : text
  }
}
