import Calendars
public import Problems
public import Spreadsheets

/// What somebody decided about people who are in a list with several orders.
///
/// Read from `crn,started_on,decision,reason`, one row a decision, days as `2026-05-04`.
public struct KeepDecisions: Sendable {
  public enum Decision: String, CaseIterable, Sendable {
    /// This order is kept rather than the earliest.
    case keep

    /// This is another person, and the order is kept as well.
    case separate
  }

  public struct Entry: Sendable {
    public let line: Int
    public let crn: CRN
    /// The number of a day.
    public let startedOn: Int32
    public let decision: Decision
    public let reason: String

    public init(line: Int, crn: CRN, startedOn: Int32, decision: Decision, reason: String) {
      self.line = line
      self.crn = crn
      self.startedOn = startedOn
      self.decision = decision
      self.reason = reason
    }
  }

  /// The name of the file.
  public let name: String
  public let entries: [Entry]

  /// The entries on each order, by place in ``entries``.
  private let places: [Order: [Int]]

  /// An order as a decision names it.
  private struct Order: Hashable {
    let crn: CRN
    let startedOn: Int32
  }

  public init(name: String, entries: [Entry]) {
    self.name = name
    self.entries = entries
    places = Dictionary(grouping: entries.indices) {
      Order(crn: entries[$0].crn, startedOn: entries[$0].startedOn)
    }
  }

  /// The entries on some orders, by place in ``entries`` and in that order, each with the place of
  /// the first order that it is about.
  public func about(_ orders: [CaseRecord]) -> [(order: Int, entry: Int)] {
    var seen: Set<Order> = []
    var found: [(order: Int, entry: Int)] = []
    for (place, record) in orders.enumerated() {
      let order = Order(crn: record.crn, startedOn: record.startedOn)
      guard let entries = places[order], seen.insert(order).inserted else { continue }
      found += entries.map { (place, $0) }
    }
    return found.sorted { $0.entry < $1.entry }
  }

  /// - Throws: ``Problems`` with every row that is no decision.
  public init(_ file: CSVFile) throws(Problems) {
    var problems: [Problem] = []
    let table = try CSVTable(
      file, required: ["crn", "started_on", "decision", "reason"], listing: &problems)
    var entries: [Entry] = []
    for row in table.rows {
      let place = Place(table.name, line: row.line)
      let crn = row.text("crn").flatMap { CRN($0) }
      if crn == nil {
        problems.append(
          Problem(place, "crn is not a letter and six digits", remedy: "give the CRN"))
      }
      let day = row.text("started_on").flatMap { Day($0) }
      if day == nil {
        problems.append(
          Problem(place, "started_on is not a day", remedy: "write it as in 2026-05-04"))
      }
      let decision = row.text("decision").flatMap(Decision.init)
      if decision == nil {
        problems.append(
          Problem(
            place, "“\(row.text("decision") ?? "")” is not a decision",
            remedy: "write keep or separate"))
      }
      let reason = row.text("reason")
      if reason == nil {
        problems.append(Problem(place, "no reason is given", remedy: "say why"))
      }
      if let crn, let day, let decision, let reason {
        entries.append(
          Entry(
            line: row.line, crn: crn, startedOn: Int32(day.number), decision: decision,
            reason: reason))
      }
    }
    try Problems.throwAny(problems)
    self.init(name: table.name, entries: entries)
  }
}

extension Match {
  /// The orders that are kept, by place in ``orders``.
  ///
  /// - Throws: ``Problems`` when two orders would be kept for one person, or two cases would have
  ///   one CRN.
  public func kept(
    by decisions: KeepDecisions?
  ) throws(Problems) -> [(order: Int, entry: KeepDecisions.Entry?)] {
    guard let decisions else { return [(0, nil)] }
    var kept: [(order: Int, entry: KeepDecisions.Entry?)] = []
    var separate: [(order: Int, entry: KeepDecisions.Entry?)] = []
    for (order, place) in decisions.about(orders) {
      let entry = decisions.entries[place]
      switch entry.decision {
      case .keep: kept.append((order, entry))
      case .separate: separate.append((order, entry))
      }
    }
    if kept.count > 1, let line = kept[1].entry?.line {
      throw Problems(
        Problem(
          decisions.name, line: line, "another order of the same person is kept already",
          remedy: "keep one, or say that one is another person’s: separate"))
    }
    let parted = Set(separate.map(\.order))
    if kept.isEmpty, let first = orders.indices.first(where: { !parted.contains($0) }) {
      kept = [(first, nil)]
    }
    kept += separate
    var seen: Set<CRN> = []
    for one in kept where !seen.insert(orders[one.order].crn).inserted {
      throw Problems(
        Problem(
          decisions.name, line: one.entry?.line,
          "\(orders[one.order].crn) would be in the sample’s frame twice",
          remedy: "two people have one CRN: ask the provider for the right one"))
    }
    return kept
  }
}
