public import OrderedJSON

/// A name of an office, a team or an officer, as the rules of the allotment compare it.
///
/// Two are the same when they have the same words: capitals, commas, spaces and the order of family
/// name and first name do not matter. Rather too many cases are barred than one too few.
///
///     ListName("Brown, Anna") == ListName("anna  BROWN")   // true
public struct ListName: Hashable, Sendable, CustomStringConvertible {
  private let words: [String]

  public init(_ text: String) {
    words = text.lowercased().split { !$0.isLetter && !$0.isNumber }.map(String.init).sorted()
  }

  /// Its words in their order. What it makes is the same name again.
  public var description: String { words.joined(separator: " ") }
}

/// The offices, teams and officers of a provider's list. Holds names of staff.
public struct ListNames: Hashable, Sendable {
  /// The offices as cases are spread over them (``CaseFacts/place``).
  public private(set) var offices: Set<ListName> = []
  public private(set) var officers: Set<ListName> = []

  /// Those who supervise a case of each team.
  public private(set) var teams: [ListName: Set<ListName>] = [:]

  public init() {}

  /// Takes in what stands in a row. Empty is not recorded.
  public mutating func add(office: String, team: String, officer: String) {
    offices.insert(ListName(office))
    let officer: Set<ListName> = officer.isEmpty ? [] : [ListName(officer)]
    officers.formUnion(officer)
    if !team.isEmpty { teams[ListName(team), default: []].formUnion(officer) }
  }

  /// Takes in a case, with the person's other orders.
  public mutating func add(_ one: CaseFacts) {
    add(office: one.place, team: one.team, officer: one.officer)
    for other in one.others { add(office: one.place, team: other.team, officer: other.officer) }
  }

  /// Who supervises a case of a team; nobody where it is empty.
  public func officers(of team: String) -> Set<ListName> {
    team.isEmpty ? [] : teams[ListName(team)] ?? []
  }

  /// Who supervises in one of the teams of a case.
  public func colleagues(on one: CaseFacts) -> Set<ListName> {
    one.teams.reduce(into: []) { $0.formUnion(officers(of: $1)) }
  }

  /// What somebody declared that is not in the list, and so bars nothing; the rest is empty.
  public func unknown(of details: TeamDetails) -> TeamDetails {
    TeamDetails(
      conflicts: details.conflicts.filter { !offices.contains(ListName($0)) },
      officer: officers.contains(ListName(details.officer)) ? "" : details.officer,
      team: teams[ListName(details.team)] == nil ? details.team : "")
  }

  // MARK: - Sealed

  /// Those who supervise in the teams of some cases, to be sealed beside them.
  public func officers(besides cases: [CaseFacts]) -> JSON {
    let wanted = Set(cases.flatMap(\.teams).map { ListName($0) })
    let listed = teams.filter { wanted.contains($0.key) }
      .map { (team: $0.key.description, officers: $0.value.map(\.description).sorted()) }
      .sorted { $0.team < $1.team }
    return .array(
      listed.map { ["team": .string($0.team), "officers": .texts($0.officers)] })
  }

  /// Takes in what ``officers(besides:)`` made; nothing from anything else.
  public mutating func add(officersOfTeams json: JSON) {
    for one in json.array ?? [] {
      guard let team = one["team"].string else { continue }
      let officers = one["officers"].array?.compactMap(\.string) ?? []
      teams[ListName(team), default: []].formUnion(officers.map { ListName($0) })
    }
  }
}
