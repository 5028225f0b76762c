public import Calendars
import OrderedJSON
public import RuleFiles

/// One thing that happened in an inspection, as it stands in the record for ever.
///
/// An entry is one line of JSON. Its digest is the SHA-256 of the bytes of that line, and the line
/// holds the digest of the entry before, so that none can be changed, left out or put in between
/// without changing every digest after it.
public struct Entry: Sendable {
  public let draft: Draft

  /// Its place in the record of its inspection, from one, without gaps.
  public let sequence: Int

  /// When it was recorded; never before the entry before.
  public let recordedAt: Instant

  /// The digest of the entry before; nothing for the first.
  public let previous: Digest?

  /// The line, without a line feed.
  public let line: [UInt8]

  /// The digest of the line.
  public let digest: Digest

  public var id: EntryID { draft.id }

  /// Puts a draft at the end of a record.
  public init(_ draft: Draft, after head: Head, at instant: Instant) {
    let recordedAt = max(instant, head.recordedAt ?? instant)
    let line = EntryLine.bytes(
      draft, sequence: head.sequence + 1, recordedAt: recordedAt, previous: head.digest)
    self.init(
      draft, sequence: head.sequence + 1, recordedAt: recordedAt, previous: head.digest,
      line: line)
  }

  /// Reads the line of an entry.
  ///
  /// - Throws: ``EntryFault``. Only what this program writes is read: members in their order, and
  ///   no white space.
  public init(line: [UInt8]) throws(EntryFault) {
    let read = try EntryLine.read(line)
    self.init(
      read.draft, sequence: read.sequence, recordedAt: read.recordedAt, previous: read.previous,
      line: line)
  }

  private init(
    _ draft: Draft, sequence: Int, recordedAt: Instant, previous: Digest?, line: [UInt8]
  ) {
    self.draft = draft
    self.sequence = sequence
    self.recordedAt = recordedAt
    self.previous = previous
    self.line = line
    digest = Digest(of: line)
  }

  /// The end of the record after this entry.
  public var head: Head { Head(sequence: sequence, digest: digest, recordedAt: recordedAt) }
}

/// The end of the record of an inspection.
public struct Head: Hashable, Sendable {
  /// The sequence of the last entry, zero where there is none.
  public let sequence: Int

  /// The digest of the last entry.
  public let digest: Digest?

  /// When the last entry was recorded.
  public let recordedAt: Instant?

  public init(sequence: Int, digest: Digest?, recordedAt: Instant?) {
    self.sequence = sequence
    self.digest = digest
    self.recordedAt = recordedAt
  }

  /// Of a record without entries.
  public static let start = Head(sequence: 0, digest: nil, recordedAt: nil)
}

/// Why a line is no entry.
public enum EntryFault: Error, Hashable {
  case noJSON
  case wrongMember(String)
  case notAsWritten
}

extension EntryFault: CustomStringConvertible {
  /// What is wrong, as a sentence without its full stop.
  public var description: String {
    switch self {
    case .noJSON: "is not a line of JSON"
    case .wrongMember(let name): "the member “\(name)” is missing or is not what it should be"
    case .notAsWritten: "is not written as entries are"
    }
  }
}
