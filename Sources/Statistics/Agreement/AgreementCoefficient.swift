/// A measure of how far assessors give the same answer on the same case.
public enum AgreementCoefficient: String, CaseIterable, Sendable {
  /// The share of pairs that agree, averaged over the cases. Agreement by chance is left in.
  case percentAgreement = "percent-agreement"

  /// Cohen's kappa; of more than two assessors Conger's, which averages the chance agreement of
  /// every two. Each assessor's own habits are what chance is made of.
  ///
  /// - Source: J. Cohen, Educational and Psychological Measurement 20 (1960), 37-46; A. J. Conger,
  ///   Psychological Bulletin 88 (1980), 322-328.
  case cohen

  /// Fleiss' kappa: chance is what all assessors together answer. Of two who answered every case it
  /// is Scott's pi.
  ///
  /// - Source: J. L. Fleiss, Psychological Bulletin 76 (1971), 378-382.
  case fleiss

  /// Gwet's AC1, which stays near the percent agreement where nearly everybody gives one answer.
  /// The only one that looks at how many answers could have been given.
  ///
  /// - Source: K. L. Gwet, British Journal of Mathematical and Statistical Psychology 61 (2008),
  ///   29-48.
  case gwet

  /// Krippendorff's alpha for answers without an order, from the cases that were answered twice.
  ///
  /// - Source: K. Krippendorff, Computing Krippendorff's alpha-reliability (2011).
  case krippendorff
}

extension AgreementCoefficient {
  /// The name in full, which for kappa depends on how many assessors there are.
  public func title(ofAssessors count: Int) -> String {
    switch self {
    case .percentAgreement: "Percent agreement"
    case .cohen: count > 2 ? "Conger’s kappa" : "Cohen’s kappa"
    case .fleiss: "Fleiss’ kappa"
    case .gwet: "Gwet’s AC1"
    case .krippendorff: "Krippendorff’s alpha"
    }
  }
}
