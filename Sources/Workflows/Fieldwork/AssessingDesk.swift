public import Fieldwork
public import OrderedJSON
import Problems
public import Records
import Standards

/// What somebody wrote beside an answer.
public struct AnswerText: Hashable, Sendable {
  public var note: String
  public var reason: String

  public init(note: String = "", reason: String = "") {
    self.note = note
    self.reason = reason
  }

  public subscript(field: Statement.Field) -> String {
    switch field {
    case .note: note
    case .reason: reason
    default: ""
    }
  }

  /// As it is sealed: only what was written.
  public var json: JSON? {
    var members: [JSON.Member] = []
    if !note.isEmpty { members.append(JSON.Member("note", .string(note))) }
    if !reason.isEmpty { members.append(JSON.Member("reason", .string(reason))) }
    return members.isEmpty ? nil : .object(members)
  }

  public init(_ json: JSON) {
    self.init(note: json["note"].string ?? "", reason: json["reason"].string ?? "")
  }
}

/// Where cases are assessed.
extension PlanningDesk {
  /// The cases of an inspection that somebody may open: those that they were given, all of them for
  /// a lead and a quality lead, but for those that they assess a second time and blind; a restricted
  /// one only with clearance, and none that the rules bar them from.
  public func cases(
    openTo account: AuthorID, as roles: Set<Role>, in inspection: OpenInspection
  ) async throws -> [CaseFacts] {
    let seesAll = !roles.isDisjoint(with: [.lead, .qualityLead])
    let state = inspection.state
    return try await allowed(account, in: inspection).filter {
      state.assessors[$0.number] == account
        || seesAll && state.seconds?.assessors[$0.number] != account
    }
  }

  /// The cases that somebody assesses, and those that they assess a second time.
  public func casesToAssess(
    by account: AuthorID, in inspection: OpenInspection
  ) async throws -> [(facts: CaseFacts, assessment: AnswerPlace.Assessment)] {
    let state = inspection.state
    let allowed = try await allowed(account, in: inspection)
    return allowed.filter { state.assessors[$0.number] == account }.map { ($0, .first) }
      + allowed.filter { state.seconds?.assessors[$0.number] == account }.map { ($0, .second) }
  }

  /// The cases in the sample that nothing bars somebody from.
  private func allowed(
    _ account: AuthorID, in inspection: OpenInspection
  ) async throws -> [CaseFacts] {
    try await casesNotBarred(from: account, in: inspection).filter {
      inspection.state.sample?.has($0.number) == true
    }
  }

  /// The cases that are or were in the sample and that nothing bars somebody from.
  func casesNotBarred(
    from account: AuthorID, in inspection: OpenInspection
  ) async throws -> [CaseFacts] {
    guard let facts = inspection.state.team[account]?.value else { return [] }
    let assessor = try await details(of: account, in: inspection).assessor(account, facts)
    return try await cases(of: inspection).filter { assessor.bar(to: $0.allotted) == nil }
  }

  /// What is sealed about a member of the team.
  func details(of account: AuthorID, in inspection: OpenInspection) async throws -> TeamDetails {
    guard let key = inspection.key, let noted = inspection.state.team[account] else {
      return TeamDetails()
    }
    return TeamDetails(
      try await store.sealed(in: inspection.id, at: noted.sequence, key) ?? .null)
  }

  /// What was written beside the answers that hold at some places, by the sequences of their
  /// entries.
  public func texts(
    at places: [AnswerPlace], in inspection: OpenInspection
  ) async throws -> [Int: AnswerText] {
    guard let key = inspection.key else { return [:] }
    var texts: [Int: AnswerText] = [:]
    for head in places.flatMap({ inspection.state.answers[$0]?.heads ?? [] })
    where head.statement == .note(isWritten: true) || head.statement == .reason(isWritten: true) {
      if texts[head.sequence] != nil { continue }
      let sealed = try await store.sealed(in: inspection.id, at: head.sequence, key)
      texts[head.sequence] = sealed.map(AnswerText.init)
    }
    return texts
  }

  /// Records what somebody said. Nothing is ever overtaken: what clashes is kept, and shown.
  ///
  /// An id that another entry has gets a new one: a page was gone back to and sent again with
  /// something else in it.
  public func say(
    _ entries: [SentEntry], in inspection: OpenInspection, by author: AuthorID
  ) async throws {
    let outcomes = try await append(entries, in: inspection, by: author)
    let refused = zip(entries, outcomes).filter { $1 == .refused }.map { entry, _ in
      SentEntry(id: newID(), event: entry.event, over: entry.over, secret: entry.secret)
    }
    if !refused.isEmpty { _ = try await append(refused, in: inspection, by: author) }
  }

  // MARK: - Submission

  /// Notes that the assessor is done with a case.
  ///
  /// - Throws: ``Problems`` with every condition that nobody said and every question that is open or
  ///   has several answers.
  public func submit(
    _ number: Int, _ questions: CaseQuestions, in inspection: OpenInspection, by actor: Actor
  ) async throws -> Outcome {
    let state = inspection.state
    let tally = state.tally(of: number, in: .first, questions)
    let isOpen = Set(tally.open)
    let left = questions.questions.filter {
      isOpen.contains($0.code.text) && state.applicability(of: $0, to: number) != .notSaid
    }
    let conditions = questions.conditions.filter { !state.isSaid($0, of: number) }
    try Problems.throwAny(
      conditions.map {
        Problem(AnswerPlace.conditions, "“\($0.title)” is not said", remedy: "choose yes or no")
      }
        + left.map {
          Problem(
            $0.code.text, "is not answered", remedy: "answer it, or say that it does not apply")
        }
        + tally.conflicts.map {
          Problem($0.question, "has answers that differ", remedy: "choose one of them")
        })
    guard inspection.state.cases[number]?.reopenedAt ?? 0 <= actor.seen else { return .overtaken }
    // The answers are those of now, not those of the page: a device saves while it is open.
    let subject = Event.caseSubmitted(number).subject
    return try await record(
      .caseSubmitted(number), in: inspection,
      by: Actor(actor.author, seen: inspection.state.revision),
      ifUnchanged: [subject] + questions.places(of: number, in: .first).map(\.subject))
  }

  /// Opens a case again that was submitted. Nothing in it changes.
  ///
  /// - Throws: ``Problems`` when it is not submitted.
  public func reopen(
    _ number: Int, because reason: String, in inspection: OpenInspection, by actor: Actor
  ) async throws -> Outcome {
    try requireSubmitted(number, inspection, remedy: "nothing is to be opened again")
    return try await record(
      .caseReopened(number), sealing: ["reason": .string(reason)], in: inspection, by: actor)
  }

  private func requireSubmitted(
    _ number: Int, _ inspection: OpenInspection, remedy: String
  ) throws(Problems) {
    guard inspection.state.cases[number]?.submittedAt != nil else {
      throw Problems(Problem("assessment", "the case is not submitted", remedy: remedy))
    }
  }

  /// Asks something about a case that was submitted.
  ///
  /// - Throws: ``Problems`` when it is not submitted.
  public func ask(
    _ text: String, about number: Int, question: String?, in inspection: OpenInspection,
    by actor: Actor
  ) async throws -> Outcome {
    try requireSubmitted(number, inspection, remedy: "ask once it is")
    return try await record(
      .queryAsked(
        inspection.state.queries.count + 1, QueryFacts(number: number, question: question)),
      sealing: ["text": .string(text)], in: inspection, by: actor)
  }

  public func answer(
    query: Int, _ text: String, in inspection: OpenInspection, by actor: Actor
  ) async throws -> Outcome {
    try await record(
      .queryAnswered(query), sealing: ["text": .string(text)], in: inspection, by: actor)
  }

  public func close(
    query: Int, in inspection: OpenInspection, by actor: Actor
  ) async throws -> Outcome {
    try await record(.queryClosed(query), in: inspection, by: actor)
  }

  /// What was asked about a case, with what it says.
  public func queries(
    about number: Int, in inspection: OpenInspection
  ) async throws -> [CaseQuery] {
    var found: [CaseQuery] = []
    for (query, state) in inspection.state.queries.sorted(by: { $0.key < $1.key })
    where state.facts.number == number {
      found.append(
        CaseQuery(
          number: query, state: state, text: try await text("text", state.askedAt, inspection),
          answer: try await text("text", state.answeredAt, inspection)))
    }
    return found
  }

  /// Why a case was opened again last; empty where it was not.
  public func reopeningReason(
    of number: Int, in inspection: OpenInspection
  ) async throws -> String {
    try await text("reason", inspection.state.cases[number]?.reopenedAt, inspection)
  }

  private func text(
    _ name: String, _ sequence: Int?, _ inspection: OpenInspection
  ) async throws -> String {
    guard let sequence, let key = inspection.key else { return "" }
    return try await store.sealed(in: inspection.id, at: sequence, key)?[name].string ?? ""
  }
}

/// A query about a case, as people read it.
public struct CaseQuery: Sendable {
  public let number: Int
  public let state: QueryState
  public let text: String

  /// Empty while there is none.
  public let answer: String
}
