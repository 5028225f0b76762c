public import OrderedJSON
public import Records

/// Who supervises an order, as a list has them; empty where it has not. Holds names of staff.
public struct Supervision: Hashable, Sendable {
  public let officer: String
  public let team: String

  public init(officer: String, team: String) {
    self.officer = officer
    self.team = team
  }

  var json: JSON { ["officer": .string(officer), "team": .string(team)] }

  init(_ json: JSON) {
    self.init(officer: json["officer"].string ?? "", team: json["team"].string ?? "")
  }
}

/// What an inspection knows of a case in its sample. Personal: it stands sealed in the record.
public struct CaseFacts: Hashable, Sendable {
  /// Its number in the sample.
  public let number: Int
  public let crn: String
  public let stratum: String

  /// Only for those cleared to see it: one of the person's orders in the list is.
  public let isRestricted: Bool

  /// As the list has them; empty where it has not.
  public let name: String
  public let dateOfBirth: String
  public let sentence: String
  public let startedOn: String
  public let risk: String
  public let cluster: String
  public let ldu: String
  public let office: String
  public let team: String
  public let officer: String

  /// Who supervises the person's other orders in the list. Nobody for a case that came into the
  /// sample before these were kept.
  public let others: [Supervision]

  /// Who supervises a case of one of its ``teams``, as far as the inspection knows. Not in ``json``:
  /// it stands beside all cases (``ListNames/officers(besides:)``).
  public var colleagues: Set<ListName> = []

  public init(
    number: Int, crn: String, stratum: String, isRestricted: Bool, name: String = "",
    dateOfBirth: String = "", sentence: String = "", startedOn: String = "", risk: String = "",
    cluster: String = "", ldu: String = "", office: String = "", team: String = "",
    officer: String = "", others: [Supervision] = []
  ) {
    self.number = number
    self.crn = crn
    self.stratum = stratum
    self.isRestricted = isRestricted
    self.name = name
    self.dateOfBirth = dateOfBirth
    self.sentence = sentence
    self.startedOn = startedOn
    self.risk = risk
    self.cluster = cluster
    self.ldu = ldu
    self.office = office
    self.team = team
    self.officer = officer
    self.others = others
  }

  /// The teams of all the person's orders, as far as they are recorded.
  public var teams: [String] { ([team] + others.map(\.team)).filter { !$0.isEmpty } }

  /// The office as cases are spread over offices: the LDU where no office is recorded, and the
  /// cluster where no LDU is.
  public var place: String { Self.place(office: office, ldu: ldu, cluster: cluster) }

  /// The ``place`` of a case with these; empty is not recorded.
  public static func place(office: String, ldu: String, cluster: String) -> String {
    [office, ldu, cluster].first { !$0.isEmpty } ?? "not recorded"
  }

  /// As an allotment sees it.
  public var allotted: Allotment.Case { allotted(besides: []) }

  /// As an allotment of one of its two assessments sees it.
  ///
  /// - Parameter others: Those who have, or had, the other.
  public func allotted(besides others: Set<AuthorID>) -> Allotment.Case {
    Allotment.Case(
      number: number, office: place, officer: officer.isEmpty ? nil : officer,
      team: team.isEmpty ? nil : team, others: self.others, colleagues: colleagues,
      isRestricted: isRestricted, otherAssessors: others)
  }

  public var json: JSON {
    [
      "number": .number(number), "crn": .string(crn), "stratum": .string(stratum),
      "restricted": .bool(isRestricted), "name": .string(name),
      "dateOfBirth": .string(dateOfBirth), "sentence": .string(sentence),
      "startedOn": .string(startedOn), "risk": .string(risk), "cluster": .string(cluster),
      "ldu": .string(ldu), "office": .string(office), "team": .string(team),
      "officer": .string(officer), "others": .array(others.map(\.json)),
    ]
  }

  /// Nothing from anything that ``json`` did not write.
  public init?(_ json: JSON) {
    guard let number = json["number"].int, let crn = json["crn"].string else { return nil }
    func text(_ name: String) -> String { json[name].string ?? "" }
    self.init(
      number: number, crn: crn, stratum: text("stratum"), isRestricted: json["restricted"] == true,
      name: text("name"), dateOfBirth: text("dateOfBirth"), sentence: text("sentence"),
      startedOn: text("startedOn"), risk: text("risk"), cluster: text("cluster"),
      ldu: text("ldu"), office: text("office"), team: text("team"), officer: text("officer"),
      others: json["others"].array?.map { Supervision($0) } ?? [])
  }
}

/// What is personal about somebody in the team. It stands sealed in the record.
public struct TeamDetails: Hashable, Sendable {
  /// The offices of which they declared a conflict of interest, as cases have them
  /// (``CaseFacts/place``).
  public let conflicts: [String]

  /// How a local assessor stands in the list; empty for others. The officer alone is enough: the
  /// teams that the list has them in are theirs (``Allotment/Assessor/bar(to:)``).
  public let officer: String
  public let team: String

  public init(conflicts: [String] = [], officer: String = "", team: String = "") {
    self.conflicts = conflicts
    self.officer = officer
    self.team = team
  }

  public var json: JSON {
    [
      "conflicts": .texts(conflicts), "officer": .string(officer), "team": .string(team),
    ]
  }

  public init(_ json: JSON) {
    self.init(
      conflicts: json["conflicts"].array?.compactMap(\.string) ?? [],
      officer: json["officer"].string ?? "", team: json["team"].string ?? "")
  }

  /// As an allotment sees somebody with these details.
  ///
  /// Only a local assessor has own cases. Of which teams their officer is, the cases know
  /// (``CaseFacts/colleagues``).
  public func assessor(_ id: AuthorID, _ facts: TeamFacts) -> Allotment.Assessor {
    let isLocal = facts.roles.contains(.localAssessor)
    return Allotment.Assessor(
      id: id, isCleared: facts.isCleared, ownOfficer: isLocal && !officer.isEmpty ? officer : nil,
      ownTeam: isLocal && !team.isEmpty ? team : nil, conflicts: Set(conflicts))
  }
}
