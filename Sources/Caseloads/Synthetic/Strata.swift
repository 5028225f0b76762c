/// How sex, disposal and risk are spread over a made-up caseload.
///
/// The cases of an officer, and of any run of officers, have about the shares of the worked
/// example of the inspectorate's sampler: of 1,217 cases 454 men under community sentences with a
/// risk of serious harm that is not low and 138 with a low one, 327 and 129 men after custody, 169
/// women.
/// Probation officers and senior ones have riskier cases than the others.
///
/// - Source: method c.1 for the shares; ours for what they are within a grade.
struct Strata: Sendable {
  struct Stratum: Sendable {
    let sex: UInt8
    let isCommunity: Bool
    let isLow: Bool
  }

  private let byGrade: [Lottery<Stratum>]
  private let start: UInt64

  init(seed: UInt64) {
    start = SplitMix64.mixed(seed)
    byGrade = Hierarchy.Grade.allCases.map { Lottery(Self.weights(of: $0)) }
  }

  /// The stratum of a case by its number in the hierarchy.
  ///
  /// Multiples of the golden ratio leave no gaps and no heaps in any run of numbers.
  func stratum(of number: Int, in grade: Hierarchy.Grade) -> Stratum {
    let spread = start &+ UInt64(number) &* SplitMix64.golden
    let place = Hierarchy.Grade.allCases.firstIndex(of: grade) ?? 0
    return byGrade[place][spread]
  }

  private static func weights(of grade: Hierarchy.Grade) -> [(Stratum, Int)] {
    // Of a hundred cases with a higher risk that an average officer would have.
    let riskier =
      switch grade {
      case .probationOfficer: 115
      case .serviceOfficer: 82
      case .newlyQualified: 95
      case .seniorOfficer: 118
      }
    func part(_ sex: Sex, _ isCommunity: Bool, low: Int, higher: Int) -> [(Stratum, Int)] {
      let moved = higher * riskier / 100
      return [
        (Stratum(sex: sex.number, isCommunity: isCommunity, isLow: true), low + higher - moved),
        (Stratum(sex: sex.number, isCommunity: isCommunity, isLow: false), moved),
      ]
    }
    return part(.male, true, low: 13_800, higher: 45_400)
      + part(.male, false, low: 12_900, higher: 32_700)
      + part(.female, true, low: 3_300, higher: 7_200)
      + part(.female, false, low: 2_000, higher: 4_400)
      + part(.other, true, low: 60, higher: 140)
      + part(.notRecorded, true, low: 60, higher: 140)
  }
}
