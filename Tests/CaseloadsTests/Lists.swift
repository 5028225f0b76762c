import Calendars
import Caseloads
import Problems
import Spreadsheets

/// Small lists in our own headings.
enum Lists {
  private static let plumbline = Result { try Profile.load("plumbline") }

  static let heading =
    "crn,pnc,family_name,first_names,date_of_birth,sex,ethnicity,sentence_type,started_on,"
    + "ended_on,rosh,cluster,ldu,team,officer,officer_grade,office,restricted"

  /// A row that is as it should be, but for what is changed.
  static func row(_ changes: [CaseField: String] = [:]) -> String {
    let usual: [CaseField: String] = [
      .crn: "X100001", .pnc: "2001/0000001A", .familyName: "Tamo", .firstNames: "Ilu",
      .dateOfBirth: "1980-02-03", .sex: "male", .ethnicity: "W1",
      .sentenceType: "community-order", .startedOn: "2026-01-15", .rosh: "medium",
      .cluster: "North", .ldu: "Hill", .team: "T1", .officer: "O1", .officerGrade: "PO",
      .office: "Hill 1", .restricted: "no",
    ]
    return heading.split(separator: ",").map { name in
      let field = CaseField(rawValue: String(name)) ?? .crn
      return changes[field] ?? usual[field] ?? ""
    }.joined(separator: ",")
  }

  /// Rows of different people.
  static func people(_ count: Int, _ changes: (Int) -> [CaseField: String] = { _ in [:] })
    -> [String]
  {
    (0..<count).map { number in
      row(
        [
          .crn: "X\(100_001 + number)", .pnc: "2001/\(1_000_001 + number)A",
          .familyName: "Tamo\(number)",
        ].merging(changes(number)) { $1 })
    }
  }

  static func text(_ rows: [String]) -> String { ([heading] + rows).joined(separator: "\n") + "\n" }

  /// A list of one row in the headings of 2020.
  static func longList(restricted: String) -> String {
    """
    CRN,Gender (M/F),"Case/sentence type [Licence] [Community Order] [Suspended Sentence Order]",\
    Date of sentence or release on licence,Risk of Serious Harm [RoSH] Classification,Restricted
    X100001,M,Licence,15/01/2026,RMRH,\(restricted)

    """
  }

  static func read(
    _ text: String, profile: String = "plumbline", listedOn: Day? = nil
  ) throws -> CaseList {
    try read(Array(text.utf8), profile: profile, listedOn: listedOn)
  }

  static func read(
    _ bytes: [UInt8], profile: String = "plumbline", listedOn: Day? = nil
  ) throws -> CaseList {
    let profile = try profile == "plumbline" ? plumbline.get() : Profile.load(profile)
    return try CaseList.read(
      try CaseFile(bytes: bytes, name: "list.csv", profile: profile), profile: profile,
      listedOn: listedOn)
  }

  static func read(rows: [String], listedOn: Day? = nil) throws -> CaseList {
    try read(text(rows), listedOn: listedOn)
  }
}

extension CaseList {
  /// Findings as `line outcome field kind found`.
  var said: [String] {
    findings.map { finding in
      [
        "\(finding.line)", finding.outcome.rawValue, finding.field?.rawValue ?? "-",
        finding.kind.rawValue, finding.found ?? "",
      ].joined(separator: " ").trimmingSuffix(" ")
    }
  }
}

extension String {
  fileprivate func trimmingSuffix(_ suffix: String) -> String {
    hasSuffix(suffix) ? String(dropLast(suffix.count)) : self
  }
}
