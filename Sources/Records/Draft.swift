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
