import Spreadsheets

extension CaseList {
  /// What the list says of some cases, as it stands there.
  ///
  /// Holds names and dates of birth, where the list has them.
  ///
  /// - Parameters:
  ///   - crns: Cases of the list. Of several rows of one, the first that was accepted counts.
  ///   - file: The file that the list was read from.
  /// - Throws: ``Problems`` when it cannot be read again.
  public func details(
    of crns: Set<CRN>, from file: CaseFile
  ) throws -> [CRN: [CaseField: String]] {
    var lines: [Int: CRN] = [:]
    var found: Set<CRN> = []
    for record in records.joined() where crns.contains(record.crn) {
      if found.insert(record.crn).inserted { lines[Int(record.line)] = record.crn }
    }
    let file = try file.inItsEncoding(profile)
    let layout = ListLayout(profile, of: file, listedOn: listedOn)
    var details: [CRN: [CaseField: String]] = [:]
    try file.forEachRow { row in
      guard let crn = lines[row.line] else { return }
      var fields: [CaseField: String] = [:]
      for field in CaseField.allCases {
        guard let column = layout.column(field), column < row.count else { continue }
        let text = Profile.trimmed(String(decoding: row[column], as: UTF8.self))
        if !text.isEmpty { fields[field] = text }
      }
      details[crn] = fields
    }
    return details
  }
}
