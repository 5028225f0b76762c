import Fieldwork
import Foundation
import OrderedJSON
import People
import Problems
public import Records
import RuleFiles

extension BundleDesk {
  /// How often a bundle is looked at anew when somebody records something meanwhile.
  private static let mostAttempts = 20

  /// Takes in what another installation did, as far as it is not here yet.
  ///
  /// Everything is checked before anything is recorded, and everything is recorded at once. Taking
  /// the same in again changes nothing.
  ///
  /// - Parameters:
  ///   - file: What ``export(_:to:)`` gave there.
  ///   - name: What problems call it.
  ///   - sender: The installation whose signature it must have.
  ///   - author: Whoever takes it in.
  /// - Throws: ``Problems`` when it cannot be taken in; and what the store throws.
  public func take(
    _ file: [UInt8], named name: String, from sender: InstallationKey.Public, by author: AuthorID
  ) async throws -> ImportedBundle {
    let bundle = try open(file, name, from: sender)
    let there = try ReadRecord(bundle.record, editions, name: name)
    guard there.entries.first?.draft.inspection == bundle.inspection,
      let key = InstallationKey(of: masterKey).unwrap(bundle.key, of: bundle.inspection),
      there.entries.first.map({ Self.opens($0, key) }) == true, !there.state.isErased
    else { throw damaged(name) }
    let work = Incoming(
      bundle: bundle, entries: there.entries, state: there.state, key: key, name: name,
      from: sender, author: author)
    for _ in 0..<Self.mostAttempts {
      let outcome =
        try await records.revision(of: bundle.inspection) == 0
        ? try await adopt(work) : try await add(work)
      if let outcome { return outcome }
    }
    throw problem(
      bundle.inspection, "others keep recording something in it",
      "nothing was changed: import it when fewer people work")
  }

  /// What is being taken in.
  private struct Incoming {
    let bundle: WorkBundle
    let entries: [Entry]
    let state: InspectionState
    let key: InspectionKey
    let name: String
    let from: InstallationKey.Public
    let author: AuthorID
  }

  private func open(
    _ file: [UInt8], _ name: String, from sender: InstallationKey.Public
  ) throws(Problems) -> WorkBundle {
    do throws(SealedBundle.Fault) {
      let bytes = try SealedBundle.open(file, from: sender, by: InstallationKey(of: masterKey))
      if let bundle = WorkBundle(bytes) { return bundle }
    } catch {
      throw Problems(Problem(name, error.description, remedy: error.remedy))
    }
    // Signed by whom we trust, and still not what this program writes.
    throw Problems(
      Problem(name, "is written by another release", remedy: "use the same release on both sides"))
  }

  private func damaged(_ name: String) -> Problems {
    let fault = SealedBundle.Fault.isDamaged
    return Problems(Problem(name, fault.description, remedy: fault.remedy))
  }

  /// Whether a key is the one that an entry was sealed with.
  private static func opens(_ entry: Entry, _ key: InspectionKey) -> Bool {
    entry.draft.sealed.map { key.open($0, for: entry.id) != nil } ?? true
  }

  // MARK: - A record that is not here

  /// - Returns: Nothing when there is a record by now.
  private func adopt(_ work: Incoming) async throws -> ImportedBundle? {
    let newcomers = try await newcomers(in: work.bundle)
    let inspection = work.bundle.inspection
    var elsewhere: Set<Digest> = []
    for digest in work.entries.compactMap(\.file) {
      if let file = work.bundle.files[digest] {
        _ = try await records.keep(file: file, of: inspection)
      } else {
        elsewhere.insert(digest)
      }
    }
    guard let last = work.entries.last else { return nil }
    let carried = carriedDraft(
      work, over: last.sequence, added: work.entries.count, isWhole: true, elsewhere: elsewhere)
    let wrapped = masterKey.wrap(work.key, of: inspection)
    guard
      try await records.adopt(
        work.entries + [Entry(carried, after: last.head, at: now())], of: inspection, key: wrapped)
    else {
      if try await records.revision(of: inspection) > 0 { return nil }
      throw problem(
        inspection, "there was an inspection of that name, or something in it is of another one",
        "import it into a data folder of its own")
    }
    return ImportedBundle(
      inspection: inspection, isNew: true, added: work.entries.count, known: 0, left: [],
      accounts: try await make(newcomers))
  }

  // MARK: - A record that is here

  /// - Returns: Nothing when somebody recorded something meanwhile.
  private func add(_ work: Incoming) async throws -> ImportedBundle? {
    let inspection = work.bundle.inspection
    guard let export = try await ExportRecord.run(inspection, from: records) else { return nil }
    let here = try ReadRecord(export, editions, name: inspection.description)
    guard !here.state.isErased, let wrapped = try await records.key(of: inspection) else {
      throw problem(
        inspection, "what was personal in it was erased here", "nothing can be added to it any more"
      )
    }
    guard let key = masterKey.unwrap(wrapped, of: inspection) else {
      throw problem(
        inspection, "its key does not open with this master key", "name the right one with --keys")
    }
    let carrying = try carrying(work, to: here)
    guard key.isSame(as: work.key) else { throw isAnother(work) }
    let newcomers = here.state.carriedFrom == nil ? [] : try await newcomers(in: work.bundle)
    if !carrying.drafts.isEmpty {
      let elsewhere = try await keepFiles(of: carrying, work)
      let carried = carriedDraft(
        work, over: here.state.revision, added: carrying.drafts.count, isWhole: false,
        elsewhere: elsewhere)
      switch try await records.append(
        together: carrying.drafts + [carried], to: inspection, after: here.state.revision)
      {
      case .recorded, .repeated: break
      case .overtaken, .erased: return nil
      case .refused:
        throw problem(
          inspection, "an entry of it has the id of one of another inspection",
          "run record verify on both sides")
      }
    }
    return ImportedBundle(
      inspection: inspection, isNew: false, added: carrying.drafts.count, known: carrying.known,
      left: carrying.left.map { ImportedBundle.LeftEntry($0) },
      accounts: try await make(newcomers))
  }

  private func carrying(_ work: Incoming, to here: ReadRecord) throws(Problems) -> Carrying {
    do throws(Carrying.Fault) {
      return try Carrying(work.entries, to: here.entries, here.state)
    } catch {
      switch error {
      case .isAnotherInspection: throw isAnother(work)
      case .differs(let id):
        throw Problems(
          Problem(
            work.name, "entry \(id) is another there than here",
            remedy: "nothing was changed: run record verify on both sides, and ask who changed it"))
      }
    }
  }

  private func isAnother(_ work: Incoming) -> Problems {
    Problems(
      Problem(
        work.name, "holds another inspection of the name \(work.bundle.inspection)",
        remedy: "import it into a data folder of its own"))
  }

  /// Keeps the files that entries are about which come now.
  ///
  /// - Returns: Those that did not come along.
  private func keepFiles(of carrying: Carrying, _ work: Incoming) async throws -> Set<Digest> {
    var elsewhere: Set<Digest> = []
    for digest in carrying.drafts.compactMap(\.file) {
      if let file = work.bundle.files[digest] {
        _ = try await records.keep(file: file, of: work.bundle.inspection)
      } else if try await records.file(digest, of: work.bundle.inspection) == nil {
        elsewhere.insert(digest)
      }
    }
    guard elsewhere.isEmpty || carrying.state.carriedFrom != nil else {
      throw Problems(
        Problem(
          work.name, "comes without a file of its evidence",
          remedy: "run record verify where it comes from, and export it anew"))
    }
    return elsewhere
  }

  private func carriedDraft(
    _ work: Incoming, over revision: Int, added: Int, isWhole: Bool, elsewhere: Set<Digest>
  ) -> Draft {
    let last = work.entries[work.entries.count - 1]
    let event = Event.workCarried(
      CarriedFacts(
        from: work.from.description, head: last.digest, entries: added, isWhole: isWhole,
        elsewhere: elsewhere.sorted { $0.hexadecimal < $1.hexadecimal }))
    return Draft(
      id: newID(), inspection: work.bundle.inspection, author: work.author, event: event.name,
      subject: event.subject, over: revision, edition: work.entries[0].draft.edition,
      values: event.values)
  }
}

extension Draft {
  /// The file that it is about.
  fileprivate var file: Digest? { values["file"].string.flatMap { Digest(text: $0) } }
}

extension Entry {
  fileprivate var file: Digest? { draft.file }
}
