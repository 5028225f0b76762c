public import RuleFiles

/// How a provider writes its list of cases: headings, dates, codes.
public struct Profile: Sendable {
  /// A way in which a day may be written.
  public enum DateForm: String, CaseIterable, Sendable {
    case iso = "yyyy-mm-dd"
    case dayFirst = "dd/mm/yyyy"

    /// The number that a spreadsheet holds for a day.
    case serial
  }

  public let id: String
  public let title: String
  public let provenance: Provenance

  /// The sheet of a workbook to read, where one is named.
  public let sheet: String?

  /// The row above the headings, where lists in this profile have one.
  public let titleRow: String?

  public let dates: [DateForm]

  /// The headings of each field that lists in this profile may have; the first is the one to write.
  public let headings: [CaseField: [String]]

  /// What stands for each code; the first is the one to write.
  public let codes: [CaseField: [String: [String]]]

  /// What stands for nothing, by field.
  public let nothing: [CaseField: [String]]

  public let digest: Digest

  /// The field of each heading, by its plain form.
  let fieldsByHeading: [String: CaseField]
}

extension Profile {
  /// A heading or a code without what does not matter in it: capitals, and how its words are
  /// parted.
  static func plain(_ text: String) -> String { joined(text.lowercased(), "_-") }

  /// Text with each run of white space made one space, and none at the ends.
  static func folded(_ text: String) -> String { joined(text, "") }

  static func trimmed(_ text: String) -> String {
    String(text.drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
  }

  private static func joined(_ text: String, _ more: String) -> String {
    text.split { $0.isWhitespace || more.contains($0) }
      .joined(separator: " ")
  }

  /// The field that a heading names.
  func field(of heading: String) -> CaseField? {
    fieldsByHeading[Self.plain(heading)]
  }
}
