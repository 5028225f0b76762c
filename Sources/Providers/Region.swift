/// One of the twelve probation regions of England and Wales.
public struct Region: Hashable, Sendable {
  /// The authored identifier, such as `north-east`.
  public struct ID: Hashable, Comparable, Sendable, CustomStringConvertible {
    public let slug: String

    public init(_ slug: String) {
      self.slug = slug
    }

    public static func < (one: ID, other: ID) -> Bool { one.slug < other.slug }

    public var description: String { slug }
  }

  public let id: ID
  public let name: String

  /// The provider code in nDelius, such as `N54`.
  public let deliusCode: String

  public init(id: ID, name: String, deliusCode: String) {
    self.id = id
    self.name = name
    self.deliusCode = deliusCode
  }
}
