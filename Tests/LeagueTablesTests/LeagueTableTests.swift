import Calendars
import Inspections
import LeagueTables
import Providers
import Publications
import Standards
import TestKit
import Testing

struct LeagueTableTests {
  private let register: Register

  init() throws {
    register = try Register.load(editions: PublishedEditions.load())
  }

  private func day(_ text: String) throws -> Day { try #require(Day(text)) }

  @Test func `the published count of 26 September 2019 comes out`() throws {
    let crc = LeagueTable(of: register, kind: .crc, asOf: try day("2019-09-26"))
    let company = try #require(crc.sections.first)
    #expect(crc.sections.count == 1)
    #expect(Rating.allCases.map(company.count) == [1, 19, 1, 0])

    let nps = LeagueTable(of: register, kind: .nps, asOf: try day("2019-09-26"))
    let division = try #require(nps.sections.first)
    #expect(Rating.allCases.map(division.count) == [0, 2, 5, 0])
    #expect(crc.notices.contains { $0.hasSuffix("our facts agree.") })
  }

  @Test func `equals share a place, and the next place counts them all`() throws {
    let table = LeagueTable(of: register, kind: .crc, asOf: try day("2019-09-26"))
    #expect(table.rows.map(\.rank).prefix(5) == [1, 2, 3, 4, 4])
    #expect(table.rows.last?.rank == 21)
    #expect(table.rows.last?.provider.id.slug == "dorset-devon-cornwall-crc")
    #expect(table.rows[1].score == 15)
    #expect(table.rows[2].score == 7)
  }

  @Test func `where the facts leave doubt, the row says where it could stand`() throws {
    let table = LeagueTable(of: register, kind: .crc, asOf: try day("2019-09-26"))
    // 15 is the highest score that Requires improvement has: nobody of that rating is above it.
    #expect(table.rows[1].possibleRanks?.lowerBound == 2)
    for row in table.rows {
      let rank = try #require(row.rank)
      let possible = try #require(row.possibleRanks)
      #expect(possible.contains(rank))
    }
  }

  @Test func `what was published later is not in it`() throws {
    let before = LeagueTable(of: register, kind: .crc, asOf: try day("2020-01-20"))
    let after = LeagueTable(of: register, kind: .crc, asOf: try day("2020-01-21"))
    func thames(_ table: LeagueTable) -> Rating? {
      table.rows.first { $0.provider.id.slug == "thames-valley-crc" }?.inspection.overallRating
    }
    #expect(thames(before) == .requiresImprovement)
    #expect(thames(after) == .good)
  }

  @Test func `a month without a day counts as published, and is said`() throws {
    let table = LeagueTable(of: register, kind: .crc, asOf: try day("2019-09-26"))
    #expect(
      table.notices.contains { $0.contains("Norfolk & Suffolk CRC: published in September 2019") })
  }

  @Test func `editions that do not compare stand in tables of their own`() throws {
    let table = LeagueTable(of: register, kind: .pdu, asOf: try day("2026-01-01"))
    #expect(table.sections.map { $0.editions.map(\.text) } == [["pdu-2023"], ["pdu-2021"]])
    #expect(table.sections.allSatisfy { $0.rows.first?.rank == 1 })
    let crc = LeagueTable(of: register, kind: .crc, asOf: try day("2021-01-01"))
    #expect(crc.sections.map { $0.editions.map(\.text) } == [["crc-2019", "crc-2018"]])
  }

  @Test func `an inspection without an overall rating has no place and stands last`() throws {
    let table = LeagueTable(of: register, kind: .crc, asOf: try day("2021-01-01"))
    let last = try #require(table.rows.last)
    #expect(last.provider.id.slug == "hampshire-isle-of-wight-crc")
    #expect(last.rank == nil)
    #expect(last.change.name == "not-comparable")
  }

  @Test func `a better rating never stands below a worse one, on any day`() throws {
    for text in [
      "2018-12-31", "2019-06-01", "2020-06-30", "2022-12-31", "2024-01-01", "2026-01-01",
    ] {
      for section in LeagueTable(of: register, asOf: try day(text)).sections {
        let rated = section.rows.filter { $0.rank != nil }
        for (one, next) in zip(rated, rated.dropFirst()) {
          let (above, below) = (one.inspection.overallRating, next.inspection.overallRating)
          #expect((above ?? .inadequate) >= (below ?? .inadequate))
          #expect((one.rank ?? 0) <= (next.rank ?? 0))
          if above == below, one.score == next.score { #expect(one.rank == next.rank) }
        }
      }
    }
  }
}
