import Records
import Workflows

/// What was carried here, added all at once or not at all.
extension Appending {
  /// The most ids that are looked for in one statement.
  private static let idsAtOnce = 1_000

  /// - Precondition: There is a draft, and all are of that inspection.
  func append(
    together drafts: [Draft], to inspection: InspectionID, after revision: Int
  ) throws -> AppendOutcome {
    guard var head = try lockedHeads([inspection])[inspection] else {
      throw StoreFault.damaged("records")
    }
    guard head.sequence > 0 else {
      try forget(inspection)
      return .overtaken(by: 0)
    }
    let known = try recorded(all: drafts.map(\.id))
    if known.count == drafts.count, let last = known[drafts[drafts.count - 1].id],
      known.values.allSatisfy({ $0.draft.inspection == inspection })
    {
      return .repeated(sequence: last.sequence)
    }
    guard try erased(of: [inspection]).isEmpty else { return .erased }
    guard head.sequence == revision else { return .overtaken(by: head.sequence) }
    guard known.isEmpty, Set(drafts.map(\.id)).count == drafts.count else { return .refused }
    var added: [Entry] = []
    for draft in drafts {
      guard draft.inspection == inspection, (0...head.sequence).contains(draft.over),
        draft.isSound
      else { return .refused }
      let entry = Entry(draft, after: head, at: now)
      head = entry.head
      added.append(entry)
    }
    try insert(added)
    try keep(head, of: inspection)
    return .recorded(sequence: head.sequence)
  }

  /// - Precondition: There is an entry, and each follows the one before.
  func adopt(_ entries: [Entry], of inspection: InspectionID, key: [UInt8]) throws -> Bool {
    let last = entries[entries.count - 1].head
    let head = try lockedHeads([inspection])[inspection]
    // Also when this is run again after it was done.
    guard head?.sequence == 0 else { return head == last }
    let name = SQLValue.text(inspection.description)
    guard
      try transaction.row("SELECT 1 FROM inspection_keys WHERE inspection = ?", [name]) == nil,
      try recorded(all: entries.map(\.id)).isEmpty
    else {
      try forget(inspection)
      return false
    }
    try transaction.run(
      "INSERT INTO inspection_keys (inspection, wrapped) VALUES (?, ?)", [name, .blob(key)])
    try insert(entries)
    try keep(last, of: inspection)
    return true
  }

  private func recorded(all ids: [EntryID]) throws -> [EntryID: Entry] {
    var found: [EntryID: Entry] = [:]
    for start in stride(from: 0, to: ids.count, by: Self.idsAtOnce) {
      let some = Array(ids[start..<min(start + Self.idsAtOnce, ids.count)])
      found.merge(try recorded(some)) { $1 }
    }
    return found
  }
}
