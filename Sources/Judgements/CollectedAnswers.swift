import Spreadsheets

/// What was read from a file of answers, or from a part of it.
struct CollectedAnswers {
  var table: CaseTable

  /// Answers that were given again with the same value.
  var repeats = 0

  private let layout: AnswerFile.Layout

  init(_ layout: AnswerFile.Layout) {
    self.layout = layout
    table = CaseTable(
      questions: layout.questions.codes.count,
      groups: layout.groupColumn.map { GroupNames(column: layout.file.columns[$0]) })
  }

  var isEmpty: Bool { table.count == 0 }

  func answers() -> Answers {
    let codes = layout.questions.codes
    let names = table.groups?.names ?? []
    let tallies = table.tallies(questions: codes.count).map {
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
    let groups = zip(names, tallies).map { Answers.Group(name: $0, tally: $1) }
    return Answers(all: all, groups: groups, notices: notices)
  }
}
