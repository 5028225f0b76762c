import Calendars
import Inspections
import Providers
import Publications
import Ratings
import Standards
import Testing
import Workflows

@testable import Website

/// The site on the register that comes with the product, on a fixed day.
struct TestSite {
  let register: Register
  let editions: PublishedEditions
  let website: Website

  init() throws {
    editions = try PublishedEditions.load()
    register = try Register.load(editions: editions)
    let book = try #require(editions.ruleBooks.first { $0.id.text == "crc-2019" })
    let held = HeldInspection(
      id: "training", title: "Training <inspection>", isTraining: true, about: "Made up & short.",
      book: book, rating: try RatingEngine(book).rate(RatingInputs()), cases: 0)
    let record = PublicRecord(register: register, editions: editions, held: [held])
    let day = try #require(Day(2026, 1, 31))
    website = Website(record: record, assets: .load(from: nil), today: { day })
  }

  /// Every address of every type of page.
  var addresses: [String] {
    ["/", "/providers", "/league-tables", "/standards", "/checks", "/data", "/about"]
      + ["/accessibility", "/held/training"]
      + register.providers.map { "/providers/\($0.id.slug)" }
      + register.inspections.map { "/inspections/\($0.id.slug)" }
      + editions.ruleBooks.map { "/standards/\($0.id.text)" }
      + editions.concordances.map { "/standards/\($0.from)/to/\($0.to)" }
  }
}
