import Names

/// Some answers on their way from a file into a ``CaseTable``, in memory that does not move.
final class AnswerBatch {
  /// What one row says of its case.
  struct Entry {
    /// What stands for the case's group in ``GroupNames``; of no meaning where there is none.
    let group: NameKey
    let question: Int
    let answer: CaseTable.Answer
  }

  /// Enough for the searches to wait together, few enough to stay in the nearest memory.
  static let capacity = 256

  private(set) var count = 0
  private let keys = UnsafeMutablePointer<NameKey>.allocate(capacity: capacity)
  let entries = UnsafeMutablePointer<Entry>.allocate(capacity: capacity)

  /// The places of the cases in the table, once they are found.
  let places = UnsafeMutablePointer<UInt32>.allocate(capacity: capacity)

  deinit {
    keys.deallocate()
    entries.deallocate()
    places.deallocate()
  }

  /// What stands for the case of each answer.
  var cases: UnsafeBufferPointer<NameKey> { UnsafeBufferPointer(start: keys, count: count) }

  /// - Precondition: The batch has fewer answers than its capacity.
  @inline(__always)
  func append(_ key: NameKey, _ entry: Entry) {
    (keys + count).initialize(to: key)
    (entries + count).initialize(to: entry)
    count += 1
  }

  func removeAll() { count = 0 }
}
