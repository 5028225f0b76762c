import Crypto
import CryptoExtras
public import Foundation

/// What is kept of a password: scrypt, with its cost and its salt, as
/// `scrypt$17$8$1$<salt>$<key>`, the last two in Base64.
///
/// - Source: RFC 7914; cost N = 2¹⁷, r = 8, p = 1, as OWASP’s cheat sheet on password storage
///   advises. Takes 128 MiB and some tenths of a second.
public struct PasswordHash: Hashable, Sendable {
  /// The text to keep.
  public let text: String

  private let cost: Cost
  private let salt: Data
  private let key: Data

  /// How much work a guess is.
  public struct Cost: Hashable, Sendable {
    /// The binary logarithm of N.
    let rounds: Int
    let blockSize: Int
    let parallelism: Int

    public static let usual = Cost(rounds: 17, blockSize: 8, parallelism: 1)

    /// For tests alone: no work at all.
    package static let none = Cost(rounds: 1, blockSize: 1, parallelism: 1)

    init(rounds: Int, blockSize: Int, parallelism: Int) {
      self.rounds = rounds
      self.blockSize = blockSize
      self.parallelism = parallelism
    }

    /// Nothing for a cost that was never usual, or that would take more than 256 MiB.
    init?(checking rounds: Int, _ blockSize: Int, _ parallelism: Int) {
      let cost = Cost(rounds: rounds, blockSize: blockSize, parallelism: parallelism)
      let isUsual = (10...18).contains(rounds) && blockSize == 8 && (1...4).contains(parallelism)
      guard isUsual || cost == .none else { return nil }
      self = cost
    }
  }

  private static let keyLength = 32

  /// Works out what to keep of a new password. Takes a while: not on a thread that others wait for.
  ///
  /// - Parameter salt: 16 bytes of chance.
  public init(_ password: String, salt: Data, cost: Cost = .usual) {
    self.init(salt: salt, key: Self.derive(password, salt, cost), cost: cost)
  }

  private init(salt: Data, key: Data, cost: Cost) {
    self.cost = cost
    self.salt = salt
    self.key = key
    text = [
      "scrypt", "\(cost.rounds)", "\(cost.blockSize)", "\(cost.parallelism)",
      salt.base64EncodedString(), key.base64EncodedString(),
    ].joined(separator: "$")
  }

  /// Of a password that nobody knows and nobody can find: what it would be compared with is chance.
  /// For an account that has none yet.
  public static func ofNobody() -> PasswordHash {
    PasswordHash(salt: .chance(16), key: .chance(keyLength), cost: .usual)
  }

  /// Reads what was kept, or nothing from anything else.
  public init?(text: String) {
    let parts = text.split(separator: "$", omittingEmptySubsequences: false)
    guard parts.count == 6, parts[0] == "scrypt", let rounds = Int(parts[1]),
      let blockSize = Int(parts[2]), let parallelism = Int(parts[3]),
      let cost = Cost(checking: rounds, blockSize, parallelism),
      let salt = Data(base64Encoded: String(parts[4])),
      let key = Data(base64Encoded: String(parts[5])), key.count == Self.keyLength
    else { return nil }
    self.text = text
    self.cost = cost
    self.salt = salt
    self.key = key
  }

  /// Whether it is of this password. Takes as long whether it is or not.
  public func isOf(_ password: String) -> Bool {
    SecretBytes.areEqual(Self.derive(password, salt, cost), key)
  }

  /// Whether it should be worked out anew at the next sign-in, because the usual cost is another.
  public var isOutdated: Bool { cost != .usual }

  private static func derive(_ password: String, _ salt: Data, _ cost: Cost) -> Data {
    // Letters that look the same are the same, however a keyboard puts them together.
    let bytes = Array(password.precomposedStringWithCompatibilityMapping.utf8)
    // It fails only for costs that the initialisers let nobody give.
    guard
      let key = try? KDF.Scrypt.deriveKey(
        from: bytes, salt: salt, outputByteCount: keyLength, rounds: 1 << cost.rounds,
        blockSize: cost.blockSize, parallelism: cost.parallelism)
    else { preconditionFailure("scrypt works with any cost that is let through") }
    return key.withUnsafeBytes { Data($0) }
  }
}

/// What secrets are compared with.
package enum SecretBytes {
  /// Compares all bytes, so that the time does not tell where two differ.
  package static func areEqual(_ one: some Sequence<UInt8>, _ other: some Sequence<UInt8>) -> Bool {
    let (one, other) = (Array(one), Array(other))
    guard one.count == other.count else { return false }
    return zip(one, other).reduce(UInt8(0)) { $0 | ($1.0 ^ $1.1) } == 0
  }
}

extension Data {
  /// From the system’s source of chance.
  fileprivate static func chance(_ count: Int) -> Data {
    SymmetricKey(size: SymmetricKeySize(bitCount: count * 8)).withUnsafeBytes { Data($0) }
  }
}
