import Foundation
import Testing

/// The way from a list to a sample, as people go it.
struct SampleToolTests {
  /// A folder with a list in it that is removed afterwards.
  private final class Folder {
    let url = FileManager.default.temporaryDirectory
      .appendingPathComponent(ProcessInfo.processInfo.globallyUniqueString)

    init(_ rows: [String]) throws {
      try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
      try write(
        (["crn,sex,sentence_type,started_on,rosh,cluster,ldu,officer"] + rows)
          .joined(separator: "\n"), "list.csv")
    }

    deinit {
      try? FileManager.default.removeItem(at: url)  // Nothing depends on it.
    }

    func path(_ name: String) -> String { url.appendingPathComponent(name).path }

    func write(_ text: String, _ name: String) throws {
      try text.write(toFile: path(name), atomically: true, encoding: .utf8)
    }

    func text(_ name: String) throws -> String {
      try String(contentsOfFile: path(name), encoding: .utf8)
    }

    func object(_ name: String) throws -> [String: Any] {
      try #require(
        try JSONSerialization.jsonObject(with: Data(try text(name).utf8)) as? [String: Any])
    }
  }

  private static let rows = (0..<60).map { (number: Int) -> String in
    let sex = number % 5 == 0 ? "female" : "male"
    return "X\(100_000 + number),\(sex),licence,2026-01-15,medium,C,L\(number % 3),O\(number % 20)"
  }

  @Test func `check tells what became of every row, and exits 1 when some were refused`() throws {
    let folder = try Folder(Self.rows + ["12,male,licence,2026-01-15,low,C,L1,O1"])
    let run = try Run(
      "caseload", "check", folder.path("list.csv"), "--rejects", folder.path("r.csv"))
    #expect(run.code == 1)
    #expect(run.output.contains("61 rows read = 60 accepted + 0 changed + 1 refused"))
    #expect(
      run.errors.contains(
        "list.csv:62: crn “12” is not a letter and six digits; write it as in A123456"))
    let rejects = try folder.text("r.csv").split(separator: "\n")
    #expect(rejects.count == 2)
    #expect(rejects[0].hasPrefix("reason,crn,"))
    let json = try Run("caseload", "check", folder.path("list.csv"), "--json")
    #expect(json.code == 1)
    let object = try #require(try json.json() as? [String: Any])
    #expect(
      ["read", "accepted", "changed", "refused"].map { object[$0] as? Int } == [61, 60, 0, 1])
    #expect((object["findings"] as? [[String: Any]])?.first?["line"] as? Int == 62)
  }

  @Test func `check reads standard input and another profile from a file`() throws {
    let folder = try Folder([])
    try folder.write(
      """
      format: plumbline-profile/1
      id: mine
      title: Mine
      source: ours
      status: assumed
      dates: [dd/mm/yyyy]
      columns: {crn: No, sex: Sex, sentence_type: Type, started_on: From, rosh: Risk}
      codes:
        sex: {male: [1], female: [2]}
        sentence_type: {licence: [L]}
        rosh: {low: [a], high: [b]}
      """, "mine.yaml")
    let run = try Run(
      "caseload", "check", "-", "--profile", folder.path("mine.yaml"),
      input: "No;x\n")
    #expect(run.code == 1)
    let list = "No,Sex,Type,From,Risk\nX100001,1,L,15/01/2026,a\nX100002,2,L,16/01/2026,b\n"
    let good = try Run(
      "caseload", "check", "-", "--profile", folder.path("mine.yaml"), input: list)
    #expect(good.code == 0)
    #expect(good.output.hasPrefix("standard input: 2 rows read = 2 accepted"))
    #expect(try Run("caseload", "check", "-", "--profile", "nothing", input: list).code == 1)
  }

  @Test func `a sample is drawn, verified, changed and verified again`() throws {
    let folder = try Folder(Self.rows)
    let (list, sample) = (folder.path("list.csv"), folder.path("sample.json"))
    let draw = try Run(
      "sample", "draw", list, "--size", "12", "--seed", "20200528", "--out", sample)
    #expect(draw.code == 0)
    #expect(draw.output.hasPrefix("12 cases of 60 in scope of 60 rows"))
    #expect(try Run("sample", "verify", sample, list).code == 0)

    let drawn = try folder.object("sample.json")
    #expect(drawn["format"] as? String == "plumbline-sample/1")
    let selected = try #require(drawn["selected"] as? [[String: Any]])
    #expect(selected.map { $0["position"] as? Int } == Array(1...12))
    let first = try #require(
      selected.first { $0["stratum"] as? String == "male-post-custody-not-low" })
    let crn = try #require(first["case"] as? String)
    let replaced = try Run("sample", "replace", sample, crn.lowercased(), "--reason", "in hospital")
    #expect(replaced.code == 0)
    #expect(replaced.output.hasPrefix("\(crn) is replaced by X"))
    #expect(try Run("sample", "verify", sample, list).code == 0)
    let again = try Run("sample", "replace", sample, crn, "--reason", "again")
    #expect(again.code == 1)
    #expect(again.errors.contains("\(crn) was replaced already"))

    let taken = selected.compactMap { $0["case"] as? String }
    let free = try #require(
      (0..<60).map { "X\(100_000 + $0)" }.first { crn in
        !taken.contains(crn) && !replaced.output.contains(crn)
      })
    #expect(try Run("sample", "add", sample, free, list, "--reason", "a serious case").code == 0)
    #expect(try Run("sample", "add", sample, free, list, "--reason", "again").code == 1)
    #expect(try Run("sample", "verify", sample, list).code == 0)

    try folder.write(
      try folder.text("sample.json").replacing("in hospital", with: "on holiday"), "sample.json")
    let changed = try Run("sample", "verify", sample, list)
    #expect(changed.code == 1)
    #expect(changed.errors.contains("sha256: "))
  }

  @Test func `a draw refuses another frame, refused rows and a shortfall, until told`() throws {
    let folder = try Folder(Self.rows + ["12,male,licence,2026-01-15,low,C,L1,O1"])
    let list = folder.path("list.csv")
    let refused = try Run("sample", "draw", list, "--size", "5", "--seed", "1")
    #expect(refused.code == 1)
    #expect(refused.errors.contains("--leave-out-refused"))
    let left = try Run("sample", "draw", list, "--size", "5", "--seed", "1", "--leave-out-refused")
    #expect(left.code == 0)
    let short = try Run(
      "sample", "draw", list, "--size", "100", "--seed", "1", "--leave-out-refused")
    #expect(short.code == 1)
    #expect(short.errors.contains("100 cases are wanted and 60 can be drawn"))
    let accepted = try Run(
      "sample", "draw", list, "--size", "100", "--seed", "1", "--leave-out-refused",
      "--accept-shortfall", "a small provider")
    #expect(accepted.code == 0)
    let object = try #require(try accepted.json() as? [String: Any])
    #expect((object["shortfall"] as? [String: Any])?["accepted"] as? String == "a small provider")
    let frame = try #require((object["frame"] as? [String: Any])?["sha256"] as? String)
    let options = ["--size", "5", "--seed", "1", "--leave-out-refused"]
    #expect(try Run(["sample", "draw", list, "--frame", frame] + options).code == 0)
    #expect(
      try Run(["sample", "draw", list, "--frame", String(frame.reversed())] + options).code == 1)
  }

  @Test func `wrong usage of sample draw ends with code 2`() throws {
    for arguments in [
      ["list.csv"], ["list.csv", "--seed", ""], ["list.csv", "--seed", "1", "--size", "many"],
      ["list.csv", "--seed", "1", "--size", "9", "--margin", "5"],
      ["list.csv", "--seed", "1", "--method", "largest-remainders"],
      ["list.csv", "--seed", "1", "--from", "2026-05-04", "--until", "2026-05-03"],
    ] {
      #expect(try Run(["sample", "draw"] + arguments).code == 2)
    }
    #expect(try Run("sample", "draw", "no-such-file.csv", "--seed", "1").code == 1)
  }

  @Test(arguments: ["plumbline", "ndelius-2020"])
  func `a made workbook reads as the made list in CSV does`(_ profile: String) throws {
    let folder = try Folder([])
    var counts: [[Int?]] = []
    for format in ["csv", "xlsx"] {
      let file = folder.path("made.\(format)")
      let made = try Run(
        "caseload", "make", "--cases", "300", "--seed", "7", "--format", format, "--profile",
        profile, "--out", file)
      #expect(made.code == 0)
      let check = try Run("caseload", "check", file, "--profile", profile, "--json")
      #expect(check.code == 0)
      let object = try #require(try check.json() as? [String: Any])
      counts.append(
        ["read", "accepted", "changed", "refused"].map { object[$0] as? Int }
          + [(object["matches"] as? [Any])?.count])
    }
    #expect(counts[0] == counts[1])
    #expect(counts[0].prefix(4) == [300, 300, 0, 0])
  }
}
