import Calendars
public import OrderedJSON
public import RuleFiles

/// Something that happened in an inspection and is to be recorded.
public struct Draft: Sendable {
  public let id: EntryID
  public let inspection: InspectionID

  /// The account of whoever did it.
  public let author: AuthorID

  /// What happened: `sample-drawn`.
  public let event: String

  /// What it happened to: `plan`, `case/17`. Holds no personal data.
  public let subject: String

  /// The revision of the record that the author was looking at: the sequence of the last entry seen,
  /// zero for none.
  public let over: Int

  /// The edition that the inspection is held under.
  public let edition: Digest

  /// What happened, as far as it is nobody's personal data and no free text.
  public let values: JSON

  /// Personal data and free text.
  public let sealed: SealedText?

  public init(
    id: EntryID, inspection: InspectionID, author: AuthorID, event: String, subject: String,
    over: Int, edition: Digest, values: JSON, sealed: SealedText? = nil
  ) {
    self.id = id
    self.inspection = inspection
    self.author = author
    self.event = event
    self.subject = subject
    self.over = over
    self.edition = edition
    self.values = values
    self.sealed = sealed
  }
}

extension Draft {
  /// The most bytes of an event's name or of a subject.
  private static let longestName = 200

  /// The most values that lie in each other. A line holds two more.
  private static let deepest = 50

  /// Whether its line could be read again, and found by its subject.
  public var isSound: Bool {
    [event, subject].allSatisfy { name in
      (1...Self.longestName).contains(name.utf8.count)
        && name.unicodeScalars.allSatisfy { $0.value >= 32 && $0.value != 127 }
    } && Self.isSound(values, depth: 0)
  }

  private static func isSound(_ json: JSON, depth: Int) -> Bool {
    guard depth <= deepest else { return false }
    switch json {
    case .array(let values): return values.allSatisfy { isSound($0, depth: depth + 1) }
    case .object(let members):
      return Set(members.map(\.name)).count == members.count
        && members.allSatisfy { isSound($0.value, depth: depth + 1) }
    case .decimal(let number): return number.isFinite
    default: return true
    }
  }
}

/// Whose account something was done with. No name.
public struct AuthorID: Hashable, Sendable, CustomStringConvertible {
  public let description: String

  /// Nothing when it is empty, longer than 60, or has other characters than small letters, digits
  /// and hyphens.
  public init?(_ text: some StringProtocol) {
    guard let known = InspectionID(text) else { return nil }
    description = known.description
  }

  /// One that stands in the program.
  ///
  /// - Precondition: It is one.
  public init(known text: StaticString) {
    description = InspectionID(known: text).description
  }
}
