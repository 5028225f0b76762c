import Spreadsheets

extension CaseFile {
  /// The values that stand beside each other in some fields, each combination once.
  ///
  /// Rows that were refused count, too.
  ///
  /// - Returns: As the list has them, in the order of the fields; empty where it has not.
  /// - Throws: ``Problems`` when the file cannot be read again.
  /// - Complexity: reads every row. What is kept grows with the combinations, not with the rows.
  public func combinations(
    of fields: [CaseField], _ profile: Profile
  ) throws -> Set<[String]> {
    let file = try inItsEncoding(profile)
    let layout = ListLayout(profile, of: file, listedOn: nil)
    let columns = fields.map { layout.column($0) }
    var found: Set<[String]> = []
    try file.forEachRow { row in
      found.insert(
        columns.map { column in
          guard let column, column < row.count else { return "" }
          return Profile.trimmed(String(decoding: row[column], as: UTF8.self))
        })
    }
    return found
  }
}
