import Judgements
import Problems
import Spreadsheets
import Standards
import Testing

struct GroupTests {
  private let text = """
    case,question,answer,office
    A,2.1.1,sufficient,York
    B,2.1.1,insufficient,Hull
    C,2.1.1,sufficient,
    A,2.1.2,not-applicable,York
    D,2.1.1,sufficient, York\u{20}
    E,2.1.1,insufficient,\u{20}\u{20}
    F,2.1.1,sufficient,"Hull, east"

    """

  @Test func `cases are grouped by a column, and a blank group has a name`() throws {
    let answers = try AnswerFile.read(
      Readings.file(text), for: Readings.book(), groupedBy: "office")
    #expect(answers.groups.map(\.name) == ["Hull", "Hull, east", "York", "office not recorded"])
    #expect(
      answers.groups.map { Readings.texts($0.tally) } == [
        ["2.1.1": "0/1/0"], ["2.1.1": "1/0/0"], ["2.1.1": "2/0/0", "2.1.2": "0/0/1"],
        ["2.1.1": "1/1/0"],
      ])
  }

  @Test func `the groups add up to the whole, which grouping does not change`() throws {
    let grouped = try AnswerFile.read(
      Readings.file(text), for: Readings.book(), groupedBy: "office")
    let whole = try AnswerFile.read(Readings.file(text), for: Readings.book())
    var sum = Tally()
    for group in grouped.groups { sum.pool(group.tally) }
    #expect(sum == grouped.all)
    #expect(whole.all == grouped.all)
    #expect(whole.groups.isEmpty)
  }

  @Test(arguments: ["Hull", "", "york"])
  func `a case in two groups is refused`(_ other: String) throws {
    #expect(
      try Readings.complaints(
        "case,question,answer,office\nA,2.1.1,sufficient,York\nA,2.1.2,sufficient,\(other)\n",
        by: "office") == [
          "t.csv:3: the case on this line was under another office before; "
            + "give each case one office"
        ])
  }

  @Test func `white space around a group does not make another group`() throws {
    let answers = try AnswerFile.read(
      Readings.file(
        "case,question,answer,office\nA,2.1.1,sufficient,York\nA,2.1.2,sufficient,York\u{20}\n"),
      for: Readings.book(), groupedBy: "office")
    #expect(answers.groups.map(\.name) == ["York"])
  }
}
