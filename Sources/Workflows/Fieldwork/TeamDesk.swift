import Caseloads
public import Fieldwork
import OrderedJSON
import Problems
public import Records

/// Who is what in the team of an inspection, and what they declared.
extension PlanningDesk {
  /// Makes somebody a member of the team, or something else in it.
  ///
  /// What they have and may not assess any more is nobody’s from the same step on: the cases that
  /// the rules of the allotment bar them from, and all of theirs when they are no assessor any more,
  /// also those that they assess a second time.
  ///
  /// - Throws: ``Problems`` when nobody would lead the inspection any more.
  public func set(
    _ member: AuthorID, _ facts: TeamFacts, _ details: TeamDetails, in inspection: OpenInspection,
    by actor: Actor
  ) async throws -> Outcome {
    try await recordTogether(
      in: inspection, by: actor,
      ifUnchanged: Self.subjects(member, inspection.state.leads)
    ) { now in
      if now.state.leads == [member], !facts.roles.contains(.lead) { throw lastLead }
      let set = Step(.memberSet(member, facts), sealing: details.json)
      guard !Role.ofAssessors.isDisjoint(with: facts.roles) else {
        // Who leaves the team is released from first and second assessments alike.
        return now.state.isAssessing(member) ? [Step(.memberRemoved(member)), set] : [set]
      }
      let barred = try await casesBarred(to: details.assessor(member, facts), in: now)
      return barred.isEmpty ? [set] : [set, Step(.casesReleased(barred))]
    }
  }

  /// Makes somebody a lead, who stays whatever else they are in the team, with what they declared.
  ///
  /// Who was not in the team is cleared for restricted cases, as whoever creates an inspection is.
  public func makeLead(
    _ member: AuthorID, in inspection: OpenInspection, by actor: Actor
  ) async throws -> Outcome {
    let known = inspection.state.team[member]?.value
    let roles = inspection.state.roles(of: member).union([.lead])
    guard
      let facts = TeamFacts(
        roles: roles, isCleared: known?.isCleared ?? true, conflicts: known?.conflicts ?? 0)
    else { preconditionFailure("A lead of an inspection is something in it.") }
    return try await set(
      member, facts, try await details(of: member, in: inspection), in: inspection, by: actor)
  }

  /// - Throws: ``Problems`` when nobody would lead the inspection any more.
  public func remove(
    _ member: AuthorID, in inspection: OpenInspection, by actor: Actor
  ) async throws -> Outcome {
    try await recordTogether(
      in: inspection, by: actor,
      ifUnchanged: Self.subjects(member, inspection.state.leads)
    ) { now in
      if now.state.leads == [member] { throw lastLead }
      // Who left knows the address of the calendar feed.
      return [Step(.memberRemoved(member)), Step(.feedRenewed)]
    }
  }

  /// What must not have changed when somebody’s place in the team changes: nor may two leads remove
  /// each other at once.
  private static func subjects(_ member: AuthorID, _ leads: Set<AuthorID>) -> Set<String> {
    Set(leads.union([member]).map { "member/\($0)" })
  }

  private var lastLead: Problems {
    Problems(
      Problem(
        "team", "nobody else leads the inspection", remedy: "make somebody else a lead first"))
  }

  /// The cases that somebody has and may not assess, in order.
  private func casesBarred(
    to assessor: Allotment.Assessor, in inspection: OpenInspection
  ) async throws -> [Int] {
    let held = inspection.state.assessors.filter { $0.value == assessor.id }
    guard !held.isEmpty else { return [] }
    return try await cases(of: inspection).filter {
      held[$0.number] != nil && assessor.bar(to: $0.allotted) != nil
    }.map(\.number)
  }

  // MARK: - Declared

  /// What is sealed about each member of the team.
  public func details(
    of inspection: OpenInspection
  ) async throws -> [AuthorID: TeamDetails] {
    guard let key = inspection.key else { return [:] }
    var details: [AuthorID: TeamDetails] = [:]
    for (id, noted) in inspection.state.team {
      details[id] = TeamDetails(
        try await store.sealed(in: inspection.id, at: noted.sequence, key) ?? .null)
    }
    return details
  }

  /// The offices, teams and officers of the list that came last.
  ///
  /// - Returns: Those of the cases where the list is not here; nothing where there is neither, or
  ///   they cannot be opened.
  public func names(of inspection: OpenInspection) async throws -> ListNames? {
    if let received = inspection.state.received?.value,
      let bytes = try await bytes(of: received.file, in: inspection)
    {
      return try await offload {
        let profile = try Profile.load(received.profile)
        return try Self.names(
          in: try CaseFile(bytes: bytes, name: "the list", profile: profile), profile)
      }
    }
    let cases = try await cases(of: inspection)
    guard !cases.isEmpty else { return nil }
    var names = ListNames()
    for one in cases { names.add(one) }
    return names
  }

  /// What members of the team declared that is not in the list, and so bars nothing. Holds names.
  ///
  /// - Returns: Nobody while there is no list.
  public func unknownNames(
    in inspection: OpenInspection
  ) async throws -> [AuthorID: TeamDetails] {
    let declared = try await details(of: inspection).filter { $0.value != TeamDetails() }
    guard !declared.isEmpty, let names = try await names(of: inspection) else { return [:] }
    return declared.mapValues { names.unknown(of: $0) }.filter { $0.value != TeamDetails() }
  }

  static func names(in file: CaseFile, _ profile: Profile) throws -> ListNames {
    var names = ListNames()
    for row in try file.combinations(
      of: [.office, .ldu, .cluster, .team, .officer], profile)
    {
      names.add(
        office: CaseFacts.place(office: row[0], ldu: row[1], cluster: row[2]), team: row[3],
        officer: row[4])
    }
    return names
  }
}

extension InspectionState {
  /// Whether somebody has a case, for the first or the second assessment.
  fileprivate func isAssessing(_ member: AuthorID) -> Bool {
    assessors.values.contains(member) || seconds?.assessors.values.contains(member) == true
  }
}
