import Caseloads
import Crypto
import RuleFiles
import TestKit
import Testing

struct FrameTests {
  @Test func `the frame is the digest of its canonical form`() throws {
    let list = try Lists.read(
      "sex,crn,rosh,sentence_type,started_on\n"
        + "M,X100002,low,licence,2026-01-01\nF,X100001,\"hi\"\"gh, or\",licence,2026-01-02\n")
    // Values in the order of their headings: crn, rosh, sentence_type, sex, started_on.
    let rows = [
      "X100002,low,licence,M,2026-01-01", "X100001,\"hi\"\"gh, or\",licence,F,2026-01-02",
    ].map { Array(SHA256.hash(data: Array($0.utf8))) }
    let form =
      Array("crn,rosh,sentence_type,sex,started_on\n".utf8)
      + rows.sorted { $0.lexicographicallyPrecedes($1) }.joined()
    #expect(list.frame.description == RuleFiles.Digest(of: form).description)
  }

  @Test func `the order of rows and columns does not matter`() throws {
    let rows = Lists.people(40)
    let expected = try Lists.read(rows: rows).frame
    var chance = Chance(seed: 3)
    #expect(try Lists.read(rows: rows.shuffled(using: &chance)).frame == expected)
    let order = Array(0..<18).shuffled(using: &chance)
    let turned = ([Lists.heading] + rows).map { row in
      let values = row.split(separator: ",", omittingEmptySubsequences: false)
      return order.map { String(values[$0]) }.joined(separator: ",")
    }
    #expect(try Lists.read(turned.joined(separator: "\r\n")).frame == expected)
  }

  @Test func `one changed byte changes it`() throws {
    let text = Array(Lists.text(Lists.people(3) + ["short,row"]).utf8)
    let expected = try Lists.read(text).frame
    let start = Lists.heading.utf8.count + 1
    for place in start..<text.count - 1 {
      var changed = text
      changed[place] = changed[place] == UInt8(ascii: "q") ? UInt8(ascii: "r") : UInt8(ascii: "q")
      #expect(try Lists.read(changed).frame != expected)
    }
  }
}
