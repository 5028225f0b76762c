/// Where a rule comes from, and how sure that is.
public struct Provenance: Hashable, Sendable {
  public enum Status: String, CaseIterable, Hashable, Sendable {
    /// The page that says it was seen.
    case published

    /// It follows from published facts by reasoning or arithmetic.
    case derived

    /// General knowledge that no page we saw confirms. Whoever reads a result that rests on it is
    /// told so.
    case assumed
  }

  /// The page or document, in words an outsider can follow.
  public let source: String
  public let status: Status

  public init(source: String, status: Status) {
    self.source = source
    self.status = status
  }
}
