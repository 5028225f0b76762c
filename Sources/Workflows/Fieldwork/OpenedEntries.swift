public import Calendars
public import Fieldwork
import OrderedJSON
public import Records
public import Standards
import Synchronization

/// An entry with what is sealed beside it, opened.
struct OpenedEntry: Sendable {
  let event: Event
  let author: AuthorID
  let recordedAt: Instant

  /// `null` where nothing is sealed, or it cannot be opened any more.
  let secret: JSON
}

/// Something that was judged, decided or noted, by whom, when and why.
public struct ReasonedEntry: Sendable {
  /// The sequence of its entry.
  public let sequence: Int
  public let event: Event

  /// Why; for a fact about the people who work there, where it comes from. Empty when what is
  /// personal was erased.
  public let reason: String

  /// Who decided, as roles; empty where one person did.
  public let members: String
  public let author: AuthorID
  public let recordedAt: Instant
}

/// Why something was judged or decided, by the sequence of its entry.
public struct Reasons: Sendable {
  public internal(set) var reasons: [Int: String] = [:]

  /// Who decided.
  public internal(set) var members: [Int: String] = [:]
}

extension PlanningDesk {
  /// Some entries, by their sequences.
  func opened(
    _ sequences: [Int], in inspection: OpenInspection
  ) async throws -> [Int: OpenedEntry] {
    let found = Mutex<[Int: OpenedEntry]>([:])
    for sequence in sequences {
      try await store.forEachLine(
        of: inspection.id, after: sequence - 1, through: sequence
      ) { line in
        let entry = try Entry(line: line)
        let opened = OpenedEntry(
          event: try Event(entry), author: entry.draft.author, recordedAt: entry.recordedAt,
          secret: try inspection.key.map { try entry.opened($0) } ?? .null)
        found.withLock { $0[sequence] = opened }
      }
    }
    return found.withLock { $0 }
  }

  /// Everything that was said of something, the first first: `judgement/1.1`, `panel/2.1`,
  /// `workforce/3`.
  public func trail(
    of subject: String, in inspection: OpenInspection
  ) async throws -> [ReasonedEntry] {
    try await reasoned(at: inspection.state.trails[subject] ?? [], in: inspection)
  }

  /// What was said in some entries, in their order.
  func reasoned(
    at sequences: [Int], in inspection: OpenInspection
  ) async throws -> [ReasonedEntry] {
    try await opened(sequences, in: inspection).sorted { $0.key < $1.key }.map {
      ReasonedEntry(
        sequence: $0, event: $1.event, reason: $1.secret["reason"].string ?? "",
        members: $1.secret["members"].string ?? "", author: $1.author,
        recordedAt: $1.recordedAt)
    }
  }

  /// Why what counts now was judged and decided.
  public func reasons(in inspection: OpenInspection) async throws -> Reasons {
    let sequences =
      inspection.state.judgements.values.map(\.sequence)
      + inspection.state.panel.values.map(\.sequence)
    var reasons = Reasons()
    for entry in try await reasoned(at: sequences, in: inspection) {
      reasons.reasons[entry.sequence] = entry.reason
      if !entry.members.isEmpty { reasons.members[entry.sequence] = entry.members }
    }
    return reasons
  }

  /// Rates an inspection by what its record holds, with the reasons in their words.
  ///
  /// - Returns: Nothing when the edition is not one that this program has.
  public func rate(
    _ inspection: OpenInspection, _ editions: PublishedEditions
  ) async throws -> RatedRecord? {
    let reasons = try await reasons(in: inspection)
    return try RateRecord.rate(
      inspection.state, editions, reasons: reasons.reasons, members: reasons.members)
  }
}

extension Entry {
  fileprivate func opened(_ key: InspectionKey) throws -> JSON {
    guard let sealed = draft.sealed, let bytes = key.open(sealed, for: id) else { return .null }
    return try JSON(bytes: bytes)
  }
}
