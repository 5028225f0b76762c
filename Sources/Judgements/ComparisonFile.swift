public import Problems
public import Spreadsheets
import Statistics

/// Reads `case,assessor,answer` or `case,question,assessor,answer`: what several assessors answered
/// on the same cases, in any order.
///
/// A blank answer is one that is missing. An assessor may answer a question on a case once.
public enum ComparisonFile {
  public static let columns = ["case", "assessor", "answer"]

  /// The answers of an inspection.
  public static let answers = AnswerWords.all

  /// Reads a file of answers.
  ///
  /// - Parameter known: The answers that can be given. Any other is a problem.
  /// - Throws: ``Problems`` with every row that cannot be used, at most
  ///   ``AnswerFile/mostProblems`` of them one by one.
  /// - Precondition: `known` lists no answer twice.
  public static func read(
    _ file: CSVFile, outOf known: [String] = answers
  ) throws(Problems) -> Comparison {
    var problems: [Problem] = []
    let table = try CSVTable(
      file, required: columns, optional: ["question"], listing: &problems)
    let asks = table.columns.contains("question")
    var lines: [Given.Place: Int] = [:]
    var given: [Given] = []
    var questions: [String] = []
    var blank = 0
    for row in table.rows {
      func add(_ what: String, _ remedy: String) {
        problems.append(Problem(table.name, line: row.line, what, remedy: remedy))
      }
      let name = row.text("case")
      let assessor = row.text("assessor")
      let question = asks ? row.text("question") : ""
      if name == nil { add("the case is blank", "give the reference of the case") }
      if question == nil { add("the question is blank", "give the code of the question") }
      if assessor == nil { add("the assessor is blank", "say who answered, in a name or a number") }
      let answer = row.text("answer")
      if let answer, !known.contains(answer) {
        add("“\(answer)” is not an answer", NearestName.remedy(for: answer, among: known))
      }
      guard let name, let question, let assessor else { continue }
      let place = Given.Place(subject: name, question: question, assessor: assessor)
      if let line = lines.updateValue(row.line, forKey: place) {
        add("the same assessor answered the same on line \(line) already", "keep one of the two")
        continue
      }
      if asks, !questions.contains(question) { questions.append(question) }
      if let answer { given.append(Given(place: place, answer: answer)) } else { blank += 1 }
    }
    if table.rows.isEmpty, problems.isEmpty {
      problems.append(
        Problem(table.name, "has a heading and no answers", remedy: "add one row for each answer"))
    }
    try throwAny(problems, in: table.name)
    let byQuestion = Dictionary(grouping: given, by: \.place.question)
    return Comparison(
      questions: questions.map { code in
        Comparison.Question(code: code, answers: compared(byQuestion[code] ?? [], outOf: known))
      },
      all: compared(given, outOf: known), known: known, blankCount: blank)
  }

  /// Throws what is wrong, the first by line where it is very much. Does nothing where nothing is.
  private static func throwAny(_ problems: [Problem], in name: String) throws(Problems) {
    guard let all = Problems(problems)?.list else { return }
    let listed = all.prefix(AnswerFile.mostProblems)
    try Problems.throwAny(
      listed + AnswerFile.unlisted(all.count - listed.count, in: name))
  }

  private static func compared(_ given: [Given], outOf known: [String]) -> ComparedAnswers {
    let answers = given.lazy.map {
      (case: [$0.place.subject, $0.place.question], assessor: $0.place.assessor, answer: $0.answer)
    }
    guard let compared = ComparedAnswers(answers, outOf: known) else {
      preconditionFailure("Answers are known, listed once and given once.")
    }
    return compared
  }
}

/// An answer that is not blank.
private struct Given {
  struct Place: Hashable {
    let subject: String
    let question: String
    let assessor: String
  }

  let place: Place
  let answer: String
}
