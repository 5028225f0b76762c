import Calendars
import Caseloads
import Testing

struct SyntheticStructureTests {
  @Test(arguments: [200, 1_217, 5_099], [1 as UInt64, 7])
  func `every officer has 20 to 80 cases`(_ cases: Int, _ seed: UInt64) throws {
    var officers = try MadeList(cases, seed: seed).counts("officer")
    let blank = officers.removeValue(forKey: "") ?? 0
    #expect(officers.values.allSatisfy { (20...80).contains($0) })
    #expect(blank <= officers.count)
    #expect((cases / 80...cases / 20).contains(officers.count))
  }

  @Test func `an officer has one team, a team one LDU, an LDU one cluster`() throws {
    let list = try MadeList(8_000)
    let columns = try ["officer", "team", "ldu", "cluster"].map(list.column)
    for (inner, outer) in zip(columns, columns.dropFirst()) {
      let pairs = zip(inner, outer).filter { !$0.0.isEmpty }
      #expect(Set(pairs.map { "\($0) \($1)" }).count == Set(pairs.map(\.0)).count)
    }
    #expect(Set(columns[3]).count == 10)
    #expect(Set(columns[2]).isDisjoint(with: columns[3]))
  }

  @Test func `CRNs are a letter and six digits, and only people who come back share one`() throws {
    let cases = 200_000
    var seen = [Bool](repeating: false, count: 26_000_000)
    var shared = 0
    try MadeList.caseload(cases, profile: try MadeList.narrow()).forEachBlock { bytes in
      for line in bytes.split(separator: UInt8(ascii: "\n")) where line.first != UInt8(ascii: "c") {
        let crn = line.prefix { $0 != UInt8(ascii: ",") }
        let digits = crn.dropFirst()
        #expect((65...90).contains(crn.first ?? 0) && digits.count == 6)
        #expect(digits.allSatisfy { (48...57).contains($0) })
        let number = digits.reduce(Int(crn.first ?? 0) - 65) { $0 * 10 + Int($1) - 48 }
        shared += seen[number] ? 1 : 0
        seen[number] = true
      }
    }
    // One row in forty belongs to somebody further up, of which more than a third keep the CRN.
    #expect((cases / 150...cases / 80).contains(shared))
  }

  @Test(arguments: [7 as UInt64, 8, 9])
  func `the strata are near those of the worked example`(_ seed: UInt64) throws {
    let list = try MadeList(1_217, seed: seed)
    let sexes = try list.column("sex")
    let sentences = try list.column("sentence_type")
    let risks = try list.column("rosh")
    var strata: [String: Int] = [:]
    for place in 0..<1_217 {
      guard sexes[place] == "male" else {
        strata[sexes[place], default: 0] += 1
        continue
      }
      let isCommunity =
        sentences[place].hasSuffix("-order") && !sentences[place].contains("default")
      strata["\(isCommunity) \(risks[place] == "low")", default: 0] += 1
    }
    #expect((434...474).contains(strata["true false"] ?? 0))
    #expect((118...158).contains(strata["true true"] ?? 0))
    #expect((307...347).contains(strata["false false"] ?? 0))
    #expect((109...149).contains(strata["false true"] ?? 0))
    #expect((149...189).contains(strata["female"] ?? 0))
    #expect((strata["U"] ?? 0) + (strata["other"] ?? 0) < 15)
  }

  @Test func `probation officers have riskier cases`() throws {
    let list = try MadeList(4_000)
    let pairs = zip(try list.column("officer_grade"), try list.column("rosh"))
    func share(_ grade: String) -> Double {
      let risks = pairs.filter { $0.0 == grade }.map(\.1)
      return Double(risks.count { $0 != "low" }) / Double(risks.count)
    }
    #expect(share("PO") > 1.2 * share("PSO"))
    #expect(share("SPO") > share("NQO"))
  }

  @Test func `one row in forty is a further and later case of somebody further up`() throws {
    let list = try MadeList(8_000)
    var first: [String: String] = [:]
    var (sameCRN, samePNC, sameName) = (0, 0, 0)
    for row in list.rows {
      let name = row[4].isEmpty || row[2] == "*****" ? "" : row[2...4].joined(separator: ",")
      let keys = [row[0], row[1], name]
      let places = keys.indices.filter { !keys[$0].isEmpty && first[keys[$0]] != nil }
      if let start = places.first.flatMap({ first[keys[$0]] }) {
        #expect(row[8] > start)
        sameCRN += places.contains(0) ? 1 : 0
        samePNC += places.first == 1 ? 1 : 0
        sameName += places.first == 2 ? 1 : 0
        #expect(places.first != 2 || row[1].isEmpty)
      }
      for key in keys where !key.isEmpty && first[key] == nil { first[key] = row[8] }
    }
    let all = sameCRN + samePNC + sameName
    #expect((150...250).contains(all))
    #expect([sameCRN, samePNC, sameName].allSatisfy { $0 > all / 5 })
  }

  @Test func `nobody is younger than 18 or older than 76 at the start, and nothing is later`()
    throws
  {
    let list = try MadeList(2_000)
    for row in list.rows {
      let start = try #require(Day(row[8]))
      #expect(row[8] <= "2026-06-01")
      #expect(row[9].count < 10 || (row[8]...("2026-06-01")).contains(row[9]))
      guard let birth = Day(row[4]) else { continue }
      let birthday = birth.year + 18
      #expect((birthday, birth.month, birth.day) <= (start.year, start.month, start.day))
      #expect(start.year - birth.year <= 76)
    }
  }

  @Test func `some values are blank, some people restricted, and each sub-sample has cases`() throws
  {
    let list = try MadeList(10_000)
    func share(_ heading: String, _ isMeant: (String) -> Bool) throws -> Int {
      try list.column(heading).count(where: isMeant)
    }
    #expect((200...450).contains(try share("pnc", \.isEmpty)))
    #expect((100...300).contains(try share("ethnicity", \.isEmpty)))
    #expect((10...100).contains(try share("officer", \.isEmpty)))
    #expect((20...90).contains(try share("date_of_birth", \.isEmpty)))
    #expect((60...150).contains(try share("restricted") { $0 == "yes" }))
    #expect(
      try list.column("restricted").elementsEqual(
        try list.column("family_name").map { $0 == "*****" ? "yes" : "no" }))
    #expect((200...600).contains(try share("ended_on") { $0.count == 10 }))
    for heading in ["unpaid_work_hours", "released_on", "report_type", "reported_on"] {
      #expect(try share(heading) { !$0.isEmpty } > 1_000)
    }
    #expect(try share("unpaid_work_hours") { Int($0).map { $0 < 40 } ?? false } > 50)
  }

  @Test func `PNCs end in their check letter`() throws {
    let letters = Array("ZABCDEFGHJKLMNPQRTUVWXY")
    for pnc in try MadeList(1_000).column("pnc") where !pnc.isEmpty {
      let number = try #require(Int(pnc.dropFirst(2).dropLast().replacing("/", with: "")))
      #expect(pnc.count == 13 && pnc.last == letters[number % 23])
    }
  }
}
