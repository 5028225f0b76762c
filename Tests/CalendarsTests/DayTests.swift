import Calendars
import Testing

struct DayTests {
  @Test(arguments: [
    "1900-01-01", "2019-02-28", "2020-02-29", "2000-02-29", "2019-01-31", "2019-04-30",
    "2020-12-31", "9999-12-31",
  ])
  func `a day prints as it was read`(_ text: String) throws {
    #expect(try #require(Day(text)).description == text)
  }

  @Test(
    arguments: [
      "2019-02-29", "1900-02-29", "2100-02-29", "2020-02-30",  // no leap year, or not so long
      "2019-04-31", "2019-06-31", "2019-09-31", "2019-11-31", "2019-01-32",
      "2019-00-10", "2019-13-10", "2019-10-00",
      "1899-12-31", "0000-01-01", "10000-01-01",
      "2019-2-3", "2019-02-3", "19-02-03", "2019-002-03", "2019-02-003",
      "2019/02/03", "03-02-2019", "20190203", "2019-02", "2019", "2019-02-03-04",
      "2019-02-03T00:00", " 2019-02-03", "2019-02-03 ", "-2019-02-03", "2019--02-03",
      "+019-02-03", "2019-+2-03", "2019-02--3", "", "-", "--", "today",
      "２０１９-０２-０３", "٢٠١٩-٠٢-٠٣", "2019‐02‐03", "2019-02-0３",
    ])
  func `anything else is not a day`(_ text: String) {
    #expect(Day(text) == nil)
  }

  @Test func `a part of a longer text can be read`() throws {
    let text = "valid from 2019-09-01"
    #expect(try #require(Day(text.suffix(10))).description == "2019-09-01")
  }

  @Test func `a day is made of numbers or not at all`() {
    #expect(Day(2020, 2, 29)?.description == "2020-02-29")
    #expect(Day(2019, 2, 29) == nil)
    #expect(Day(2019, 0, 1) == nil)
    #expect(Day(2019, 13, 1) == nil)
    #expect(Day(2019, 1, -1) == nil)
    #expect(Day(Int.max, 1, 1) == nil)
    #expect(Day(Int.min, Int.min, Int.min) == nil)
  }

  @Test func `a person reads the month's name`() throws {
    #expect(try #require(Day("2020-03-10")).words == "10 March 2020")
    #expect(try #require(Day("2019-12-01")).words == "1 December 2019")
  }

  /// Five years with two leap days, and their texts, which sort alike.
  @Test func `days stand in the order of the calendar and of their texts`() {
    let days = (2019...2024).flatMap { year in
      (1...12).flatMap { month in (1...31).compactMap { Day(year, month, $0) } }
    }
    #expect(days.count == 6 * 365 + 2)
    #expect(zip(days, days.dropFirst()).allSatisfy { $0 < $1 && !($1 < $0) })
    #expect(days.reversed().sorted() == days)
    #expect(days.map(\.description).sorted() == days.map(\.description))
    #expect(days.allSatisfy { Day($0.description) == $0 })
  }

  @Test func `a day is as many days after 30 December 1899 as a spreadsheet holds`() throws {
    #expect(try #require(Day(1900, 3, 1)).number == 61)
    #expect(try #require(Day(2020, 1, 1)).number == 43831)
    #expect(try #require(Day(9999, 12, 31)).number == 2_958_465)
    #expect(Day(number: 43890) == Day(2020, 2, 29))
    #expect(Day(number: 1) == nil)
    #expect(Day(number: 2_958_466) == nil)
  }

  @Test func `every number of a day up to 2119 leads back to it`() throws {
    var last = try #require(Day(number: 2))
    #expect(last == Day(1900, 1, 1))
    for number in 3...80_000 {
      let day = try #require(Day(number: number))
      #expect(day.number == number && last < day)
      last = day
    }
  }
}
