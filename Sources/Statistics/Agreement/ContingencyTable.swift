/// How often two assessors gave each two answers on the same case: a row for each answer of the
/// one, a column for each of the other, in the same order.
///
/// The two may be roles, such as the first and the blind second assessment.
public struct ContingencyTable: Sendable {
  /// The most cases that a table may count.
  public static let mostCases = 100_000

  public let answers: ComparedAnswers

  /// Makes a table, or nothing unless it has as many columns as rows and no count below nought, and
  /// counts at least one case and at most ``mostCases``.
  public init?(_ counts: [[Int]]) {
    guard counts.allSatisfy({ $0.count == counts.count }) else { return nil }
    let cells = counts.joined()
    guard cells.allSatisfy({ (0...Self.mostCases).contains($0) }) else { return nil }
    guard (1...Self.mostCases).contains(cells.reduce(0, +)) else { return nil }
    let rows = counts.enumerated().flatMap { row, counts in
      counts.enumerated().flatMap { column, count in
        Array(repeating: [row, column] as [Int?], count: count)
      }
    }
    guard let answers = ComparedAnswers(rows: rows, outOf: Array(counts.indices)) else {
      return nil
    }
    self.answers = answers
  }

  /// How far the two agree.
  ///
  /// The variance is divided by the number of cases, as the formulas for tables do, and not by one
  /// less, as those for single answers do: a standard error of 0.0589 instead of 0.0592 for a
  /// hundred cases.
  ///
  /// - Source: J. L. Fleiss, J. Cohen and B. S. Everitt, Psychological Bulletin 72 (1969), 323-327;
  ///   for the other coefficients as the R package irrCAC works them out.
  public func agreement(by coefficient: AgreementCoefficient) -> Agreement {
    answers.agreement(by: coefficient, dividing: .byAll)
  }
}
