import Spreadsheets

extension CaseList {
  /// The rows that were refused as they came, with a column `reason` in front.
  ///
  /// Values that a spreadsheet would take for a formula get an apostrophe, as everywhere.
  ///
  /// - Parameter file: The file that the list was read from.
  /// - Throws: ``Problems`` when it cannot be read again.
  public func rejects(from file: CaseFile) throws -> String {
    var reasons: [Int: String] = [:]
    for finding in findings where finding.outcome == .refused {
      let sentences = finding.sentences
      let reason = "\(sentences.what); \(sentences.remedy)"
      reasons[finding.line] = reasons[finding.line].map { "\($0). \(reason)" } ?? reason
    }
    let file = try file.inItsEncoding(profile)
    var writer = CSVWriter(columns: ["reason"] + file.columns)
    guard !reasons.isEmpty else { return writer.text }
    try file.forEachRow { row in
      guard let reason = reasons[row.line] else { return }
      writer.append(
        [reason] + (0..<row.count).map { String(decoding: row[$0], as: UTF8.self) })
    }
    return writer.text
  }
}
