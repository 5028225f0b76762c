import Calendars
import Caseloads
import Foundation
import Problems
import Spreadsheets
import TestKit
import Testing

struct CaseListTests {
  @Test(arguments: try GoldenTable("findings", in: .module).rows)
  func `a row is accepted, changed or refused for what stands in it`(
    _ row: GoldenTable.Row
  ) throws {
    let field = try #require(CaseField(rawValue: try row.text("field")))
    let list = try Lists.read(
      rows: [Lists.row([field: try row.text("written")])], listedOn: Day(2026, 6, 1))
    let becomes = try row.text("becomes")
    #expect(list.counts.accepted == (becomes == "accepted" ? 1 : 0))
    #expect(list.counts.changed == (becomes == "changed" ? 1 : 0))
    #expect(list.counts.refused == (becomes == "refused" ? 1 : 0))
    let finding = try row.text("finding")
    #expect(list.said == (finding.isEmpty ? [] : ["2 \(becomes) \(finding)"]))
    #expect(list.records.joined().count == (becomes == "refused" ? 0 : 1))
  }

  @Test func `rows read are accepted, changed and refused ones, whatever a list says`() throws {
    var chance = Chance(seed: 5)
    let alphabet = Array("X1x,\"\n /-:*=é ")
    for _ in 0..<400 {
      var text = Array(Lists.text(Lists.people(6)))
      for _ in 0..<Int.random(in: 1...12, using: &chance) {
        let place = Int.random(in: Lists.heading.count..<text.count, using: &chance)
        text[place] = alphabet.randomElement(using: &chance) ?? "x"
      }
      guard let list = try? Lists.read(String(text)) else { continue }  // Not rows at all.
      let counts = list.counts
      #expect(counts.read == counts.accepted + counts.changed + counts.refused)
      #expect(list.records.joined().count == counts.accepted + counts.changed)
      let refused = Set(list.findings.filter { $0.outcome == .refused }.map(\.line))
      let changed = Set(list.findings.map(\.line)).subtracting(refused)
      #expect(refused.count == counts.refused)
      #expect(changed.count == counts.changed)
    }
  }

  @Test func `a row with too few or too many values is refused, and one with blanks behind is not`()
    throws
  {
    let whole = Lists.row()
    let list = try Lists.read(rows: [whole + ",,", whole + ",x", "X100002,1", whole])
    #expect(list.said == ["3 refused - too-long", "4 refused - too-short"])
    #expect(list.counts.accepted == 2)
  }

  @Test func `rows after blank lines are read, and the gap is said`() throws {
    let rows = Lists.people(3)
    let blank = String(repeating: ",", count: 17)
    let text = [Lists.heading, rows[0], "", blank, rows[1], " ", rows[2], "", ""]
    let list = try Lists.read(text.joined(separator: "\n"))
    #expect(list.counts.read == 4)
    #expect(list.counts.accepted == 3)
    #expect(list.gaps.map { "\($0.line) \($0.count)" } == ["3 2"])
    let commas = try Lists.read([Lists.heading, rows[0], blank, rows[1]].joined(separator: "\n"))
    #expect(commas.counts.accepted == 2)
    #expect(commas.gaps.map { "\($0.line) \($0.count)" } == ["3 1"])
  }

  @Test func `names with asterisks mark a case that stays in the list`() throws {
    let list = try Lists.read(
      rows: Lists.people(4) { number in
        [[:], [.familyName: "*****"], [.firstNames: "*"], [.restricted: "yes"]][number]
      })
    #expect(list.records.joined().map(\.isRestricted) == [false, true, true, true])
    #expect(list.counts.accepted == 4)
  }

  @Test(arguments: try GoldenTable("restrictions", in: .module).rows, Profile.known)
  func `a mark that is not a clear no restricts a case, and one that is no clear yes is told`(
    _ row: GoldenTable.Row, _ profile: String
  ) throws {
    let mark = try row.text("written")
    let list =
      switch profile {
      case "plumbline": try Lists.read(rows: [Lists.row([.restricted: mark])])
      default: try Lists.read(Lists.longList(restricted: mark), profile: profile)
      }
    let isRestricted = try row.text("restricted") == "yes"
    let isChanged = try row.text("becomes") == "changed"

    #expect(list.records.joined().map(\.isRestricted) == [isRestricted])
    #expect(list.counts.changed == (isChanged ? 1 : 0))
    #expect(list.counts.accepted == (isChanged ? 0 : 1))
    let told = list.findings.map { "\($0.sentences.what); \($0.sentences.remedy)" }
    let sentence =
      "restricted “\(mark)” is not known; "
      + "taken as restricted; write yes or no as the profile has them"
    #expect(told == (isChanged ? [sentence] : []))
  }

  @Test func `a profile may give a mark another meaning than a spreadsheet has`() throws {
    let yaml = """
      format: plumbline-profile/1
      id: mine
      title: Mine
      source: ours
      status: assumed
      dates: [yyyy-mm-dd]
      columns: {crn: crn, sex: sex, sentence_type: type, started_on: start, rosh: rosh, restricted: r}
      codes:
        sex: {male: M}
        sentence_type: {licence: L}
        rosh: {low: L}
        restricted: {restricted: 0, unrestricted: 1}
      nothing: {restricted: ["-"]}
      """
    let profile = try Profile.read(yaml: yaml, file: "mine.yaml")
    let text = """
      crn,sex,type,start,rosh,r
      X100001,M,L,2026-01-15,L,0
      X100002,M,L,2026-01-15,L,1
      X100003,M,L,2026-01-15,L,-
      X100004,M,L,2026-01-15,L,true

      """
    let file = try CaseFile(bytes: Array(text.utf8), name: "list.csv", profile: profile)
    let list = try CaseList.read(file, profile: profile)
    #expect(list.records.joined().map(\.isRestricted) == [true, false, false, true])
    #expect(list.counts.accepted == 4)
  }

  @Test func `the real headings are found below a title, with line breaks and doubled spaces`()
    throws
  {
    let text = """
      CRC D2 Case Sample,,,\r
      Family  name,First\u{A0}name(s),DoB,"Gender\r
      (M/F)","Case/sentence type\r
      [Licence]\r
      [Community Order]  [Suspended Sentence Order]",crn,PNC,"Risk of Serious Harm [RoSH]
       Classification",Date of sentence or release on licence,Order or licence terminated [Date/N],\
      Cluster (as recorded on nDelius),LDU (as recorded on  nDelius),\
      Team (as recorded on nDelius),Responsible officer,Manager,Office\r
      Tamo,Ilu,03/02/1980,M,ORA Community Order,X100001,2001/1A,RVRH,15/01/2026,N,North,Hill,T,O,M,H\r
      Tamo,Ana,29254,F,Adult Licence,x100002,2001/2A,RVHR,46037,N,North,Hill,T,O,M,H\r

      """
    let list = try Lists.read(text, profile: "ndelius-2020")
    #expect(list.said == ["8 changed crn lower-case x100002"])
    let records = Array(list.records.joined())
    #expect(records.map(\.crn.description) == ["X100001", "X100002"])
    #expect(records.map { $0.started?.description } == ["2026-01-15", "2026-01-15"])
    #expect(records.map(\.sexCode) == [.male, .female])
    #expect(records.map(\.sentenceTypeCode) == [.communityOrder, .licence])
    #expect(records.map(\.roshCode) == [.veryHigh, .veryHigh])
    #expect(list.unusedHeadings == ["Manager"])
  }

  @Test func `Windows-1252 is recognised and said`() throws {
    let bytes = Lists.text([Lists.row([.familyName: "Dupr\u{E9}"])]).unicodeScalars
      .map { UInt8($0.value) }
    let list = try Lists.read(bytes)
    #expect(list.encoding == .windows1252)
    #expect(list.counts.accepted == 1)
    #expect(try Lists.read(rows: [Lists.row([.familyName: "Dupré"])]).encoding == .utf8)
  }

  @Test(arguments: [("", 1), ("NS", 1), (" unknown ", 1), ("W1", 0), ("Z9", 0)])
  func `an ethnicity that says nothing counts as missing`(_ value: String, _ count: Int) throws {
    let list = try Lists.read(rows: [Lists.row([.ethnicity: value])])

    #expect(list.quality(with: list.matches()).count(.missing, of: .ethnicity) == count)
    #expect(list.counts.accepted == 1)
  }

  @Test func `columns that are missing or there twice are refused, all of them`() throws {
    let problems = #expect(throws: Problems.self) {
      try Lists.read("crn,sex,gender,started_on\nX100001,M,M,2026-01-01\n")
    }
    #expect(
      problems?.list.map(\.what) == [
        "the column “sentence_type” is missing", "the column “rosh” is missing",
        "“gender” is a second column for the same field",
      ])
    #expect(throws: Problems.self) { try Lists.read(Lists.heading + "\n\n") }
  }

  /// What stands between values, the values themselves in quotes or not, and what is said of it.
  @Test(
    arguments: [(text: ";", words: "semicolons (;)"), (text: "\t", words: "tabs")],
    [
      (quote: "", above: ""), (quote: "\"", above: ""),
      (quote: "", above: "Cases of June, all of them\r\n"), (quote: "\"", above: "sep=;\n"),
    ])
  func `a list without commas is told so, and nothing else`(
    _ separator: (text: String, words: String), _ form: (quote: String, above: String)
  ) throws {
    let rows = ([Lists.heading] + Lists.people(3)).map { row in
      row.split(separator: ",", omittingEmptySubsequences: false)
        .map { "\(form.quote)\($0)\(form.quote)" }.joined(separator: separator.text)
    }
    let text = form.above + rows.joined(separator: "\r\n")
    let problems = #expect(throws: Problems.self) { try Lists.read(text) }
    let line = form.above.isEmpty ? 1 : 2
    #expect(
      problems?.list.map(\.description) == [
        "list.csv:\(line): the values stand between \(separator.words), not commas; "
          + "save it as CSV with commas, or as an Excel workbook (.xlsx)"
      ])
    let path = try TestFolder.make().appendingPathComponent("list.csv").path
    #expect(FileManager.default.createFile(atPath: path, contents: Data(text.utf8)))
    let profile = try Profile.load("plumbline")
    let stored = #expect(throws: Problems.self) { try CaseFile(path: path, profile: profile) }
    #expect(stored?.list.map(\.what) == problems?.list.map(\.what))
  }

  @Test func `semicolons in the values of a list with commas are text`() throws {
    let list = try Lists.read(
      rows: Lists.people(2) { _ in [.office: "Hill; Vale", .familyName: "Tamo;Ilu"] })
    #expect(list.counts.accepted == 2)
    let problems = #expect(throws: Problems.self) { try Lists.read("crn;sex\nX100001;M\n") }
    #expect(problems?.list.first?.what == "the column “crn” is missing")
  }

  @Test func `a large list reads on two cores as it does on one`() throws {
    let rows = Lists.people(12_000) { number in
      [.officer: "O\(number % 61)", .ldu: "L\(number % 7)", .rosh: number % 9 == 0 ? "?" : "low"]
    }
    let plain = try Lists.read(rows: rows)
    // A quote anywhere makes the careful reader read all of it.
    let careful = try Lists.read(
      rows: rows.enumerated().map { $0 == 11_000 ? "\"X111001\"" + $1.dropFirst(7) : $1 })
    #expect(plain.said == careful.said)
    #expect(plain.counts == careful.counts)
    #expect(plain.frame == careful.frame)
    #expect(
      plain.records.joined().map { "\($0.crn) \($0.line) \(plain.officers[Int($0.officer)])" }
        == careful.records.joined().map {
          "\($0.crn) \($0.line) \(careful.officers[Int($0.officer)])"
        })
    for (place, name) in plain.places.enumerated() {
      let other = try #require(careful.places.firstIndex(of: name))
      #expect(
        plain.quality(with: plain.matches()).rows[place]
          == careful.quality(with: careful.matches()).rows[other])
    }
  }

  @Test func `rows that were refused come back as they came, with the reasons`() throws {
    let profile = try Profile.load("plumbline")
    let text = Lists.text([
      Lists.row(), Lists.row([.crn: "12", .startedOn: "", .officer: "=1+1"]), "X100009,\"a, b\"",
    ])
    let file = try CaseFile(bytes: Array(text.utf8), name: "list.csv", profile: profile)
    let rejects = try CaseList.read(file, profile: profile).rejects(from: file)
    let lines = rejects.split(separator: "\n")
    #expect(lines.count == 3)
    #expect(lines[0] == "reason," + Lists.heading)
    #expect(
      lines[1].hasPrefix(
        "crn “12” is not a letter and six digits; write it as in A123456. "
          + "started_on is blank; give it,12,"))
    #expect(lines[1].contains(",'=1+1,"))
    #expect(
      lines[2]
        == "the row has fewer values than the heading; leave none out,X100009,\"a, b\"")
  }
}
