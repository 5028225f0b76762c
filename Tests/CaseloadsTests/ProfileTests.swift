import Problems
import Testing

@testable import Caseloads

struct ProfileTests {
  @Test(arguments: Profile.known)
  func `every profile that comes with the product can be read`(_ id: String) throws {
    #expect(try Profile.load(id).id == id)
  }

  @Test(arguments: [
    "a: &a [x]\nb: [*a, *a]", "&a x: y", "? [&a x]\n: y",
    // Nine levels of nine references each, in a key and in a value.
    levels("b: *i"), levels("? *i\n: x"),
  ])
  func `a part that is named to be used again is refused, whatever it stands for`(
    _ yaml: String
  ) {
    let problems = #expect(throws: Problems.self) { try Profile.read(yaml: yaml, file: "p.yaml") }
    #expect(
      problems?.list.first?.what == "a part of the file is named with & to be used again with *")
    #expect(problems?.list.count == 1)
  }

  private static func levels(_ end: String) -> String {
    let names = Array("abcdefghi")
    let lines = zip(names, names.dropFirst()).map { name, next in
      "l\(next): &\(next) [" + Array(repeating: "*\(name)", count: 9).joined(separator: ",") + "]"
    }
    return (["la: &a [x]"] + lines + [end]).joined(separator: "\n")
  }

  @Test func `marks of names in text are text`() throws {
    let yaml = """
      format: plumbline-profile/1
      id: mine
      title: R&D *and* &c
      source: "&ours *now"
      status: assumed
      dates: [serial]
      columns: {crn: C, sex: S, sentence_type: T, started_on: O, rosh: R}
      codes: {sex: {male: "*"}, sentence_type: {licence: L}, rosh: {low: L}}
      """
    #expect(try Profile.read(yaml: yaml, file: "p.yaml").title == "R&D *and* &c")
  }

  @Test func `everything that is wrong with a profile is listed with its place`() throws {
    let yaml = """
      format: plumbline-profile/1
      id: mine
      title: Mine
      source: ours
      status: assumed
      dates: [mm/dd/yyyy]
      columns:
        crn: CRN
        sex: Sex
        sentence_type: crn
        started: Start
        rosh: RoSH
      codes:
        sex: {male: [M, F], female: F, man: [X]}
        rosh: {low: L}
      """
    let problems = #expect(throws: Problems.self) {
      try Profile.read(yaml: yaml, file: "mine.yaml")
    }
    #expect(
      problems?.list.map(\.description) == [
        "mine.yaml:6:9: “mm/dd/yyyy” is not a valid “dates”; known: yyyy-mm-dd, dd/mm/yyyy, serial",
        "mine.yaml:8:3: “started_on” is missing; add started_on:",
        "mine.yaml:10:18: “crn” is the heading of crn and of sentence_type; keep one",
        "mine.yaml:11:3: “started” is not a known key; did you mean “started_on”?",
        "mine.yaml:14:3: “sentence_type” is missing; add sentence_type:",
        "mine.yaml:14:31: “F” stands for male and for female; keep one",
        "mine.yaml:14:34: “man” is not a known key; known: male, female, other",
      ])
  }

  @Test func `a profile that is not known is refused with the nearest one`() {
    let problems = #expect(throws: Problems.self) { try Profile.load("ndelius-2021") }
    #expect(problems?.list.first?.remedy == "did you mean “ndelius-2020”?")
  }

  @Test func `every field knows its place`() {
    #expect(CaseField.allCases.map(\.place) == Array(CaseField.allCases.indices))
  }
}
