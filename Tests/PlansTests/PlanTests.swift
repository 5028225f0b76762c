import Calendars
import FoundationEssentials
import Problems
import Testing

@testable import Plans

@Suite struct ProjectPlanTests {
  private let days = WorkingDays.englandAndWales

  private func plan(_ year: Int, _ month: Int, _ day: Int) throws -> ProjectPlan {
    try ProjectPlan(
      PlanTemplate.load("probation"), publication: try #require(Day(year, month, day)), over: days)
  }

  @Test func `phases are counted back from publication`() throws {
    let plan = try plan(2027, 3, 11)

    #expect(plan.phases.map(\.id).first == "announcement")
    #expect(plan.phases.last?.id == "action-plan")
    let check = try #require(plan.phases.first { $0.id == "factual-accuracy" })
    #expect(check.workingDays == 10)
    #expect(check.first.description == "2027-01-21")
    #expect(check.last.description == "2027-02-03")
    #expect(plan.phases.first { $0.id == "publication" }?.first == plan.publication)
  }

  @Test func `every phase starts and ends on a working day and has as many as it says`() throws {
    for plan in [try plan(2027, 3, 11), try plan(2026, 5, 5), try plan(2022, 9, 20)] {
      for phase in plan.phases {
        #expect(days.isWorkingDay(phase.first) == true)
        #expect(days.isWorkingDay(phase.last) == true)
        #expect(days.count(from: phase.first, through: phase.last) == phase.workingDays)
      }
      #expect(plan.phases.map(\.first) == plan.phases.map(\.first).sorted())
    }
  }

  @Test(arguments: [
    (2026, 11, 21, "21 November 2026 is at a weekend, and nothing is published then"),
    (2026, 12, 25, "25 December 2026 is Christmas Day, and nothing is published then"),
    (2031, 3, 11, "a phase lies outside 2012 to 2028, the years whose bank holidays are known"),
    (2028, 12, 20, "a phase lies outside 2012 to 2028, the years whose bank holidays are known"),
  ])
  func `a day on which nothing is published is refused`(
    _ year: Int, _ month: Int, _ day: Int, _ what: String
  ) {
    let problems = #expect(throws: Problems.self) { try plan(year, month, day) }
    #expect(problems?.list[0].what == what)
  }

  @Test func `everything wrong in a template is told with its line`() {
    let yaml = """
      format: plumbline-project-plan/1
      id: x
      title: X
      phases:
        - {id: a, title: A, first: 1, last: 2, source: ours, status: assumed}
        - {id: b, title: B, first: 3, last: 2, source: ours, status: guessed}
        - {id: c, title: C, first: 5000, last: 2, source: ours, status: assumed}
        - {id: d, title: D, first: 3, last: 2, source: ours, status: assumed}
        - {id: d, title: D, first: 3, last: 2, source: ours, status: assumed}
      """
    let problems = #expect(throws: Problems.self) {
      try PlanTemplate.read(yaml: yaml, file: "x.yaml")
    }
    #expect(problems?.list.map(\.line) == [5, 6, 7, 9])
  }
}

@Suite struct CalendarFeedTests {
  @Test func `a feed has an event for each phase, in lines of at most 75 bytes`() throws {
    let plan = try ProjectPlan(
      PlanTemplate.load("probation"), publication: try #require(Day(2027, 3, 11)),
      over: .englandAndWales)
    let feed = CalendarFeed(
      plan.events, name: "Ynys Môn, \(String(repeating: "é", count: 60)); spring", key: "one",
      changedAt: Instant(milliseconds: 1_767_225_600_000))

    let text = String(decoding: feed.bytes, as: UTF8.self)
    let lines = text.components(separatedBy: "\r\n")
    #expect(lines.last == "")
    #expect(lines.allSatisfy { $0.utf8.count <= 75 })
    #expect(lines.filter { $0 == "BEGIN:VEVENT" }.count == plan.phases.count)
    let unfolded = text.replacing("\r\n ", with: "")
    #expect(unfolded.contains("DTSTART;VALUE=DATE:20270121\r\nDTEND;VALUE=DATE:20270204\r\n"))
    #expect(unfolded.contains("DTSTAMP:20260101T000000Z"))
    #expect(
      unfolded.contains("SUMMARY:Ynys Môn\\, \(String(repeating: "é", count: 60))\\; spring: "))
    #expect(unfolded.contains("UID:one-fieldwork"))
  }

  @Test func `what would end a line is not in one`() throws {
    let plan = try ProjectPlan(
      PlanTemplate.load("probation"), publication: try #require(Day(2027, 3, 11)),
      over: .englandAndWales)
    let feed = CalendarFeed(
      plan.events, name: "a\r\nATTENDEE:x", key: "one", changedAt: Instant(milliseconds: 0))

    #expect(!String(decoding: feed.bytes, as: UTF8.self).contains("\r\nATTENDEE"))
  }
}
