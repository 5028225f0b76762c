import Calendars
import Fieldwork
import OrderedJSON
import Providers
import Records
import RuleFiles
import Standards
import TestKit
import Testing

@testable import Workflows

/// An installation with the record of one inspection, without a database.
struct Site {
  let name: Int
  private(set) var entries: [Entry] = []
  private(set) var state = InspectionState()
  private var chance: Chance

  static let inspection = InspectionID(known: "one")
  static let editions = Result { try PublishedEditions.load() }
  static let edition = Result { try editions.get().edition(named: "pdu-2023") }
  static let evidence = EvidenceFacts(
    kind: .interview, file: StoredFile(digest: Digest(of: [1]), size: 1),
    content: Digest(of: [2]), questions: ["1.1.1"])

  private init(seed: Int) {
    name = seed
    chance = Chance(seed: UInt64(seed))
  }

  static func member(_ id: StaticString) -> Event {
    guard let facts = TeamFacts(roles: [.assessor], isCleared: true, conflicts: 0) else {
      preconditionFailure("an assessor is somebody of a team")
    }
    return .memberSet(AuthorID(known: id), facts)
  }

  /// Where an inspection with two cases is planned.
  static func main(seed: Int) throws -> Site {
    var site = Site(seed: seed)
    let book = try edition.get()
    let file = StoredFile(digest: Digest(of: [0]), size: 1)
    let events: [Event] = [
      .inspectionCreated(
        InspectionFacts(provider: Provider.ID(known: "a-service"), edition: book.id)),
      member("assessor-1"),
      .returnReceived(
        ReturnFacts(
          file: file, profile: "plumbline", listedOn: nil, rows: 9, refused: 1,
          frame: Digest(of: [9]))),
      .frameFrozen(FrameFacts(received: 3, frame: Digest(of: [9]))),
      .sampleDrawn(
        SampleFacts(
          file: file, seed: "1 2 3", frame: Digest(of: [9]), plan: "probation",
          planDigest: Digest(of: [8]), cases: 2)),
      .casesAllotted(AllottedCases([1: AuthorID(known: "assessor-1")])),
    ]
    for event in events { try site.record(event, over: site.state.revision) }
    return site
  }

  /// One that took the whole record of another over.
  static func adopted(from other: Site, seed: Int) throws -> Site {
    var site = Site(seed: seed)
    site.entries = other.entries
    site.state = other.state
    try site.record(carried(from: other, isWhole: true, count: 0), over: site.state.revision)
    return site
  }

  private static func carried(from other: Site, isWhole: Bool, count: Int) -> Event {
    .workCarried(
      CarriedFacts(
        from: "plumbk-\(other.name)", head: other.entries[other.entries.count - 1].digest,
        entries: count, isWhole: isWhole, elsewhere: []))
  }

  @discardableResult mutating func record(_ event: Event, over: Int) throws -> EntryID {
    let at = Instant(milliseconds: 1_767_225_600_000 + entries.count)
    let id = EntryID(at: at, using: &chance)
    try add(
      Draft(
        id: id, inspection: Self.inspection, author: AuthorID(known: "assessor-1"),
        event: event.name, subject: event.subject, over: over,
        edition: try Self.edition.get().digest, values: event.values))
    return id
  }

  private mutating func add(_ draft: Draft) throws {
    let entry = Entry(
      draft, after: entries.last?.head ?? .start,
      at: Instant(milliseconds: 1_767_225_600_000 + entries.count))
    try state.apply(entry)
    entries.append(entry)
  }

  /// Takes in what another did.
  mutating func take(_ other: Site) throws {
    guard other.name != name else { return }
    let carrying = try Carrying(other.entries, to: entries, state)
    guard !carrying.drafts.isEmpty else { return }
    for draft in carrying.drafts { try add(draft) }
    #expect(state == carrying.state)
    try record(
      Self.carried(from: other, isWhole: false, count: carrying.drafts.count),
      over: state.revision)
  }

  /// What is wrong with the record, if anything is.
  func fault() throws -> VerifiedRecord.Fault? {
    let heading = ExportHeading(
      inspection: Self.inspection, entries: entries.count,
      digest: entries.last?.digest.description)
    let lines = [heading.line] + entries.map(\.line)
    let export = lines.flatMap { $0 + [UInt8(ascii: "\n")] }
    return try #require(VerifyRecords.run(export: export, try Self.editions.get())).fault
  }

  /// The entries that the pieces of evidence began with.
  var pieces: Set<EntryID> {
    Set(state.evidence.values.map { entries[$0[0].sequence - 1].id })
  }

  /// The entries of the versions of a piece of evidence, the first first.
  func versions(of number: Int) -> [EntryID] {
    (state.evidence[number] ?? []).map { entries[$0.sequence - 1].id }
  }

  /// For each statement on evidence that holds, the entries that the evidence began with.
  var links: [EntryID: [EntryID?]] {
    var links: [EntryID: [EntryID?]] = [:]
    for head in state.answers.flatMap(\.value.heads) {
      guard case .evidence(let numbers) = head.statement else { continue }
      links[head.entry] = numbers.map { state.evidence[$0].map { entries[$0[0].sequence - 1].id } }
    }
    return links
  }
}
