import Standards
import Testing

struct CodeTests {
  @Test(arguments: [("2", 1), ("2.1", 2), ("2.1.3", 3), ("2.10", 2), ("10.20.30", 3)])
  func `one to three numbers make a code`(_ text: String, _ depth: Int) throws {
    let code = try #require(Code(text))
    #expect(code.depth == depth)
    #expect(code.description == text)
  }

  @Test(arguments: [
    "", ".", "2.", ".2", "2..1", "2.1.3.4", "a", "2.a", "2,1", " 2.1", "2.1 ", "-1", "+1", "2.-1",
    "٢.١", "99999999999999999999",
  ])
  func `anything else is not a code`(_ text: String) {
    #expect(Code(text) == nil)
  }

  @Test func `codes stand in the order of the book`() throws {
    let ordered = ["1", "1.1", "1.1.1", "1.2", "1.10", "2", "2.1", "2.2", "2.10", "10"]
    let codes = try ordered.map(Editions.code)
    #expect(codes.reversed().sorted().map(\.text) == ordered)
  }

  @Test func `inside means one level down`() throws {
    #expect(try Editions.code("2.1").isInside(Editions.code("2")))
    #expect(try Editions.code("2.1.3").isInside(Editions.code("2.1")))
    #expect(try !Editions.code("2.1.3").isInside(Editions.code("2")))
    #expect(try !Editions.code("2.1").isInside(Editions.code("2.1")))
    #expect(try !Editions.code("21.1").isInside(Editions.code("2")))
    #expect(try !Editions.code("2").isInside(Editions.code("2.1")))
  }

  @Test(arguments: ["crc-2018", "a-b-2018"])
  func `words and a year name an edition`(_ text: String) throws {
    #expect(try #require(RuleBook.ID(text)).description == text)
  }

  @Test(arguments: [
    "", "2018", "crc", "-2018", "crc-18", "CRC-2018", "crc--2018", "crc2-2018", "crc-2018a",
  ])
  func `anything else names none`(_ text: String) {
    #expect(RuleBook.ID(text) == nil)
  }
}
