import Calendars
import Records
import RuleFiles
import Workflows

/// Something that is to be recorded, on a condition.
struct AppendRequest: Sendable {
  let draft: Draft
  let condition: AppendCondition
}

/// Adds drafts to their records inside a transaction.
///
/// May be run again after the connection broke: a draft that was recorded is found by its id.
struct Appending {
  let transaction: any SQLTransaction
  let dialect: SQLDialect
  let now: Instant

  /// - Returns: An outcome for each, in their order.
  func append(_ requests: [AppendRequest]) throws -> [AppendOutcome] {
    let inspections = Set(requests.map(\.draft.inspection)).sorted()
    var heads = try lockedHeads(inspections)
    let erased = try erased(of: inspections)
    var known = try recorded(requests.map(\.draft.id))
    var subjects: [Subject: Int] = [:]
    var added: [Entry] = []
    var outcomes: [AppendOutcome] = []
    for request in requests {
      let draft = request.draft
      if let entry = known[draft.id] {
        let isSame = entry.draft.isSame(as: draft)
        outcomes.append(isSame ? .repeated(sequence: entry.sequence) : .refused)
        continue
      }
      guard !erased.contains(draft.inspection) else {
        outcomes.append(.erased)
        continue
      }
      let head = heads[draft.inspection] ?? .start
      if let newer = try overtaking(request, head, &subjects) {
        outcomes.append(.overtaken(by: newer))
        continue
      }
      guard (0...head.sequence).contains(draft.over), draft.isSound else {
        outcomes.append(.refused)
        continue
      }
      let entry = Entry(draft, after: head, at: now)
      heads[draft.inspection] = entry.head
      known[draft.id] = entry
      subjects[Subject(inspection: draft.inspection, subject: draft.subject)] = entry.sequence
      added.append(entry)
      outcomes.append(.recorded(sequence: entry.sequence))
    }
    try insert(added)
    for inspection in Set(added.map(\.draft.inspection)) {
      if let head = heads[inspection] { try keep(head, of: inspection) }
    }
    for (inspection, head) in heads where head.sequence == 0 { try forget(inspection) }
    return outcomes
  }

  private struct Subject: Hashable {
    let inspection: InspectionID
    let subject: String
  }

  /// The entry that was faster, if that matters.
  private func overtaking(
    _ request: AppendRequest, _ head: Head, _ subjects: inout [Subject: Int]
  ) throws -> Int? {
    switch request.condition {
    case .always: return nil
    case .inspectionUnchanged:
      return head.sequence > request.draft.over ? head.sequence : nil
    case .unchanged(let names):
      var newest = 0
      for name in names {
        let subject = Subject(inspection: request.draft.inspection, subject: name)
        newest = max(newest, try subjects[subject] ?? stored(subject))
      }
      return newest > request.draft.over ? newest : nil
    }
  }

  // MARK: - Statements

  /// The ends of records, which nobody else changes until the transaction ends.
  func lockedHeads(_ inspections: [InspectionID]) throws -> [InspectionID: Head] {
    var heads: [InspectionID: Head] = [:]
    for inspection in inspections {
      let name = SQLValue.text(inspection.description)
      let select =
        "SELECT sequence, digest, recorded_at FROM records WHERE inspection = ?" + dialect.lock
      var row = try transaction.row(select, [name])
      if row == nil {
        try transaction.run(
          "INSERT INTO records (inspection, sequence) VALUES (?, 0) ON CONFLICT DO NOTHING", [name])
        row = try transaction.row(select, [name])
      }
      heads[inspection] = try row.flatMap(Self.head) ?? { throw StoreFault.damaged("records") }()
    }
    return heads
  }

  /// Nothing when it is not what was put there.
  private static func head(_ row: [SQLValue]) -> Head? {
    if row == [.integer(0), .null, .null] { return .start }
    guard let sequence = row[0].integer, let digest = row[1].text.flatMap({ Digest(text: $0) }),
      let recordedAt = row[2].integer.flatMap({ Instant(exactly: $0) })
    else { return nil }
    return Head(sequence: sequence, digest: digest, recordedAt: recordedAt)
  }

  /// Those whose key was destroyed. Asked once their heads are locked, which ``destroyKey(of:recording:)``
  /// waits for: none of them is erased before the transaction ends.
  func erased(of inspections: [InspectionID]) throws -> Set<InspectionID> {
    let names = SQLList(inspections.map { .text($0.description) })
    let rows = try transaction.rows(
      """
      SELECT inspection FROM inspection_keys
      WHERE inspection IN (\(names.marks)) AND wrapped IS NULL
      """, names.values)
    return Set(rows.compactMap { $0[0].text.flatMap { InspectionID($0) } })
  }

  /// Destroys the key of an inspection; its row stays, so that no other comes in its place.
  func destroyKey(of inspection: InspectionID, recording draft: Draft?) throws {
    if let draft {
      _ = try append([AppendRequest(draft: draft, condition: .always)])
    } else {
      let isNew = try lockedHeads([inspection])[inspection]?.sequence == 0
      if isNew { try forget(inspection) }
    }
    try transaction.run(
      "UPDATE inspection_keys SET wrapped = NULL WHERE inspection = ?",
      [.text(inspection.description)])
  }

  /// Takes away what was locked only to find that nothing is added.
  func forget(_ inspection: InspectionID) throws {
    try transaction.run(
      "DELETE FROM records WHERE inspection = ? AND sequence = 0",
      [.text(inspection.description)])
  }

  func keep(_ head: Head, of inspection: InspectionID) throws {
    try transaction.run(
      "UPDATE records SET sequence = ?, digest = ?, recorded_at = ? WHERE inspection = ?",
      [
        .integer(head.sequence), .optional(head.digest?.description),
        .optional(head.recordedAt?.milliseconds), .text(inspection.description),
      ])
  }

  /// The entries that have one of some ids.
  func recorded(_ ids: [EntryID]) throws -> [EntryID: Entry] {
    let wanted = SQLList(ids.map { .text($0.description) })
    var found: [EntryID: Entry] = [:]
    for row in try transaction.rows(
      "SELECT line FROM entries WHERE id IN (\(wanted.marks))", wanted.values)
    {
      guard let line = row[0].text else { throw StoreFault.damaged("entries") }
      let entry = try Entry(line: Array(line.utf8))
      found[entry.id] = entry
    }
    return found
  }

  /// The last entry about a subject, zero for none.
  private func stored(_ subject: Subject) throws -> Int {
    try transaction.row(
      """
      SELECT sequence FROM entries WHERE inspection = ? AND subject = ?
      ORDER BY sequence DESC LIMIT 1
      """, [.text(subject.inspection.description), .text(subject.subject)])?[0].integer ?? 0
  }

  func insert(_ entries: [Entry]) throws {
    try transaction.insert(
      into: "entries", ["inspection", "sequence", "id", "subject", "line"],
      entries.map { entry in
        [
          .text(entry.draft.inspection.description), .integer(entry.sequence),
          .text(entry.id.description), .text(entry.draft.subject),
          .text(String(decoding: entry.line, as: UTF8.self)),
        ]
      })
  }
}

extension Draft {
  /// Whether it says the same as another with its id. A text that was sealed again is another text.
  fileprivate func isSame(as other: Draft) -> Bool {
    inspection == other.inspection && author == other.author && event == other.event
      && subject == other.subject && over == other.over && edition == other.edition
      && values == other.values && (sealed == nil) == (other.sealed == nil)
  }
}
