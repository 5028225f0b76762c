import Problems
import Spreadsheets
import Standards

/// Reads rows of answers into a ``CaseTable``.
struct AnswerReader: Sendable {
  /// Thrown by a strict reader at the first row that is not regular.
  struct NeedsAWord: Error {}

  private let layout: AnswerFile.Layout
  private let isStrict: Bool
  private var table: CaseTable
  private var groupNames: [String] = []
  private var groupPlaces: [String: Int32] = [:]
  private var spellings = NameIndex()
  private var groupOfSpelling: [Int32] = []
  private var found: [Problem] = []
  private var unlisted = 0
  private var repeats = 0
  private var clashes: [Clash] = []

  /// An answer that differs from an earlier one for the same case and question.
  private struct Clash {
    let line: Int
    let caseIndex: Int
    let question: Int
  }

  init(_ layout: AnswerFile.Layout, isStrict: Bool) {
    self.layout = layout
    self.isStrict = isStrict
    table = CaseTable(questions: layout.questions.codes.count)
  }

  var isEmpty: Bool { table.count == 0 }

  /// Reads one row, or says what is wrong with it.
  mutating func read(_ row: CSVRow) throws {
    guard row.count == layout.width else {
      return try complain(layout.file.problemWithLength(of: row))
    }
    guard let question = layout.questions.find(row[layout.questionColumn]),
      let answer = Self.answer(row[layout.answerColumn]), Self.isTrimmed(row[layout.caseColumn])
    else { return try readAgain(row) }
    let index = table.index(of: row[layout.caseColumn])
    try record(answer, case: index, question: question, row)
  }

  private mutating func record(
    _ answer: CaseTable.Answer, case index: Int, question: Int, _ row: CSVRow
  ) throws {
    if let column = layout.groupColumn {
      let group = group(row, column)
      if !table.assign(case: index, to: group) {
        try complain(
          Problem(
            layout.file.name, line: row.line,
            "the case on this line was under another \(layout.file.columns[column]) before",
            remedy: "give each case one \(layout.file.columns[column])"))
      }
    }
    let before = table.record(answer, case: index, question: question)
    if before == .none { return }
    if isStrict { throw NeedsAWord() }
    if before == answer {
      repeats += 1
    } else {
      clashes.append(Clash(line: row.line, caseIndex: index, question: question))
    }
  }

  /// Reads a row with spaces around its values, or lists everything that is wrong with it.
  private mutating func readAgain(_ row: CSVRow) throws {
    if isStrict { throw NeedsAWord() }
    let name = row.text(layout.caseColumn)
    let code = row.text(layout.questionColumn)
    let word = row.text(layout.answerColumn)
    let question = Array(code.utf8).withUnsafeBufferPointer(layout.questions.find)
    let answer = Array(word.utf8).withUnsafeBufferPointer(Self.answer)
    if name.isEmpty {
      try complain(
        Problem(
          layout.file.name, line: row.line, "the case is blank",
          remedy: "give the reference of the case"))
    }
    if question == nil {
      let (what, remedy) = layout.questions.complaint(about: code)
      try complain(Problem(layout.file.name, line: row.line, what, remedy: remedy))
    }
    if answer == nil {
      try complain(
        Problem(
          layout.file.name, line: row.line,
          word.isEmpty ? "the answer is blank" : "“\(word)” is not an answer",
          remedy: NearestName.remedy(for: word, among: Self.words)))
    }
    guard let question, let answer, !name.isEmpty else { return }
    let index = Array(name.utf8).withUnsafeBufferPointer { table.index(of: $0) }
    try record(answer, case: index, question: question, row)
  }

  private mutating func complain(_ problem: Problem) throws {
    if isStrict { throw NeedsAWord() }
    if found.count < AnswerFile.mostProblems { found.append(problem) } else { unlisted += 1 }
  }

  // MARK: - Words

  static let words = ["sufficient", "insufficient", "not-applicable"]

  /// What the bytes of an answer mean. The three words differ in length, so one comparison does.
  @inline(__always)
  private static func answer(_ bytes: UnsafeBufferPointer<UInt8>) -> CaseTable.Answer? {
    switch bytes.count {
    case 10: isSame(bytes, "sufficient") ? .sufficient : nil
    case 12: isSame(bytes, "insufficient") ? .insufficient : nil
    case 14: isSame(bytes, "not-applicable") ? .notApplicable : nil
    default: nil
    }
  }

  /// Whether a value is there and has no white space around it.
  @inline(__always)
  private static func isTrimmed(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    guard let first = bytes.first, let last = bytes.last else { return false }
    return first != 32 && first != 9 && last != 32 && last != 9
  }

  @inline(__always)
  private static func isSame(_ bytes: UnsafeBufferPointer<UInt8>, _ word: StaticString) -> Bool {
    var at = 0
    while at < bytes.count {
      if bytes[at] != word.utf8Start[at] { return false }
      at += 1
    }
    return true
  }

  /// The place of a group, added if it is new. White space around its name does not matter.
  private mutating func group(_ row: CSVRow, _ column: Int) -> Int32 {
    let spelling = spellings.index(of: row[column])
    if spelling == groupOfSpelling.count {
      var name = row.text(column)
      if name.isEmpty { name = "\(layout.file.columns[column]) not recorded" }
      groupOfSpelling.append(place(ofGroup: name))
    }
    return groupOfSpelling[spelling]
  }

  private mutating func place(ofGroup name: String) -> Int32 {
    if let place = groupPlaces[name] { return place }
    let place = Int32(groupNames.count)
    groupNames.append(name)
    groupPlaces[name] = place
    return place
  }

  // MARK: - Results

  /// Takes over what another strict reader read from a later part of the file.
  ///
  /// - Returns: Whether the two parts agree.
  mutating func merge(_ other: AnswerReader) -> Bool {
    let renumbered = other.groupNames.map { place(ofGroup: $0) }
    return table.merge(other.table, renumbered: renumbered)
  }

  func answers() -> Answers {
    let codes = layout.questions.codes
    let tallies = table.tallies(questions: codes.count, groups: groupNames.count).map {
      Tally(Dictionary(zip(codes, $0).filter { $1.isAnswered }) { first, _ in first })
    }
    var all = Tally()
    for tally in tallies { all.pool(tally) }
    var notices = layout.notices
    if repeats > 0 {
      notices.append(
        "\(layout.file.name): \(repeats) \(repeats == 1 ? "answer was" : "answers were") given "
          + "again with the same value and counted once.")
    }
    let groups = zip(groupNames, tallies).map { Answers.Group(name: $0, tally: $1) }
    return Answers(all: all, groups: groups.sorted { $0.name < $1.name }, notices: notices)
  }

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
    if unlisted > 0 {
      problems.append(
        Problem(file.name, "\(unlisted) more rows have problems", remedy: "mend those listed first")
      )
    }
    return problems
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
    var cases = table
    // The file was read to its end a moment ago; were it gone now, the lines would stay unknown.
    try? file.forEachRow { row in
      guard row.count == layout.width, !wanted.isEmpty else { return }
      let code = Array(row.text(layout.questionColumn).utf8)
      let word = Array(row.text(layout.answerColumn).utf8)
      guard let question = code.withUnsafeBufferPointer(layout.questions.find),
        word.withUnsafeBufferPointer(Self.answer) != nil
      else { return }
      let name = Array(row.text(layout.caseColumn).utf8)
      let key = Key(name.withUnsafeBufferPointer { cases.index(of: $0) }, question)
      if wanted.remove(key) != nil { lines[key] = row.line }
    }
    return lines
  }
}
