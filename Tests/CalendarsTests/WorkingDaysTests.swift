import Calendars
import TestKit
import Testing

@Suite struct WorkingDaysTests {
  private let days = WorkingDays.englandAndWales

  @Test(arguments: try GoldenTable("working-days", in: .module).rows)
  func `working days are counted over weekends and bank holidays`(_ row: GoldenTable.Row) throws {
    let from = try #require(Day(row.text("from")))
    let count = try #require(Int(row.text("working days")))
    #expect(days.day(count, from: from)?.description == (try row.text("day")))
  }

  @Test func `there and back again is the same working day`() throws {
    let start = try #require(Day(2026, 11, 20))
    for count in 1...250 {
      let later = try #require(days.day(count, from: start))
      #expect(days.day(-count, from: later) == start)
      #expect(days.count(from: start, through: later) == count + 1)
    }
  }

  @Test func `nothing is said of years that are not known`() throws {
    #expect(days.years == 2012...2028)
    #expect(days.isWorkingDay(try #require(Day(2029, 1, 2))) == nil)
    #expect(days.day(1, from: try #require(Day(2028, 12, 29))) == nil)
    #expect(days.day(-10, from: try #require(Day(2012, 1, 4))) == nil)
    #expect(days.day(0, from: try #require(Day(2030, 1, 1))) == nil)
    #expect(
      days.count(from: try #require(Day(2028, 12, 1)), through: try #require(Day(2029, 1, 1)))
        == nil)
  }

  @Test(arguments: [
    (2026, 11, 16, 1), (2026, 11, 21, 6), (2026, 11, 22, 7), (2000, 2, 29, 2), (1900, 1, 1, 1),
  ])
  func `the day of the week is known`(_ year: Int, _ month: Int, _ day: Int, _ weekday: Int) throws
  {
    #expect(try #require(Day(year, month, day)).weekday == weekday)
  }
}
