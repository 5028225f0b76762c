import Crypto

/// A SHA-256 digest, written `sha256:` and 64 hexadecimal digits.
public struct Digest: Hashable, Sendable, CustomStringConvertible {
  public let description: String

  /// The digest of some bytes.
  public init(of bytes: some Sequence<UInt8>) {
    description = "sha256:" + Self.hexadecimal(SHA256.hash(data: Array(bytes)))
  }

  /// The first twelve hexadecimal digits, enough for a person to compare.
  public var short: String {
    String(description.dropFirst("sha256:".count).prefix(12))
  }

  private static func hexadecimal(_ bytes: some Sequence<UInt8>) -> String {
    let digits = Array("0123456789abcdef")
    return String(bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] })
  }
}
