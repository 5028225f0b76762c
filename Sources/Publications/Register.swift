public import Calendars
public import Inspections
public import Providers
public import Standards

/// The published record: every provider, every inspection, and how providers followed each other.
public final class Register: Sendable {
  public let regions: [Region]

  /// In the order of their names.
  public let providers: [Provider]

  /// Oldest first, as far as dates are known.
  public let inspections: [Inspection]

  public let successions: [Succession]

  /// Counts that the inspectorate published itself, to hold our facts against.
  public let publishedCounts: [PublishedCount]

  /// The editions that the ratings belong to.
  public let editions: PublishedEditions

  private let providersByID: [Provider.ID: Provider]
  private let inspectionsByProvider: [Provider.ID: [Inspection]]
  private let inspectionsByID: [Inspection.ID: Inspection]

  init(
    regions: [Region], providers: [Provider], inspections: [Inspection],
    successions: [Succession], publishedCounts: [PublishedCount], editions: PublishedEditions
  ) {
    self.regions = regions
    self.providers = providers.sorted { ($0.name, $0.id.slug) < ($1.name, $1.id.slug) }
    self.successions = successions
    self.publishedCounts = publishedCounts
    self.editions = editions
    let sorted = inspections.sorted { one, other in
      let (a, b) = (Self.window(of: one, editions), Self.window(of: other, editions))
      return (a.lowerBound, one.round, one.id) < (b.lowerBound, other.round, other.id)
    }
    self.inspections = sorted
    providersByID = Dictionary(providers.map { ($0.id, $0) }) { first, _ in first }
    inspectionsByProvider = Dictionary(grouping: sorted, by: \.provider)
    inspectionsByID = Dictionary(sorted.map { ($0.id, $0) }) { first, _ in first }
  }

  public func provider(_ id: Provider.ID) -> Provider? { providersByID[id] }

  public func inspection(_ id: Inspection.ID) -> Inspection? { inspectionsByID[id] }

  public func region(_ id: Region.ID) -> Region? { regions.first { $0.id == id } }

  /// The inspections of a provider, oldest first.
  public func inspections(of provider: Provider.ID) -> [Inspection] {
    inspectionsByProvider[provider] ?? []
  }

  public func newestInspection(of provider: Provider.ID) -> Inspection? {
    inspections(of: provider).last
  }

  /// The inspection of the same provider before this one, as far as our facts go.
  public func inspection(before inspection: Inspection) -> Inspection? {
    let all = inspections(of: inspection.provider)
    guard let place = all.firstIndex(of: inspection), place > 0 else { return nil }
    return all[place - 1]
  }

  /// Bodies whose work this provider took over.
  public func predecessors(of provider: Provider.ID) -> [Succession] {
    successions.filter { $0.to == provider }
  }

  /// Bodies that took over this provider's work.
  public func successors(of provider: Provider.ID) -> [Succession] {
    successions.filter { $0.from == provider }
  }

  /// The days on which an inspection can have been published.
  ///
  /// Where no date was seen, anything from the start of fieldwork, or else of the edition, to the
  /// edition's end.
  public func publicationWindow(of inspection: Inspection) -> ClosedRange<Day> {
    Self.window(of: inspection, editions)
  }

  private static func window(
    of inspection: Inspection, _ editions: PublishedEditions
  ) -> ClosedRange<Day> {
    if let published = inspection.published { return published.earliest...published.latest }
    let book = editions[inspection.standards]
    let year = PartialDate(inspection.standards.text.suffix(4))
    let start =
      inspection.fieldworkStart?.earliest ?? book?.validFrom ?? year?.earliest ?? .firstInRegister
    let end = book?.validUntil ?? inspection.fieldworkStart?.latest ?? year?.latest ?? start
    return start...max(start, end)
  }
}

extension Day {
  /// The first day on which a rated inspection of the register can have been published.
  ///
  /// - Source: the ratings began with the programme of April 2018.
  static let firstInRegister = PartialDate.year(2018).earliest
}

/// How many providers stood at each rating, as the inspectorate itself published it.
public struct PublishedCount: Hashable, Sendable {
  public let kind: ProviderKind

  /// Only inspections under this edition, or nothing for any.
  public let standards: RuleBook.ID?

  /// The newest inspection of each provider up to this day counts.
  public let asOf: Day

  /// Instead of the newest: every report published from this day…
  public let from: Day?

  /// … and before this one.
  public let until: Day?

  public let counts: [Rating: Int]
  public let source: String
  public let note: String
}
