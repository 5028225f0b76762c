/// The name of an inspection in addresses and files: small letters, digits and hyphens, such as
/// `training-2026`.
public struct InspectionID: Hashable, Comparable, Sendable, CustomStringConvertible {
  public let description: String

  /// Nothing when it is empty, longer than 60, or has other characters; hyphens stand only between
  /// others.
  public init?(_ text: some StringProtocol) {
    let bytes = Array(text.utf8)
    let hyphen = UInt8(ascii: "-")
    guard (1...60).contains(bytes.count), bytes[0] != hyphen, bytes[bytes.count - 1] != hyphen,
      bytes.allSatisfy({ (97...122).contains($0) || (48...57).contains($0) || $0 == hyphen })
    else { return nil }
    description = String(text)
  }

  /// One that stands in the program.
  ///
  /// - Precondition: It is one.
  public init(known text: StaticString) {
    guard let known = InspectionID("\(text)") else {
      preconditionFailure("\(text) is no inspection’s name")
    }
    self = known
  }

  public static func < (one: InspectionID, other: InspectionID) -> Bool {
    one.description < other.description
  }
}
