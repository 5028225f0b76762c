public import Calendars
public import Inspections
public import Providers
public import Publications
public import Standards

/// Who stands above whom, as of a day: the newest inspection of each provider.
///
/// 1. Only inspections whose overall ratings may be compared share a table; where the standards
///    changed, a new table starts.
/// 2. Order: overall rating, then score where it is known, then name.
/// 3. Providers with the same rating and score share a place. Within a rating, those whose score
///    is not known come after those whose score is; ``Row/possibleRanks`` says where they could
///    stand.
/// 4. An inspection without an overall rating has no place.
///
/// - Source: ours, decision 0005; the count of 26 September 2019 is published.
public struct LeagueTable: Hashable, Sendable {
  /// Providers that may be compared with each other.
  public struct Section: Hashable, Sendable {
    public let kind: ProviderKind

    /// The editions that may be compared, newest first.
    public let editions: [RuleBook.ID]
    public let rows: [Row]

    /// The providers at a rating.
    public func count(of rating: Rating) -> Int {
      rows.count { $0.inspection.overallRating == rating }
    }
  }

  public struct Row: Hashable, Sendable {
    /// The place, counted from one; nothing without an overall rating.
    public let rank: Int?

    /// The first and the last place that the facts leave possible.
    public let possibleRanks: ClosedRange<Int>?

    public let provider: Provider
    public let inspection: Inspection

    /// The overall score, where the facts leave only one.
    public let score: Int?
    public let change: Change

    /// Whether it may have been published only after the day of the table.
    public let isDateDoubtful: Bool
  }

  public let asOf: Day
  public let sections: [Section]

  /// What a reader has to know: dates in doubt, published counts that our facts fall short of.
  public let notices: [String]

  /// Every row, section by section.
  public var rows: [Row] { sections.flatMap(\.rows) }

  /// Works out the table.
  ///
  /// - Parameters:
  ///   - kind: Only providers of this kind.
  ///   - standards: Only inspections under this edition.
  ///   - day: The day as of which it holds; what was published on that day is in it.
  public init(
    of register: Register, kind: ProviderKind? = nil, standards: RuleBook.ID? = nil, asOf day: Day
  ) {
    asOf = day
    var groups: [Group] = []
    for provider in register.providers where kind == nil || provider.kind == kind {
      let known = register.inspections(of: provider.id).filter { inspection in
        register.editions[inspection.standards] != nil
          && register.publicationWindow(of: inspection).lowerBound <= day
          && (standards == nil || inspection.standards == standards)
      }
      guard let newest = known.last else { continue }
      let check = register.check(newest)
      let entry = Entry(
        provider: provider, inspection: newest, scores: check.agreeing ?? check.range,
        score: register.score(of: newest), change: register.change(of: newest),
        isDateDoubtful: register.publicationWindow(of: newest).upperBound > day)
      if let place = groups.firstIndex(where: { $0.accepts(entry, register.editions) }) {
        groups[place].entries.append(entry)
      } else {
        groups.append(Group(kind: provider.kind, entries: [entry]))
      }
    }
    let order = ProviderKind.allCases
    sections = groups.map { $0.section() }.sorted { one, other in
      let kinds = (order.firstIndex(of: one.kind) ?? 0, order.firstIndex(of: other.kind) ?? 0)
      if kinds.0 != kinds.1 { return kinds.0 < kinds.1 }
      return (one.editions.first?.text.suffix(4) ?? "")
        > (other.editions.first?.text.suffix(4) ?? "")
    }
    notices =
      Self.doubtfulDates(sections, day)
      + register.countChecks().filter { check in
        check.published.asOf == day && check.published.from == nil
          && (kind == nil || check.published.kind == kind)
          && (standards == nil || check.published.standards == standards)
      }.map(\.words)
  }

  private static func doubtfulDates(_ sections: [Section], _ day: Day) -> [String] {
    sections.flatMap(\.rows).filter(\.isDateDoubtful).map { row in
      let date = row.inspection.published.map { "published in \($0.words), day not seen" }
      return "\(row.provider.name): \(date ?? "date of publication not seen"); "
        + "taken as published by \(day.words)."
    }
  }
}

/// A provider and its newest inspection on the way into a table.
private struct Entry {
  let provider: Provider
  let inspection: Inspection
  let scores: ClosedRange<Int>?
  let score: Int?
  let change: Change
  let isDateDoubtful: Bool

  /// What decides the place: the rating, then the score, unknown scores last.
  func isAbove(_ other: Entry) -> Bool {
    guard let mine = inspection.overallRating else { return false }
    guard let theirs = other.inspection.overallRating else { return true }
    return mine != theirs ? mine > theirs : (score ?? -1) > (other.score ?? -1)
  }

  /// Whether the facts leave no doubt that this one stands above `other`.
  func isCertainlyAbove(_ other: Entry) -> Bool {
    guard let mine = inspection.overallRating, let theirs = other.inspection.overallRating else {
      return false
    }
    if mine != theirs { return mine > theirs }
    guard let scores, let others = other.scores else { return false }
    return scores.lowerBound > others.upperBound
  }
}

/// Providers of one kind whose ratings may be compared.
private struct Group {
  let kind: ProviderKind
  var entries: [Entry]

  func accepts(_ entry: Entry, _ editions: PublishedEditions) -> Bool {
    guard kind == entry.provider.kind, let first = entries.first else { return false }
    let (one, other) = (first.inspection.standards, entry.inspection.standards)
    for (older, newer) in [(one, other), (other, one)] {
      if case .allowed = editions.overallComparison(from: older, to: newer) { return true }
    }
    return false
  }

  func section() -> LeagueTable.Section {
    let sorted = entries.sorted { one, other in
      if one.isAbove(other) { return true }
      return other.isAbove(one) ? false : one.provider.name < other.provider.name
    }
    let rated = sorted.filter { $0.inspection.overallRating != nil }
    let rows = sorted.map { entry in
      let isRated = entry.inspection.overallRating != nil
      let first = 1 + rated.count { $0.isCertainlyAbove(entry) }
      let last = rated.count - rated.count { entry.isCertainlyAbove($0) }
      return LeagueTable.Row(
        rank: isRated ? 1 + rated.count { $0.isAbove(entry) } : nil,
        possibleRanks: isRated ? first...max(first, last) : nil, provider: entry.provider,
        inspection: entry.inspection, score: entry.score, change: entry.change,
        isDateDoubtful: entry.isDateDoubtful)
    }
    let editions = Set(entries.map(\.inspection.standards))
    return LeagueTable.Section(
      kind: kind, editions: editions.sorted { $0.text.suffix(4) > $1.text.suffix(4) }, rows: rows)
  }
}
