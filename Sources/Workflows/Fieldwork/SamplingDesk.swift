public import Calendars
public import Caseloads
public import Fieldwork
import OrderedJSON
import Problems
import Records
public import RuleFiles
public import Samples

/// The provider's list of an inspection, its frame and its sample.
extension PlanningDesk {
  /// A list that was received, read again.
  public struct ReceivedList: Sendable {
    public let list: CaseList
    public let file: CaseFile

    /// The name of the file as it came.
    public let name: String
  }

  // MARK: - Return

  /// Takes the provider's list in: read, checked and kept as it came, with whatever is wrong in it.
  ///
  /// - Throws: ``Problems`` when it is no list in that profile; nothing is kept then.
  public func receive(
    list bytes: [UInt8], named name: String, profile: Profile, listedOn: Day?,
    in inspection: OpenInspection, by actor: Actor
  ) async throws -> Outcome {
    let list = try await offload {
      try CaseList.read(
        try CaseFile(bytes: bytes, name: name, profile: profile), profile: profile,
        listedOn: listedOn)
    }
    let facts = ReturnFacts(
      file: try await keep(bytes, in: inspection), profile: profile.id, listedOn: listedOn,
      rows: list.counts.read, refused: list.counts.refused, frame: list.frame)
    return try await record(
      .returnReceived(facts), sealing: ["name": .string(name)], in: inspection, by: actor)
  }

  /// The list that came last, read again.
  ///
  /// - Returns: Nothing when none came, or it cannot be opened.
  public func list(of inspection: OpenInspection) async throws -> ReceivedList? {
    guard let received = inspection.state.received, let key = inspection.key,
      let bytes = try await bytes(of: received.value.file, in: inspection)
    else { return nil }
    let name =
      try await store.sealed(in: inspection.id, at: received.sequence, key)?["name"].string
      ?? "the list"
    let facts = received.value
    return try await offload {
      let profile = try Profile.load(facts.profile)
      let file = try CaseFile(bytes: bytes, name: name, profile: profile)
      return ReceivedList(
        list: try CaseList.read(file, profile: profile, listedOn: facts.listedOn), file: file,
        name: name)
    }
  }

  // MARK: - Frame and draw

  /// Fixes the list that came last as the one to draw from.
  ///
  /// - Parameter frame: The digest that was looked at.
  public func freeze(
    _ frame: Digest, in inspection: OpenInspection, by actor: Actor
  ) async throws -> Outcome {
    guard let received = inspection.state.received, received.value.frame == frame else {
      return .overtaken
    }
    return try await record(
      .frameFrozen(FrameFacts(received: received.sequence, frame: frame)), in: inspection,
      by: actor)
  }

  /// Draws the sample from the frozen list.
  ///
  /// - Throws: ``Problems`` when it cannot be drawn as asked for.
  public func draw(
    _ request: SampleRequest, in inspection: OpenInspection, by actor: Actor
  ) async throws -> Outcome {
    guard inspection.state.frame != nil, let received = try await list(of: inspection) else {
      throw Problems(
        Problem("frame", "is not frozen", remedy: "freeze it before the seed is known"))
    }
    let (bytes, cases, teams) = try await offload {
      let sample = try Sample(from: received.list, by: request)
      let cases = try Self.facts(
        sample.selected.enumerated().map { place, entry in
          NewCase(
            number: place + 1, crn: entry.crn, line: entry.line,
            stratum: sample.strata[entry.stratum].name, isRestricted: entry.isRestricted)
        }, received, request.decisions)
      return (
        SampleDocument(sample).bytes, cases, try Self.officers(besides: cases, in: received)
      )
    }
    let facts = SampleFacts(
      file: try await keep(bytes, in: inspection), seed: request.seed, frame: received.list.frame,
      plan: request.plan.id, planDigest: request.plan.digest, cases: cases.count)
    return try await record(
      .sampleDrawn(facts), sealing: ["cases": .array(cases.map(\.json)), "teams": teams],
      in: inspection, by: actor)
  }

  /// A case that comes into a sample.
  private struct NewCase {
    let number: Int
    let crn: CRN
    let line: Int
    let stratum: String

    /// Whether the order that the draw kept is.
    let isRestricted: Bool
  }

  /// What the list says of cases.
  ///
  /// The draw keeps one order of a person. That another one is restricted, or whose it is, does not
  /// get lost with it.
  private static func facts(
    _ cases: [NewCase], _ received: ReceivedList, _ decisions: KeepDecisions?
  ) throws -> [CaseFacts] {
    let lines = Set(cases.map(\.line))
    let others = received.list.otherOrders(ofLines: lines, by: decisions)
    let details = try received.list.details(
      ofLines: lines.union(others.values.joined().map { Int($0.line) }), from: received.file)
    return cases.map { one in
      let fields = details[one.line] ?? [:]
      let orders = others[one.line] ?? []
      func text(_ field: CaseField) -> String { fields[field] ?? "" }
      return CaseFacts(
        number: one.number, crn: one.crn.description, stratum: one.stratum,
        isRestricted: one.isRestricted || orders.contains(where: \.isRestricted),
        name: [text(.firstNames), text(.familyName)].filter { !$0.isEmpty }
          .joined(separator: " "),
        dateOfBirth: text(.dateOfBirth), sentence: text(.sentenceType),
        startedOn: text(.startedOn), risk: text(.rosh), cluster: text(.cluster),
        ldu: text(.ldu), office: text(.office), team: text(.team), officer: text(.officer),
        others: orders.map { order in
          let fields = details[Int(order.line)] ?? [:]
          return Supervision(officer: fields[.officer] ?? "", team: fields[.team] ?? "")
        })
    }
  }

  /// Who supervises in the teams of cases: an officer may have no case in the sample, and is of
  /// their team all the same.
  private static func officers(
    besides cases: [CaseFacts], in received: ReceivedList
  ) throws -> JSON {
    try names(in: received.file, received.list.profile).officers(besides: cases)
  }

  // MARK: - Sample

  /// The sample file as it is now.
  public func sampleFile(of inspection: OpenInspection) async throws -> SampleFile? {
    guard let sample = inspection.state.sample,
      let bytes = try await bytes(of: sample.file, in: inspection)
    else { return nil }
    return try SampleFile(bytes, name: "\(inspection.id)-sample.json")
  }

  /// Every case that is or was in the sample, in the order of their numbers.
  public func cases(of inspection: OpenInspection) async throws -> [CaseFacts] {
    guard let sample = inspection.state.sample, let key = inspection.key else { return [] }
    let drawn = try await store.sealed(in: inspection.id, at: sample.sequence, key) ?? .null
    var cases = drawn["cases"].array?.compactMap { CaseFacts($0) } ?? []
    var names = ListNames()
    names.add(officersOfTeams: drawn["teams"])
    for change in sample.changes {
      let secret = try await store.sealed(in: inspection.id, at: change.sequence, key) ?? .null
      if let one = CaseFacts(secret["case"]) { cases.append(one) }
      names.add(officersOfTeams: secret["teams"])
    }
    // Of a sample that was drawn without them, the cases themselves say who is in a team.
    if drawn["teams"] == .null { for one in cases { names.add(one) } }
    return cases.map { one in
      var one = one
      one.colleagues = names.colleagues(on: one)
      return one
    }
  }

  /// Replaces a case of the sample by the next one in reserve.
  ///
  /// - Throws: ``Problems`` when it cannot be replaced.
  public func replace(
    _ number: Int, because reason: String, at instant: Instant, in inspection: OpenInspection,
    by actor: Actor
  ) async throws -> Outcome {
    guard let one = try await cases(of: inspection).first(where: { $0.number == number }) else {
      throw Problems(Problem("case", "is not in the sample", remedy: "choose one that is"))
    }
    return try await change(in: inspection, out: number, reason, instant, by: actor) {
      file, _, decision throws(Problems) in
      try ChangeSample.replace(one.crn, in: file, decision)
    }
  }

  /// Adds a case of the list on purpose. It is in no estimate.
  ///
  /// - Throws: ``Problems`` when it cannot be added.
  public func add(
    _ crn: String, because reason: String, at instant: Instant, in inspection: OpenInspection,
    by actor: Actor
  ) async throws -> Outcome {
    try await change(in: inspection, out: nil, reason, instant, by: actor) {
      file, list, decision throws(Problems) in
      (try ChangeSample.add(crn, to: file, from: list, decision), crn)
    }
  }

  private func change(
    in inspection: OpenInspection, out: Int?, _ reason: String, _ instant: Instant,
    by actor: Actor,
    _ work:
      @escaping @Sendable (SampleFile, CaseList, ChangeSample.Decision) throws(Problems) -> (
        JSON, into: String
      )
  ) async throws -> Outcome {
    guard let sample = inspection.state.sample, let file = try await sampleFile(of: inspection),
      let received = try await list(of: inspection)
    else {
      throw Problems(Problem("sample", "is not drawn", remedy: "draw it first"))
    }
    let decision = ChangeSample.Decision(
      reason: reason, by: "the lead inspector", at: instant.description)
    let number = sample.next
    let (bytes, facts, teams) = try await offload {
      let (json, into) = try work(file, received.list, decision)
      guard let crn = CRN(into), let record = received.list.record(into) else {
        throw Problems(
          Problem(received.name, "\(into) is not in the list", remedy: "see record verify"))
      }
      // Of somebody with several orders the one that the draw kept.
      let request = try file.request(plan: try SamplingPlan.load(file.planID))
      let drawn = try Sample(from: received.list, by: request)
      let entry = (drawn.selected + drawn.reserve).first { $0.crn == crn }
      let new = NewCase(
        number: number, crn: crn, line: entry?.line ?? Int(record.line),
        stratum: entry.map { drawn.strata[$0.stratum].name } ?? "added on purpose",
        isRestricted: record.isRestricted || entry?.isRestricted == true)
      let facts = try Self.facts([new], received, request.decisions)
      return (json.bytes, facts[0], try Self.officers(besides: facts, in: received))
    }
    let event = Event.sampleChanged(
      SampleChange(file: try await keep(bytes, in: inspection), out: out, number: number))
    return try await record(
      event, sealing: ["reason": .string(reason), "case": facts.json, "teams": teams],
      in: inspection, by: actor)
  }
}
