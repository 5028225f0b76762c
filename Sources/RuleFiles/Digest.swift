import Crypto

/// A SHA-256 digest, written `sha256:` and 64 hexadecimal digits.
public struct Digest: Hashable, Sendable, CustomStringConvertible {
  public let description: String

  /// The first twelve hexadecimal digits, enough for a person to compare.
  public let short: String

  /// The digest of some bytes.
  public init(of bytes: some Sequence<UInt8>) {
    self.init(sha256: SHA256.hash(data: Array(bytes)))
  }

  /// A digest that was worked out already.
  ///
  /// - Parameter bytes: The 32 bytes of a SHA-256.
  public init(sha256 bytes: some Sequence<UInt8>) {
    let digits = Self.hexadecimal(bytes)
    description = "sha256:" + digits
    short = String(digits.prefix(12))
  }

  private static func hexadecimal(_ bytes: some Sequence<UInt8>) -> String {
    let digits = Array("0123456789abcdef")
    return String(bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] })
  }
}
