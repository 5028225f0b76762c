import Foundation
import Statistics
import TestKit
import Testing

struct AgreementTests {
  @Test(arguments: try GoldenTable("irrcac-table", in: .module).rows)
  func `a table of two assessors gives what irrCAC prints`(_ row: GoldenTable.Row) throws {
    let table = try #require(ContingencyTable([[13, 0, 0], [0, 20, 7], [0, 4, 56]]))
    let agreement = table.agreement(by: try coefficient(row))
    try expect(agreement, ["value", "standard error", "lower", "upper"], of: row)
    #expect(table.answers.caseCount == 100)
    #expect(table.answers.agreeingPairCount == 89)
  }

  @Test(arguments: try GoldenTable("irrcac-raw", in: .module).rows)
  func `answers of four who left cases out give what irrCAC prints`(
    _ row: GoldenTable.Row
  ) throws {
    let answers = try #require(ComparedAnswers(rows: Sets.irrCAC))
    let agreement = answers.agreement(by: try coefficient(row))
    try expect(
      agreement, ["observed", "expected", "value", "standard error", "lower", "upper"], of: row)
  }

  @Test func `what a coefficient rests on is counted`() throws {
    let answers = try #require(ComparedAnswers(rows: Sets.irrCAC))
    #expect(answers.assessorCount == 4)
    #expect(answers.possibleAnswers == 5)
    #expect(answers.answerCount == 41)
    #expect(answers.caseCount == 12)
    #expect(answers.caseCountAnsweredTwice == 11)
    #expect(answers.pairCount == 8 * 6 + 2 * 3 + 1)
    #expect(answers.agreeingPairCount == 3 + 3 + 6 + 6 + 6 + 0 + 6 + 3 + 6 + 3 + 1)
  }

  @Test func `percent agreement is the share of pairs only where cases have as many answers`()
    throws
  {
    let third: [[[Int?]]] = [[[nil, nil, 2]], [[1, 1, nil]]]
    let answers = try third.map { more in
      try #require(ComparedAnswers(rows: [[1, 1, 1], [1, 1, 2]] + more))
    }
    #expect(answers.map(\.isEvenlyAnswered) == [true, false])
    #expect(answers.map(\.agreeingPairCount) == [4, 5])
    #expect(answers.map(\.pairCount) == [6, 7])
    let means = answers.map { one in
      Numbers(one.agreement(by: .percentAgreement))?.named["value"] ?? .nan
    }
    #expect(abs(means[0] - 4.0 / 6.0) < 1e-12)
    #expect(abs(means[1] - 7.0 / 9.0) < 1e-12)
    let none = try #require(ComparedAnswers(rows: [[Int?]]()))
    #expect(none.isEvenlyAnswered)
  }

  @Test func `answers that cannot be compared make nothing`() {
    #expect(ComparedAnswers(rows: [[1, 2], [1]]) == nil)
    #expect(ComparedAnswers(rows: [[1, 2]], outOf: [1, 3]) == nil)
    #expect(ComparedAnswers(rows: [[1, 2]], outOf: [1, 2, 1]) == nil)
    #expect(ComparedAnswers([(case: 1, assessor: 1, answer: 1), (1, 1, 1)]) == nil)
    #expect(ComparedAnswers([(case: 1, assessor: 1, answer: 1), (1, 2, 1), (2, 1, 1)]) != nil)
  }

  @Test func `counts that describe no two assessors make no table`() {
    #expect(ContingencyTable([]) == nil)
    #expect(ContingencyTable([[0]]) == nil)
    #expect(ContingencyTable([[1, 2]]) == nil)
    #expect(ContingencyTable([[1, 2], [3]]) == nil)
    #expect(ContingencyTable([[1, -1], [0, 1]]) == nil)
    #expect(ContingencyTable([[1, 0], [0, ContingencyTable.mostCases]]) == nil)
    #expect(ContingencyTable([[1, 0], [0, .max]]) == nil)
    #expect(ContingencyTable([[1, 0], [0, 0]]) != nil)
  }

  private func coefficient(_ row: GoldenTable.Row) throws -> AgreementCoefficient {
    try #require(AgreementCoefficient(rawValue: try row.text("case")))
  }

  /// Compares to the digits that are printed.
  private func expect(
    _ agreement: Agreement, _ columns: [String], of row: GoldenTable.Row
  ) throws {
    let numbers = try #require(Numbers(agreement))
    for column in columns {
      let text = try row.text(column)
      let digits = text.split(separator: ".").dropFirst().first?.count ?? 0
      let printed = try #require(Double(text))
      let found = try #require(numbers.named[column])
      #expect(abs(found - printed) <= 0.500_001 * pow(10, -Double(digits)), "\(column)")
    }
  }
}

/// An estimate with its interval, by the names that tables use.
struct Numbers {
  let named: [String: Double]

  init?(_ agreement: Agreement) {
    guard case .estimated(let estimate) = agreement else { return nil }
    var named = [
      "value": estimate.value, "observed": estimate.observed, "expected": estimate.expected,
    ]
    if case .interval(let error, let lower, let upper) = estimate.precision {
      named["standard error"] = error
      named["lower"] = lower
      named["upper"] = upper
    }
    self.named = named
  }

  func isNear(_ other: Numbers, only names: Set<String>? = nil) -> Bool {
    named.keys == other.named.keys
      && named.allSatisfy { name, number in
        names?.contains(name) == false || abs(number - (other.named[name] ?? .nan)) < 1e-9
      }
  }
}
