/// A coefficient with what each case adds to its variance.
///
/// It will be tempting to count a case that was answered once as one that moves nothing, because it
/// holds no pair. Gwet's variance takes the number of cases with a pair as known beforehand, and the
/// oracle does too.
///
/// - Source: K. L. Gwet, Handbook of Inter-Rater Reliability, 4th edition (2014), as the R
///   package irrCAC works it out, without a correction for a finite caseload.
struct Linearisation {
  let observed: Double
  let expected: Double
  let value: Double

  /// How far each case draws the value, times the number of cases. They sum to nought.
  let deviations: [Double]

  /// What chance gives.
  private struct Chance {
    let expected: Double

    /// How far ``expected`` would move with the weight of each case, halved.
    let deviations: [Double]
  }

  /// - Precondition: A case was answered twice, and chance would not agree fully.
  init(_ answers: ComparedAnswers, by coefficient: AgreementCoefficient) {
    switch coefficient {
    case .percentAgreement:
      self.init(answers, Chance(expected: 0, deviations: answers.cases.map { _ in 0 }))
    case .cohen: self.init(answers, Self.ownHabits(answers))
    case .fleiss: self.init(answers, Self.commonHabits(answers) { $0 })
    case .gwet:
      self.init(
        answers,
        Self.commonHabits(answers) { (1 - $0) / Double(answers.possibleAnswers - 1) })
    case .krippendorff: self.init(krippendorff: answers.answeredTwice)
    }
  }

  private init(_ answers: ComparedAnswers, _ chance: Chance) {
    let count = Double(answers.caseCount)
    let seen = answers.cases.map { given -> Double? in
      guard given.count > 1 else { return nil }
      return Double(ComparedAnswers.orderedPairsThatAgree(given))
        / Double(given.count * (given.count - 1))
    }
    let pairs = seen.compactMap { $0 }
    let (observed, expected) = (pairs.reduce(0, +) / Double(pairs.count), chance.expected)
    let value = (observed - expected) / (1 - expected)
    self.observed = observed
    self.expected = expected
    self.value = value
    deviations = zip(seen, chance.deviations).map { seen, moved in
      let own = seen.map { count / Double(pairs.count) * ($0 - expected) } ?? 0
      return (own - 2 * (1 - value) * moved) / (1 - expected) - value
    }
  }

  /// Chance agreement from how often all assessors give each answer: the mean over the cases of
  /// `weight` of the share of the answer, which is given how often it is given everywhere.
  private static func commonHabits(
    _ answers: ComparedAnswers, weight: (Double) -> Double
  ) -> Chance {
    var shares = [Double](repeating: 0, count: answers.possibleAnswers)
    for given in answers.cases {
      for one in given {
        shares[one.answer] += 1 / Double(given.count) / Double(answers.caseCount)
      }
    }
    let weights = shares.map(weight)
    let expected = zip(shares, weights).reduce(0) { $0 + $1.0 * $1.1 }
    return Chance(
      expected: expected,
      deviations: answers.cases.map { given in
        given.reduce(0) { $0 + weights[$1.answer] } / Double(given.count) - expected
      })
  }

  /// Chance agreement from how often each assessor gives each answer, averaged over every two of
  /// them. A place without an answer is nobody: it has no habits and is one of no two.
  private static func ownHabits(_ answers: ComparedAnswers) -> Chance {
    let assessors = answers.assessorCount
    let places = (answers.cases.joined().lazy.map(\.assessor).max() ?? -1) + 1
    var shares = [[Double]](
      repeating: [Double](repeating: 0, count: answers.possibleAnswers), count: places)
    for one in answers.cases.joined() { shares[one.assessor][one.answer] += 1 }
    let counts = shares.map { $0.reduce(0, +) }
    shares = zip(shares, counts).map { own, count in
      count > 0 ? own.map { $0 / count } : own
    }
    let sums = (0..<answers.possibleAnswers).map { answer in
      shares.reduce(0) { $0 + $1[answer] }
    }
    // How often each assessor's answers meet the same answer of the others.
    let met = shares.map { own in
      zip(own, sums).reduce(0) { $0 + $1.0 * ($1.1 - $1.0) }
    }
    let pairs = Double(assessors * (assessors - 1))
    return Chance(
      expected: met.reduce(0, +) / pairs,
      deviations: answers.cases.map { given in
        given.reduce(0) { sum, one in
          let others = sums[one.answer] - shares[one.assessor][one.answer]
          return sum + Double(answers.caseCount) / counts[one.assessor]
            * (others - met[one.assessor])
        } / pairs
      })
  }

  /// - Parameter answers: Each of them on a case that was answered twice.
  private init(krippendorff answers: ComparedAnswers) {
    let all = Double(answers.answerCount)
    let mean = all / Double(answers.caseCount)
    var shares = [Double](repeating: 0, count: answers.possibleAnswers)
    for one in answers.cases.joined() { shares[one.answer] += 1 / all }
    let expected = shares.reduce(0) { $0 + $1 * $1 }
    let seen = answers.cases.map { given in
      Double(ComparedAnswers.orderedPairsThatAgree(given)) / Double(given.count - 1)
    }
    let uncorrected = seen.reduce(0, +) / all
    // Written so that full agreement is 1 to the last bit.
    let observed = 1 - (1 - 1 / all) * (1 - uncorrected)
    let linear = (uncorrected - expected) / (1 - expected)
    self.observed = observed
    self.expected = expected
    value = (observed - expected) / (1 - expected)
    deviations = zip(answers.cases, seen).map { given, seen in
      let size = Double(given.count)
      let moved = given.reduce(0) { $0 + shares[$1.answer] } - expected * size
      return (seen - uncorrected * size - 2 * (1 - linear) * moved) / mean / (1 - expected)
    }
  }
}
