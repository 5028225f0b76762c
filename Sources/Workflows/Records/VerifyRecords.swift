public import Records
public import RuleFiles
public import Standards
import Synchronization

/// What became of the check of one record.
public struct VerifiedRecord: Sendable {
  public let inspection: InspectionID

  /// How many entries were found right.
  public let entries: Int

  /// The digest of the last entry that was looked at.
  public let head: Digest?

  /// How many of the files that its entries are about are at another installation: work was carried
  /// here, and they were not.
  public let elsewhere: Int

  /// What is wrong with the first entry that is not right; nothing when all are.
  public let fault: Fault?

  public struct Fault: Hashable, Sendable {
    public let sequence: Int

    /// As far as it can be read.
    public let id: String?

    /// The rest of a sentence that starts with the entry, without its full stop.
    public let what: String
  }
}

extension VerifiedRecord {
  /// - Parameter kept: What is left of a record of which nothing says where it ends.
  fileprivate init(withoutEnd kept: StoredHead) {
    let what =
      kept.lastEntry > 0
      ? "is of a record of which nothing says any more where it ends"
      : "is missing: only what belongs to the record is there"
    self.init(
      inspection: kept.inspection, entries: 0, head: nil, elsewhere: 0,
      fault: Fault(sequence: 1, id: nil, what: what))
  }
}

/// Checks records from their first entry to their last.
public enum VerifyRecords {
  /// Checks what a store holds.
  ///
  /// Each line must be an entry, as it was written; each entry must follow the one before
  /// (``Chain``), was made under an edition that is known and says something that can happen; the
  /// columns beside a line must say what the line says; how the inspection stood must be what is
  /// kept of it; the files that entries are about must be there as they were; the record must end
  /// where the store says that it ends; and its key must be there unless it was erased. Of what is
  /// there the store must say where it ends.
  ///
  /// - Parameters:
  ///   - inspection: The one to check; all of them where none is given.
  ///   - digest: A digest that an entry must have.
  public static func run(
    _ store: any RecordStore, _ editions: PublishedEditions, only inspection: InspectionID? = nil,
    holding digest: Digest? = nil
  ) async throws -> [VerifiedRecord] {
    var verified: [VerifiedRecord] = []
    for head in try await store.heads() where inspection == nil || head.inspection == inspection {
      verified.append(try await verify(head, in: store, editions, holding: digest))
    }
    do {
      for kept in try await store.recordsWithoutEnd()
      where inspection == nil || kept.inspection == inspection {
        verified.append(VerifiedRecord(withoutEnd: kept))
      }
    } catch let error as any PlainFault where error.isDamage {
      // What cannot be read was told with the record that it belongs to, if it belongs to any.
      if verified.allSatisfy({ $0.fault == nil }) { throw error }
    }
    return verified.sorted { $0.inspection < $1.inspection }
  }

  private static func verify(
    _ known: StoredHead, in store: any RecordStore, _ editions: PublishedEditions,
    holding digest: Digest?
  ) async throws -> VerifiedRecord {
    var head = known
    let inspection = known.inspection
    let readView = try await readable { try await store.view(of: inspection) }
    let view: StoredView? = readView ?? nil
    if let view, view.revision > head.sequence {
      // It was kept after the heads were read, unless it is wrong.
      head = try await store.heads().first { $0.inspection == inspection } ?? known
    }
    let check = Mutex(RecordCheck(of: inspection, editions, holding: digest, view: view))
    // What is added after the heads were read is no fault.
    try await add(linesThrough: head.sequence, of: inspection, in: store) { line in
      check.withLock { $0.add(line.line, stored: line.columns) }
    } unreadable: {
      check.withLock { $0.failToRead() }
    }
    let hasKey = try await readable { try await store.key(of: inspection) != nil }
    check.withLock { $0.end(at: head, hasKey: hasKey, hasReadableView: readView != nil) }
    for (file, sequence) in check.withLock({ $0.filesToCheck }) {
      if let bytes = try await readable({ try await store.file(file, of: inspection) }) {
        check.withLock { $0.add(file: file, at: sequence, bytes) }
      } else {
        check.withLock { $0.failToReadFile(at: sequence) }
      }
    }
    return check.withLock { $0.result }
  }

  /// Reads the lines of a record, up to one that cannot be read any more.
  private static func add(
    linesThrough end: Int, of inspection: InspectionID, in store: any RecordStore,
    _ add: @escaping @Sendable (StoredLine) -> Void, unreadable: () -> Void
  ) async throws {
    let next = Mutex(1)
    let take: @Sendable (StoredLine) -> Void = { line in
      add(line)
      next.withLock { $0 = line.columns.sequence + 1 }
    }
    let isWhole: Void? = try await readable {
      try await store.forEachStoredLine(of: inspection, after: 0, through: end, take)
    }
    if isWhole != nil { return }
    // Many are asked for at once, so that some before it may not have come.
    while true {
      let sequence = next.withLock { $0 }
      guard sequence <= end else { return }
      let isRead: Void? = try await readable {
        try await store.forEachStoredLine(
          of: inspection, after: sequence - 1, through: sequence, take)
      }
      if isRead == nil { return unreadable() }
      // One that is not there is told by the next.
      next.withLock { $0 = max($0, sequence + 1) }
    }
  }

  /// What is read; nothing where the store cannot read it any more.
  private static func readable<Value: Sendable>(
    _ read: () async throws -> Value
  ) async throws -> Value? {
    do {
      return try await read()
    } catch let error as any PlainFault where error.isDamage {
      return nil
    }
  }

  /// Checks an exported record without the store that it comes from.
  ///
  /// - Parameter bytes: What ``ExportRecord`` wrote, or what is left of it.
  /// - Returns: Nothing when it does not begin as an export does.
  public static func run(
    export bytes: [UInt8], _ editions: PublishedEditions, holding digest: Digest? = nil
  ) -> VerifiedRecord? {
    var lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    guard let first = lines.first, let heading = ExportHeading(line: Array(first)) else {
      return nil
    }
    lines.removeFirst()
    var check = RecordCheck(of: heading.inspection, editions, holding: digest)
    // Nothing stands behind the last line feed.
    let rest = lines.popLast().map { Array($0) }
    for line in lines { check.add(Array(line)) }
    if rest != [] { check.endInside(rest ?? []) }
    check.end(at: heading.entries, heading.digest)
    return check.result
  }
}
