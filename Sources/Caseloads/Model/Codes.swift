/// What a field of a list may say. Nothing written there is `notRecorded`.
protocol CaseCode: RawRepresentable, CaseIterable, Sendable where RawValue == String {
  /// The number that a record keeps.
  var number: UInt8 { get }
}

extension CaseCode {
  /// The code of a number, which a record keeps.
  static func numbered(_ number: UInt8) -> Self {
    let all = Array(allCases)
    return all[Int(number)]
  }

  var number: UInt8 {
    UInt8(Array(Self.allCases).firstIndex { $0.rawValue == rawValue } ?? 0)
  }
}

/// The sex of a person as the list has it.
public enum Sex: String, CaseCode {
  case notRecorded = "not-recorded"
  case male
  case female
  case other
}

/// The risk of serious harm.
///
/// - Source: nDelius codes RLRH, RMRH, RHRH and RVHR, which the inspectorate's sampler writes RVRH
///   (method h and c.1).
public enum RiskOfSeriousHarm: String, CaseCode {
  case notRecorded = "not-recorded"
  case low
  case medium
  case high
  case veryHigh = "very-high"
}

/// What somebody is supervised under.
///
/// - Source: the sentence values of the inspectorate's sampler and of nDelius (method c.1 and h).
public enum SentenceType: String, CaseCode {
  case notRecorded = "not-recorded"
  case communityOrder = "community-order"
  case suspendedSentenceOrder = "suspended-sentence-order"
  case youthRehabilitationOrder = "youth-rehabilitation-order"
  case licence
  case postSentenceSupervision = "post-sentence-supervision"
  case supervisionDefaultOrder = "supervision-default-order"
  case custody
  case other
}

/// Whether a case is only for those cleared to see it.
public enum Restriction: String, CaseCode {
  case notRecorded = "not-recorded"
  case restricted
  case unrestricted
}

extension Restriction {
  /// What stands for a code in every profile that does not say otherwise: the truth values of a
  /// spreadsheet.
  static let inEveryProfile: [String: Restriction] = [
    "true": .restricted, "1": .restricted, "false": .unrestricted, "0": .unrestricted,
  ]
}

/// The kind of a report to a court.
public enum ReportType: String, CaseCode {
  case notRecorded = "not-recorded"
  case fast
  case standard
  case oral
}

extension CaseField {
  /// The codes that a field may say, apart from nothing.
  var codes: [String] {
    func words<Code: CaseCode>(_: Code.Type) -> [String] {
      Code.allCases.map(\.rawValue).filter { $0 != Sex.notRecorded.rawValue }
    }
    return switch self {
    case .sex: words(Sex.self)
    case .sentenceType: words(SentenceType.self)
    case .rosh: words(RiskOfSeriousHarm.self)
    case .restricted: words(Restriction.self)
    case .reportType: words(ReportType.self)
    default: []
    }
  }
}
