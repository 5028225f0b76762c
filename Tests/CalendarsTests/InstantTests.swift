import Calendars
import Foundation
import Testing

@Suite struct InstantTests {
  @Test(arguments: [
    (0, "1970-01-01T00:00:00.000Z"), (951_782_400_001, "2000-02-29T00:00:00.001Z"),
    (1_798_761_599_999, "2026-12-31T23:59:59.999Z"),
    (253_402_300_799_999, "9999-12-31T23:59:59.999Z"),
  ])
  func `a moment is written to a thousandth of a second in UTC`(_ number: Int, _ text: String) {
    #expect(Instant(milliseconds: number).description == text)
    #expect(Instant(text) == Instant(milliseconds: number))
  }

  @Test func `it agrees with another calendar on every day of two centuries`() {
    for day in stride(from: 0, to: 73_000, by: 1) {
      let instant = Instant(milliseconds: day * 86_400_000 + 45_296_789)
      let date = Date(timeIntervalSince1970: Double(day) * 86_400 + 45_296)
      #expect(instant.description == date.formatted(.iso8601).replacing("Z", with: ".789Z"))
    }
  }

  @Test func `thousandths may be left out`() {
    #expect(Instant("2026-05-04T10:15:00Z")?.description == "2026-05-04T10:15:00.000Z")
  }

  @Test(arguments: [
    "", "2026-05-04", "2026-05-04T10:15Z", "2026-05-04 10:15:00Z", "2026-05-04T24:00:00Z",
    "2026-05-04T10:60:00Z", "2026-05-04T10:15:60Z", "2026-02-29T10:15:00Z",
    "2026-05-04T10:15:00+01", "1969-12-31T23:59:59Z", "2026-05-04T10:15:00.12Z",
    "2026-05-04T1é:15:00Z", "2026-05-04T10:15:00.1234Z",
  ])
  func `anything else is no moment`(_ text: String) {
    #expect(Instant(text) == nil)
  }
}
