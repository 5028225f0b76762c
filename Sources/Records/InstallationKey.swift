import Crypto
import Foundation
import RuleFiles

/// What an installation is known by to others: it opens what was sealed for it, and signs what it
/// sends. Follows from the master key, so that there is no other secret to keep.
///
/// - Source: X25519 and Ed25519 (RFC 7748, RFC 8032), each from the master key by HKDF-SHA-256
///   (RFC 5869); decision 0021.
public struct InstallationKey: Sendable {
  private let receiving: Curve25519.KeyAgreement.PrivateKey
  private let signing: Curve25519.Signing.PrivateKey

  /// What others may know of it.
  public let known: Public

  public init(of masterKey: MasterKey) {
    // Any 32 bytes are such a key.
    guard
      let receiving = try? Curve25519.KeyAgreement.PrivateKey(
        rawRepresentation: masterKey.derived(for: "plumbline installation receives 1")),
      let signing = try? Curve25519.Signing.PrivateKey(
        rawRepresentation: masterKey.derived(for: "plumbline installation signs 1"))
    else { preconditionFailure("32 bytes are a key") }
    self.receiving = receiving
    self.signing = signing
    known = Public(
      receiving: receiving.publicKey.rawRepresentation,
      signing: signing.publicKey.rawRepresentation)
  }

  /// The public half, which people hand to each other as one line: `plumbk-` and 91 letters, digits,
  /// hyphens and underscores, the last of which tell a slip of the pen.
  public struct Public: Hashable, Sendable, CustomStringConvertible {
    /// 32 bytes each.
    fileprivate let receiving: Data
    fileprivate let signing: Data

    private static let start = "plumbk-"
    private static let checkLength = 4

    init(receiving: Data, signing: Data) {
      self.receiving = receiving
      self.signing = signing
    }

    /// Nothing from anything that ``description`` did not write.
    public init?(_ text: some StringProtocol) {
      let text = String(text)
      guard text.hasPrefix(Self.start),
        let bytes = Data(
          base64Encoded: text.dropFirst(Self.start.count)
            .replacing("-", with: "+").replacing("_", with: "/") + "="),
        bytes.count == 64 + Self.checkLength
      else { return nil }
      self.init(receiving: bytes.prefix(32), signing: bytes[32..<64])
      guard description == text else { return nil }
    }

    public var description: String {
      let bytes = receiving + signing
      let check = SHA256.hash(data: Data(Self.start.utf8) + bytes).prefix(Self.checkLength)
      return Self.start
        + (bytes + check).base64EncodedString()
        .replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: "")
    }
  }
}

// MARK: - Sealing and signing

extension InstallationKey {
  /// How something is sealed for one installation.
  ///
  /// - Source: RFC 9180, base mode.
  private static let suite = HPKE.Ciphersuite(
    kem: .Curve25519_HKDF_SHA256, kdf: .HKDF_SHA256, aead: .AES_GCM_256)

  private static let encapsulatedLength = 32
  static let signatureLength = 64

  /// Seals something that only `recipient` can open.
  ///
  /// - Parameter place: What it is bound to; it opens nowhere else.
  /// - Returns: Nothing when `recipient` is a key for which nothing can be sealed.
  static func seal(_ bytes: some DataProtocol, for recipient: Public, at place: String) -> Data? {
    // Why such a key is none does not matter.
    guard
      let key = try? Curve25519.KeyAgreement.PublicKey(rawRepresentation: recipient.receiving),
      isSecret(key),
      var sender = try? HPKE.Sender(recipientKey: key, ciphersuite: suite, info: Data(place.utf8)),
      let box = try? sender.seal(bytes)
    else { return nil }
    return sender.encapsulatedKey + box
  }

  /// Whether what is sealed for a key is a secret of its owner: for a few points anybody can tell
  /// what comes out.
  ///
  /// - Source: RFC 9180, 7.1.4.
  private static func isSecret(_ key: Curve25519.KeyAgreement.PublicKey) -> Bool {
    let secret = try? Curve25519.KeyAgreement.PrivateKey().sharedSecretFromKeyAgreement(with: key)
    return secret?.withUnsafeBytes { $0.contains { $0 != 0 } } == true
  }

  /// What was sealed for this installation.
  func open(_ sealed: some DataProtocol, at place: String) -> Data? {
    let sealed = Data(sealed)
    // Whatever is wrong with it, it cannot be read, and says no more than that.
    guard sealed.count > Self.encapsulatedLength,
      var recipient = try? HPKE.Recipient(
        privateKey: receiving, ciphersuite: Self.suite, info: Data(place.utf8),
        encapsulatedKey: sealed.prefix(Self.encapsulatedLength)),
      let bytes = try? recipient.open(sealed.dropFirst(Self.encapsulatedLength))
    else { return nil }
    return bytes
  }

  func sign(_ bytes: some DataProtocol) -> Data {
    guard let signature = try? signing.signature(for: bytes) else {
      preconditionFailure("a signing key signs anything")
    }
    return signature
  }

  /// Hands the key of an inspection to another installation.
  ///
  /// - Returns: Nothing when `recipient` is a key for which nothing can be sealed.
  public static func wrap(
    _ key: InspectionKey, of inspection: InspectionID, for recipient: Public
  ) -> [UInt8]? {
    key.handed { seal($0, for: recipient, at: "plumbline key of \(inspection)") }.map { Array($0) }
  }

  /// The key of an inspection that another installation handed to this one.
  public func unwrap(_ bytes: [UInt8], of inspection: InspectionID) -> InspectionKey? {
    open(bytes, at: "plumbline key of \(inspection)").flatMap { InspectionKey(handed: $0) }
  }
}

extension InstallationKey.Public {
  func hasSigned(_ bytes: some DataProtocol, _ signature: some DataProtocol) -> Bool {
    // What is no key has signed nothing.
    guard let key = try? Curve25519.Signing.PublicKey(rawRepresentation: signing) else {
      return false
    }
    return key.isValidSignature(signature, for: bytes)
  }
}
