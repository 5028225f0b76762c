import Caseloads
import OrderedJSON
import Problems
import Samples
import Testing

@testable import Workflows

struct SampleFileTests {
  private static let decision = ChangeSample.Decision(
    reason: "moved away", by: "the lead inspector", at: "2026-05-04T10:15:00Z")

  private static func list(_ text: String) throws -> CaseList {
    let profile = try Profile.load("plumbline")
    return try CaseList.read(
      try CaseFile(bytes: Array(text.utf8), name: "list.csv", profile: profile),
      profile: profile)
  }

  private static let rows = (0..<24).map { (number: Int) -> String in
    let sex = number % 5 == 0 ? "F" : "M"
    let sentence = number % 2 == 0 ? "CO" : "licence"
    let risk = number % 2 == 0 ? "low" : "high"
    let restricted = number % 6 == 0 ? "yes" : ""
    return "X\(100_000 + number),\(sex),\(sentence),2026-01-0\(1 + number % 9),\(risk),C,"
      + "L\(number % 2),O\(number % 7),\(restricted)"
  }
  private static let text =
    (["crn,sex,sentence_type,started_on,rosh,cluster,ldu,officer,restricted"] + rows
    + ["X100003,M,CO,2026-02-01,low,C,L1,O3,"]).joined(separator: "\n")

  private static func drawn(_ size: Int = 4) throws -> (
    list: CaseList, plan: SamplingPlan, file: SampleFile
  ) {
    let plan = try SamplingPlan.load("probation")
    var request = SampleRequest(plan: plan, seed: "20200528")
    request.wanted = .cases(size)
    request.seedSource = "dice"
    let list = try list(text)
    let document = SampleDocument(try Sample(from: list, by: request))
    #expect(document.bytes == document.json.bytes)
    return (list, plan, try SampleFile(document.bytes, name: "sample.json"))
  }

  @Test func `a sample file holds against its list, and its bytes are always the same`() throws {
    let (list, plan, file) = try Self.drawn()
    #expect(try ChangeSample.differences(file, from: list, plan: plan).isEmpty)
    #expect(try Self.drawn().file.bytes == file.bytes)
  }

  @Test func `no single byte of a sample file can change unnoticed`() throws {
    let (list, plan, file) = try Self.drawn()
    let next = try #require(file.json["reserve"].array?.first)
    let out = try #require(
      file.json["selected"].array?.first { $0["stratum"] == next["stratum"] }?["case"].string)
    let bytes = try ChangeSample.replace(out, in: file, Self.decision).json.bytes
    for place in bytes.indices {
      var changed = bytes
      changed[place] = bytes[place] == UInt8(ascii: "1") ? UInt8(ascii: "2") : UInt8(ascii: "1")
      var holds = false
      do {
        let found = try SampleFile(changed, name: "sample.json")
        holds = try ChangeSample.differences(found, from: list, plan: plan).isEmpty
      } catch {
        holds = false
      }
      #expect(!holds, "byte \(place)")
    }
  }

  @Test func `another list is refused, with its digest`() throws {
    let (_, plan, file) = try Self.drawn()
    let other = try Self.list(Self.text.replacing("X100007,M", with: "X100007,F"))
    let differences = try ChangeSample.differences(file, from: other, plan: plan)
    #expect(differences.count == 1)
    #expect(differences[0].hasPrefix("frame.sha256: "))
  }

  @Test func `the first difference names what differs`() throws {
    let (list, plan, file) = try Self.drawn()
    let text = String(decoding: file.bytes, as: UTF8.self)
    let moved = try SampleFile(
      Array(text.replacing("\"drawn\": 1", with: "\"drawn\": 2").utf8), name: "s")
    let differences = try ChangeSample.differences(moved, from: list, plan: plan)
    #expect(differences.first?.hasPrefix("strata[") == true)
    #expect(differences.first?.contains("].drawn: 2 is now 1") == true)
    let spaced = try SampleFile(
      Array(text.replacing("\"seed\": ", with: "\"seed\":  ").utf8), name: "s")
    #expect(try ChangeSample.differences(spaced, from: list, plan: plan).count == 1)
  }

  @Test func `replacing keeps the chain, and a case is replaced once`() throws {
    let (list, plan, file) = try Self.drawn(8)
    let selected = try #require(file.json["selected"].array)
    let reserve = try #require(file.json["reserve"].array)
    let next = try #require(reserve.first)
    let out = try #require(
      selected.first { $0["stratum"] == next["stratum"] }?["case"].string)
    let (json, into) = try ChangeSample.replace(out, in: file, Self.decision)
    #expect(.string(into) == next["case"])
    let now = try SampleFile(json.bytes, name: "sample.json")
    #expect(try ChangeSample.differences(now, from: list, plan: plan).isEmpty)
    #expect(now.json["replacements"].array?.first?["reason"].string == "moved away")
    #expect(throws: Problems.self) { try ChangeSample.replace(out, in: now, Self.decision) }
    #expect(throws: Problems.self) { try ChangeSample.replace("X999999", in: now, Self.decision) }
    // A chain that the reserve does not give is found, though its digest is right.
    let other = try #require(reserve.last?["case"].string)
    let forged = String(decoding: json.bytes, as: UTF8.self)
      .replacing("\"in\": \"\(into)\"", with: "\"in\": \"\(other)\"")
    let found = try SampleFile(Array(forged.utf8), name: "s")
    #expect(try !ChangeSample.differences(found, from: list, plan: plan).isEmpty)
  }

  @Test func `an added case is marked and has no weight`() throws {
    let (list, plan, file) = try Self.drawn()
    let taken = try #require(file.json["selected"].array?.first?["case"].string)
    let free = try #require(
      list.records.joined().map(\.crn.description).first { crn in
        crn != taken && !(file.json["selected"].array ?? []).contains { $0["case"].string == crn }
      })
    let json = try ChangeSample.add(free, to: file, from: list, Self.decision)
    let addition = try #require(json["additions"].array?.first)
    #expect(addition["purposive"] == true)
    #expect(addition["weight"] == .null)
    let now = try SampleFile(json.bytes, name: "sample.json")
    #expect(try ChangeSample.differences(now, from: list, plan: plan).isEmpty)
    #expect(throws: Problems.self) {
      try ChangeSample.add(free, to: now, from: list, Self.decision)
    }
    #expect(throws: Problems.self) {
      try ChangeSample.add(taken, to: file, from: list, Self.decision)
    }
    #expect(throws: Problems.self) {
      try ChangeSample.add("X999999", to: file, from: list, Self.decision)
    }
  }

  @Test func `what is no sample file is refused`() {
    for text in ["", "{}", "[]", "{\"format\": \"plumbline-sample/1\"}"] {
      #expect(throws: Problems.self) { try SampleFile(Array(text.utf8), name: "s") }
    }
  }
}
