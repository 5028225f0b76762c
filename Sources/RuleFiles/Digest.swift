import Crypto

/// A SHA-256 digest, written `sha256:` and 64 hexadecimal digits.
public struct Digest: Hashable, Sendable {
  /// The bytes from the first to the last, eight in a word.
  private let first: UInt64
  private let second: UInt64
  private let third: UInt64
  private let fourth: UInt64

  /// The digest of some bytes.
  public init(of bytes: some Sequence<UInt8>) {
    var hash = SHA256()
    let isInOnePlace: Void? = bytes.withContiguousStorageIfAvailable {
      hash.update(bufferPointer: UnsafeRawBufferPointer($0))
    }
    if isInOnePlace == nil { hash.update(data: Array(bytes)) }
    self.init(sha256: hash.finalize())
  }

  /// A digest that was worked out already.
  ///
  /// - Parameter bytes: The 32 bytes of a SHA-256.
  public init(sha256 bytes: some Sequence<UInt8>) {
    var words: [UInt64] = [0, 0, 0, 0]
    for (place, byte) in bytes.enumerated() {
      words[place / 8] = words[place / 8] << 8 | UInt64(byte)
    }
    (first, second, third, fourth) = (words[0], words[1], words[2], words[3])
  }

  /// Reads `sha256:` and 64 hexadecimal digits in small letters, or nothing from anything else.
  public init?(text: some StringProtocol) {
    var text = String(text)
    guard let read = text.withUTF8({ Digest(text: $0) }) else { return nil }
    self = read
  }

  /// Reads the same from bytes.
  public init?(text bytes: UnsafeBufferPointer<UInt8>) {
    guard bytes.count == 71, bytes.starts(with: "sha256:".utf8),
      let first = Self.word(bytes, 7), let second = Self.word(bytes, 23),
      let third = Self.word(bytes, 39), let fourth = Self.word(bytes, 55)
    else { return nil }
    (self.first, self.second, self.third, self.fourth) = (first, second, third, fourth)
  }

  /// Sixteen hexadecimal digits as a number.
  private static func word(_ bytes: UnsafeBufferPointer<UInt8>, _ start: Int) -> UInt64? {
    var word: UInt64 = 0
    for place in start..<start + 16 {
      let byte = bytes[place]
      switch byte {
      case UInt8(ascii: "0")...UInt8(ascii: "9"): word = word << 4 | UInt64(byte - 48)
      case UInt8(ascii: "a")...UInt8(ascii: "f"): word = word << 4 | UInt64(byte - 87)
      default: return nil
      }
    }
    return word
  }

  /// The first twelve hexadecimal digits, enough for a person to compare.
  public var short: String { String(hexadecimal.prefix(12)) }

  /// The 64 hexadecimal digits alone.
  public var hexadecimal: String {
    let digits = Array("0123456789abcdef".utf8)
    return String(unsafeUninitializedCapacity: 64) { text in
      for (place, word) in [first, second, third, fourth].enumerated() {
        for digit in 0..<16 {
          text[place * 16 + digit] = digits[Int(word >> UInt64(60 - digit * 4) & 0xF)]
        }
      }
      return 64
    }
  }
}

extension Digest: CustomStringConvertible {
  public var description: String { "sha256:" + hexadecimal }
}
