import Calendars
import Inspections
import Providers
import Publications
import Ratings
import Standards
import Testing
import Workflows

@testable import Website

struct SearchTests {
  private let test: TestSite

  init() throws {
    test = try TestSite()
  }

  private func answer(_ path: String, _ query: String) -> Page {
    test.website.respond(to: path, query: query)
  }

  @Test func `all words have to occur, wherever they stand`() {
    let page = answer("/providers", "q=tees+durham").text

    #expect(page.contains("Durham Tees Valley CRC"))
    #expect(!page.contains("Lambeth PDU"))
  }

  @Test func `filters narrow together`() {
    let page = answer("/providers", "kind=crc&rating=inadequate").text

    #expect(page.contains("1 of \(test.register.providers.count) providers"))
  }

  @Test func `what is typed comes back escaped`() {
    let page = answer("/providers", "q=%22%3E%3Cscript%3E").text

    #expect(page.contains("value=\"&quot;&gt;&lt;script&gt;\""))
    #expect(!page.contains("<script"))
  }

  @Test(arguments: [
    ("kind=abbey", "There is no kind of provider “abbey”"), ("region=mars", "There is no region"),
    ("rating=poor", "There is no rating “poor”"),
  ])
  func `an unknown filter is named, with status 400`(_ query: String, _ words: String) {
    let page = answer("/providers", query)

    #expect(page.status == 400)
    #expect(page.text.contains("govuk-error-summary"))
    #expect(page.text.contains(words))
    #expect(page.text.contains("<title>Error: "))
  }

  @Test(arguments: [
    "kind=abbey", "standards=crc-1999", "kind=crc&standards=pdu-2021", "standard=9.9", "round=99",
    "round=x", "as-of=31/12/2020", "as-of=2020-02-30", "sort=colour", "sort=standard",
  ])
  func `a wrong value of a league table is a mistake`(_ query: String) {
    #expect(answer("/league-tables", query).status == 400)
  }

  @Test func `empty values and unknown names are no mistakes`() {
    #expect(answer("/league-tables", "kind=&standards=&as-of=&colour=red").status == 200)
    #expect(answer("/providers", "q=&kind=&region=&rating=").status == 200)
  }

  @Test func `the first round of companies ended as the inspectorate counted it`() {
    let page = answer("/league-tables", "kind=crc&as-of=2019-09-26").text

    for entry in ["Good: 1", "Requires improvement: 19", "Inadequate: 1"] {
      #expect(page.contains(entry))
    }
  }

  @Test func `places that the facts leave open are said, and ties are marked`() {
    let page = answer("/league-tables", "kind=crc&as-of=2019-09-26").text

    #expect(page.contains("could stand"))
    #expect(page.contains("<span class=\"govuk-visually-hidden\"> equal</span>"))
  }

  @Test func `sorting by a link keeps everything else`() {
    let page = answer(
      "/league-tables", "kind=crc&standards=crc-2018&standard=2.1&as-of=2019-09-26&sort=date"
    ).text

    let kept = "kind=crc&amp;standards=crc-2018&amp;standard=2.1&amp;as-of=2019-09-26"
    #expect(page.contains("\(kept)&amp;sort=provider#table"))
    #expect(page.contains("\(kept)&amp;sort=-date#table"))
    #expect(page.contains("aria-sort=\"descending\""))
  }

  @Test func `a standard is followed across editions by the concordance, never by its code`() throws
  {
    let day = try #require(Day(2026, 1, 31))
    let question = LeagueQuestion(
      Query("kind=pdu&standard=2.1"), test.website.site, today: day)
    let older = try #require(
      test.register.inspection(
        Inspection.ID("hammersmith-fulham-kensington-chelsea-westminster-pdu-1"))
    )
    let assessment = try #require(Code("2.2"))

    // Assessment is 2.1 in the edition of 2023 and 2.2 in that of 2021, where 2.1 is court work.
    #expect(question.rating(in: older).rating == older.ratings[assessment])
    #expect(answer("/league-tables", "kind=pdu&standard=2.1").text.contains("2.1 Assessment"))
  }

  @Test func `tables part where editions cannot be compared`() {
    let page = answer("/league-tables", "kind=pdu").text

    #expect(page.contains("The series breaks between pdu-2021 and pdu-2023."))
  }
}
