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

  /// What says how many rows have problems besides those that are listed; nothing for none.
  static func unlisted(_ count: Int, in name: String) -> [Problem] {
    guard count > 0 else { return [] }
    return [
      Problem(
        name, "\(count) more \(count == 1 ? "row has" : "rows have") problems",
        remedy: "mend those listed first")
    ]
  }

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
    if let answers = try inParallel(file, layout) { return answers }
    return try inOrder(file, layout)
  }

  /// Reads plain files on both cores. Gives nothing when it meets anything that needs a word, so
  /// that ``inOrder(_:_:)`` finds all of it.
  private static func inParallel(
    _ file: CSVFile, _ layout: Layout
  ) throws(Problems) -> Answers? {
    let parts = file.body.count > CSVFile.longestRow ? try file.parts(2) : [file.body]
    let read = Mutex<[Int: (table: CaseTable, answers: Answers)]>([:])
    DispatchQueue.concurrentPerform(iterations: parts.count) { part in
      var reader = PlainAnswerReader(layout)
      // A file that cannot be read is read again in order, which says why.
      let isPlain = try? file.forEachPlainRows(in: parts[part]) { reader.read($0) }
      guard isPlain == true, !reader.collected.isEmpty else { return }
      let result = (reader.collected.table, reader.collected.answers())
      read.withLock { $0[part] = result }
    }
    return read.withLock { read in
      guard read.count == parts.count, let first = read[0] else { return nil }
      guard let second = read[1] else { return first.answers }
      return first.table.agrees(with: second.table)
        ? first.answers.pooled(with: second.answers) : nil
    }
  }

  private static func inOrder(
    _ file: CSVFile, _ layout: Layout
  ) throws(Problems) -> Answers {
    var reader = AnswerReader(layout)
    var problems: [Problem] = []
    do {
      try file.forEachRow { row in reader.read(row) }
    } catch let unreadable as Problems {
      problems = unreadable.list
    } catch {
      problems = [Problem(file.name, "cannot be read", remedy: "check the file")]
    }
    problems += reader.problems(in: file)
    if reader.collected.isEmpty, problems.isEmpty {
      problems.append(
        Problem(file.name, "has a heading and no answers", remedy: "add one row for each answer"))
    }
    try Problems.throwAny(problems)
    return reader.collected.answers()
  }
}

extension AnswerFile {
  /// Where the columns are and what the codes mean.
  struct Layout: Sendable {
    let file: CSVFile
    let questions: QuestionIndex
    let answers = AnswerWords()
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
