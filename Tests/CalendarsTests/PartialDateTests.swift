import Calendars
import Testing

struct PartialDateTests {
  struct Example: Sendable, CustomTestStringConvertible {
    let text: String
    let earliest: String
    let latest: String
    let words: String
    var testDescription: String { text }
  }

  @Test(arguments: [
    Example(
      text: "2020-03-10", earliest: "2020-03-10", latest: "2020-03-10", words: "10 March 2020"),
    Example(text: "2019-09", earliest: "2019-09-01", latest: "2019-09-30", words: "September 2019"),
    Example(text: "2019-02", earliest: "2019-02-01", latest: "2019-02-28", words: "February 2019"),
    Example(text: "2020-02", earliest: "2020-02-01", latest: "2020-02-29", words: "February 2020"),
    Example(text: "1900-02", earliest: "1900-02-01", latest: "1900-02-28", words: "February 1900"),
    Example(text: "2000-02", earliest: "2000-02-01", latest: "2000-02-29", words: "February 2000"),
    Example(text: "2019-12", earliest: "2019-12-01", latest: "2019-12-31", words: "December 2019"),
    Example(text: "2019", earliest: "2019-01-01", latest: "2019-12-31", words: "2019"),
    Example(text: "9999", earliest: "9999-01-01", latest: "9999-12-31", words: "9999"),
  ])
  func `what is not known stays not known`(_ example: Example) throws {
    let date = try #require(PartialDate(example.text))
    #expect(date.description == example.text)
    #expect(date.earliest.description == example.earliest)
    #expect(date.latest.description == example.latest)
    #expect(date.words == example.words)
  }

  @Test(arguments: [
    "", "19", "199", "20190", "1899", "1899-12", "2019-00", "2019-13", "2019-1", "2019-", "-2019",
    "2019-02-29", "2019-02-30", "2019-9-1", "March 2020", "２０１９", "2019-０９", " 2019",
  ])
  func `anything else is not a date`(_ text: String) {
    #expect(PartialDate(text) == nil)
  }

  @Test func `only a whole day is known`() throws {
    #expect(try #require(PartialDate("2020-03-10")).knownDay == Day(2020, 3, 10))
    #expect(try #require(PartialDate("2020-03")).knownDay == nil)
    #expect(try #require(PartialDate("2020")).knownDay == nil)
  }

  @Test func `it never ends before it starts, and a month lies within its year`() throws {
    for year in 2018...2021 {
      let whole = try #require(PartialDate("\(year)"))
      for month in 1...12 {
        let date = PartialDate.month(year: year, month: month)
        #expect(date.earliest < date.latest)
        #expect(whole.earliest <= date.earliest && date.latest <= whole.latest)
        #expect(PartialDate(date.description) == date)
      }
    }
  }
}
