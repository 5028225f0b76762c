import Inspections
import Problems
import Providers
import Publications
import Standards

/// Which providers somebody looks for, as the address says it.
struct ProviderSearch {
  /// What a provider's newest inspection came to.
  enum Standing: Hashable {
    case rated(Rating)
    case notRated
    case notInspected

    static let all: [Standing] = Rating.bestFirst.map { .rated($0) } + [.notRated, .notInspected]

    var name: String {
      switch self {
      case .rated(let rating): rating.rawValue
      case .notRated: "not-rated"
      case .notInspected: "no-inspection"
      }
    }

    var words: String {
      switch self {
      case .rated(let rating): rating.title
      case .notRated: "Not rated"
      case .notInspected: "No inspection seen"
      }
    }
  }

  let words: String?
  private(set) var kind: ProviderKind?
  private(set) var region: Region.ID?
  private(set) var standing: Standing?

  /// What was typed, kept also where it is wrong.
  let typed: (kind: String?, region: String?, rating: String?)
  private(set) var mistakes: [Mistake] = []

  init(_ query: Query, _ site: Site) {
    words = query["q"]
    typed = (query["kind"], query["region"], query["rating"])
    if let text = typed.kind {
      kind = site.kinds.first { $0.rawValue == text }
      if kind == nil { mistakes.append(.unknown("kind", "kind of provider", text)) }
    }
    if let text = typed.region {
      region = site.register.region(Region.ID(text))?.id
      if region == nil { mistakes.append(.unknown("region", "region", text)) }
    }
    if let text = typed.rating {
      standing = Standing.all.first { $0.name == text }
      if standing == nil { mistakes.append(.unknown("rating", "rating", text)) }
    }
  }

  /// The one address of this search.
  var link: Link {
    Link(
      "/providers",
      [
        ("q", words), ("kind", kind?.rawValue), ("region", region?.slug),
        ("rating", standing?.name),
      ])
  }

  var isNarrowed: Bool { !link.parameters.isEmpty }

  /// The providers that fit, in the order of their names; all words have to occur.
  func providers(in site: Site) -> [Provider] {
    let wanted = (words ?? "").lowercased().split { $0.isWhitespace || $0 == "," }
    return site.searchable.filter { provider, text in
      (kind == nil || provider.kind == kind) && (region == nil || provider.region == region)
        && (standing == nil || Self.standing(of: provider, site) == standing)
        && wanted.allSatisfy { text.contains($0) }
    }.map(\.provider)
  }

  /// Names that are near what was typed, where nothing fits.
  func nearest(in site: Site) -> [Provider] {
    guard let words else { return [] }
    return site.nearestProviders(to: words)
  }

  static func standing(of provider: Provider, _ site: Site) -> Standing? {
    guard let inspection = site.register.newestInspection(of: provider.id) else {
      return .notInspected
    }
    switch inspection.overall {
    case .rated(let rating): return .rated(rating)
    case .notRated: return .notRated
    case nil: return nil
    }
  }
}

extension Mistake {
  static func unknown(_ field: String, _ what: String, _ value: String) -> Mistake {
    Mistake(field: field, text: "There is no \(what) “\(value)”. Choose one from the list")
  }
}

extension Site {
  /// Up to five providers whose names have words near those of `text`, the best first.
  func nearestProviders(to text: String) -> [Provider] {
    let wanted = Self.words(of: text)
    guard !wanted.isEmpty else { return [] }
    let scored = register.providers.map { provider -> (provider: Provider, score: Int) in
      let own = Self.words(of: provider.name + " " + provider.id.slug)
      let score = wanted.reduce(0) { sum, word in
        if own.contains(word) { return sum + 2 }
        return sum + (word.count > 3 && NearestName.of(word, among: own) != nil ? 1 : 0)
      }
      return (provider, score)
    }
    let best = scored.filter { $0.score > 0 }.sorted {
      $0.score != $1.score ? $0.score > $1.score : $0.provider.name < $1.provider.name
    }
    return best.prefix(5).map(\.provider)
  }

  /// The words of a name, without those that every name has.
  private static func words(of text: String) -> [String] {
    let common: Set = ["pdu", "crc", "nps", "and", "the", "providers", "inspections", "region"]
    var seen: Set<String> = []
    return text.lowercased().split { !$0.isLetter }.map(String.init).filter {
      $0.count > 2 && !common.contains($0) && seen.insert($0).inserted
    }.prefix(8).map { $0 }
  }
}
