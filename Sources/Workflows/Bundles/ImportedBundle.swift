public import Records

/// What became of a bundle.
public struct ImportedBundle: Sendable {
  public let inspection: InspectionID

  /// Whether there was no record of the inspection before.
  public let isNew: Bool

  /// How many entries were added.
  public let added: Int

  /// How many were here before.
  public let known: Int

  /// What stays in the record there alone.
  public let left: [LeftEntry]

  /// The addresses of the accounts that were made. They have no password yet.
  public let accounts: [String]

  /// An entry that cannot be recorded here.
  public struct LeftEntry: Hashable, Sendable {
    /// Its place in the record there.
    public let sequence: Int
    public let id: EntryID
    public let event: String
    public let subject: String

    /// The rest of a sentence that starts with the entry, without its full stop.
    public let why: String
  }
}

extension SealedBundle.Fault {
  /// The rest of a sentence that starts with the file, without its full stop.
  var description: String {
    switch self {
    case .isNone: "is no bundle"
    case .isFromAnother(let key): "was signed by another installation, \(key)"
    case .isForAnother(let key): "is for another installation, \(key)"
    case .isDamaged: "is not as it was signed"
    }
  }

  var remedy: String {
    switch self {
    case .isNone: "name a file that bundle export wrote"
    case .isFromAnother: "ask for the key of the one that you expect it from"
    case .isForAnother: "export it anew for the key that bundle key prints here"
    case .isDamaged: "copy it again, or export it anew"
    }
  }
}

extension ImportedBundle.LeftEntry {
  init(_ left: Carrying.Left) {
    let draft = left.entry.draft
    self.init(
      sequence: left.entry.sequence, id: left.entry.id, event: draft.event, subject: draft.subject,
      why: left.reason.sentence)
  }
}

extension Carrying.Reason {
  fileprivate var sentence: String {
    switch self {
    case .isPlanning: "belongs to the installation where the inspection is planned"
    case .isOvertaken: "was done by somebody who had not seen what was done here meanwhile"
    case .isAboutNothing: "is about something that stayed there"
    case .cannotHappen: "cannot happen as the inspection stands here"
    }
  }
}
