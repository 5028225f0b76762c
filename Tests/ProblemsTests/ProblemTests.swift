import Problems
import Testing

struct ProblemTests {
  @Test func `a problem prints its place, what is wrong and what to do`() {
    #expect(
      Problem("answers.csv", line: 12, column: 3, "the case is blank", remedy: "give it")
        .description
        == "answers.csv:12:3: the case is blank; give it")
    #expect(
      Problem("answers.csv", line: 12, "the case is blank", remedy: "give it").description
        == "answers.csv:12: the case is blank; give it")
    #expect(
      Problem("answers.csv", "is empty", remedy: "fill it").description
        == "answers.csv: is empty; fill it")
    #expect(
      Problem(Place("panel.csv", line: 2), "is blank", remedy: "say why")
        == Problem("panel.csv", line: 2, "is blank", remedy: "say why"))
    #expect(Problem(Place("panel.csv"), "is blank", remedy: "say why").line == nil)
  }

  @Test func `no problem is no problems`() throws {
    #expect(Problems([]) == nil)
    try Problems.throwAny([])
  }

  @Test func `problems are thrown together`() throws {
    let one = Problem("a", line: 1, "x", remedy: "y")
    let other = Problem("a", line: 2, "x", remedy: "y")
    let thrown = try #require(
      #expect(throws: Problems.self) { try Problems.throwAny([other, one]) })
    #expect(thrown.list == [one, other])
    #expect(thrown.description == "a:1: x; y\na:2: x; y")
    #expect(Problems(one).list == [one])
  }

  /// Files as they first came, then lines, then columns; what is equal keeps its order.
  @Test func `problems stand in the order of their files, lines and columns`() throws {
    let handed = [
      Problem("b.csv", line: 9, "i", remedy: ""),
      Problem("a.csv", line: 2, column: 7, "ii", remedy: ""),
      Problem("b.csv", line: 10, "iii", remedy: ""),
      Problem("a.csv", line: 2, column: 3, "iv", remedy: ""),
      Problem("a.csv", "v", remedy: ""),
      Problem("b.csv", line: 9, "vi", remedy: ""),
      Problem("a.csv", line: 2, "vii", remedy: ""),
      Problem("b.csv", line: 1, "viii", remedy: ""),
    ]
    let problems = try #require(Problems(handed))
    #expect(problems.list.map(\.what) == ["viii", "i", "vi", "iii", "v", "vii", "iv", "ii"])
    #expect(Problems(problems.list) == problems)
  }
}
