import Records
import RuleFiles

/// Checks the record of one inspection line by line, up to the first fault.
struct RecordCheck: Sendable {
  private var chain: Chain
  private(set) var fault: VerifiedRecord.Fault?

  init(of inspection: InspectionID) {
    chain = Chain(of: inspection)
  }

  var result: VerifiedRecord {
    VerifiedRecord(
      inspection: chain.inspection, entries: chain.head.sequence, head: chain.head.digest,
      fault: fault)
  }

  /// Checks the next line.
  ///
  /// - Parameter stored: What is kept beside the line, if anything is.
  mutating func add(_ line: [UInt8], stored: StoredLine.Columns? = nil) {
    guard fault == nil else { return }
    let entry: Entry
    do {
      entry = try Entry(line: line)
    } catch {
      return fail(id: stored?.id, error.description)
    }
    let columns = StoredLine.Columns(of: entry)
    if let stored, stored != columns {
      return fail(id: stored.id, "is kept under another sequence, id or subject than it holds")
    }
    do {
      try chain.add(entry)
    } catch {
      fail(id: columns.id, error.description)
    }
  }

  /// Checks that the record ends where it should.
  mutating func end(at sequence: Int, _ digest: String?) {
    guard fault == nil else { return }
    if chain.head.sequence != sequence {
      fail(id: nil, "is missing: the record should end at entry \(sequence)")
    } else if chain.head.digest?.description != digest {
      fault = VerifiedRecord.Fault(
        sequence: sequence, id: nil, what: "has not the digest that the record should end with")
    }
  }

  private mutating func fail(id: String?, _ what: String) {
    fault = VerifiedRecord.Fault(sequence: chain.head.sequence + 1, id: id, what: what)
  }
}

extension StoredLine.Columns {
  init(of entry: Entry) {
    self.init(
      sequence: entry.sequence, id: entry.id.description, subject: entry.draft.subject)
  }
}
