public import Records

/// Which assessor answers the questions on which case.
///
/// Everybody is given as many cases as everybody else, as far as the rules let them; and the cases
/// of an office are spread over assessors as evenly as that leaves room for, so that no office is
/// judged by one person alone.
public struct Allotment: Hashable, Sendable {
  /// A case as an allotment sees it: no name and no CRN.
  public struct Case: Hashable, Sendable {
    /// Its number in the sample.
    public let number: Int
    public let office: String

    /// Who supervises it; nothing where not recorded.
    public let officer: String?
    public let team: String?

    /// Who supervises the person's other orders in the list.
    public let others: [Supervision]

    /// Who supervises a case of its team, or of the team of another order, in the whole list as far as it is known.
    public let colleagues: Set<ListName>

    /// Only for those cleared to see it.
    public let isRestricted: Bool

    /// Those who have, or had, the other of its two assessments.
    public let otherAssessors: Set<AuthorID>

    public init(
      number: Int, office: String, officer: String?, team: String?, others: [Supervision] = [],
      colleagues: Set<ListName> = [], isRestricted: Bool, otherAssessors: Set<AuthorID> = []
    ) {
      self.number = number
      self.office = office
      self.officer = officer
      self.team = team
      self.others = others
      self.colleagues = colleagues
      self.isRestricted = isRestricted
      self.otherAssessors = otherAssessors
    }
  }

  /// Somebody who assesses cases.
  public struct Assessor: Hashable, Sendable {
    public let id: AuthorID
    public let isCleared: Bool

    /// How a local assessor, who is lent by the inspected service, stands in its list; nothing for
    /// an inspector.
    public let ownOfficer: String?
    public let ownTeam: String?

    /// Offices of which they declared a conflict of interest.
    public let conflicts: Set<String>

    public init(
      id: AuthorID, isCleared: Bool, ownOfficer: String? = nil, ownTeam: String? = nil,
      conflicts: Set<String> = []
    ) {
      self.id = id
      self.isCleared = isCleared
      self.ownOfficer = ownOfficer
      self.ownTeam = ownTeam
      self.conflicts = conflicts
    }

    /// Why they may not assess a case; nothing when they may.
    ///
    /// A case is of the own team when its team is the declared one, and also when somebody of the
    /// declared name supervises a case of that team: who declared only their name is in a team, too.
    /// Of somebody with several orders each one counts: who supervises one of them knows the person.
    /// Names are compared as ``ListName`` says.
    ///
    /// - Source: a local assessor must not assess own cases (method d, unverified); that this goes
    ///   for cases of the own team, and the other three, is ours.
    public func bar(to one: Case) -> Bar? {
      if one.otherAssessors.contains(id) { return .otherAssessment }
      if one.isRestricted, !isCleared { return .restricted }
      if let own = ownOfficer.map({ ListName($0) }) {
        if one.officers.contains(where: { ListName($0) == own }) { return .ownCase }
        if one.colleagues.contains(own) { return .ownTeam }
      }
      if let own = ownTeam.map({ ListName($0) }),
        one.teams.contains(where: { ListName($0) == own })
      {
        return .ownTeam
      }
      guard !conflicts.isEmpty else { return nil }
      let office = ListName(one.office)
      return conflicts.contains { ListName($0) == office } ? .conflict : nil
    }
  }

  public enum Bar: String, CaseIterable, Sendable {
    case restricted
    case ownCase = "own-case"
    case ownTeam = "own-team"
    case conflict

    /// The first and the second assessment of a case are two people's.
    case otherAssessment = "other-assessment"
  }

  /// The assessor of each case, by its number.
  public private(set) var assessors: [Int: AuthorID] = [:]

  /// The numbers of the cases that nobody may assess, in order.
  public let barred: [Int]

  /// Allots cases.
  ///
  /// Neither the order of the cases nor that of the assessors matters.
  ///
  /// - Parameter fixed: Cases that somebody has already, and keeps. They count as theirs.
  /// - Complexity: for each case a search over assessors and cases; a sample has hundreds.
  public init(
    of cases: [Case], to assessors: [Assessor], keeping fixed: [Int: AuthorID] = [:]
  ) {
    let cases = cases.sorted { $0.number < $1.number }
    let assessors = assessors.sorted { $0.id.description < $1.id.description }
    var work = Work(cases: cases, assessors: assessors, fixed: fixed)
    work.fill()
    work.level()
    work.spread()
    barred = cases.indices.filter { work.holder[$0] == nil }.map { cases[$0].number }
    for (place, holder) in work.holder.enumerated() {
      if let holder { self.assessors[cases[place].number] = assessors[holder].id }
    }
    for (number, id) in fixed where self.assessors[number] == nil { self.assessors[number] = id }
  }
}

extension Allotment.Case {
  /// Who supervises any of the person's orders.
  fileprivate var officers: [String] {
    ([officer ?? ""] + others.map(\.officer)).filter { !$0.isEmpty }
  }

  fileprivate var teams: [String] {
    ([team ?? ""] + others.map(\.team)).filter { !$0.isEmpty }
  }
}

/// An allotment in the making.
private struct Work {
  /// By case, who may assess it.
  private let able: [[Int]]

  /// By case, whether it stays where it is.
  private let isFixed: [Bool]

  /// By case, its office.
  private let office: [Int]

  /// By case, who has it.
  private(set) var holder: [Int?]

  /// How many cases each assessor has.
  private var load: [Int]

  /// How many of an office each assessor has: by office, then by assessor.
  private var ofOffice: [[Int]]

  init(cases: [Allotment.Case], assessors: [Allotment.Assessor], fixed: [Int: AuthorID]) {
    let places = Dictionary(uniqueKeysWithValues: assessors.enumerated().map { ($1.id, $0) })
    let offices = Set(cases.map(\.office)).sorted()
    let numbers = Dictionary(uniqueKeysWithValues: offices.enumerated().map { ($1, $0) })
    office = cases.map { numbers[$0.office] ?? 0 }
    able = cases.map { one in assessors.indices.filter { assessors[$0].bar(to: one) == nil } }
    holder = cases.map { one in fixed[one.number].flatMap { places[$0] } }
    isFixed = cases.map { fixed[$0.number] != nil }
    load = assessors.map { _ in 0 }
    ofOffice = offices.map { _ in assessors.map { _ in 0 } }
    for (one, assessor) in holder.enumerated() {
      guard let assessor else { continue }
      load[assessor] += 1
      ofOffice[office[one]][assessor] += 1
    }
  }

  /// Gives each case to somebody, those that few may assess first.
  mutating func fill() {
    let order = able.indices.filter { holder[$0] == nil && !isFixed[$0] }
      .sorted { (able[$0].count, $0) < (able[$1].count, $1) }
    for one in order {
      let best = able[one].min {
        (load[$0], ofOffice[office[one]][$0], $0) < (load[$1], ofOffice[office[one]][$1], $1)
      }
      if let best { give(one, to: best) }
    }
  }

  /// Moves cases along paths from somebody to somebody who has at least two fewer, until there is no
  /// such path: then no allotment is more even.
  ///
  /// - Source: Harvey, Ladner, Lovász, Tamir, Semi-matchings for bipartite graphs and load balancing,
  ///   2006: without cost-reducing paths a semi-matching is optimal.
  mutating func level() {
    while let path = shorteningPath() {
      for (one, assessor) in path { give(one, to: assessor) }
    }
  }

  /// Cases with those they go to.
  private func shorteningPath() -> [(one: Int, to: Int)]? {
    let order = load.indices.sorted { (-load[$0], $0) < (-load[$1], $1) }
    for start in order {
      // By assessor, the case that leads there and whose it is.
      var reached: [Int: (one: Int, from: Int)] = [:]
      var queue = [start]
      var next = 0
      while next < queue.count {
        let from = queue[next]
        next += 1
        for one in holder.indices where holder[one] == from && !isFixed[one] {
          for to in able[one] where to != start && reached[to] == nil {
            reached[to] = (one, from)
            if load[to] <= load[start] - 2 { return path(to, reached) }
            queue.append(to)
          }
        }
      }
    }
    return nil
  }

  private func path(
    _ end: Int, _ reached: [Int: (one: Int, from: Int)]
  ) -> [(one: Int, to: Int)] {
    var path: [(one: Int, to: Int)] = []
    var to = end
    while let step = reached[to] {
      path.append((step.one, to))
      to = step.from
    }
    return path
  }

  /// Swaps two cases of two assessors wherever that spreads an office more evenly.
  mutating func spread() {
    var hasChanged = true
    while hasChanged {
      hasChanged = false
      for one in holder.indices {
        for other in holder.indices where other > one && swap(one, other) { hasChanged = true }
      }
    }
  }

  private mutating func swap(_ one: Int, _ other: Int) -> Bool {
    guard !isFixed[one], !isFixed[other], office[one] != office[other], let mine = holder[one],
      let theirs = holder[other], mine != theirs, able[one].contains(theirs),
      able[other].contains(mine)
    else { return false }
    // How much the sum of squares over assessors and offices falls.
    let (here, there) = (ofOffice[office[one]], ofOffice[office[other]])
    let gain = (here[mine] - here[theirs] - 1) + (there[theirs] - there[mine] - 1)
    guard gain > 0 else { return false }
    give(one, to: theirs)
    give(other, to: mine)
    return true
  }

  private mutating func give(_ one: Int, to assessor: Int) {
    if let before = holder[one] {
      load[before] -= 1
      ofOffice[office[one]][before] -= 1
    }
    holder[one] = assessor
    load[assessor] += 1
    ofOffice[office[one]][assessor] += 1
  }
}
