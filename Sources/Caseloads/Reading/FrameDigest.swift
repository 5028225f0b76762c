import Crypto
import RuleFiles

/// The digest of a frame: of all that stands in a list, whatever the order of its rows and columns.
///
/// SHA-256 of three things, one behind the other: the rows above the heading and the heading
/// itself, each in the canonical form of a row with a line feed behind it, and the SHA-256 digests
/// of all rows that are not blank, 32 bytes each, sorted. Rows that were refused are among them.
enum FrameDigest {
  static func of(above: [[String]], columns: [String], rows: consuming [[RowDigest]])
    -> RuleFiles.Digest
  {
    var rows = rows
    var hash = SHA256()
    for row in above + [columns.sorted { Array($0.utf8).lexicographicallyPrecedes(Array($1.utf8)) }]
    {
      hash.update(data: Array((row.map(quoted).joined(separator: ",") + "\n").utf8))
    }
    let parted = Parted(rows, by: FirstByte())
    rows = []
    parted.forEachPart { _, part in sort(part) }
    parted.withAll { hash.update(bufferPointer: UnsafeRawBufferPointer($0)) }
    return RuleFiles.Digest(sha256: hash.finalize())
  }

  /// Sorts digests that have the first byte in common, and turns them into bytes in a row: by the
  /// second byte first, which leaves few to be compared.
  private static func sort(_ digests: UnsafeMutableBufferPointer<RowDigest>) {
    var ends = [Int](repeating: 0, count: 257)
    for digest in digests { ends[digest.secondByte + 1] += 1 }
    for byte in 0..<256 { ends[byte + 1] += ends[byte] }
    let starts = ends
    withUnsafeTemporaryAllocation(of: RowDigest.self, capacity: digests.count) { sorted in
      for digest in digests {
        sorted.initializeElement(at: ends[digest.secondByte], to: digest)
        ends[digest.secondByte] += 1
      }
      for byte in 0..<256 { sorted[starts[byte]..<starts[byte + 1]].sort() }
      for place in digests.indices { digests[place] = sorted[place].bigEndian }
    }
  }

  private static func quoted(_ value: String) -> String {
    guard value.utf8.contains(where: { $0 == 44 || $0 == 34 || $0 == 10 }) else { return value }
    // By scalars: a quote and a mark that combines with it are one character.
    let doubled = value.unicodeScalars.flatMap { $0 == "\"" ? [$0, $0] : [$0] }
    return "\"" + String(String.UnicodeScalarView(doubled)) + "\""
  }
}

/// Parts digests by their first byte.
private struct FirstByte: PartingRule {
  @inline(__always)
  func element(of digest: RowDigest, at place: Int) -> RowDigest? { digest }

  @inline(__always)
  func part(of digest: RowDigest) -> Int { Int(digest.words.0 >> 56) }
}

extension RowDigest {
  fileprivate var secondByte: Int { Int(words.0 >> 48 & 0xFF) }

  /// The same with its words as they lie in a row of bytes.
  fileprivate var bigEndian: RowDigest {
    RowDigest(
      words: (words.0.bigEndian, words.1.bigEndian, words.2.bigEndian, words.3.bigEndian))
  }
}
