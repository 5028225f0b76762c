import Calendars
import Caseloads
import Testing

/// A made-up list as its rows, with the values of each by heading.
struct MadeList {
  let headings: [String]
  let rows: [[String]]

  init(
    _ cases: Int, seed: UInt64 = 7, profile: String = "plumbline",
    defects: [CaseloadDefect] = []
  ) throws {
    let caseload = try Self.caseload(cases, seed: seed, profile: profile, defects: defects)
    var rows: [[String]] = []
    caseload.forEachRow { rows.append($0) }
    headings = caseload.headings
    self.rows = Array(rows.dropFirst(caseload.titleRow == nil ? 1 : 2))
  }

  static func caseload(
    _ cases: Int, seed: UInt64 = 7, profile: String = "plumbline",
    defects: [CaseloadDefect] = []
  ) throws -> SyntheticCaseload {
    try caseload(cases, seed: seed, profile: try Profile.load(profile), defects: defects)
  }

  static func caseload(
    _ cases: Int, seed: UInt64 = 7, profile: Profile, defects: [CaseloadDefect] = []
  ) throws -> SyntheticCaseload {
    try SyntheticCaseload(
      cases: cases, seed: seed, listDate: try #require(Day(2026, 6, 1)), profile: profile,
      defects: defects)
  }

  /// A made-up list as the check reads it.
  static func read(
    _ cases: Int, profile id: String, defects: [CaseloadDefect] = []
  ) throws -> CaseList {
    let profile = try Profile.load(id)
    let bytes = try bytes(cases, profile: id, defects: defects)
    let file = try CaseFile(bytes: bytes, name: "made.csv", profile: profile)
    return try CaseList.read(file, profile: profile, listedOn: Day(2026, 6, 1))
  }

  /// A profile with the columns that no list can do without.
  static func narrow(male: String = "M") throws -> Profile {
    try Profile.read(
      yaml: """
        format: plumbline-profile/1
        id: narrow
        title: What no list can do without
        source: ours
        status: assumed
        dates: [serial]
        columns: {crn: crn, sex: sex, sentence_type: type, started_on: start, rosh: risk}
        codes:
          sex: {male: "\(male)", female: F}
          sentence_type: {community-order: CO}
          rosh: {low: L}
        """, file: "narrow.yaml")
  }

  static func bytes(
    _ cases: Int, seed: UInt64 = 7, profile: String = "plumbline",
    defects: [CaseloadDefect] = []
  ) throws -> [UInt8] {
    var bytes: [UInt8] = []
    try caseload(cases, seed: seed, profile: profile, defects: defects)
      .forEachBlock { bytes += $0 }
    return bytes
  }

  /// The values of a column, blank for a row that does not reach so far.
  func column(_ heading: String) throws -> [String] {
    let place = try #require(headings.firstIndex(of: heading))
    return rows.map { place < $0.count ? $0[place] : "" }
  }

  /// How often each value comes up in a column.
  func counts(_ heading: String) throws -> [String: Int] {
    Dictionary(try column(heading).map { ($0, 1) }, uniquingKeysWith: +)
  }
}
