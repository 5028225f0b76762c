import Cores
import Names

/// Rows of a list that are one person.
public struct Match: Sendable {
  /// Why two rows are taken for one person.
  public enum Reason: String, CaseIterable, Sendable {
    case crn
    case pnc

    /// Full name and date of birth. Names with asterisks never match.
    case person = "name-and-date-of-birth"
  }

  /// The orders of the person, the one that is kept first unless somebody decides otherwise.
  public let orders: [CaseRecord]

  /// The places of the orders among all records.
  public let rows: [Int]

  /// Every reason that joins two of the orders.
  public let reasons: [Reason]
}

/// The people who are in a list with several orders.
public struct Matches: Sendable {
  /// In the order of the first row of each.
  public let people: [Match]

  /// Each row that has a key of an earlier one, and which.
  let repeated: [(row: Int, reason: Match.Reason)]
}

extension CaseList {
  /// People who are in the list with several orders.
  ///
  /// Two rows are one person when they have the same CRN, the same PNC, or the same full name and
  /// date of birth; and when each is one person with a third.
  ///
  /// - Parameter included: Which records are looked at, by their places among all; else all are.
  /// - Source: method c.1, where the CRN was meant and not used.
  public func matches(among included: [Bool]? = nil) -> Matches {
    var people = People(rows: count)
    for reason in Match.Reason.allCases {
      let rule = SameReason(reason: reason, included: included)
      for pair in SameKeys.pairs(records, by: rule) {
        // The key of a person was shortened.
        guard
          reason != .person
            || self[Int(pair.first)].person == self[Int(pair.second)].person
        else { continue }
        people.join(pair, reason)
      }
    }
    let repeated = people.pairs.map { (row: Int($0.second), reason: $1) }
    let groups = people.groups().concurrentMap { group in
      let ordered = group.rows.map { (row: Int($0), record: self[Int($0)]) }
        .sorted { isEarlier($0.record, $1.record) }
      return Match(
        orders: ordered.map(\.record), rows: ordered.map(\.row), reasons: group.reasons)
    }
    return Matches(people: groups, repeated: repeated)
  }

  /// The data-quality profile with what is there twice.
  public func quality(with matches: Matches) -> Quality {
    var quality = quality
    for (row, reason) in matches.repeated {
      let field: CaseField =
        switch reason {
        case .crn: .crn
        case .pnc: .pnc
        case .person: .familyName
        }
      quality.add(.duplicate, of: field, at: Int(self[row].place))
    }
    return quality
  }

  /// Which of two orders of one person is kept: the one that started earlier. Between those that
  /// started on one day what they say decides, so that the order of the rows does not.
  private func isEarlier(_ one: CaseRecord, _ other: CaseRecord) -> Bool {
    func parts(_ record: CaseRecord) -> (Int32, UInt32, UInt8, UInt8, UInt8) {
      (record.startedOn, record.crn.number, record.sentenceType, record.rosh, record.sex)
    }
    if parts(one) != parts(other) { return parts(one) < parts(other) }
    func words(_ record: CaseRecord) -> [String] {
      let place = places[Int(record.place)]
      return [
        place.cluster, place.ldu, officers[Int(record.officer)],
        ethnicities[Int(record.ethnicity)], record.isRestricted ? "1" : "0",
        "\(record.unpaidWorkHours)", "\(record.releasedOn)", "\(record.reportedOn)",
        "\(record.reportType)",
      ]
    }
    let (mine, theirs) = (words(one), words(other))
    return mine == theirs ? one.line < other.line : mine.lexicographicallyPrecedes(theirs)
  }

  /// The first record that was accepted with a CRN.
  public func record(_ crn: String) -> CaseRecord? {
    guard let crn = CRN(crn) else { return nil }
    for page in records {
      if let found = page.first(where: { $0.crn == crn }) { return found }
    }
    return nil
  }
}

/// Parts records by what two rows of one person have in common.
private struct SameReason: PartingRule {
  let reason: Match.Reason
  let included: [Bool]?

  @inline(__always)
  func element(of record: CaseRecord, at place: Int) -> SameKeys.Entry? {
    if let included, !included[place] { return nil }
    let key =
      switch reason {
      case .crn: UInt64(record.crn.number) + 1
      case .pnc: record.pnc
      case .person: record.person.low ^ record.person.high
      }
    // Zero where there is nothing.
    return key == 0 ? nil : SameKeys.Entry(key: key, row: UInt32(place))
  }

  @inline(__always)
  func part(of entry: SameKeys.Entry) -> Int { SameKeys.part(of: entry.key) }
}

/// Joins rows into people.
private struct People {
  /// By row another row of the same person, and its own for the first.
  private var parents: [UInt32]

  /// By the first row of a person, a bit for each reason.
  private var reasons: [UInt8]
  private(set) var pairs: [(SameKeys.Pair, Match.Reason)] = []

  init(rows: Int) {
    parents = (0..<UInt32(rows)).map { $0 }
    reasons = [UInt8](repeating: 0, count: rows)
  }

  mutating func join(_ pair: SameKeys.Pair, _ reason: Match.Reason) {
    pairs.append((pair, reason))
    let (one, other) = (root(pair.first), root(pair.second))
    let (first, second) = (Int(min(one, other)), Int(max(one, other)))
    parents[second] = UInt32(first)
    reasons[first] |= reasons[second] | reason.bit
  }

  private mutating func root(_ row: UInt32) -> UInt32 {
    var row = row
    while parents[Int(row)] != row {
      parents[Int(row)] = parents[Int(parents[Int(row)])]
      row = parents[Int(row)]
    }
    return row
  }

  /// Every person of several rows, with the reasons, in the order of their first rows.
  mutating func groups() -> [(rows: ArraySlice<UInt32>, reasons: [Match.Reason])] {
    var joined: [UInt64] = []
    joined.reserveCapacity(2 * pairs.count)
    for (pair, _) in pairs {
      joined.append(UInt64(root(pair.first)) << 32 | UInt64(pair.first))
      joined.append(UInt64(root(pair.second)) << 32 | UInt64(pair.second))
    }
    joined.sort()
    let known = (UInt8(0)..<8).map { bits in Match.Reason.allCases.filter { bits & $0.bit != 0 } }
    var rows: [UInt32] = []
    var starts: [(root: Int, row: Int)] = []
    for (place, row) in joined.enumerated() where place == 0 || joined[place - 1] != row {
      let root = Int(row >> 32)
      if starts.last?.root != root { starts.append((root, rows.count)) }
      rows.append(UInt32(truncatingIfNeeded: row))
    }
    return starts.indices.map { place in
      let end = place + 1 < starts.count ? starts[place + 1].row : rows.count
      return (rows[starts[place].row..<end], known[Int(reasons[starts[place].root])])
    }
  }
}

extension Match.Reason {
  fileprivate var bit: UInt8 {
    switch self {
    case .crn: 1
    case .pnc: 2
    case .person: 4
    }
  }
}
