import Crypto
import Dispatch
import RuleFiles

/// The digest of a frame: of all that stands in a list, whatever the order of its rows and columns.
///
/// SHA-256 of three things, one behind the other: the rows above the heading and the heading
/// itself, each in the canonical form of a row with a line feed behind it, and the SHA-256 digests
/// of all rows that are not blank, 32 bytes each, sorted. Rows that were refused are among them.
enum FrameDigest {
  /// The buckets that digests are sorted in, by their first byte.
  private static let buckets = 256

  static func of(above: [[String]], columns: [String], rows: consuming [[RowDigest]])
    -> RuleFiles.Digest
  {
    var hash = SHA256()
    for row in above + [columns.sorted { Array($0.utf8).lexicographicallyPrecedes(Array($1.utf8)) }]
    {
      hash.update(data: Array((row.map(quoted).joined(separator: ",") + "\n").utf8))
    }
    var starts = [Int](repeating: 0, count: buckets + 1)
    var rows = rows
    for page in rows.indices {
      for digest in rows[page] { starts[bucket(digest) + 1] += 1 }
    }
    for bucket in 0..<buckets { starts[bucket + 1] += starts[bucket] }
    let count = starts[buckets]
    let all = UnsafeMutablePointer<RowDigest>.allocate(capacity: max(1, count))
    defer { all.deallocate() }
    var ends = starts
    while let page = rows.popLast() {
      for digest in page {
        (all + ends[bucket(digest)]).initialize(to: digest)
        ends[bucket(digest)] += 1
      }
    }
    // Each bucket is sorted by one thread alone.
    nonisolated(unsafe) let place = all
    let bounds = starts
    DispatchQueue.concurrentPerform(iterations: buckets) { bucket in
      var part = UnsafeMutableBufferPointer(
        start: place + bounds[bucket], count: bounds[bucket + 1] - bounds[bucket])
      part.sort()
      for digest in part.indices { part[digest] = part[digest].bigEndian }
    }
    hash.update(
      bufferPointer: UnsafeRawBufferPointer(start: all, count: count * MemoryLayout<RowDigest>.size)
    )
    return RuleFiles.Digest(sha256: hash.finalize())
  }

  private static func bucket(_ digest: RowDigest) -> Int { Int(digest.words.0 >> 56) }

  private static func quoted(_ value: String) -> String {
    guard value.utf8.contains(where: { $0 == 44 || $0 == 34 || $0 == 10 }) else { return value }
    // By scalars: a quote and a mark that combines with it are one character.
    let doubled = value.unicodeScalars.flatMap { $0 == "\"" ? [$0, $0] : [$0] }
    return "\"" + String(String.UnicodeScalarView(doubled)) + "\""
  }
}

extension RowDigest {
  /// The same with its words as they lie in a row of bytes.
  fileprivate var bigEndian: RowDigest {
    RowDigest(
      words: (words.0.bigEndian, words.1.bigEndian, words.2.bigEndian, words.3.bigEndian))
  }
}
