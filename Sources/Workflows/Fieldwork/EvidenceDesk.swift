public import Calendars
public import Fieldwork
import OrderedJSON
import Problems
public import Records
import RuleFiles

/// A version of a piece of evidence, as people read it.
public struct EvidenceVersion: Sendable {
  /// Of the piece of evidence.
  public let number: Int

  /// From one.
  public let version: Int
  public let facts: EvidenceFacts

  /// Empty, as are ``says`` and ``fileName``, when what is personal was erased.
  public let title: String

  /// What it says, in the words of who keeps it.
  public let says: String
  public let fileName: String
  public let author: AuthorID
  public let recordedAt: Instant
}

/// What somebody wants to keep as evidence, or as a new version of it.
public struct EvidenceDraft: Sendable {
  public enum Source: Sendable {
    case file(name: String, bytes: [UInt8])

    /// What was typed, kept as a text file.
    case text(String)

    /// The file of the version before.
    case unchanged
  }

  public let kind: EvidenceKind
  public let title: String
  public let says: String

  /// The codes of key questions.
  public let questions: Set<String>
  public let source: Source

  public init(
    kind: EvidenceKind, title: String, says: String, questions: Set<String>, source: Source
  ) {
    self.kind = kind
    self.title = title
    self.says = says
    self.questions = questions
    self.source = source
  }
}

extension PlanningDesk {
  /// What typed text is called when it is taken out again.
  static let typedText = "typed-text.txt"

  /// How often adding is tried while others add, too.
  private static let mostTries = 8

  /// Keeps a new piece of evidence. Others who add theirs at the same time do not stand in the way.
  ///
  /// - Throws: ``Problems`` when there is no file; and what the store throws.
  public func add(
    _ draft: EvidenceDraft, in inspection: OpenInspection, by actor: Actor
  ) async throws -> Outcome {
    guard let (facts, secret) = try await contents(of: draft, before: nil, in: inspection) else {
      throw Problems(
        Problem("file", "there is no file", remedy: "choose a file, or type the text"))
    }
    return try await recordNext(in: inspection, by: actor, sealing: secret) {
      .evidenceKept($0.evidence.count + 1, facts)
    }
  }

  /// Records something that gets the next number, also when others take numbers meanwhile.
  func recordNext(
    in inspection: OpenInspection, by actor: Actor, sealing secret: JSON,
    _ event: (InspectionState) -> Event
  ) async throws -> Outcome {
    let wanted = event(inspection.state)
    if try await wasRecorded(wanted, sealing: secret, in: inspection, by: actor) { return .done }
    var now = inspection
    for _ in 0..<Self.mostTries {
      let outcome = try await record(
        event(now.state), sealing: secret, in: now,
        by: Actor(actor.author, seen: now.state.revision))
      guard outcome == .overtaken, let newer = try await memory.inspection(inspection.id) else {
        return outcome
      }
      now = newer
    }
    return .overtaken
  }

  /// Keeps a new version of a piece of evidence. The ones before stay.
  public func change(
    _ number: Int, to draft: EvidenceDraft, in inspection: OpenInspection, by actor: Actor
  ) async throws -> Outcome {
    guard let before = try await versions(of: number, in: inspection).last,
      let (facts, secret) = try await contents(of: draft, before: before, in: inspection)
    else { return .overtaken }
    return try await record(
      .evidenceKept(number, facts), sealing: secret, in: inspection, by: actor)
  }

  /// Keeps the file of a draft.
  ///
  /// - Returns: What stands in the entry, and what is sealed beside it.
  private func contents(
    of draft: EvidenceDraft, before: EvidenceVersion?, in inspection: OpenInspection
  ) async throws -> (EvidenceFacts, JSON)? {
    let (file, content, name): (StoredFile, Digest, String)
    switch draft.source {
    case .file(let given, let bytes):
      (file, content, name) = (try await keep(bytes, in: inspection), Digest(of: bytes), given)
    case .text(let text):
      let bytes = Array(text.utf8)
      (file, content, name) = (
        try await keep(bytes, in: inspection), Digest(of: bytes), Self.typedText
      )
    case .unchanged:
      guard let before else { return nil }
      (file, content, name) = (before.facts.file, before.facts.content, before.fileName)
    }
    return (
      EvidenceFacts(kind: draft.kind, file: file, content: content, questions: draft.questions),
      [
        "title": .string(draft.title), "says": .string(draft.says), "name": .string(name),
      ]
    )
  }

  /// The last version of each piece of evidence, in the order of their numbers.
  public func evidence(in inspection: OpenInspection) async throws -> [EvidenceVersion] {
    let last = inspection.state.evidence.sorted { $0.key < $1.key }.compactMap { number, versions in
      versions.last.map { (number, versions.count, $0) }
    }
    let opened = try await opened(last.map { $0.2.sequence }, in: inspection)
    return last.compactMap { number, version, noted in
      opened[noted.sequence].map { EvidenceVersion(number, version, noted.value, $0) }
    }
  }

  /// Every version of a piece of evidence, the first first; none where there is no such piece.
  public func versions(
    of number: Int, in inspection: OpenInspection
  ) async throws -> [EvidenceVersion] {
    let versions = inspection.state.evidence[number] ?? []
    let opened = try await opened(versions.map(\.sequence), in: inspection)
    return versions.enumerated().compactMap { place, noted in
      opened[noted.sequence].map { EvidenceVersion(number, place + 1, noted.value, $0) }
    }
  }
}

extension EvidenceVersion {
  fileprivate init(_ number: Int, _ version: Int, _ facts: EvidenceFacts, _ entry: OpenedEntry) {
    self.init(
      number: number, version: version, facts: facts, title: entry.secret["title"].string ?? "",
      says: entry.secret["says"].string ?? "", fileName: entry.secret["name"].string ?? "",
      author: entry.author, recordedAt: entry.recordedAt)
  }
}
