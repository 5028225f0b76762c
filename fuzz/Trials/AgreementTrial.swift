import Judgements
import Spreadsheets
import Statistics

/// Reads answers of several assessors, or counts of those of two, and compares them.
enum AgreementTrial {
  static func run(_ bytes: [UInt8]) throws(BrokenPromise) {
    try runTable(bytes)
    guard
      let comparison = try result(of: { () throws in
        try ComparisonFile.read(CSVFile(bytes: bytes, name: "answers.csv"))
      })
    else { return }
    let parts = comparison.questions.map(\.answers)
    for count in [\ComparedAnswers.answerCount, \.caseCount, \.pairCount, \.agreeingPairCount] {
      let sum = parts.reduce(0) { $0 + $1[keyPath: count] }
      try promise(
        parts.isEmpty || sum == comparison.all[keyPath: count],
        "all questions together count other than the sum of them")
    }
    let whole = parts + [comparison.all]
    for answers in whole + whole.map(\.answeredTwice) {
      for coefficient in AgreementCoefficient.allCases {
        try check(answers, coefficient, answers.agreement(by: coefficient))
      }
    }
  }

  /// Above this many cases of a table a try takes too long.
  private static let mostCases = 2_000

  private static func runTable(_ bytes: [UInt8]) throws(BrokenPromise) {
    guard
      let (names, table) = try result(of: { () throws in
        try ContingencyFile.read(CSVFile(bytes: bytes, name: "counts.csv"))
      }), table.answers.caseCount <= mostCases
    else { return }
    try promise(!names.isEmpty, "a table without answers counts cases")
    try promise(
      table.answers.pairCount == table.answers.caseCount, "a case of a table is not one pair")
    for coefficient in AgreementCoefficient.allCases {
      try check(table.answers, coefficient, table.agreement(by: coefficient))
    }
  }

  private static func check(
    _ answers: ComparedAnswers, _ coefficient: AgreementCoefficient, _ agreement: Agreement
  ) throws(BrokenPromise) {
    try promise(
      (agreement == .nothingToCompare) == (answers.pairCount == 0),
      "there are \(answers.pairCount) pairs and \(coefficient) says: \(agreement)")
    guard case .estimated(let estimate) = agreement else { return }
    var numbers = [estimate.value, estimate.observed, estimate.expected]
    if case .interval(let error, let lower, let upper) = estimate.precision {
      numbers += [error, lower, upper]
      try promise(
        lower < estimate.value && estimate.value <= upper && upper <= 1,
        "\(coefficient) is \(estimate.value), outside \(lower) to \(upper)")
    }
    try promise(numbers.allSatisfy { $0.isFinite }, "\(coefficient) has no number: \(numbers)")
    try promise(estimate.value <= 1, "\(coefficient) is \(estimate.value), more than 1")
    try promise(
      estimate.value != 1 || answers.agreeingPairCount == answers.pairCount,
      "\(coefficient) is 1 and not all pairs agree")
  }
}
