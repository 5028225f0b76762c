import Inspections
import Publications
import Standards
import Testing

struct StandardSeriesTests {
  private let register: Register

  init() throws {
    register = try Register.load(editions: PublishedEditions.load())
  }

  private func series(of slugs: String...) throws -> [StandardSeries] {
    register.standardSeries(
      of: try slugs.map { slug in try #require(register.inspection(Inspection.ID(slug))) })
  }

  @Test func `a standard that stayed the same has one series with its change`() throws {
    let series = try series(of: "hampshire-isle-of-wight-crc-1", "hampshire-isle-of-wight-crc-2")
    #expect(series.count == 10)
    #expect(series.allSatisfy { $0.codes[0] == $0.codes[1] && $0.steps.count == 1 })
    let first = try #require(register.inspection(Inspection.ID("hampshire-isle-of-wight-crc-1")))
    let inspections = register.inspections(of: first.provider)
    for one in series {
      let code = try #require(one.codes[1])
      let isKnown = inspections.allSatisfy { $0.ratings[code] != nil }
      if case .notKnown = one.steps[0] { #expect(!isKnown) } else { #expect(isKnown) }
    }
  }

  @Test func `a standard without a counterpart ends its series and one that ended has its own`()
    throws
  {
    let series = try series(of: "derby-city-pdu-1", "derby-city-pdu-2")
    #expect(series.prefix(7).allSatisfy { $0.codes[1] != nil })
    let ended = series.dropFirst(7)
    #expect(ended.map { $0.codes[0]?.text } == ["1.4", "2.1"])
    #expect(ended.allSatisfy { $0.codes[1] == nil && $0.steps.isEmpty })
  }

  @Test func `one inspection has its standards and no steps`() throws {
    let series = try series(of: "essex-crc-1")
    #expect(series.compactMap { $0.codes[0]?.text }.count == 10)
    #expect(series.allSatisfy { $0.steps.isEmpty })
    #expect(register.standardSeries(of: []).isEmpty)
  }
}
