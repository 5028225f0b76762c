/// How well a list is kept: what is missing, unknown, impossible or there twice, by field and LDU.
public struct Quality: Sendable {
  public enum Issue: String, CaseIterable, Sendable {
    case missing
    case unknown
    case impossible

    /// The value is another row's too, where each person has their own.
    case duplicate
  }

  /// Rows by place.
  public internal(set) var rows: [Int] = []

  private var counts: [Int] = []

  private static let size = CaseField.allCases.count * Issue.allCases.count

  mutating func addRow(at place: Int) {
    makeRoom(for: place)
    rows[place] += 1
  }

  mutating func add(_ issue: Issue, of field: CaseField, at place: Int, _ count: Int = 1) {
    makeRoom(for: place)
    counts[Self.index(issue, field, place)] += count
  }

  /// How often an issue was met at a place, or, with none given, in the whole list.
  public func count(_ issue: Issue, of field: CaseField, at place: Int? = nil) -> Int {
    if let place { return counts[Self.index(issue, field, place)] }
    return rows.indices.reduce(0) { $0 + counts[Self.index(issue, field, $1)] }
  }

  /// Takes in what another reader counted.
  ///
  /// - Parameter places: What place each of the other's is here.
  mutating func add(_ other: Quality, at places: [UInt32]) {
    for (theirs, place) in places.enumerated() where theirs < other.rows.count {
      makeRoom(for: Int(place))
      rows[Int(place)] += other.rows[theirs]
      for offset in 0..<Self.size {
        counts[Int(place) * Self.size + offset] += other.counts[theirs * Self.size + offset]
      }
    }
  }

  private mutating func makeRoom(for place: Int) {
    while rows.count <= place {
      rows.append(0)
      counts += repeatElement(0, count: Self.size)
    }
  }

  private static func index(_ issue: Issue, _ field: CaseField, _ place: Int) -> Int {
    place * size + field.place * Issue.allCases.count + issue.place
  }
}

extension CaseField {
  /// Whether a blank says something rather than nothing.
  var mayBeBlank: Bool {
    switch self {
    case .endedOn, .restricted, .unpaidWorkHours, .releasedOn, .reportType, .reportedOn: true
    default: false
    }
  }
}

extension Quality.Issue {
  var place: Int {
    switch self {
    case .missing: 0
    case .unknown: 1
    case .impossible: 2
    case .duplicate: 3
    }
  }
}
