import Judgements
import TestKit
import Testing

/// References and offices of more than 15 bytes, which are found another way than short ones.
struct LongNameTests {
  private static let stem = "National-exercise-2026/North-west/"

  @Test func `cases that differ in one byte are different cases`() throws {
    // Each byte of the reference in turn, so that none is left out of the comparison.
    var references: Set<String> = []
    for length in 16...60 {
      let name = Array(String(repeating: "x", count: length).utf8)
      for place in name.indices {
        var other = name
        other[place] = UInt8(ascii: "y")
        references.insert(String(decoding: other, as: UTF8.self))
      }
    }
    let rows = references.sorted().map { "\($0),2.1.1,sufficient" }
    let text = "case,question,answer\n" + rows.joined(separator: "\n") + "\n"
    for file in [text, text.replacing("\n", with: "\r\n"), "\u{FEFF}" + text] {
      let answers = try AnswerReadings.read(file)
      #expect(answers.all == ["2.1.1": "\(references.count)/0/0"])
      #expect(answers.notices.isEmpty)
    }
    let twice = try AnswerReadings.read(text + rows.joined(separator: "\n"))
    #expect(twice.all == ["2.1.1": "\(references.count)/0/0"])
    #expect(twice.notices.count == 1)
  }

  @Test func `offices with long names are kept apart`() throws {
    let offices = (0..<40).map { "\(Self.stem)office \($0)" }
    let rows = (0..<4_000).map { place in
      "\(Self.stem)\(place),2.1.1,\(place % 3 == 0 ? "sufficient" : "insufficient"),"
        + offices[place % offices.count]
    }
    let text = "case,question,answer,office\n" + rows.joined(separator: "\n")
    let answers = try AnswerFile.read(
      Readings.file(text), for: Readings.book(), groupedBy: "office")
    #expect(answers.groups.map(\.name) == offices.sorted())
    #expect(answers.groups.allSatisfy { $0.tally.questions.values.first?.applicable == 100 })
    let complaints = try Readings.complaints(
      text + "\n\(Self.stem)7,2.1.2,sufficient,\(offices[8])", by: "office")
    #expect(
      complaints == [
        "t.csv:4002: the case on this line was under another office before; "
          + "give each case one office"
      ])
  }
}

/// A reading as texts.
private enum AnswerReadings {
  static func read(_ text: String) throws -> (all: [String: String], notices: [String]) {
    let answers = try AnswerFile.read(Readings.file(text), for: Readings.book())
    return (Readings.texts(answers.all), answers.notices)
  }
}
