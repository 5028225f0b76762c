import Calendars
import Caseloads
import Problems
import RuleFiles
import Spreadsheets
import Testing

struct SyntheticCaseloadTests {
  /// A list that was once made can be made again for ever: change these only on purpose.
  @Test(arguments: [
    ("plumbline", false, "746927732ae5"),
    ("plumbline", true, "eb17d901ac99"),
    ("ndelius-2020", false, "b5cd17314877"),
  ])
  func `the same seed gives the same bytes`(
    _ profile: String, _ isMessy: Bool, _ digest: String
  ) throws {
    let defects = isMessy ? CaseloadDefect.allCases : []
    let bytes = try MadeList.bytes(250, profile: profile, defects: defects)
    #expect(Digest(of: bytes).short == digest)
  }

  @Test func `another seed gives another list`() throws {
    let one = Set(try MadeList(1_000, seed: 1).column("crn"))
    let other = Set(try MadeList(1_000, seed: 2).column("crn"))
    #expect(one.intersection(other).count < 5)
  }

  @Test(arguments: ["plumbline", "ndelius-2020"], [[], CaseloadDefect.allCases])
  func `the rows and the bytes say the same`(
    _ profile: String, _ defects: [CaseloadDefect]
  ) throws {
    let list = try MadeList(400, profile: profile, defects: defects)
    let bytes = try MadeList.bytes(400, profile: profile, defects: defects)
    let title = try Profile.load(profile).titleRow == nil ? 0 : 1
    let file = try CSVFile(bytes: bytes, name: "made.csv") { _ in title }
    var read: [[String]] = []
    try file.forEachRow { row in read.append((0..<row.count).map(row.text)) }
    let made = list.rows.filter { !$0.isEmpty }.map { row in
      row.map { $0.trimmingSpaces }
    }
    #expect(read == made)
  }

  @Test(arguments: Profile.known)
  func `each heading is found in the profile again`(_ id: String) throws {
    let profile = try Profile.load(id)
    let fields = CaseField.allCases.filter { profile.headings[$0] != nil }
    let headings = try MadeList(1, profile: id).headings
    #expect(headings.count == fields.count)
    for (heading, field) in zip(headings, fields) {
      let words = heading.split(whereSeparator: \.isWhitespace).joined(separator: " ")
      #expect(words == profile.headings[field]?.first)
    }
  }

  @Test(arguments: Profile.known)
  func `no row of a list without defects is refused or changed`(_ id: String) throws {
    let list = try MadeList.read(2_000, profile: id)
    #expect(list.counts.read == 2_000)
    #expect(list.counts.accepted == 2_000)
    #expect(list.missingFields.isEmpty && list.unusedHeadings.isEmpty)
  }

  @Test(arguments: Profile.known)
  func `a messy list has everything that a check finds`(_ id: String) throws {
    let list = try MadeList.read(1_217, profile: id, defects: CaseloadDefect.allCases)
    #expect(Set(list.findings.map(\.kind)) == Set(Finding.Kind.allCases))
    #expect(!list.gaps.isEmpty)
  }

  @Test func `headings of nDelius are wrapped and not neat`() throws {
    let headings = try MadeList(1, profile: "ndelius-2020").headings
    #expect(headings.contains("Gender\n(M/F)"))
    #expect(headings.contains("Responsible  officer"))
  }

  @Test(arguments: ["plumbline", "ndelius-2020"])
  func `every code and every day is one that the profile has`(_ id: String) throws {
    let profile = try Profile.load(id)
    let list = try MadeList(2_000, profile: id)
    for (field, heading) in zip(CaseField.allCases, list.headings) {
      guard let codes = profile.codes[field] else { continue }
      let known = Set(codes.values.joined() + (profile.nothing[field] ?? []) + [""])
      #expect(Set(try list.column(heading)).subtracting(known) == [])
    }
    let days = try list.column(list.headings[8])
    #expect(days.allSatisfy { id == "plumbline" ? Day($0) != nil : $0.count == 10 })
  }

  @Test func `a profile without some headings leaves those fields out`() throws {
    let caseload = try MadeList.caseload(50, profile: try MadeList.narrow(male: "M, adult"))
    var bytes: [UInt8] = []
    caseload.forEachBlock { bytes += $0 }
    let file = try CSVFile(bytes: bytes, name: "made.csv")
    #expect(file.columns == ["crn", "sex", "type", "start", "risk"])
    var sexes: Set<String> = []
    try file.forEachRow { row in
      #expect(row.count == 5)
      #expect((45_000...46_174).contains(Int(row.text(3)) ?? 0))
      sexes.insert(row.text(1))
    }
    #expect(sexes.isSuperset(of: ["M, adult", "F"]))
  }

  @Test(arguments: [0, -1, 26_000_001])
  func `a number of cases that has no CRNs is refused`(_ cases: Int) {
    #expect(throws: Problems.self) { try MadeList.caseload(cases) }
  }

  @Test(arguments: [1, 2, 19, 79, 80, 99, 100, 141, 199])
  func `a short list has as many rows as were asked for`(_ cases: Int) throws {
    let list = try MadeList(cases, defects: cases.isMultiple(of: 2) ? CaseloadDefect.allCases : [])
    #expect(list.rows.count == cases)
  }
}

extension String {
  fileprivate var trimmingSpaces: String {
    var text = Substring(self)
    while text.first == " " { text.removeFirst() }
    while text.last == " " { text.removeLast() }
    return String(text)
  }
}
