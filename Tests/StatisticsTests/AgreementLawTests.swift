import Statistics
import TestKit
import Testing

/// Answers to try the coefficients with.
enum Sets {
  static let irrCAC: [[Int?]] = [
    [1, 1, nil, 1], [2, 2, 3, 2], [3, 3, 3, 3], [3, 3, 3, 3], [2, 2, 2, 2], [1, 2, 3, 4],
    [4, 4, 4, 4], [1, 1, 2, 1], [2, 2, 2, 2], [nil, 5, 5, 5], [nil, nil, 1, 1],
    [nil, nil, 3, nil],
  ]

  /// Sixty tables of every shape: two to six assessors, two to four answers, mostly the first of
  /// them, a few or many left out.
  static let random: [[[Int?]]] = (1...60).map { seed in
    var chance = Chance(seed: UInt64(seed))
    let assessors = Int.random(in: 2...6, using: &chance)
    let answers = Int.random(in: 2...4, using: &chance)
    let missing = Int.random(in: 0...4, using: &chance)
    return (0..<Int.random(in: 10...40, using: &chance)).map { _ in
      let usual =
        Int.random(in: 0..<answers, using: &chance) / Int.random(in: 1...2, using: &chance)
      return (0..<assessors).map { _ in
        if Int.random(in: 0..<10, using: &chance) < missing { return nil }
        return Int.random(in: 0..<4, using: &chance) > 0
          ? usual : Int.random(in: 0..<answers, using: &chance)
      }
    }
  }
}

struct AgreementLawTests {
  private func all(_ rows: [[Int?]]) throws -> [AgreementCoefficient: Numbers] {
    let answers = try #require(ComparedAnswers(rows: rows, outOf: Array(0..<9)))
    return Dictionary(
      uniqueKeysWithValues: AgreementCoefficient.allCases.compactMap { coefficient in
        Numbers(answers.agreement(by: coefficient)).map { (coefficient, $0) }
      })
  }

  private func areNear(
    _ one: [AgreementCoefficient: Numbers], _ other: [AgreementCoefficient: Numbers],
    only names: Set<String>? = nil
  ) -> Bool {
    one.keys == other.keys
      && one.allSatisfy { coefficient, numbers in
        other[coefficient].map { numbers.isNear($0, only: names) } ?? false
      }
  }

  private func transposed(_ rows: [[Int?]]) -> [[Int?]] {
    rows[0].indices.map { column in rows.map { $0[column] } }
  }

  @Test(arguments: Sets.random)
  func `the order of cases, assessors and answers does not matter`(_ rows: [[Int?]]) throws {
    let expected = try all(rows)
    #expect(expected.count == AgreementCoefficient.allCases.count)
    var chance = Chance(seed: 7)
    let shuffled = rows.shuffled(using: &chance)
    let swapped = transposed(transposed(rows).shuffled(using: &chance))
    let names = Array(0..<9).shuffled(using: &chance)
    let renamed = rows.map { $0.map { answer in answer.map { names[$0] } } }
    for other in [shuffled, swapped, renamed] { #expect(try areNear(all(other), expected)) }
  }

  @Test(arguments: Sets.random)
  func `every number is finite and lies where it can`(_ rows: [[Int?]]) throws {
    for (_, numbers) in try all(rows) {
      #expect(numbers.named.values.allSatisfy { $0.isFinite })
      let (value, observed) = (numbers.named["value"] ?? 2, numbers.named["observed"] ?? 2)
      let expected = numbers.named["expected"] ?? 2
      #expect(value <= 1 && (0...1).contains(observed) && 0 <= expected && expected < 1)
      #expect(abs((observed - expected) / (1 - expected) - value) < 1e-12)
      if let lower = numbers.named["lower"], let upper = numbers.named["upper"] {
        #expect(lower < value && value <= upper && upper <= 1)
      }
    }
  }

  @Test(arguments: Sets.random)
  func `a case with one answer leaves the agreement that was seen as it was`(
    _ rows: [[Int?]]
  ) throws {
    let alone = rows[0].indices.map { $0 == 0 ? 1 : nil }
    let (before, after) = (try all(rows), try all(rows + [alone]))
    for coefficient in AgreementCoefficient.allCases {
      let (one, other) = (before[coefficient]?.named, after[coefficient]?.named)
      #expect(abs((one?["observed"] ?? 2) - (other?["observed"] ?? 3)) < 1e-12)
    }
    // Percent agreement looks at pairs only, and alpha leaves such a case out altogether.
    for coefficient in [AgreementCoefficient.percentAgreement, .krippendorff] {
      let (one, other) = (before[coefficient]?.named, after[coefficient]?.named)
      #expect(abs((one?["value"] ?? 2) - (other?["value"] ?? 3)) < 1e-12)
    }
    let errors = [before, after].map { $0[.krippendorff]?.named["standard error"] ?? 0 }
    #expect(abs(errors[0] - errors[1]) < 1e-12)
  }

  @Test(arguments: Sets.random)
  func `a case that nobody answered changes nothing`(_ rows: [[Int?]]) throws {
    let none: [Int?] = rows[0].map { _ in nil }
    #expect(try areNear(all([none] + rows + [none]), all(rows)))
  }

  @Test(arguments: Sets.random)
  func `the cases answered twice are compared as if there had been no others and nobody else`(
    _ rows: [[Int?]]
  ) throws {
    let nothing: Int? = nil
    var more = rows.map { row in row + [nothing] }
    more.append(Array(repeating: nothing, count: rows[0].count) + [1])
    let known = Array(0..<9)
    let left = try #require(ComparedAnswers(rows: more, outOf: known)).answeredTwice
    let twice = rows.filter { row in row.count { $0 != nil } > 1 }
    let alone = try #require(ComparedAnswers(rows: twice, outOf: known))
    #expect(left.assessorCount == alone.assessorCount)
    #expect(left.answerCount == alone.answerCount)
    for coefficient in AgreementCoefficient.allCases {
      let one = try #require(Numbers(left.agreement(by: coefficient)))
      let other = try #require(Numbers(alone.agreement(by: coefficient)))
      #expect(one.isNear(other), "\(coefficient)")
    }
  }

  @Test(arguments: Sets.random)
  func `full agreement is 1 to the last bit, however often answers are missing`(
    _ rows: [[Int?]]
  ) throws {
    let agreed = rows.enumerated().map { place, row in
      row.map { answer in answer.map { _ in place % 3 } }
    }
    for (_, numbers) in try all(agreed) { #expect(numbers.named["value"] == 1) }
  }

  @Test(arguments: Sets.random)
  func `a table has the coefficients of the answers that it counts`(_ rows: [[Int?]]) throws {
    let pairs = rows.map { [$0[0] ?? 3, $0[1] ?? 3] }
    var counts = [[Int]](repeating: [0, 0, 0, 0], count: 4)
    for pair in pairs { counts[pair[0]][pair[1]] += 1 }
    let table = try #require(ContingencyTable(counts))
    let answers = try #require(ComparedAnswers(rows: pairs, outOf: [0, 1, 2, 3]))
    let ratio = (1 - 1 / Double(pairs.count)).squareRoot()
    for coefficient in AgreementCoefficient.allCases {
      let one = Numbers(answers.agreement(by: coefficient))?.named ?? [:]
      let other = Numbers(table.agreement(by: coefficient))?.named ?? [:]
      for name in ["value", "observed", "expected"] {
        #expect(abs((one[name] ?? 0) - (other[name] ?? 0)) < 1e-12)
      }
      let error = one["standard error"] ?? 0
      #expect(abs(error * ratio - (other["standard error"] ?? 0)) < 1e-12)
    }
  }

  @Test(arguments: Sets.random)
  func `every case twice keeps each value but alpha's, and leaves less open`(
    _ rows: [[Int?]]
  ) throws {
    let (once, twice) = (try all(rows), try all(rows + rows))
    for coefficient in AgreementCoefficient.allCases {
      guard let one = once[coefficient]?.named, let other = twice[coefficient]?.named else {
        continue
      }
      let slack = coefficient == .krippendorff ? 0.2 : 1e-12
      #expect(abs((one["value"] ?? 2) - (other["value"] ?? 3)) < slack)
      if let before = one["standard error"], let after = other["standard error"] {
        #expect(after < before)
      }
    }
  }

  /// Every case 60 times, and then one of them once more: how far that moves the value is the slope
  /// that the formulas for the variance are made of. They depart from it where a case was answered
  /// once, but for alpha.
  @Test(arguments: [Sets.irrCAC] + Sets.random.filter { $0.count < 13 }.prefix(3))
  func `the standard error is the one that taking each case more often shows`(
    _ rows: [[Int?]]
  ) throws {
    let rows = rows.filter { row in row.count { $0 != nil } > 1 }
    let known = Array(0..<9)
    let often = Array(repeating: rows, count: 60).joined()
    let plain = try #require(ComparedAnswers(rows: Array(often), outOf: known))
    let heavier = try rows.map {
      try #require(ComparedAnswers(rows: often + [$0], outOf: known))
    }
    let once = try #require(ComparedAnswers(rows: rows, outOf: known))
    for coefficient in AgreementCoefficient.allCases {
      func value(_ answers: ComparedAnswers) -> Double {
        Numbers(answers.agreement(by: coefficient))?.named["value"] ?? .nan
      }
      let count = Double(rows.count)
      let slopes = heavier.map { (value($0) - value(plain)) * 60 * count }
      let squares = slopes.reduce(0) { $0 + $1 * $1 }
      let error = (squares / (count * (count - 1))).squareRoot()
      guard let worked = Numbers(once.agreement(by: coefficient))?.named["standard error"] else {
        continue
      }
      #expect(abs(worked / error - 1) < 0.01, "\(coefficient)")
    }
  }

  /// Alpha as Krippendorff writes it: 1 minus the disagreement that was seen over the one that is
  /// expected, from the table of coincidences.
  @Test(arguments: Sets.random)
  func `alpha is what the table of coincidences gives`(_ rows: [[Int?]]) throws {
    let cases = rows.map { $0.compactMap { $0 } }.filter { $0.count > 1 }
    var coincidences: [[Int]: Double] = [:]
    for answers in cases {
      for (place, one) in answers.enumerated() {
        for (other, second) in answers.enumerated() where other != place {
          coincidences[[one, second], default: 0] += 1 / Double(answers.count - 1)
        }
      }
    }
    let all = Double(cases.joined().count)
    let totals = (0..<4).map { answer in Double(cases.joined().count { $0 == answer }) }
    let seen = coincidences.filter { $0.key[0] != $0.key[1] }.values.reduce(0, +) / all
    let chance = (all * all - totals.reduce(0) { $0 + $1 * $1 }) / (all * (all - 1))
    let value = try self.all(rows)[.krippendorff]?.named["value"] ?? 2
    #expect(abs(value - (1 - seen / chance)) < 1e-12)
  }
}
