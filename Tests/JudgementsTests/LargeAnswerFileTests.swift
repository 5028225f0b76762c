import Foundation
import Judgements
import Problems
import Spreadsheets
import Standards
import TestKit
import Testing

/// Files that are read by both cores at once, held against the same answers read in order.
struct LargeAnswerFileTests {
  private static let heading = "case,question,answer,office"

  /// About 2.4 million bytes: 3,400 cases in random order of questions, one row an answer. Cases
  /// lie together or, when `isMixed`, all over the file, so that both halves have answers of each.
  private static func rows(isMixed: Bool) throws -> [String] {
    let questions = try Readings.book().standards.filter { $0.ratedBy == .caseQuestions }
      .flatMap(\.questions).map(\.code.text)
    let words = ["sufficient", "insufficient", "not-applicable"]
    var chance = Chance(seed: 14)
    var rows: [String] = []
    for case_ in 0..<3_400 {
      let office = case_.isMultiple(of: 11) ? "" : "Office \(case_ % 7)"
      for question in questions.shuffled(using: &chance) {
        let word = words[Int.random(in: 0..<3, using: &chance)]
        rows.append("Case-\(case_),\(question),\(word),\(office)")
      }
    }
    if isMixed { rows.shuffle(using: &chance) }
    return rows
  }

  private static func read(_ rows: [String], by column: String? = nil) throws -> Answers {
    let text = heading + "\n" + rows.joined(separator: "\n") + "\n"
    #expect(text.utf8.count > 2 << 20)
    return try AnswerFile.read(Readings.file(text), for: Readings.book(), groupedBy: column)
  }

  /// A value in quotes, which no division into halves can be trusted with.
  private static func inOrder(_ rows: [String]) -> [String] {
    var rows = rows
    rows[0] = "\"" + rows[0].replacing(",", with: "\",\"") + "\""
    return rows
  }

  @Test(arguments: [false, true], [nil, "office"])
  func `both halves together say what the whole says`(_ isMixed: Bool, _ column: String?) throws {
    let rows = try Self.rows(isMixed: isMixed)
    let divided = try Self.read(rows, by: column)
    #expect(divided == (try Self.read(Self.inOrder(rows), by: column)))
    #expect(divided.groups.count == (column == nil ? 0 : 8))
    // Counted once more, by hand.
    var counts: [Substring: [Substring: Int]] = [:]
    for row in rows {
      let fields = row.split(separator: ",")
      counts[fields[1], default: [:]][fields[2], default: 0] += 1
    }
    #expect(divided.all.questions.count == counts.count)
    for (question, count) in counts {
      let tally = divided.all[try #require(Code(question))]
      #expect(tally.sufficient == count["sufficient"])
      #expect(tally.insufficient == count["insufficient"])
      #expect(tally.notApplicable == count["not-applicable"])
    }
  }

  @Test func `a file on disk says what the same bytes say in memory`() throws {
    let rows = try Self.rows(isMixed: true)
    let text = Self.heading + "\r\n" + rows.joined(separator: "\r\n")
    let url = FileManager.default.temporaryDirectory
      .appendingPathComponent("plumbline-\(UUID().uuidString).csv")
    try Data(text.utf8).write(to: url)
    defer { try? FileManager.default.removeItem(at: url) }
    let stored = try AnswerFile.read(
      CSVFile(path: url.path, name: "t.csv"), for: Readings.book(), groupedBy: "office")
    #expect(try stored == Self.read(rows, by: "office"))
  }

  @Test func `a clash across the halves is found with both lines`() throws {
    var rows = try Self.rows(isMixed: false)
    let last = rows.count - 1
    let fields = rows[3].components(separatedBy: ",")
    let other = fields[2] == "sufficient" ? "insufficient" : "sufficient"
    rows[last] = [fields[0], fields[1], other, fields[3]].joined(separator: ",")
    #expect(
      try Readings.complaints { try Self.read(rows) } == [
        "t.csv:\(last + 2): \(fields[1]) is answered differently for the same case on line 5; "
          + "keep the right answer"
      ])
  }

  @Test func `an answer given in both halves is counted once and said`() throws {
    var rows = try Self.rows(isMixed: false)
    let whole = try Self.read(rows)
    rows.append(rows[3])
    let answers = try Self.read(rows)
    #expect(answers.all == whole.all)
    #expect(
      answers.notices == [
        "t.csv: not used for the ratings: office.",
        "t.csv: 1 answer was given again with the same value and counted once.",
      ])
  }

  @Test func `a case in two groups across the halves is found`() throws {
    var rows = try Self.rows(isMixed: false)
    let fields = rows[0].components(separatedBy: ",")
    rows[0] = "Case-0,\(fields[1]),\(fields[2]),York"
    let moved = rows.remove(at: 0)
    rows.append(moved)
    #expect(
      try Readings.complaints { try Self.read(rows, by: "office") } == [
        "t.csv:\(rows.count + 1): the case on this line was under another office before; "
          + "give each case one office"
      ])
  }

  @Test func `a mistake deep in either half is found with its line`() throws {
    for place in [10, 50_000] {
      var rows = try Self.rows(isMixed: true)
      try #require(rows.count > place)
      rows[place] = "Case-1,2.1.1,maybe,York"
      #expect(
        try Readings.complaints { try Self.read(rows) } == [
          "t.csv:\(place + 2): “maybe” is not an answer; "
            + "known: sufficient, insufficient, not-applicable"
        ])
    }
  }

  @Test func `values with line ends in quotes are not cut in half`() throws {
    let rows = (0..<30_000).map { case_ in
      "C\(case_),2.1.1,sufficient,"
        + "\"\nC\(case_),2.1.1,insufficient,\n\(String(repeating: "x", count: 40))\""
    }
    let answers = try Self.read(rows)
    #expect(Readings.texts(answers.all) == ["2.1.1": "30000/0/0"])
  }

  /// References of every length, some longer than a packed name, offices in two spellings.
  @Test func `no case is lost or doubled, however it is called`() throws {
    let fillings = ["", "-0", "-case", "-in-the-north-west", "-ô"]
    let names = (0..<30_000).map { "\($0)" + fillings[$0 % fillings.count] }
    let offices = ["York", " York\t", "Leeds and Bradford together", "Hull"]
    func row(_ place: Int, _ question: String, _ answer: String) -> String {
      let office = place % 4 < 2 ? offices[place / 4 % 2] : offices[place % 4]
      return "\(names[place]),\(question),\(answer),\(office)"
    }
    var rows = names.indices.map { row($0, "2.1.1", $0 % 2 == 0 ? "sufficient" : "insufficient") }
    rows += names.indices.map { row($0, "2.1.2", "not-applicable") }
    let answers = try Self.read(rows, by: "office")
    #expect(Readings.texts(answers.all) == ["2.1.1": "15000/15000/0", "2.1.2": "0/0/30000"])
    #expect(answers.groups.map(\.name) == ["Hull", "Leeds and Bradford together", "York"])
    #expect(answers.notices.isEmpty)
    let again = try Self.read(rows + rows, by: "office")
    #expect(again.all == answers.all)
    #expect(again.groups == answers.groups)
    #expect(
      again.notices == [
        "t.csv: 60000 answers were given again with the same value and counted once."
      ])
    var moved = rows
    moved[59_998] = moved[59_998].replacing("Leeds and Bradford together", with: "Hull")
    #expect(try Readings.complaints { try Self.read(moved, by: "office") }.count == 1)
  }
}
