import Calendars
import RuleFiles

/// Checks the record of an inspection entry by entry.
///
/// An entry must follow the one before: its sequence is one more, it holds that one's digest, it was
/// not recorded earlier, is of the same inspection and was made over an entry that stood before it.
public struct Chain: Sendable {
  public let inspection: InspectionID

  /// The end of what was checked.
  public private(set) var head = Head.start
  private var ids: Set<EntryID> = []

  public init(of inspection: InspectionID) {
    self.inspection = inspection
  }

  /// Why an entry does not follow the one before.
  public enum Fault: Error, Hashable {
    case wrongSequence(Int, expected: Int)
    case wrongPrevious
    case recordedEarlier
    case ofAnotherInspection
    case overALaterEntry(Int)
    case repeated
  }

  /// - Throws: ``Fault`` when it does not follow. Nothing was added then.
  public mutating func add(_ entry: Entry) throws(Fault) {
    guard entry.draft.inspection == inspection else { throw .ofAnotherInspection }
    guard entry.sequence == head.sequence + 1 else {
      throw .wrongSequence(entry.sequence, expected: head.sequence + 1)
    }
    guard entry.previous == head.digest else { throw .wrongPrevious }
    if let last = head.recordedAt, entry.recordedAt < last { throw .recordedEarlier }
    guard (0..<entry.sequence).contains(entry.draft.over) else {
      throw .overALaterEntry(entry.draft.over)
    }
    guard ids.insert(entry.id).inserted else { throw .repeated }
    head = entry.head
  }
}

extension Chain.Fault: CustomStringConvertible {
  /// What is wrong, as a sentence without its full stop.
  public var description: String {
    switch self {
    case .wrongSequence(let sequence, let expected):
      "has sequence \(sequence) where \(expected) is due"
    case .wrongPrevious: "does not hold the digest of the entry before"
    case .recordedEarlier: "was recorded before the entry before"
    case .ofAnotherInspection: "is of another inspection"
    case .overALaterEntry(let over): "was made over entry \(over), which did not stand yet"
    case .repeated: "has the id of an earlier entry"
    }
  }
}
