public import Problems
public import Spreadsheets
public import Statistics

/// Reads how often two assessors gave each two answers on the same case: `answer,yes,no`, and below
/// it a row for each answer of the one, with the counts of the answers of the other.
public enum ContingencyFile {
  /// What the first column is called.
  public static let column = "answer"

  /// Reads a table of counts.
  ///
  /// - Returns: The answers in the order of the columns, and how often each two were given.
  /// - Throws: ``Problems`` with everything that is wrong: answers that are no row or no column, and
  ///   counts that are none.
  public static func read(
    _ file: CSVFile
  ) throws(Problems) -> (answers: [String], table: ContingencyTable) {
    let answers = file.columns.filter { $0 != column }
    var problems: [Problem] = []
    let table = try CSVTable(file, required: [column], optional: answers, listing: &problems)
    var counts: [String: [Int]] = [:]
    for row in table.rows {
      func add(_ what: String, _ remedy: String) {
        problems.append(Problem(table.name, line: row.line, what, remedy: remedy))
      }
      let answer = row.text(column) ?? ""
      guard answers.contains(answer) else {
        add("“\(answer)” is the name of no column", NearestName.remedy(for: answer, among: answers))
        continue
      }
      let numbers = answers.map { other -> Int? in
        guard let text = row.text(other), text.utf8.allSatisfy({ (48...57).contains($0) }),
          let number = Int(text), number <= ContingencyTable.mostCases
        else {
          add(
            "the count under “\(other)” is no whole number from 0 to \(ContingencyTable.mostCases)",
            "write digits only")
          return nil
        }
        return number
      }
      guard counts.updateValue(numbers.compactMap(\.self), forKey: answer) == nil else {
        add("there is a row for “\(answer)” already", "keep one of the two")
        continue
      }
    }
    if problems.isEmpty {
      for answer in answers where counts[answer] == nil {
        problems.append(
          Problem(
            table.name, "there is no row for “\(answer)”", remedy: "add it, with 0 where it was not"
          ))
      }
    }
    try Problems.throwAny(problems)
    guard let counted = ContingencyTable(answers.compactMap { counts[$0] }) else {
      throw Problems(
        Problem(
          table.name, "counts no case, or more than \(ContingencyTable.mostCases)",
          remedy: "count at least one case"))
    }
    return (answers, counted)
  }
}
