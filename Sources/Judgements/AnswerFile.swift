import Dispatch
public import Problems
public import Spreadsheets
public import Standards
import Synchronization

/// Reads `case,question,answer[,assessor]`, one row an answer, in any order.
///
/// Answers are `sufficient`, `insufficient` or `not-applicable`. A case may answer a question once;
/// the same answer given again is counted once and said. Anything else is a problem with its line,
/// and then nothing is used.
///
/// - Complexity: one pass over the file on each core; memory grows with the number of cases, not
///   of answers.
public enum AnswerFile {
  /// The columns an answer needs.
  public static let columns = ["case", "question", "answer"]

  /// The largest number of problems that are listed one by one.
  public static let mostProblems = 10_000

  /// Reads a file of answers.
  ///
  /// - Parameters:
  ///   - book: The edition whose questions were answered.
  ///   - column: A column to group cases by, such as `office`.
  /// - Throws: ``Problems`` with every row that cannot be used.
  public static func read(
    _ file: CSVFile, for book: RuleBook, groupedBy column: String? = nil
  ) throws(Problems) -> Answers {
    try Problems.throwAny(file.problemsWithColumns(required: columns + [column].compactMap { $0 }))
    let layout = Layout(file, book: book, groupedBy: column)
    if let answers = inParallel(file, layout) { return answers }
    return try inOrder(file, layout)
  }

  /// Reads regular files on both cores. Gives nothing when it meets anything that needs a word, so
  /// that ``inOrder(_:_:)`` finds all of it.
  private static func inParallel(_ file: CSVFile, _ layout: Layout) -> Answers? {
    guard file.body.count > CSVFile.longestRow, let parts = try? file.parts(2) else { return nil }
    let readers = Mutex<[Int: AnswerReader]>([:])
    DispatchQueue.concurrentPerform(iterations: parts.count) { part in
      var reader = AnswerReader(layout, isStrict: true)
      do {
        try file.forEachRow(in: parts[part], line: 0) { row in
          if row.isQuoted { throw AnswerReader.NeedsAWord() }
          try reader.read(row)
        }
      } catch {
        return  // The part stays missing, and the file is read again in order.
      }
      readers.withLock { $0[part] = reader }
    }
    let found = readers.withLock { $0 }
    guard found.count == parts.count, var first = found[0] else { return nil }
    for part in 1..<parts.count {
      guard let next = found[part], first.merge(next) else { return nil }
    }
    return first.isEmpty ? nil : first.answers()
  }

  private static func inOrder(
    _ file: CSVFile, _ layout: Layout
  ) throws(Problems) -> Answers {
    var reader = AnswerReader(layout, isStrict: false)
    var problems: [Problem] = []
    do {
      try file.forEachRow { row in try reader.read(row) }
    } catch let unreadable as Problems {
      problems = unreadable.list
    } catch {
      problems = [Problem(file.name, "cannot be read", remedy: "check the file")]
    }
    problems += reader.problems(in: file)
    if reader.isEmpty, problems.isEmpty {
      problems.append(
        Problem(file.name, "has a heading and no answers", remedy: "add one row for each answer"))
    }
    try Problems.throwAny(problems)
    return reader.answers()
  }
}

extension AnswerFile {
  /// Where the columns are and what the codes mean.
  struct Layout: Sendable {
    let file: CSVFile
    let questions: QuestionIndex
    let caseColumn: Int
    let questionColumn: Int
    let answerColumn: Int
    let groupColumn: Int?
    let width: Int
    let notices: [String]

    init(_ file: CSVFile, book: RuleBook, groupedBy column: String?) {
      func place(_ name: String) -> Int { file.columns.firstIndex(of: name) ?? 0 }
      self.file = file
      questions = QuestionIndex(book)
      caseColumn = place("case")
      questionColumn = place("question")
      answerColumn = place("answer")
      groupColumn = column.map(place)
      width = file.columns.count
      let used = columns + ["assessor"] + [column].compactMap { $0 }
      let unused = file.columns.filter { !used.contains($0) }
      notices =
        unused.isEmpty
        ? []
        : ["\(file.name): not used for the ratings: \(unused.joined(separator: ", "))."]
    }
  }
}
