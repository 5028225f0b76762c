/// Something about a row that its provider should know.
public struct Finding: Hashable, Sendable {
  /// What became of the row.
  public enum Outcome: String, Sendable {
    /// A value was put right or set aside, and the row was accepted.
    case changed
    case refused
  }

  public enum Kind: String, CaseIterable, Sendable {
    case missing
    case unknown
    case malformed
    case notADate = "not-a-date"
    case afterTheList = "after-the-list"
    case bornAfterTheStart = "born-after-the-start"
    case under18 = "under-18"
    case over110 = "over-110"
    case endedBeforeTheStart = "ended-before-the-start"
    case notANumber = "not-a-number"
    case lowerCase = "lower-case"
    case tooShort = "too-short"
    case tooLong = "too-long"

    /// What the data-quality profile counts it as.
    var issue: Quality.Issue? {
      switch self {
      case .missing: .missing
      case .unknown, .malformed, .notANumber: .unknown
      case .notADate, .afterTheList, .bornAfterTheStart, .under18, .over110, .endedBeforeTheStart:
        .impossible
      case .lowerCase, .tooShort, .tooLong: nil
      }
    }
  }

  /// Counted from one.
  public internal(set) var line: Int
  public let outcome: Outcome

  /// Nothing where it is about the whole row.
  public let field: CaseField?
  public let kind: Kind

  /// What stands there, where it may be told.
  public let found: String?
}

extension Finding {
  /// What is wrong and what was done or is to be done, without personal data.
  public var sentences: (what: String, remedy: String) {
    let name = field?.rawValue ?? "the row"
    let said = found.map { " “\($0)”" } ?? ""
    switch kind {
    case .missing: return ("\(name) is blank", "give it")
    case .unknown where outcome == .refused:
      return (
        "\(name)\(said) is not known",
        "write one of \(field?.codes.joined(separator: ", ") ?? "") as the profile has them"
      )
    case .unknown where field == .restricted:
      return (
        "\(name)\(said) is not known",
        "taken as restricted; write yes or no as the profile has them"
      )
    case .unknown: return ("\(name)\(said) is not known", "taken as not recorded")
    case .malformed:
      return ("\(name)\(said) is not a letter and six digits", "write it as in A123456")
    case .notADate where outcome == .refused:
      return ("\(name)\(said) is not a day", "write it as the profile has it")
    case .notADate: return ("\(name)\(said) is not a day", "taken as not recorded")
    case .afterTheList: return ("\(name)\(said) is after the day of the list", "correct it")
    case .bornAfterTheStart:
      return ("\(name) is after the start of the order", "taken as not recorded; correct it")
    case .under18:
      return ("\(name) makes the person under 18 at the start", "taken as not recorded; correct it")
    case .over110:
      return ("\(name) makes the person over 110 at the start", "taken as not recorded; correct it")
    case .endedBeforeTheStart:
      return (
        "\(name)\(said) is before the start of the order", "taken as not recorded; correct it"
      )
    case .notANumber: return ("\(name)\(said) is not a number of hours", "taken as not recorded")
    case .lowerCase: return ("\(name)\(said) has a small letter", "read with a capital")
    case .tooShort: return ("the row has fewer values than the heading", "leave none out")
    case .tooLong:
      return ("the row has more values than the heading", "quote a value that has a comma in it")
    }
  }
}
