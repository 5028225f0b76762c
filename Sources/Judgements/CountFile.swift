public import Problems
public import Spreadsheets
public import Standards
import Statistics

/// Reads `question,sufficient,applicable[,inspection]`: counts instead of answers.
///
/// For standards that are pooled from other inspections: one row for each question and inspection,
/// added up. Percentages are never averaged.
public enum CountFile {
  public static let columns = ["question", "sufficient", "applicable"]

  /// Reads a file of counts.
  ///
  /// - Throws: ``Problems`` with every row that cannot be used: also a question that is counted
  ///   twice for the same inspection.
  public static func read(_ file: CSVFile, for book: RuleBook) throws(Problems) -> Answers {
    var problems: [Problem] = []
    let table = try CSVTable(
      file, required: columns, optional: ["inspection"], listing: &problems)
    let index = QuestionIndex(book)
    var tallies: [Code: QuestionTally] = [:]
    var seen: [[String]: Int] = [:]
    for row in table.rows {
      func add(_ what: String, _ remedy: String) {
        problems.append(Problem(table.name, line: row.line, what, remedy: remedy))
      }
      let text = row.text("question") ?? ""
      guard let place = Array(text.utf8).withUnsafeBufferPointer(index.find) else {
        let (what, remedy) = index.complaint(about: text)
        add(what, remedy)
        continue
      }
      let code = index.codes[place]
      let inspection = row.text("inspection") ?? ""
      if let line = seen[[code.text, inspection]] {
        add(
          "\(code) is counted on line \(line) already",
          table.columns.contains("inspection")
            ? "keep one of the two" : "add a column “inspection” to pool several")
        continue
      }
      seen[[code.text, inspection]] = row.line
      let numbers = ["sufficient", "applicable"].map { column -> Int? in
        guard let text = row.text(column), text.utf8.allSatisfy({ (48...57).contains($0) }),
          let number = Int(text), number <= Proportion.largestCount
        else {
          add("the number of \(column) cases is not a whole number", "write digits only")
          return nil
        }
        return number
      }
      guard let sufficient = numbers[0], let applicable = numbers[1] else { continue }
      guard sufficient <= applicable else {
        add(
          "\(sufficient) of \(applicable) cases cannot be sufficient",
          "check the two counts of \(code)")
        continue
      }
      let counted = QuestionTally(
        sufficient: sufficient, insufficient: applicable - sufficient,
        // No applicable case is an answer too: the question was put, and applied to none.
        notApplicable: applicable == 0 ? 1 : 0)
      let pooled = tallies[code, default: QuestionTally()] + counted
      guard pooled.applicable <= Proportion.largestCount else {
        add("\(code) is counted over more cases than can be", "check the counts of \(code)")
        continue
      }
      tallies[code] = pooled
    }
    if table.rows.isEmpty, problems.isEmpty {
      problems.append(Problem(table.name, "has no rows", remedy: "add one row for each question"))
    }
    try Problems.throwAny(problems)
    return Answers(all: Tally(tallies), groups: [], notices: [])
  }
}
