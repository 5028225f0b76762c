public import Caseloads
import Crypto

/// What a draw starts from: any text, made in public, such as dice that were thrown before
/// witnesses.
///
/// Every case has a ticket that depends on the seed and on its own id alone. Whoever knows both can
/// work the ticket out again, with this program or another one.
public struct Seed: Sendable {
  public let text: String

  /// The SHA-256 of the text, 64 hexadecimal digits: exactly one block.
  ///
  /// Held as words, which many threads can read at once; a hasher that has taken them in would be
  /// shared by all of them.
  private let start: InlineArray<8, UInt64>

  public init(_ text: String) {
    self.text = text
    let digits = Array("0123456789abcdef".utf8)
    let hash = Array(SHA256.hash(data: Array(text.utf8)))
    start = InlineArray { word in
      hash[word * 4..<word * 4 + 4].reduce(into: 0) { word, byte in
        word = word << 16 | UInt64(digits[Int(byte >> 4)]) << 8 | UInt64(digits[Int(byte & 15)])
      }.bigEndian
    }
  }

  /// The ticket of a case.
  ///
  /// The id is the CRN in capitals.
  ///
  /// - Source: R. L. Rivest, Consistent Sampling with Replacement, arXiv 1808.10016: SHA-256 of the
  ///   hexadecimal SHA-256 of the seed followed by the id. The number's decimal digits, at least 64
  ///   of them, stand behind the point from the last to the first, as in the PyPI package
  ///   consistent-sampler 1.0.10.
  public func ticket(for crn: CRN) -> Ticket { crn.withBytes(ticket) }

  /// The ticket of anything that has an id.
  public func ticket(for id: String) -> Ticket {
    var id = id
    return id.withUTF8 { ticket(for: UnsafeRawBufferPointer($0)) }
  }

  private func ticket(for id: UnsafeRawBufferPointer) -> Ticket {
    var hasher = SHA256()
    withUnsafeBytes(of: start) { hasher.update(bufferPointer: $0) }
    hasher.update(bufferPointer: id)
    var words = (UInt64(0), UInt64(0), UInt64(0), UInt64(0))
    hasher.finalize().withUnsafeBytes { raw in
      func word(_ place: Int) -> UInt64 {
        UInt64(bigEndian: raw.loadUnaligned(fromByteOffset: place * 8, as: UInt64.self))
      }
      words = (word(0), word(1), word(2), word(3))
    }
    return Ticket(words.0, words.1, words.2, words.3)
  }
}
