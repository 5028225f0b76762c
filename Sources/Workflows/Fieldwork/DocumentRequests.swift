public import Calendars
public import Fieldwork
import OrderedJSON
import Records
import RuleFiles

/// A document that the provider was asked for, as people read it.
public struct DocumentRequest: Sendable {
  public let number: Int
  public let title: String
  public let text: String
  public let state: RequestState

  public let askedAt: Instant?

  /// What was sent, the first first.
  public let sent: [Sent]
  public let receivedAt: Instant?

  /// A file that the provider sent.
  public struct Sent: Sendable {
    public let name: String
    public let file: StoredFile
    public let at: Instant?
  }
}

extension PlanningDesk {
  /// Asks the provider for a document.
  public func request(
    _ title: String, _ text: String, due: Day, in inspection: OpenInspection, by actor: Actor
  ) async throws -> Outcome {
    try await record(
      .documentRequested(inspection.state.requests.count + 1, due: due),
      sealing: ["title": .string(title), "text": .string(text)], in: inspection, by: actor)
  }

  /// Sends a document that was asked for.
  public func send(
    _ bytes: [UInt8], named name: String, for number: Int, in inspection: OpenInspection,
    by actor: Actor
  ) async throws -> Outcome {
    let file = try await keep(bytes, in: inspection)
    return try await record(
      .documentSent(number, file), sealing: ["name": .string(name)], in: inspection, by: actor,
      ifUnchanged: [])
  }

  /// Notes that a document is there.
  public func receive(
    _ number: Int, in inspection: OpenInspection, by actor: Actor
  ) async throws -> Outcome {
    guard inspection.state.requests[number]?.receivedAt == nil else { return .overtaken }
    return try await record(.documentReceived(number), in: inspection, by: actor)
  }

  /// Everything that was asked for, in the order of the numbers.
  public func requests(in inspection: OpenInspection) async throws -> [DocumentRequest] {
    guard let key = inspection.key else { return [] }
    var found: [DocumentRequest] = []
    for (number, state) in inspection.state.requests.sorted(by: { $0.key < $1.key }) {
      let secret = try await store.sealed(in: inspection.id, at: state.sequence, key) ?? .null
      var sent: [DocumentRequest.Sent] = []
      for one in state.sent {
        let name = try await store.sealed(in: inspection.id, at: one.sequence, key)?["name"].string
        sent.append(
          DocumentRequest.Sent(
            name: name ?? "document", file: one.value,
            at: try await recordedAt(one.sequence, in: inspection)))
      }
      found.append(
        DocumentRequest(
          number: number, title: secret["title"].string ?? "", text: secret["text"].string ?? "",
          state: state, askedAt: try await recordedAt(state.sequence, in: inspection),
          sent: sent, receivedAt: try await receivedAt(state, in: inspection)))
    }
    return found
  }

  private func receivedAt(
    _ state: RequestState, in inspection: OpenInspection
  ) async throws -> Instant? {
    guard let sequence = state.receivedAt else { return nil }
    return try await recordedAt(sequence, in: inspection)
  }
}

// MARK: - Files

extension PlanningDesk {
  /// What every file of an inspection is sealed under: its digest stands in the entry.
  private static let fileName = "file"

  /// Keeps a file sealed.
  func keep(_ bytes: [UInt8], in inspection: OpenInspection) async throws -> StoredFile {
    guard let key = inspection.key else { throw erased(inspection) }
    let digest = try await store.keep(
      file: key.seal(file: bytes, named: Self.fileName), of: inspection.id)
    return StoredFile(digest: digest, size: bytes.count)
  }

  /// A file that was kept.
  ///
  /// - Returns: Nothing when it is not there, or cannot be opened.
  public func bytes(of file: StoredFile, in inspection: OpenInspection) async throws -> [UInt8]? {
    guard let key = inspection.key,
      let sealed = try await store.file(file.digest, of: inspection.id),
      Digest(of: sealed) == file.digest
    else { return nil }
    return key.open(file: sealed, named: Self.fileName)
  }
}
