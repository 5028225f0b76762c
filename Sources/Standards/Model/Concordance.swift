public import RuleFiles

/// How the standards of one edition relate to those of the edition that followed it.
///
/// Trends and league tables compare only what this allows.
public final class Concordance: Sendable {
  /// How the older relates to the newer.
  public enum Relation: String, CaseIterable, Hashable, Sendable {
    /// The same thing is judged by the same rule.
    case equal

    /// The older is a part of the newer.
    case subset

    /// The newer is a part of the older.
    case superset

    /// They share a part.
    case intersects

    /// Nothing on the other side.
    case none

    /// Whether ratings before and after may be compared. Only the same thing is comparable: a
    /// part that grew or shrank moves a rating without any change in the work.
    public var allowsComparison: Bool { self == .equal }
  }

  /// One relation, with its reason.
  public struct Link: Hashable, Sendable {
    /// The standard of the older edition; nothing where none came before.
    public let from: Code?

    /// The standard of the newer edition; nothing where none followed.
    public let to: Code?

    public let relation: Relation
    public let reason: String
    public let provenance: Provenance
  }

  public let from: RuleBook.ID
  public let to: RuleBook.ID

  /// How the overall ratings relate. Has no codes.
  public let overall: Link
  public let standards: [Link]

  /// For each standard of the newer edition what it can be held against.
  private let counterparts: [Code: Counterpart]

  init(from: RuleBook.ID, to: RuleBook.ID, overall: Link, standards: [Link]) {
    self.from = from
    self.to = to
    self.overall = overall
    self.standards = standards
    let newer = Dictionary(grouping: standards.filter { $0.to != nil }) { $0.to }
    counterparts = Dictionary(
      uniqueKeysWithValues: newer.compactMap { code, links in
        code.map { ($0, Self.counterpart(of: links)) }
      })
  }

  private static func counterpart(of links: [Link]) -> Counterpart {
    if let link = links.first(where: \.relation.allowsComparison), let from = link.from {
      return .comparable(from)
    }
    return .notComparable(because: links.first?.reason ?? nothingKnown)
  }

  /// The standard of the older edition that a standard of the newer one may be compared with.
  func counterpart(of standard: Code) -> Counterpart {
    counterparts[standard] ?? .notComparable(because: Self.nothingKnown)
  }

  private static let nothingKnown = "Nothing is known of an earlier standard."

  /// What a standard can be held against.
  public enum Counterpart: Hashable, Sendable {
    case comparable(Code)
    case notComparable(because: String)
  }
}

extension PublishedEditions {
  /// What stands between two editions that follow each other directly, if anything was written.
  public func concordance(from older: RuleBook.ID, to newer: RuleBook.ID) -> Concordance? {
    concordances.first { $0.from == older && $0.to == newer }
  }

  /// Whether overall ratings under two editions may be compared, and why not where they may not.
  public func overallComparison(from older: RuleBook.ID, to newer: RuleBook.ID) -> Comparison {
    if older == newer { return .allowed(since: older) }
    guard let concordance = concordance(from: older, to: newer) else {
      return .notAllowed(because: "No concordance between \(older) and \(newer) was written.")
    }
    return concordance.overall.relation.allowsComparison
      ? .allowed(since: older) : .notAllowed(because: concordance.overall.reason)
  }

  /// The standard of the older edition that a standard of the newer one may be compared with.
  public func counterpart(
    of standard: Code, in newer: RuleBook.ID, from older: RuleBook.ID
  ) -> Concordance.Counterpart {
    if older == newer { return .comparable(standard) }
    guard let concordance = concordance(from: older, to: newer) else {
      return .notComparable(because: "No concordance between \(older) and \(newer) was written.")
    }
    return concordance.counterpart(of: standard)
  }

  /// Whether two overall ratings can be held against each other.
  public enum Comparison: Hashable, Sendable {
    case allowed(since: RuleBook.ID)
    case notAllowed(because: String)
  }
}
