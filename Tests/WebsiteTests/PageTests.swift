import Calendars
import Inspections
import Providers
import Publications
import Ratings
import RuleFiles
import Standards
import Testing
import Workflows

@testable import Website

struct PageTests {
  private let test: TestSite

  init() throws {
    test = try TestSite()
  }

  private func text(_ path: String, _ query: String = "") -> String {
    test.website.respond(to: path, query: query).text
  }

  @Test func `every provider, inspection, edition and concordance has a page`() {
    for address in test.addresses {
      #expect(test.website.respond(to: address).status == 200, "\(address)")
    }
  }

  @Test func `every page says whose site it is not`() {
    for address in test.addresses.prefix(30) {
      #expect(text(address).contains("This is not the inspectorate’s own service"), "\(address)")
    }
  }

  @Test func `every table closes, and no tag comes from data`() {
    for address in test.addresses {
      let text = text(address)
      for tag in ["table", "tr", "td", "dl", "ul", "section", "svg"] {
        let opened = text.ranges(of: "<\(tag) ").count + text.ranges(of: "<\(tag)>").count
        #expect(opened == text.ranges(of: "</\(tag)>").count, "\(tag) at \(address)")
      }
      #expect(!text.contains("<script") && !text.contains(" style="), "\(address)")
      #expect(!text.contains("—") && !text.contains("Optional("), "\(address)")
    }
  }

  @Test func `the home page has the newest inspection and every table of the league`() throws {
    let home = text("/")

    let newest = try #require(test.register.inspections.last { $0.published != nil })
    #expect(home.contains("/inspections/\(newest.id.slug)"))
    #expect(home.contains("How many at each grade"))
    #expect(home.contains("Probation delivery units, standards of 2023"))
  }

  @Test func `an inspection shows rating, digest, score, standards and sources`() throws {
    let page = text("/inspections/staffordshire-stoke-pdu-1")

    let book = try #require(test.editions.ruleBooks.first { $0.id.text == "pdu-2021" })
    #expect(page.contains("Inadequate</strong>"))
    #expect(page.contains(book.digest.short))
    #expect(page.contains("The score was printed as 2 of 27."))
    #expect(page.contains("rest on rules that are"))
    #expect(page.contains("2.1</a> Court work"))
    #expect(page.contains("rel=\"noreferrer\" href=\"https://"))
  }

  @Test func `an inspection without an overall rating is not rated, which is no grade`() {
    let page = text("/inspections/hampshire-isle-of-wight-crc-2")

    #expect(page.contains("<p class=\"verdict__rating\"><span class=\"absence\">Not rated</span>"))
  }

  @Test func `what was not seen is called so`() {
    let page = text("/inspections/west-kent-pdu-1")

    #expect(page.contains("Not seen"))
    #expect(page.contains(">2022<"))
  }

  @Test func `a provider shows where its series breaks and why`() {
    let page = text("/providers/derby-city-pdu")

    #expect(page.contains("history__break"))
    #expect(page.contains("The series breaks before the inspection"))
  }

  @Test func `a successor shows the bodies before it with their ratings`() {
    let page = text("/providers/wales-region")

    #expect(page.contains("/providers/wales-crc"))
    #expect(page.contains("/providers/nps-wales"))
  }

  @Test func `a provider that was never seen inspected is not said to be uninspected`() throws {
    let provider = try #require(
      test.register.providers.first { test.register.inspections(of: $0.id).isEmpty })

    #expect(text("/providers/\(provider.id.slug)").contains("does not mean that there was none"))
  }

  @Test func `an edition has an anchor and a status for every question and rule`() throws {
    let book = try #require(test.editions.ruleBooks.first { $0.id.text == "pdu-2023" })
    let page = text("/standards/pdu-2023")

    #expect(page.contains(book.digest.description))
    for standard in book.standards {
      #expect(page.contains("id=\"s-\(standard.code)\""))
      for question in standard.questions { #expect(page.contains("id=\"q-\(question.code)\"")) }
    }
    for (name, _) in book.ruleTexts { #expect(page.contains(">\(name) <strong")) }
  }

  @Test func `editions without a concordance are said not to be compared`() {
    let page = text("/standards/crc-2018/to/pdu-2023")

    #expect(page.contains("so ratings under them are not compared"))
  }

  @Test func `the training inspection is escaped and open where nothing is known`() {
    let page = text("/held/training")

    #expect(page.contains("Training &lt;inspection&gt;"))
    #expect(page.contains("Made up &amp; short."))
    #expect(page.contains("Not known: Inadequate to Outstanding"))
  }

  @Test func `every verdict of the checks has its number`() {
    let page = text("/checks")

    for verdict in RegisterCheck.Verdict.allCases { #expect(page.contains(verdict.words)) }
    #expect(page.contains("Counts that the inspectorate published"))
  }

  @Test func `every data set and every edition can be downloaded`() {
    let page = text("/data")
    let sets = ExportName.allCases.flatMap { ["\($0.rawValue).csv", "\($0.rawValue).json"] }
    let books = test.editions.ruleBooks.flatMap {
      ["standards/\($0.id).json", "standards/\($0.id).yaml"]
    }
    for file in sets + books {
      #expect(page.contains("/data/\(file)"))
      let answer = test.website.respond(to: "/data/\(file)")
      #expect(answer.status == 200 && !answer.body.isEmpty, "\(file)")
    }
  }
}
