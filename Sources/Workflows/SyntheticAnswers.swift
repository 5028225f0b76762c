import Caseloads
public import Problems
public import Spreadsheets
public import Standards
public import Statistics

/// Made-up answers for an inspection that rates come out of as wished; the same seed gives the
/// same bytes.
///
/// Every question that cases answer under an edition is answered for every case. A question that
/// is not for every case applies to six cases of ten, to the same ones as every other question
/// under the same condition, and is not applicable to the rest. Of the cases to which a question
/// applies, as many are sufficient as come nearest to the wanted share, half rounded up; which ones
/// they are is chance.
///
/// - Source: ours.
public struct SyntheticAnswers: Sendable {
  private static let answers = ["sufficient", "insufficient", "not-applicable"]

  private let cases: [String]
  private let questions: [Question]

  private struct Question {
    let code: Code

    /// Where each case stands in the order in which the question applies; nothing where it
    /// applies to all.
    let meets: Permutation?
    let applicable: Int

    /// Where each applicable case stands in the order in which they are sufficient.
    let order: Permutation
    let sufficient: Int

    func answer(of place: Int) -> String {
      let rank = meets?[place] ?? place
      guard rank < applicable else { return answers[2] }
      return order[rank] < sufficient ? answers[0] : answers[1]
    }
  }

  /// - Parameters:
  ///   - cases: The references of the cases, each once.
  ///   - rate: The wanted share of sufficient answers of every question that `rates` leaves out.
  ///   - rates: The wanted share by question.
  /// - Throws: ``Problems`` for a question that cases do not answer under the edition, or when
  ///   there is no case.
  public init(
    under book: RuleBook, cases: [String], rate: Percent, rates: [Code: Percent] = [:],
    seed: UInt64
  ) throws(Problems) {
    let asked = book.standards.filter { $0.ratedBy == .caseQuestions }.flatMap(\.questions)
    let known = asked.map(\.code.text)
    var problems = rates.keys.filter { !known.contains($0.text) }.sorted().map { code in
      Problem(
        "rate", "under \(book.id) cases do not answer “\(code)”",
        remedy: NearestName.remedy(for: code.text, among: known))
    }
    if cases.isEmpty {
      problems.append(Problem("cases", "there is no case", remedy: "give one or more"))
    }
    try Problems.throwAny(problems)
    self.cases = cases

    let conditions = Array(Set(asked.compactMap(\.appliesTo))).sorted()
    questions = asked.enumerated().map { place, question in
      let condition = question.appliesTo.flatMap {
        $0 == RuleBook.Condition.everyCase ? nil : conditions.firstIndex(of: $0)
      }
      let applicable = condition == nil ? cases.count : max(1, cases.count * 6 / 10)
      var chance = SplitMix64(seed: seed, number: place)
      let wanted = (rates[question.code] ?? rate).points
      return Question(
        code: question.code,
        meets: condition.map {
          var chance = SplitMix64(seed: seed, number: -1 - $0)
          return Permutation(of: cases.count, seed: chance.next())
        },
        applicable: applicable, order: Permutation(of: applicable, seed: chance.next()),
        sufficient: (applicable * wanted * 2 + 100) / 200)
    }
  }

  /// Calls `onBlock` for each piece of the file `case,question,answer`: case after case, the
  /// questions in the order of the book.
  public func forEachBlock(_ onBlock: ([UInt8]) throws -> Void) rethrows {
    var bytes = Array("case,question,answer\n".utf8)
    for (place, name) in cases.enumerated() {
      let name = CSVWriter.quoted(name)
      for question in questions {
        bytes += "\(name),\(question.code),\(question.answer(of: place))\n".utf8
      }
      if bytes.count >= 1 << 18 {
        try onBlock(bytes)
        bytes.removeAll(keepingCapacity: true)
      }
    }
    if !bytes.isEmpty { try onBlock(bytes) }
  }

  /// References of so many cases: `T001`, `T002`.
  public static func references(_ count: Int) -> [String] {
    let length = max(3, "\(count)".count)
    return (0..<count).map { place in
      let number = "\(place + 1)"
      return "T" + String(repeating: "0", count: length - number.count) + number
    }
  }

  /// The references in the column `case` or `crn` of a file, each once; blank ones are left out.
  ///
  /// - Throws: ``Problems`` when there is no such column or a row cannot be read.
  public static func references(in file: CSVFile) throws(Problems) -> [String] {
    guard
      let column = file.columns.firstIndex(where: { ["case", "crn"].contains($0.lowercased()) })
    else {
      throw Problems(
        Problem(
          file.name, line: file.bodyLine - 1, "has no column of cases",
          remedy: "name it case or crn"))
    }
    var seen: Set<String> = []
    var references: [String] = []
    do {
      try file.forEachRow { row in
        guard column < row.count else { return }
        let reference = row.text(column)
        if !reference.isEmpty, seen.insert(reference).inserted { references.append(reference) }
      }
    } catch let unreadable as Problems {
      throw unreadable
    } catch {
      throw Problems(Problem(file.name, "cannot be read", remedy: "check the file"))
    }
    return references
  }
}
