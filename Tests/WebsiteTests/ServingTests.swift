import Calendars
import Inspections
import Providers
import Publications
import Ratings
import Standards
import Testing
import Workflows

@testable import Website

struct ServingTests {
  private let test: TestSite
  private var website: Website { test.website }

  init() throws {
    test = try TestSite()
  }

  @Test(arguments: ["/", "/nowhere", "/data/league.csv", "/about/", "/providers?kind=x"])
  func `every answer carries the headers`(_ address: String) {
    let parts = address.split(separator: "?")
    let page = website.respond(to: String(parts[0]), query: parts.count > 1 ? "\(parts[1])" : "")

    for header in Page.always { #expect(page.header(header.name) == header.value) }
    #expect(page.header("Content-Type")?.hasSuffix("charset=utf-8") == true)
    #expect(page.header("Content-Security-Policy")?.contains("script") == false)
  }

  @Test func `a reader who has the page is told that it did not change`() throws {
    let first = website.respond(to: "/about")
    let tag = try #require(first.header("ETag"))

    let second = website.respond(to: "/about", ifNoneMatch: "\"other\", W/\(tag)")

    #expect(second.status == 304)
    #expect(second.body.isEmpty)
    #expect(second.header("ETag") == tag)
    #expect(website.respond(to: "/about", ifNoneMatch: "\"other\"").status == 200)
  }

  @Test(arguments: [
    ("/about/", "/about"), ("/providers/x/", "/providers/x"), ("//example.org/", "/example.org"),
    ("//", "/"),
  ])
  func `a slash at the end leads to the address without, never to another server`(
    _ path: String, _ location: String
  ) {
    let page = website.respond(to: path)

    #expect(page.status == 301)
    #expect(page.header("Location") == location)
  }

  @Test func `an unknown address is answered with 404 and with names that are near`() {
    let page = website.respond(to: "/providers/west-kent")

    #expect(page.status == 404)
    #expect(page.text.contains("/providers/west-kent-pdu"))
    #expect(page.text.contains("Search for a provider"))
  }

  @Test(arguments: ["/%3Cb%3E", "/providers/%3Cb%3E", "/%FF", "/..%2f..%2fetc", "/assets/x.css"])
  func `an odd address is only unknown`(_ path: String) {
    let page = website.respond(to: path)

    #expect(page.status == 404)
    #expect(!page.text.contains("<b>"))
  }

  @Test func `a page is kept once whatever the order of its parameters`() {
    _ = website.respond(to: "/league-tables", query: "kind=crc&standard=2.1")
    _ = website.respond(to: "/league-tables", query: "standard=2.1&kind=crc&colour=red&round=")

    #expect(website.keptPages == 1)
  }

  @Test func `mistakes, unknown addresses and free text are not kept`() {
    _ = website.respond(to: "/league-tables", query: "kind=x")
    _ = website.respond(to: "/nowhere")
    _ = website.respond(to: "/providers", query: "q=kent")

    #expect(website.keptPages == 0)
  }

  @Test func `a kept page is the page that would be made`() {
    for address in test.addresses.prefix(40) {
      #expect(website.respond(to: address) == website.respond(to: address))
    }
  }

  @Test func `the cache lets the oldest go, and everything on a new day`() throws {
    let (today, tomorrow) = (try #require(Day(2026, 1, 31)), try #require(Day(2026, 2, 1)))
    let cache = PageCache()
    let page = Page(type: "text/plain", caching: .asked, body: [1])
    for number in 0...PageCache.mostPages { cache.keep(page, at: "/\(number)", on: today) }

    #expect(cache.count == PageCache.mostPages)
    #expect(cache.page(at: "/0", on: today) == nil)
    #expect(cache.page(at: "/1", on: today) != nil)
    #expect(cache.page(at: "/1", on: tomorrow) == nil)
    cache.keep(page, at: "/", on: tomorrow)
    #expect(cache.count == 1)
  }

  @Test func `methods that change things are refused`() {
    let page = Website.methodRefusal

    #expect(page.status == 405)
    #expect(page.header("Allow") == "GET, HEAD")
  }

  @Test func `a page works without the sheet of the design system, and the server is told`() {
    let assets = Assets.load(from: nil)

    #expect(assets.warning?.contains("./task setup") == true)
    #expect(assets.govuk == nil)
    #expect(!assets.site.bytes.isEmpty && !assets.icon.bytes.isEmpty)
    let sheet = website.respond(to: assets.site.path)
    #expect(sheet.status == 200)
    #expect(sheet.header("Cache-Control") == "public, max-age=31536000, immutable")
  }

  @Test func `the font that only government may use is left out`() {
    let sheet = "@font-face{a:b}.x{font-family:GDS Transport,arial,sans-serif}@font-face{c:d}"

    let own = String(decoding: Assets.ownFonts(Array(sheet.utf8)), as: UTF8.self)

    #expect(own == ".x{font-family:\(Assets.ownFonts)}")
  }

  @Test func `a fingerprint changes with every byte and with the length`() {
    var seen: Set<String> = []
    for length in 0...100 {
      let bytes = [UInt8](repeating: 0, count: length)
      #expect(seen.insert(Fingerprint.quick(of: bytes)).inserted)
      for place in 0..<length {
        var other = bytes
        other[place] = 1
        #expect(seen.insert(Fingerprint.quick(of: other)).inserted)
      }
    }
    #expect(seen.allSatisfy { $0.count == 16 })
  }
}
