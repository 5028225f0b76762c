/// A count of which the report may have given only a bound, such as "more than 8,400".
public struct ApproximateCount: Hashable, Sendable {
  public enum Precision: String, CaseIterable, Hashable, Sendable {
    case exact
    case moreThan = "more-than"
    case nearly
    case about
  }

  public let number: Int

  /// How exact the number is, or nothing where that was not seen.
  public let precision: Precision?

  public init(_ number: Int, _ precision: Precision?) {
    self.number = number
    self.precision = precision
  }

  /// As a person reads it: `more than 8,400`.
  public var words: String {
    let prefix =
      switch precision {
      case .moreThan: "more than "
      case .nearly: "nearly "
      case .about: "about "
      case .exact, nil: ""
      }
    return prefix + Self.grouped(number)
  }

  /// Digits in groups of three: `8,400`.
  static func grouped(_ number: Int) -> String {
    let digits = String(number)
    var groups = ""
    for (place, digit) in digits.enumerated() {
      if place > 0, (digits.count - place).isMultiple(of: 3) { groups += "," }
      groups.append(digit)
    }
    return groups
  }
}
