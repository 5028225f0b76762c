import Fieldwork
import Records
import RuleFiles
import Standards

/// Checks the record of one inspection line by line, up to the first fault.
struct RecordCheck: Sendable {
  private var chain: Chain
  private var state = InspectionState()
  private let editions: PublishedEditions

  /// A digest that an entry must have and that none had so far.
  private var missing: Digest?
  private(set) var fault: VerifiedRecord.Fault?

  init(of inspection: InspectionID, _ editions: PublishedEditions, holding digest: Digest?) {
    chain = Chain(of: inspection)
    self.editions = editions
    missing = digest
  }

  var result: VerifiedRecord {
    VerifiedRecord(
      inspection: chain.inspection, entries: fault.map { $0.sequence - 1 } ?? chain.head.sequence,
      head: chain.head.digest, fault: fault)
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
      return fail(id: columns.id, error.description)
    }
    guard editions.ruleBooks.contains(where: { $0.digest == entry.draft.edition }) else {
      return fail(entry, "was made under an edition that this program does not have")
    }
    do {
      try state.apply(entry)
    } catch {
      return fail(entry, error.description)
    }
    if entry.digest == missing { missing = nil }
    if let facts = state.facts, editions[facts.edition]?.digest != state.edition {
      fail(entry, "has not the digest of the edition \(facts.edition)")
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
    } else if missing != nil {
      fault = VerifiedRecord.Fault(
        sequence: sequence, id: nil, what: "is the last, and none has the digest that was noted")
    }
  }

  /// - Parameter entry: One that follows the one before, and is wrong all the same.
  private mutating func fail(_ entry: Entry, _ what: String) {
    fault = VerifiedRecord.Fault(
      sequence: entry.sequence, id: entry.id.description, what: what)
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
