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
    let prefix = "sha256:"
    guard text.utf8.count == prefix.utf8.count + 64, text.hasPrefix(prefix) else { return nil }
    var bytes: [UInt8] = []
    for (place, byte) in text.utf8.dropFirst(prefix.utf8.count).enumerated() {
      let digit: UInt8
      switch byte {
      case UInt8(ascii: "0")...UInt8(ascii: "9"): digit = byte - UInt8(ascii: "0")
      case UInt8(ascii: "a")...UInt8(ascii: "f"): digit = byte - UInt8(ascii: "a") + 10
      default: return nil
      }
      if place.isMultiple(of: 2) {
        bytes.append(digit << 4)
      } else {
        bytes[place / 2] |= digit
      }
    }
    self.init(sha256: bytes)
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
