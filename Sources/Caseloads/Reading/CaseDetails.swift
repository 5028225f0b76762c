import Calendars
import Spreadsheets

extension CaseList {
  /// What the list says on some lines, as it stands there; days as `2026-05-04`.
  ///
  /// Holds names and dates of birth, where the list has them.
  ///
  /// - Parameter file: The file that the list was read from.
  /// - Throws: ``Problems`` when it cannot be read again.
  public func details(
    ofLines lines: Set<Int>, from file: CaseFile
  ) throws -> [Int: [CaseField: String]] {
    let file = try file.inItsEncoding(profile)
    let layout = ListLayout(profile, of: file, listedOn: listedOn)
    let days = layout.days
    var details: [Int: [CaseField: String]] = [:]
    try file.forEachRow { row in
      guard lines.contains(row.line) else { return }
      var fields: [CaseField: String] = [:]
      for field in CaseField.allCases {
        guard let column = layout.column(field), column < row.count else { continue }
        var text = Profile.trimmed(String(decoding: row[column], as: UTF8.self))
        if CaseField.dates.contains(field),
          let number = Array(text.utf8).withUnsafeBufferPointer({ days.day($0) }),
          let day = Day(number: Int(number))
        {
          text = day.description
        }
        if !text.isEmpty { fields[field] = text }
      }
      details[row.line] = fields
    }
    return details
  }
}
