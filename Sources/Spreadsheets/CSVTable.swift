public import Problems

/// A small table read whole: each row a dictionary of trimmed text by column, with its line.
///
/// For files of hundreds of rows that people write. Rows whose number of values differs from the
/// heading's are reported, not guessed at.
public struct CSVTable: Sendable {
  public struct Row: Sendable {
    public let line: Int
    let values: [String: String]

    /// The text in a column, or nothing where it is blank or the table has no such column.
    public func text(_ column: String) -> String? {
      values[column].flatMap { $0.isEmpty ? nil : $0 }
    }
  }

  public let name: String
  public let columns: [String]
  public let rows: [Row]

  /// Reads a whole file.
  ///
  /// - Parameters:
  ///   - required: Columns that must be there.
  ///   - optional: Columns that may be there. Any other column is a problem.
  /// - Throws: ``Problems`` with every missing or unknown column and every row of a wrong length.
  public init(
    _ file: CSVFile, required: [String], optional: [String] = []
  ) throws(Problems) {
    var problems: [Problem] = []
    try self.init(file, required: required, optional: optional, listing: &problems)
    try Problems.throwAny(problems)
  }

  /// Reads what can be read of a whole file, so that whoever looks at its values lists what is
  /// wrong with them beside what is wrong with its rows.
  ///
  /// - Parameters:
  ///   - required: Columns that must be there.
  ///   - optional: Columns that may be there. Any other column is a problem.
  ///   - problems: Every row of a wrong length is added to it, and where no row can be told any
  ///     more. Those rows are not in ``rows``.
  /// - Throws: ``Problems`` with every missing or unknown column, and with those of the rows beside
  ///   them: under such a heading nothing can be said of values.
  public init(
    _ file: CSVFile, required: [String], optional: [String] = [],
    listing problems: inout [Problem]
  ) throws(Problems) {
    var heading = file.problemsWithColumns(required: required)
    for column in file.columns where !(required + optional).contains(column) {
      heading.append(
        Problem(
          file.name, line: file.bodyLine - 1, "the column “\(column)” is not known",
          remedy: NearestName.remedy(for: column, among: required + optional)))
    }
    let columns = file.columns
    var rows: [Row] = []
    var unread: [Problem] = []
    do {
      try file.forEachRow { row in
        guard row.count == columns.count else {
          unread.append(file.problemWithLength(of: row))
          return
        }
        let values = columns.enumerated().map { ($1, row.text($0)) }
        rows.append(Row(line: row.line, values: Dictionary(values) { first, _ in first }))
      }
    } catch let unreadable as Problems {
      unread += unreadable.list
    } catch {
      unread.append(Problem(file.name, "cannot be read", remedy: "check the file"))
    }
    if !heading.isEmpty { try Problems.throwAny(heading + unread) }
    problems += unread
    name = file.name
    self.columns = columns
    self.rows = rows
  }
}

extension CSVFile {
  /// A problem for each required column that the heading lacks.
  public func problemsWithColumns(required: [String]) -> [Problem] {
    required.filter { !columns.contains($0) }.map { column in
      let found = columns.joined(separator: ", ")
      let remedy =
        columns.count == 1 && found.contains(where: { ";\t|".contains($0) })
        ? "separate the values with commas"
        : "add it to the heading, which has: \(found)"
      return Problem(name, line: bodyLine - 1, "the column “\(column)” is missing", remedy: remedy)
    }
  }

  /// The problem of a row that has more or fewer values than the heading.
  public func problemWithLength(of row: TableRow) -> Problem {
    let long = row.count > columns.count
    return Problem(
      name, line: row.line,
      "the row is too \(long ? "long" : "short"): \(row.count) values under "
        + "\(columns.count) headings",
      remedy: long
        ? "quote a value that has a comma in it" : "leave unknown values blank between commas"
    )
  }
}
