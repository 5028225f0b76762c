import Records
import RuleFiles
import Storage
import Workflows

/// A store in which somebody else is always faster when several entries are to be added together.
struct BusyRecords: RecordStore {
  let records: any RecordStore

  func append(
    together _: [Draft], to _: InspectionID, after revision: Int
  ) async throws -> AppendOutcome {
    .overtaken(by: revision + 1)
  }

  func append(_ draft: Draft, if condition: AppendCondition) async throws -> AppendOutcome {
    try await records.append(draft, if: condition)
  }

  func append(_ drafts: [Draft]) async throws -> [AppendOutcome] {
    try await records.append(drafts)
  }

  func adopt(
    _ entries: [Entry], of inspection: InspectionID, key: [UInt8]
  ) async throws -> Bool {
    try await records.adopt(entries, of: inspection, key: key)
  }

  func forEachLine(
    of inspection: InspectionID, after: Int, through: Int,
    _ body: @escaping @Sendable ([UInt8]) throws -> Void
  ) async throws {
    try await records.forEachLine(of: inspection, after: after, through: through, body)
  }

  func forEachStoredLine(
    of inspection: InspectionID, after: Int, through: Int,
    _ body: @escaping @Sendable (StoredLine) throws -> Void
  ) async throws {
    try await records.forEachStoredLine(of: inspection, after: after, through: through, body)
  }

  func heads() async throws -> [StoredHead] { try await records.heads() }

  func recordsWithoutEnd() async throws -> [StoredHead] { try await records.recordsWithoutEnd() }

  func revision(of inspection: InspectionID) async throws -> Int {
    try await records.revision(of: inspection)
  }

  func keep(file: [UInt8], of inspection: InspectionID) async throws -> Digest {
    try await records.keep(file: file, of: inspection)
  }

  func file(_ digest: Digest, of inspection: InspectionID) async throws -> [UInt8]? {
    try await records.file(digest, of: inspection)
  }

  func view(of inspection: InspectionID) async throws -> StoredView? {
    try await records.view(of: inspection)
  }

  func keep(_ view: StoredView, of inspection: InspectionID) async throws {
    try await records.keep(view, of: inspection)
  }

  func note(_ contact: DeviceContact, of inspection: InspectionID) async throws {
    try await records.note(contact, of: inspection)
  }

  func contacts(of inspection: InspectionID) async throws -> [DeviceContact] {
    try await records.contacts(of: inspection)
  }

  func key(of inspection: InspectionID) async throws -> [UInt8]? {
    try await records.key(of: inspection)
  }

  func keep(key: [UInt8], of inspection: InspectionID) async throws -> Bool {
    try await records.keep(key: key, of: inspection)
  }

  func destroyKey(of inspection: InspectionID, recording draft: Draft?) async throws {
    try await records.destroyKey(of: inspection, recording: draft)
  }
}
