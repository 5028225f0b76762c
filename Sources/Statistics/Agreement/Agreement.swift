import Foundation

/// How far answers on the same cases agree by one coefficient, or why that cannot be said.
public enum Agreement: Hashable, Sendable {
  case estimated(AgreementEstimate)

  /// No case was answered by two assessors.
  case nothingToCompare

  /// Everybody gave one and the same answer, or only one could be given, so that chance alone would
  /// agree as fully. The share of agreeing pairs is then 1 and the coefficient 0 divided by 0.
  ///
  /// Of Krippendorff's alpha, which looks at no others, everybody who answered a case that somebody
  /// else answered too: an answer that stands alone may then be another one.
  case onlyOneAnswer
}

/// A coefficient with what it was made of.
public struct AgreementEstimate: Hashable, Sendable {
  /// At most 1, which is full agreement. 0 is what chance would give, below that is less.
  public let value: Double

  /// The agreement that was seen, from 0 to 1. For Krippendorff's alpha with its correction for
  /// few answers.
  public let observed: Double

  /// The agreement that chance would give, from 0 to less than 1.
  public let expected: Double

  public let precision: AgreementPrecision
}

/// What sampling leaves open about a coefficient, were the cases drawn from very many. The assessors
/// are taken as they are.
public enum AgreementPrecision: Hashable, Sendable {
  /// The 95 % interval by Student's t with a degree of freedom less than there are cases.
  ///
  /// A case that was answered once counts as one without agreement that the others make up for, so
  /// each of them widens the interval; Krippendorff's alpha leaves it out.
  ///
  /// It ends at 1 where the formula would go on. Its lower end is left as the formula has it: an
  /// end that no coefficient can reach says that the cases are too few.
  case interval(standardError: Double, lower: Double, upper: Double)

  /// Only one case was answered twice, and one does not show how far cases differ.
  case oneCase

  /// The formula sees no spread, as where every case agrees as far as every other.
  case noSpread
}

extension ComparedAnswers {
  /// How far the answers agree.
  ///
  /// The value does not depend on the order of cases, assessors or answers, except in its last
  /// bits.
  public func agreement(by coefficient: AgreementCoefficient) -> Agreement {
    agreement(by: coefficient, dividing: .byOneLess)
  }

  /// What the sum of squares is divided by to have its mean.
  enum Divisor {
    case byOneLess
    case byAll
  }

  func agreement(by coefficient: AgreementCoefficient, dividing divisor: Divisor) -> Agreement {
    let comparable = caseCountAnsweredTwice
    guard comparable > 0 else { return .nothingToCompare }
    let isDefined =
      switch coefficient {
      case .percentAgreement: true
      case .gwet: possibleAnswers > 1
      case .cohen, .fleiss: hasDifferentAnswers
      case .krippendorff: answeredTwice.hasDifferentAnswers
      }
    guard isDefined else { return .onlyOneAnswer }
    let linear = Linearisation(self, by: coefficient)
    return .estimated(
      AgreementEstimate(
        value: linear.value, observed: linear.observed, expected: linear.expected,
        precision: comparable > 1 ? precision(linear, dividing: divisor) : .oneCase))
  }

  private func precision(
    _ linear: Linearisation, dividing divisor: Divisor
  ) -> AgreementPrecision {
    let count = Double(linear.deviations.count)
    let squares = linear.deviations.reduce(0) { $0 + $1 * $1 }
    let mean = squares / (divisor == .byAll ? count : count - 1)
    let error = (mean / count).squareRoot()
    // What one case among a million adds is far above this, what floating point adds far below.
    guard error > 1e-12 else { return .noSpread }
    // Of all cases, also for alpha, which leaves out those that were answered once: irrCAC's way.
    let t = StudentDistribution.t(confidence: 0.95, degreesOfFreedom: caseCount - 1)
    return .interval(
      standardError: error, lower: linear.value - t * error,
      upper: min(1, linear.value + t * error))
  }
}

extension Agreement: CustomStringConvertible {
  /// The coefficient in three decimals with its interval, or a sentence that says why not.
  public var description: String {
    switch self {
    case .estimated(let estimate):
      "\(Self.decimals(estimate.value)). \(estimate.precision)"
    case .nothingToCompare:
      "No case was answered by two assessors, so there is nothing to compare."
    case .onlyOneAnswer:
      """
      On the cases that two or more answered, everybody gave the same answer. Chance would agree \
      as fully there, so the coefficient is not defined. Read the percent agreement.
      """
    }
  }

  fileprivate static func decimals(_ number: Double) -> String { String(format: "%.3f", number) }
}

extension AgreementPrecision: CustomStringConvertible {
  /// A sentence for whoever reads the coefficient.
  public var description: String {
    switch self {
    case .interval(_, let lower, let upper):
      "95 % interval \(Agreement.decimals(lower)) to \(Agreement.decimals(upper))."
    case .oneCase:
      "Only one case was answered twice, so there is no interval."
    case .noSpread:
      """
      The cases show no spread, so there is no interval. That does not make the coefficient \
      certain: other cases may differ.
      """
    }
  }
}
