import Fieldwork
import OrderedJSON
import Records
import RuleFiles
import Standards

/// Checks the record of one inspection line by line, up to the first fault.
///
/// Where an entry does not hold the digest of the one before, one of the two was changed. What comes
/// next tells which: it holds the digest of the later one, if that is as it was.
struct RecordCheck: Sendable {
  private var chain: Chain
  private var state = InspectionState()
  private let editions: PublishedEditions

  /// How the inspection stood, as it was kept.
  private let view: StoredView?

  /// A digest that an entry must have and that none had so far.
  private var missing: Digest?
  private var fault: VerifiedRecord.Fault?

  /// The last entry that follows the one before.
  private var last: Entry?

  /// The next entry, which does not hold the digest of ``last``, until it is known which of the two
  /// was changed.
  private var doubtful: Entry?

  /// The files that entries are about, each with the sequence of the first.
  private var files: [Digest: Int] = [:]

  /// Whether one of the entries from the fault on may say that files are at another installation.
  private var isElsewhereUnknown = false

  /// How many entries were found right.
  private var right = 0

  /// How many files are kept at another installation.
  private var elsewhere = 0

  init(
    of inspection: InspectionID, _ editions: PublishedEditions, holding digest: Digest?,
    view: StoredView? = nil
  ) {
    chain = Chain(of: inspection)
    self.editions = editions
    self.view = view
    missing = digest
  }

  var result: VerifiedRecord {
    VerifiedRecord(
      inspection: chain.inspection, entries: right, head: chain.head.digest,
      elsewhere: elsewhere, fault: fault)
  }

  /// The files of the entries before the fault, in their order.
  var filesToCheck: [(file: Digest, sequence: Int)] {
    files.filter { isBeforeFault($0.value) }.sorted { $0.value < $1.value }
      .map { (file: $0.key, sequence: $0.value) }
  }

  private func isBeforeFault(_ sequence: Int) -> Bool {
    fault.map { sequence < $0.sequence } ?? true
  }

  // MARK: - Lines

  /// Checks the next line.
  ///
  /// - Parameter stored: What is kept beside the line, if anything is.
  mutating func add(_ line: [UInt8], stored: StoredLine.Columns? = nil) {
    let entry: Entry
    do {
      entry = try Entry(line: line)
    } catch {
      settle(by: nil)
      isElsewhereUnknown = true
      if fault == nil { fail(id: stored?.id, error.description) }
      return
    }
    settle(by: entry.previous)
    if fault == nil { check(entry, stored) }
    if fault != nil || doubtful != nil { noteElsewhere(entry) }
  }

  private mutating func check(_ entry: Entry, _ stored: StoredLine.Columns?) {
    let columns = StoredLine.Columns(of: entry)
    if let stored, stored != columns {
      return fail(id: stored.id, "is kept under another sequence, id or subject than it holds")
    }
    do {
      try chain.add(entry)
    } catch {
      switch error {
      case .wrongPrevious where last != nil: doubtful = entry
      case .wrongSequence:
        isElsewhereUnknown = true
        fail(id: columns.id, error.description)
      default: fail(id: columns.id, error.description)
      }
      return
    }
    last = entry
    guard editions.ruleBooks.contains(where: { $0.digest == entry.draft.edition }) else {
      return fail(entry, "was made under an edition that this program does not have")
    }
    do {
      try state.apply(entry)
    } catch {
      return fail(entry, error.description)
    }
    if let file = entry.draft.values["file"].string.flatMap({ Digest(text: $0) }) {
      files[file] = min(files[file] ?? entry.sequence, entry.sequence)
    }
    if entry.digest == missing { missing = nil }
    if let view, view.revision == entry.sequence, state.document.compactBytes != view.document {
      return fail(entry, "is where the stored view differs from what the entries come to")
    }
    if let facts = state.facts, editions[facts.edition]?.digest != state.edition {
      return fail(entry, "has not the digest of the edition \(facts.edition)")
    }
    right += 1
  }

  /// Notes that the next line cannot be read, and none behind it was.
  mutating func failToRead() {
    settle(by: nil)
    isElsewhereUnknown = true
    if fault == nil { fail(id: nil, "cannot be read from the database any more") }
  }

  /// Tells which of two entries was changed, if that is to be told.
  ///
  /// - Parameter digest: What the entry behind them holds, or the record should end with.
  private mutating func settle(by digest: Digest?) {
    guard let later = doubtful, let earlier = last else { return }
    doubtful = nil
    if digest == later.digest {
      right -= 1
      fail(earlier, "is not what the entry after it holds the digest of")
      noteElsewhere(earlier)
    } else {
      fail(later, Chain.Fault.wrongPrevious.description)
    }
  }

  /// - Parameter entry: One that is wrong, or behind one.
  private mutating func noteElsewhere(_ entry: Entry) {
    if entry.draft.event == "work-carried" { isElsewhereUnknown = true }
  }

  // MARK: - Files

  /// Checks that a file is as it was when it was kept, unless something before it is wrong.
  ///
  /// One that is gone is no fault where what says that it is elsewhere may be what is wrong.
  ///
  /// - Parameter bytes: What is kept under its digest.
  mutating func add(file: Digest, at sequence: Int, _ bytes: [UInt8]?) {
    guard isBeforeFault(sequence), bytes.map({ Digest(of: $0) }) != file else { return }
    if bytes == nil, state.elsewhere.contains(file) {
      elsewhere += 1
      return
    }
    if bytes == nil, isElsewhereUnknown { return }
    let what = bytes == nil ? "is about a file that is gone" : "is about a file that was changed"
    fault = VerifiedRecord.Fault(sequence: sequence, id: nil, what: what)
  }

  /// Notes that a file cannot be read, unless something before it is wrong.
  mutating func failToReadFile(at sequence: Int) {
    guard isBeforeFault(sequence) else { return }
    let what = "is about a file that cannot be read from the database any more"
    fault = VerifiedRecord.Fault(sequence: sequence, id: nil, what: what)
  }

  // MARK: - The end

  /// Notes that what is checked ends before the next line does.
  ///
  /// - Parameter line: What there is of it; all of it where its line feed alone is missing.
  mutating func endInside(_ line: [UInt8]) {
    // One that cannot be read holds no digest.
    settle(by: (try? Entry(line: line))?.previous)
    if fault == nil { fail(id: nil, "is cut off: the file ends inside it") }
  }

  /// Checks that the record ends where it should.
  mutating func end(at sequence: Int, _ digest: String?) {
    let isDue = chain.head.sequence + 1 == sequence
    settle(by: isDue ? digest.flatMap { Digest(text: $0) } : nil)
    guard fault == nil else { return }
    if chain.head.sequence != sequence {
      isElsewhereUnknown = true
      fail(id: nil, "is missing: the record should end at entry \(sequence)")
    } else if chain.head.digest?.description != digest {
      isElsewhereUnknown = true
      failAtEnd("has not the digest that the record should end with")
    } else if missing != nil {
      failAtEnd("is the last, and none has the digest that was noted")
    }
  }

  /// Checks that the record ends where a store says that it ends.
  ///
  /// - Parameters:
  ///   - hasKey: Whether its key is kept; nothing where that cannot be read.
  ///   - hasReadableView: Whether what is kept of how it stood can be read, if anything is.
  mutating func end(at head: StoredHead, hasKey: Bool?, hasReadableView: Bool) {
    end(at: head.sequence, head.digest)
    guard fault == nil else { return }
    if !hasReadableView {
      failAtEnd("is the last, and the stored view cannot be read from the database any more")
    } else if let view, view.revision > head.sequence {
      failAtEnd("is the last, and the stored view is of entry \(view.revision)")
    } else if head.lastEntry != head.sequence {
      isElsewhereUnknown = true
      fail(id: nil, "is there although the record should end at entry \(head.sequence)")
    } else if head.recordedAt != chain.head.recordedAt {
      failAtEnd("was recorded at another time than the record says")
    } else if hasKey == nil {
      failAtEnd("is of an inspection whose key cannot be read from the database any more")
    } else if state.isErased, hasKey == true {
      failAtEnd("is of an inspection that was erased, whose key is still there: erase it again")
    } else if !state.isErased, hasKey == false {
      failAtEnd("is of an inspection whose key is gone although nobody erased it")
    }
  }

  /// Notes a fault of the last entry.
  private mutating func failAtEnd(_ what: String) {
    fault = VerifiedRecord.Fault(sequence: chain.head.sequence, id: nil, what: what)
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
