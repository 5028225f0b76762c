import Calendars
import Foundation
import Inspections
import Problems
import Providers
import Publications
import Spreadsheets
import Standards
import TestKit
import Testing

struct RegisterTests {
  private let register: Register

  init() throws {
    register = try Register.load(editions: PublishedEditions.load())
  }

  private func inspection(_ slug: String) throws -> Inspection {
    try #require(register.inspection(Inspection.ID(slug)))
  }

  @Test func `the register holds every inspection of the facts`() {
    #expect(register.inspections.count == 125)
    let editions = Dictionary(grouping: register.inspections, by: \.standards.text)
    #expect(editions["crc-2018"]?.count == 21)
    #expect(editions["nps-2018"]?.count == 7)
    #expect(register.regions.count == 12)
    #expect(register.inspections.allSatisfy { !$0.sources.isEmpty })
  }

  @Test(arguments: [
    "humberside-lincolnshire-north-yorkshire-crc-2",
    "derbyshire-leicestershire-nottinghamshire-rutland-crc-2",
    "humberside-lincolnshire-north-yorkshire-crc-1", "northumbria-crc-2", "west-yorkshire-crc-2",
  ])
  func `the inspections of the source documents require improvement`(_ slug: String) throws {
    #expect(try inspection(slug).overallRating == .requiresImprovement)
  }

  @Test func `partly known facts stay partly known`() throws {
    let merseyside = try inspection("merseyside-crc-1")
    #expect(merseyside.published?.words == "September 2018")
    #expect(merseyside.caseload?.words == "more than 6,500")
    let hlny = try inspection("humberside-lincolnshire-north-yorkshire-crc-2")
    #expect(hlny.caseload?.words == "5,634")
    #expect(hlny.published?.words == "28 May 2020")
    #expect(hlny.ratings.count == 1)
  }

  @Test func `a date that was not seen lies in its edition's time`() throws {
    let window = register.publicationWindow(of: try inspection("thames-valley-crc-1"))
    #expect(window.lowerBound == Day(2018, 4, 1))
    #expect(window.upperBound == Day(2019, 10, 1))
  }

  @Test(arguments: try GoldenTable("checks", in: .module).rows)
  func `a published rating is checked against its standards`(_ row: GoldenTable.Row) throws {
    let check = register.check(try inspection(row.text("inspection")))
    #expect(check.verdict.rawValue == (try row.text("verdict")))
    let range = check.range.map { "\($0.lowerBound)-\($0.upperBound)" } ?? "-"
    #expect(range == (try row.text("range")))
  }

  @Test func `no published rating contradicts its standards`() {
    #expect(register.check().filter { $0.verdict == .contradicted }.isEmpty)
  }

  @Test func `published counts are held against our facts, and what is missing is said`() throws {
    let checks = register.countChecks()
    #expect(checks.count == 4)
    #expect(checks.filter(\.agrees).count == 3)
    let short = try #require(checks.first { !$0.agrees })
    #expect(short.published.standards?.text == "crc-2019")
    #expect(short.differences == ["1 Good missing"])
  }

  @Test func `a change is shown only where the editions compare`() throws {
    #expect(register.change(of: try inspection("thames-valley-crc-2")) == .up)
    #expect(register.change(of: try inspection("northumbria-crc-2")) == .same)
    #expect(register.change(of: try inspection("northumbria-crc-1")) == .first)
    #expect(register.change(of: try inspection("west-kent-pdu-2")).name == "not-comparable")
    #expect(register.change(of: try inspection("west-kent-pdu-2")).reason?.isEmpty == false)
    #expect(
      register.change(of: try inspection("stockton-hartlepool-pdu-2")).name == "not-comparable")
    #expect(
      register.change(of: try inspection("hampshire-isle-of-wight-crc-2")).name == "not-comparable")
  }

  @Test func `a standard is compared with its counterpart in the edition before`() throws {
    let code = try #require(Code("4.2"))
    let gate = register.change(
      of: code, in: try inspection("humberside-lincolnshire-north-yorkshire-crc-2"))
    #expect(gate == .up)
  }

  @Test func `bodies are followed through their successors`() throws {
    let wales = try #require(Provider.ID("wales-crc"))
    #expect(register.successors(of: wales).compactMap(\.to?.slug) == ["nps-wales", "wales-region"])
    let region = try #require(Provider.ID("wales-region"))
    #expect(
      Set(register.predecessors(of: region).map(\.from.slug)) == ["wales-crc", "nps-wales"])
  }

  @Test func `every problem of a register is listed with its file and line`() throws {
    let problems = #expect(throws: Problems.self) {
      try Register.load(editions: PublishedEditions.load()) { name throws(Problems) in
        try CSVFile(bytes: Array(Self.broken(name).utf8), name: name)
      }
    }
    let places = problems?.list.map { "\($0.file):\($0.line ?? 0)" } ?? []
    #expect(places.contains("providers.csv:2"))
    #expect(places.contains("providers.csv:3"))
    #expect(places.contains("inspections.csv:2"))
    #expect(places.contains("owners.csv:0"))
  }

  private static func broken(_ name: String) -> String {
    switch name {
    case "regions.csv": "region,name,delius_code,source\nwales,Wales,N03,x\n"
    case "providers.csv":
      """
      provider,kind,name,short_name,region,delius_code,area,note,source
      Upper Case,pdu,A,,,,,,x
      fine-pdu,prison,B,,nowhere,,,,x
      """
    case "names.csv": "provider,name,from,until,source,note\n"
    case "owners.csv": "provider,owner,from,until,source,note\nstranger,Somebody,,,x,\n"
    case "successions.csv": "from,to,relation,date,source,status,note\n"
    case "inspections.csv":
      """
      inspection,provider,reported_as,standards,round,fieldwork_start,fieldwork_end,published,\
      overall,rating_status,score,score_maximum,caseload,caseload_precision,caseload_as_of,\
      recommendations,previous_overall,grades,percentages,sources,notes
      one,stranger,One,crc-2018,x,2018-13,,,poor,published,31,30,,,,,,good,,,
      """
    case "ratings.csv": "inspection,standard,rating\n"
    default:
      """
      kind,standards,as_of,from,until,outstanding,good,requires_improvement,inadequate,source,note
      """
    }
  }
}
