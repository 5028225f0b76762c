public import Calendars

/// How the work of one provider passed to another.
public struct Succession: Hashable, Sendable {
  public enum Relation: String, CaseIterable, Hashable, Sendable {
    /// The same work under a new name.
    case renamed

    /// Several became one.
    case merged

    /// One became several.
    case split

    /// The work became part of a larger body.
    case partOf = "part-of"

    /// What happened, between the older and the newer name.
    public var words: String {
      switch self {
      case .renamed: "was renamed"
      case .merged: "was merged into"
      case .split: "was split into"
      case .partOf: "passed its work to"
      }
    }
  }

  public let from: Provider.ID

  /// Where the work went, or nothing where that was not seen.
  public let to: Provider.ID?

  public let relation: Relation
  public let date: PartialDate?
  public let source: String

  /// `published`, `derived` or `assumed`, as in a rule book.
  public let status: String

  public let note: String

  public init(
    from: Provider.ID, to: Provider.ID?, relation: Relation, date: PartialDate?, source: String,
    status: String, note: String
  ) {
    self.from = from
    self.to = to
    self.relation = relation
    self.date = date
    self.source = source
    self.status = status
    self.note = note
  }
}
