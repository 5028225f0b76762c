import Problems
import Testing

struct NearestNameTests {
  private let words = ["sufficient", "insufficient", "not-applicable"]
  private let editions = ["crc-2018", "crc-2019", "nps-2018", "pdu-2021"]

  @Test(arguments: [
    ("sufficent", "sufficient"),  // a letter left out
    ("suffficient", "sufficient"),  // one too many
    ("sufficeint", "sufficient"),  // two swapped
    ("suffixient", "sufficient"),  // one changed
    ("SUFFICIENT", "sufficient"),  // capital letters
    ("Insufficient", "insufficient"),
    ("not applicable", "not-applicable"),
    ("applicable", "not-applicable"),  // four of fourteen letters
    ("sufficient", "sufficient"),
  ])
  func `a slip leads to the word that was meant`(_ typed: String, _ meant: String) {
    #expect(NearestName.of(typed, among: words) == meant)
  }

  @Test(arguments: ["", "yes", "maybe", "enough", "N/A"])
  func `a far name leads nowhere`(_ typed: String) {
    #expect(NearestName.of(typed, among: words) == nil)
  }

  @Test func `the first of equals wins`() {
    #expect(NearestName.of("crc-2017", among: editions) == "crc-2018")
    #expect(NearestName.of("crc-2017", among: editions.reversed()) == "crc-2019")
    #expect(NearestName.of("crc-2091", among: editions) == "crc-2019")
  }

  /// Two neighbours swapped count as one slip, so that a short code is still found.
  @Test func `swapped neighbours are one slip`() {
    #expect(NearestName.of("ab", among: ["ba"]) == "ba")
    #expect(NearestName.of("abcdef", among: ["badcef"]) == "badcef")
    #expect(NearestName.of("abcdef", among: ["badcfe"]) == nil)
  }

  /// The limit is a third of the longer name: two of seven letters, not three.
  @Test func `a third of the letters may differ and not more`() {
    #expect(NearestName.of("abcdefg", among: ["abcdeXY"]) == "abcdeXY")
    #expect(NearestName.of("abcdefg", among: ["abcdXYZ"]) == nil)
    #expect(NearestName.of("abcdefghi", among: ["abcdefXYZ"]) == "abcdefXYZ")
    #expect(NearestName.of("abc", among: [String]()) == nil)
  }

  @Test func `the remedy names the nearest, or else all`() {
    #expect(NearestName.remedy(for: "crc-2108", among: editions) == "did you mean “crc-2018”?")
    #expect(
      NearestName.remedy(for: "prison", among: editions)
        == "known: crc-2018, crc-2019, nps-2018, pdu-2021")
  }

  @Test(.timeLimit(.minutes(1))) func `a name that is no word is near nothing`() {
    let long = String(repeating: "sufficient", count: 100_000)
    #expect(NearestName.of(long, among: ["sufficient", long]) == nil)
    #expect(NearestName.of("sufficient", among: [long]) == nil)
  }
}
