import Names
import Spreadsheets

/// Reads rows that are as they should be, many at a time, and gives up at the first that is not:
/// an ``AnswerReader`` can say what is wrong with it.
struct PlainAnswerReader {
  private(set) var collected: CollectedAnswers

  private let layout: AnswerFile.Layout
  private let batch = AnswerBatch()

  init(_ layout: AnswerFile.Layout) {
    self.layout = layout
    collected = CollectedAnswers(layout)
  }

  /// Reads some rows.
  ///
  /// - Returns: Whether every one of them is a new answer of a known case question, without spaces
  ///   around its values. When not, what was collected is of no further use.
  mutating func read(_ rows: PlainRows) -> Bool {
    var row = 0
    while row < rows.count {
      let end = min(row + AnswerBatch.capacity, rows.count)
      guard fill(rows, row..<end), collected.table.record(batch) else { return false }
      row = end
    }
    return true
  }

  /// Puts some rows into the batch.
  private mutating func fill(_ rows: PlainRows, _ range: Range<Int>) -> Bool {
    let (batch, layout) = (batch, layout)
    batch.removeAll()
    for row in range {
      let name = rows[row, layout.caseColumn]
      let answer = layout.answers.find(rows[row, layout.answerColumn])
      guard let question = layout.questions.find(rows[row, layout.questionColumn]),
        answer != .none, Self.isTrimmed(name)
      else { return false }
      let group = layout.groupColumn.map { collected.table.key(ofGroup: rows[row, $0]) }
      batch.append(
        collected.table.key(of: name),
        AnswerBatch.Entry(
          group: group ?? NameKey(ofLongName: 0), question: question, answer: answer))
    }
    return true
  }

  /// Whether a value is there and has no white space around it.
  @inline(__always)
  private static func isTrimmed(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    guard let first = bytes.first, let last = bytes.last else { return false }
    return first > 32 && last > 32
  }
}
