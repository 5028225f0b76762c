public import Calendars
import Fieldwork
public import Records
public import RuleFiles

/// Where records are kept. They are only added to.
public protocol RecordStore: Sendable {
  /// Adds to a record. When this returns, the entry is durable.
  ///
  /// Sending the same draft again is not a mistake: it is told where it stands.
  ///
  /// - Parameter condition: Whether it matters what others did since the author looked.
  func append(_ draft: Draft, if condition: AppendCondition) async throws -> AppendOutcome

  /// Adds several drafts, together where the store can. When this returns, they are durable.
  ///
  /// - Returns: An outcome for each, in their order.
  func append(_ drafts: [Draft]) async throws -> [AppendOutcome]

  /// Adds several drafts to a record that is there, all of them or none, if its last entry is
  /// `revision`.
  ///
  /// - Parameter drafts: One at least, all of that inspection.
  /// - Returns: What became of the last of them. Refused where another entry has the id of any.
  func append(
    together drafts: [Draft], to inspection: InspectionID, after revision: Int
  ) async throws -> AppendOutcome

  /// Keeps a record that was carried here as it is, with its wrapped key.
  ///
  /// - Parameter entries: All of them, each following the one before; one at least.
  /// - Returns: Whether it is what is kept; false where there is a record, a key or an entry of that
  ///   name, or was one.
  func adopt(
    _ entries: [Entry], of inspection: InspectionID, key: [UInt8]
  ) async throws -> Bool

  /// Calls `body` with the line of each entry behind `after` up to `through`, in their order, each
  /// once.
  func forEachLine(
    of inspection: InspectionID, after: Int, through: Int,
    _ body: @escaping @Sendable ([UInt8]) throws -> Void
  ) async throws

  /// Does the same with what is kept beside each line.
  func forEachStoredLine(
    of inspection: InspectionID, after: Int, through: Int,
    _ body: @escaping @Sendable (StoredLine) throws -> Void
  ) async throws

  /// The end of every record, in the order of the inspections' ids.
  func heads() async throws -> [StoredHead]

  /// What is kept of inspections of which nothing says where their record ends, each with sequence
  /// zero. Nobody leaves that behind but who changes the database by hand.
  func recordsWithoutEnd() async throws -> [StoredHead]

  /// The sequence of the last entry of a record, zero where there is none.
  func revision(of inspection: InspectionID) async throws -> Int

  /// Keeps a sealed file of an inspection under the digest of its bytes, for ever. When this
  /// returns, it is durable. Keeping it again changes nothing.
  func keep(file: [UInt8], of inspection: InspectionID) async throws -> Digest

  /// The bytes that were kept under a digest.
  func file(_ digest: Digest, of inspection: InspectionID) async throws -> [UInt8]?

  /// How an inspection stood at some revision, as it was kept; nothing where nothing was.
  func view(of inspection: InspectionID) async throws -> StoredView?

  /// Keeps how an inspection stands, unless something newer is kept.
  func keep(_ view: StoredView, of inspection: InspectionID) async throws

  /// Notes that a device was in contact.
  func note(_ contact: DeviceContact, of inspection: InspectionID) async throws

  /// When each device was in contact last, the longest ago first.
  func contacts(of inspection: InspectionID) async throws -> [DeviceContact]

  /// The wrapped key of an inspection; nothing when there is none, or it was destroyed.
  func key(of inspection: InspectionID) async throws -> [UInt8]?

  /// Keeps the wrapped key of an inspection that has none and never had one.
  ///
  /// - Returns: Whether it is the one that is kept.
  func keep(key: [UInt8], of inspection: InspectionID) async throws -> Bool

  /// Destroys the key of an inspection for ever. Nothing is added to its record from then on.
  ///
  /// - Parameter draft: What says so; it becomes the last entry, together with the destruction.
  ///   Nothing where an entry says so already, or the record is damaged.
  func destroyKey(of inspection: InspectionID, recording draft: Draft?) async throws
}

/// How an inspection stood at a revision, so that it need not be worked out from the first entry.
public struct StoredView: Hashable, Sendable {
  public let revision: Int

  /// The state as JSON on one line (``InspectionState/document``).
  public let document: [UInt8]

  public init(revision: Int, document: [UInt8]) {
    self.revision = revision
    self.document = document
  }
}

/// When a device that holds cases was in contact last. In no record.
public struct DeviceContact: Hashable, Sendable {
  /// What the device calls itself: a UUID of version 7.
  public let device: EntryID
  public let author: AuthorID
  public let at: Instant

  /// How many entries were still waiting on it then.
  public let waiting: Int

  /// How many cases it held then.
  public let held: Int

  /// - Parameters:
  ///   - waiting: At least zero.
  ///   - held: At least zero.
  public init(device: EntryID, author: AuthorID, at: Instant, waiting: Int, held: Int) {
    self.device = device
    self.author = author
    self.at = at
    self.waiting = waiting
    self.held = held
  }
}

/// When something is recorded although others did something since its author looked.
public enum AppendCondition: Hashable, Sendable {
  /// Always: what clashes is shown to people later.
  case always

  /// Only when nothing happened to any of these subjects.
  case unchanged([String])

  /// Only when nothing happened in the inspection.
  case inspectionUnchanged
}

/// What became of a draft.
public enum AppendOutcome: Hashable, Sendable {
  /// It is entry number `sequence` now.
  case recorded(sequence: Int)

  /// It was recorded before.
  case repeated(sequence: Int)

  /// Somebody was faster: the last entry about the same. Nothing was recorded.
  case overtaken(by: Int)

  /// Another entry has its id. Nothing was recorded.
  case refused

  /// The key of the inspection was destroyed. Nothing was recorded.
  case erased
}

/// A line as it is kept.
public struct StoredLine: Sendable {
  public let line: [UInt8]

  /// What is kept beside it, to find it by.
  public let columns: Columns

  public struct Columns: Hashable, Sendable {
    public let sequence: Int
    public let id: String
    public let subject: String

    public init(sequence: Int, id: String, subject: String) {
      self.sequence = sequence
      self.id = id
      self.subject = subject
    }
  }

  public init(_ line: [UInt8], _ columns: Columns) {
    self.line = line
    self.columns = columns
  }
}

extension RecordStore {
  /// Calls `body` with the line of each entry up to `through`, in their order.
  public func forEachLine(
    of inspection: InspectionID, through: Int,
    _ body: @escaping @Sendable ([UInt8]) throws -> Void
  ) async throws {
    try await forEachLine(of: inspection, after: 0, through: through, body)
  }
}

/// The end of a record as it is kept.
public struct StoredHead: Hashable, Sendable {
  public let inspection: InspectionID
  public let sequence: Int
  public let digest: String?
  public let recordedAt: Instant?

  /// The sequence of the last entry that is there, zero where none is.
  public let lastEntry: Int

  public init(
    inspection: InspectionID, sequence: Int, digest: String?, recordedAt: Instant?, lastEntry: Int
  ) {
    self.inspection = inspection
    self.sequence = sequence
    self.digest = digest
    self.recordedAt = recordedAt
    self.lastEntry = lastEntry
  }
}

/// A fault of the world outside whose description holds nothing personal and no setting, so that it
/// may be logged.
public protocol PlainFault: Error, CustomStringConvertible {
  /// Whether something that is kept cannot be read any more, and never will be.
  var isDamage: Bool { get }
}

extension PlainFault {
  public var isDamage: Bool { false }
}
