import Calendars
import Testing

@testable import Website

@Suite struct LondonTests {
  @Test(arguments: [
    ("2026-01-15T09:30:00Z", "15 January 2026, 09:30"),
    // Summer time starts on the last Sunday of March at one, and ends on the last of October.
    ("2026-03-29T00:59:59Z", "29 March 2026, 00:59"),
    ("2026-03-29T01:00:00Z", "29 March 2026, 02:00"),
    ("2026-07-01T23:30:00Z", "2 July 2026, 00:30"),
    ("2026-10-25T00:59:59Z", "25 October 2026, 01:59"),
    ("2026-10-25T01:00:00Z", "25 October 2026, 01:00"),
  ])
  func `moments are told as clocks in London show them`(_ instant: String, _ words: String) throws {
    #expect(Words.moment(try #require(Instant(instant))) == words)
  }
}
