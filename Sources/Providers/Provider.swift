public import Calendars

/// A body that is, was or will be inspected.
///
/// One provider is one identity: a body that was renamed stays the same provider, one that took
/// over the work of another is a different provider joined to it by a ``Succession``.
public final class Provider: Sendable {
  /// The authored identifier, such as `west-kent-pdu`. Never made from a position, never reused.
  public struct ID: Hashable, Comparable, Sendable, CustomStringConvertible {
    public let slug: String

    /// Makes an identifier, or nothing unless `slug` is lower-case words joined by hyphens.
    public init?(_ slug: some StringProtocol) {
      let slug = String(slug)
      let allowed = slug.utf8.allSatisfy {
        (97...122).contains($0) || (48...57).contains($0) || $0 == 45
      }
      let hyphen = UInt8(ascii: "-")
      guard !slug.isEmpty, slug.utf8.count <= 100, allowed, slug.utf8.first != hyphen,
        slug.utf8.last != hyphen
      else { return nil }
      self.slug = slug
    }

    /// One that stands in the program.
    ///
    /// - Precondition: It is one.
    public init(known slug: StaticString) {
      guard let known = ID("\(slug)") else {
        preconditionFailure("\(slug) is no provider’s name")
      }
      self = known
    }

    public static func < (one: ID, other: ID) -> Bool { one.slug < other.slug }

    public var description: String { slug }
  }

  public let id: ID
  public let kind: ProviderKind
  public let name: String

  /// A shorter name for tight tables, where the field uses one.
  public let shortName: String?

  public let region: Region.ID?

  /// The code of the body in nDelius reference data, where known.
  public let deliusCode: String?

  /// The places it covers in plain words. Empty where not seen.
  public let area: String

  public let note: String
  public let source: String

  /// Other names it was reported under.
  public let otherNames: [NameForm]

  /// Who owned it, oldest first. Empty where not seen.
  public let owners: [Ownership]

  public init(
    id: ID, kind: ProviderKind, name: String, shortName: String?, region: Region.ID?,
    deliusCode: String?, area: String, note: String, source: String, otherNames: [NameForm],
    owners: [Ownership]
  ) {
    self.id = id
    self.kind = kind
    self.name = name
    self.shortName = shortName
    self.region = region
    self.deliusCode = deliusCode
    self.area = area
    self.note = note
    self.source = source
    self.otherNames = otherNames
    self.owners = owners
  }
}

/// One provider is the same as another when it has the same identifier.
extension Provider: Hashable {
  public static func == (one: Provider, other: Provider) -> Bool { one.id == other.id }

  public func hash(into hasher: inout Hasher) { hasher.combine(id) }
}

/// A name that a provider was reported under besides its own.
public struct NameForm: Hashable, Sendable {
  public let name: String
  public let from: PartialDate?
  public let until: PartialDate?
  public let note: String
  public let source: String

  public init(
    name: String, from: PartialDate?, until: PartialDate?, note: String, source: String
  ) {
    self.name = name
    self.from = from
    self.until = until
    self.note = note
    self.source = source
  }
}

/// Who owned a provider over a time. A missing end means not seen, never "for ever".
public struct Ownership: Hashable, Sendable {
  public let owner: String
  public let from: PartialDate?
  public let until: PartialDate?
  public let note: String
  public let source: String

  public init(
    owner: String, from: PartialDate?, until: PartialDate?, note: String, source: String
  ) {
    self.owner = owner
    self.from = from
    self.until = until
    self.note = note
    self.source = source
  }
}
