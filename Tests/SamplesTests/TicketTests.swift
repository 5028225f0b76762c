import Samples
import TestKit
import Testing

struct TicketTests {
  @Test(arguments: try GoldenTable("tickets", in: .module).rows)
  func `a ticket is the one of the published package`(_ row: GoldenTable.Row) throws {
    #expect(
      Seed(try row.text("seed")).ticket(for: try row.text("id")).text == (try row.text("ticket")))
  }

  @Test func `tickets order as their digits do`() {
    let seed = Seed("order")
    let tickets = (0..<3_000).map { seed.ticket(for: "X\($0)") }
    #expect(tickets.sorted().map(\.text) == tickets.map(\.text).sorted())
    #expect(Set(tickets).count == tickets.count)
  }

  @Test func `the example of the sampler's paper comes out`() {
    let seed = Seed("20200528")
    let ids = (1...10).map { "case-\($0)" }
    let order = ids.sorted { seed.ticket(for: $0) < seed.ticket(for: $1) }
    #expect(order.prefix(3) == ["case-9", "case-7", "case-1"])
  }
}
