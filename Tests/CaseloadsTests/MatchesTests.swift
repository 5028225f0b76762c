import Calendars
import Caseloads
import Problems
import Spreadsheets
import TestKit
import Testing

struct MatchesTests {
  private static func said(_ list: CaseList) -> [String] {
    list.matches().people.map { person in
      person.reasons.map(\.rawValue).joined(separator: "+") + ": "
        + person.orders.map { "\($0.crn)@\($0.line)" }.joined(separator: " ")
    }
  }

  @Test func `the same CRN, PNC, or full name and date of birth is one person`() throws {
    let list = try Lists.read(
      rows: Lists.people(9) { number in
        switch number {
        case 1: [.crn: "x100001", .startedOn: "2026-03-01"]
        case 3: [.pnc: " 2001 / 1000003a", .startedOn: "2025-12-01"]
        case 5: [.familyName: "TAMO4 ", .firstNames: "ilu", .pnc: ""]
        case 6: [.familyName: "*****", .pnc: ""]
        case 7: [.familyName: "*****", .pnc: ""]
        case 8: [.familyName: "Tamo0", .dateOfBirth: "1980-02-04"]
        default: [:]
        }
      })
    #expect(
      Self.said(list) == [
        "crn: X100001@2 X100001@3", "pnc: X100004@5 X100003@4",
        "name-and-date-of-birth: X100005@6 X100006@7",
      ])
  }

  @Test func `zeros in front of a PNC's serial do not matter, and its year does`() throws {
    let list = try Lists.read(
      rows: Lists.people(4) {
        [.pnc: ["2000/0123456Q", "2000/123456Q", "00/123456Q", "A/84Q"][$0]]
      })
    #expect(Self.said(list) == ["pnc: X100001@2 X100002@3"])
  }

  @Test func `who is one person with a third is one person`() throws {
    let list = try Lists.read(
      rows: Lists.people(3) { number in
        switch number {
        case 1: [.crn: "X100001", .startedOn: "2026-01-02"]
        case 2: [.pnc: "2001/1000002A", .startedOn: "2026-01-01"]
        default: [:]
        }
      })
    #expect(Self.said(list) == ["crn+pnc: X100003@4 X100001@3 X100001@2"])
  }

  @Test func `between orders of one day the order of the rows does not decide`() throws {
    let rows = Lists.people(6) {
      [.crn: "X100001", .rosh: ["low", "high"][$0 % 2], .ldu: "L\($0)"]
    }
    var chance = Chance(seed: 8)
    for _ in 0..<10 {
      let list = try Lists.read(rows: rows.shuffled(using: &chance))
      let first = try #require(list.matches().people.first?.orders.first)
      #expect(first.roshCode == .low)
      #expect(list.places[Int(first.place)].ldu == "L0")
    }
  }

  @Test func `every row that is there twice is found among many`() throws {
    let rows = Lists.people(30_000) { number in
      // Every hundredth is a further order of the one before it.
      number % 100 == 99 ? [.crn: "X\(100_000 + number)", .startedOn: "2026-02-01"] : [:]
    }
    let list = try Lists.read(rows: rows)
    let people = list.matches().people
    #expect(people.count == 300)
    #expect(
      people.allSatisfy { $0.orders.count == 2 && $0.orders[0].line == $0.orders[1].line - 1 })
    let quality = list.quality(with: list.matches())
    #expect(quality.count(.duplicate, of: .crn) == 300)
  }

  @Test func `the other orders of a person are found by line, but for another person's`() throws {
    let list = try Lists.read(
      rows: Lists.people(6) { number in
        switch number {
        case 1: [.crn: "X100001", .startedOn: "2026-03-01", .restricted: "yes"]
        case 2: [.pnc: "2001/1000001A", .startedOn: "2026-02-01", .sentenceType: "custody"]
        case 4: [.crn: "X100004", .pnc: "2001/1000004A"]
        default: [:]
        }
      })
    func found(_ lines: Set<Int>, _ decisions: KeepDecisions? = nil) -> [Int: [UInt32]] {
      list.otherOrders(ofLines: lines, by: decisions).mapValues { $0.map(\.line) }
    }
    let twins = try KeepDecisions(
      try CSVFile(
        bytes: Array(
          "crn,started_on,decision,reason\nX100003,2026-02-01,separate,twins\n".utf8),
        name: "keep.csv"))

    #expect(found([2, 5]) == [2: [4, 3], 5: [6]])
    #expect(found([3, 7]) == [3: [2, 4]])
    #expect(found([]).isEmpty)
    #expect(found([2, 4], twins) == [2: [3]])
    #expect(list.otherOrders(ofLines: [2], by: nil)[2]?.map(\.isRestricted) == [false, true])
  }

  @Test func `a decision names the order and the reason, or is refused`() throws {
    let text = """
      crn,started_on,decision,reason
      X100001,2026-03-01,keep,the later order is the live one
      X1,2026-03-01,perhaps,
      X100002,2026-02-30,separate,twins
      X100003,2026-02-28,keep
      """
    let problems = #expect(throws: Problems.self) {
      try KeepDecisions(try CSVFile(bytes: Array(text.utf8), name: "keep.csv"))
    }
    #expect(
      problems?.list.map { "\($0.line ?? 0) \($0.what)" } == [
        "3 crn is not a letter and six digits", "3 “perhaps” is not a decision",
        "3 no reason is given", "4 started_on is not a day",
        "5 the row is too short: 3 values under 4 headings",
      ])
  }
}
