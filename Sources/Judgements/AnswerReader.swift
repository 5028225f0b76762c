import Problems
import Spreadsheets
import Standards

/// Reads rows of answers one by one, and lists everything that is wrong with them.
struct AnswerReader {
  private(set) var collected: CollectedAnswers

  private let layout: AnswerFile.Layout
  private var found: [Problem] = []
  private var unlisted = 0
  private var clashes: [Clash] = []

  /// An answer that differs from an earlier one for the same case and question.
  private struct Clash {
    let line: Int
    let caseIndex: Int
    let question: Int
  }

  init(_ layout: AnswerFile.Layout) {
    self.layout = layout
    collected = CollectedAnswers(layout)
  }

  /// Reads one row, or lists what is wrong with it.
  mutating func read(_ row: TableRow) {
    guard row.count == layout.width else { return complain(layout.file.problemWithLength(of: row)) }
    let name = row.text(layout.caseColumn)
    let code = row.text(layout.questionColumn)
    let word = row.text(layout.answerColumn)
    let question = layout.questions.find(code)
    let answer = layout.answers.find(word)
    if name.isEmpty {
      complain("the case is blank", row, remedy: "give the reference of the case")
    }
    if question == nil {
      let (what, remedy) = layout.questions.complaint(about: code)
      complain(what, row, remedy: remedy)
    }
    if answer == nil {
      complain(
        word.isEmpty ? "the answer is blank" : "“\(word)” is not an answer", row,
        remedy: NearestName.remedy(for: word, among: AnswerWords.all))
    }
    guard let question, let answer, !name.isEmpty else { return }
    record(answer, case: collected.table.place(of: name), question: question, row)
  }

  private mutating func record(
    _ answer: CaseTable.Answer, case index: Int, question: Int, _ row: TableRow
  ) {
    if let column = layout.groupColumn, !collected.table.assign(case: index, to: row[column]) {
      let heading = layout.file.columns[column]
      complain(
        "the case on this line was under another \(heading) before", row,
        remedy: "give each case one \(heading)")
    }
    let before = collected.table.record(answer, case: index, question: question)
    if before == answer {
      collected.repeats += 1
    } else if before != .none {
      if isFull {
        unlisted += 1
      } else {
        clashes.append(Clash(line: row.line, caseIndex: index, question: question))
      }
    }
  }

  private mutating func complain(_ what: String, _ row: TableRow, remedy: String) {
    complain(Problem(layout.file.name, line: row.line, what, remedy: remedy))
  }

  private mutating func complain(_ problem: Problem) {
    if isFull { unlisted += 1 } else { found.append(problem) }
  }

  /// Whether no more problems are listed one by one.
  private var isFull: Bool { found.count + clashes.count >= AnswerFile.mostProblems }

  // MARK: - Results

  /// Every problem found, the clashing answers with the line of the earlier one.
  func problems(in file: CSVFile) -> [Problem] {
    var problems = found
    if !clashes.isEmpty {
      let first = firstLines(in: file)
      for clash in clashes {
        let code = layout.questions.codes[clash.question]
        let line = first[Key(clash.caseIndex, clash.question)] ?? 0
        problems.append(
          Problem(
            file.name, line: clash.line,
            "\(code) is answered differently for the same case on line \(line)",
            remedy: "keep the right answer"))
      }
    }
    return problems + AnswerFile.unlisted(unlisted, in: file.name)
  }

  private struct Key: Hashable {
    let caseIndex: Int
    let question: Int

    init(_ caseIndex: Int, _ question: Int) {
      self.caseIndex = caseIndex
      self.question = question
    }
  }

  /// The line on which each clashing answer was first given, found by reading once more.
  private func firstLines(in file: CSVFile) -> [Key: Int] {
    var wanted = Set(clashes.map { Key($0.caseIndex, $0.question) })
    var lines: [Key: Int] = [:]
    var table = collected.table
    // The file was read to its end a moment ago; were it gone now, the lines would stay unknown.
    try? file.forEachRow { row in
      guard row.count == layout.width, !wanted.isEmpty,
        let question = layout.questions.find(row.text(layout.questionColumn)),
        layout.answers.find(row.text(layout.answerColumn)) != nil
      else { return }
      let key = Key(table.place(of: row.text(layout.caseColumn)), question)
      if wanted.remove(key) != nil { lines[key] = row.line }
    }
    return lines
  }
}
