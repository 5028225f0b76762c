import Crypto
import CryptoExtras
import Foundation
import OrderedJSON

/// Keys of a provider, and ways to sign with them, rightly and wrongly.
struct TestKeys: Sendable {
  struct Signer: Sendable {
    let algorithm: String
    let keyID: String
    let sign: @Sendable (Data) throws -> Data
  }

  private(set) var signers: [String: Signer] = [:]

  /// What is published: as RFC 7517 has it, with keys for other things in between.
  private(set) var published: JSON = .null

  /// Made once: RSA takes a while.
  static let usual = Result { try TestKeys() }

  /// Without padding, made in another way than what is tested.
  static func text(_ bytes: some Sequence<UInt8>) -> String {
    String(Data(bytes).base64EncodedString().prefix { $0 != "=" })
      .map { ["+": "-", "/": "_"][$0] ?? String($0) }.joined()
  }

  /// - Parameter suffix: What is behind the names of the keys.
  init(suffix: String = "") throws {
    let rsa = try _RSA.Signing.PrivateKey(keySize: .bits2048)
    let other = try _RSA.Signing.PrivateKey(keySize: .bits2048)
    let (p256, p384, p521) = (
      P256.Signing.PrivateKey(), P384.Signing.PrivateKey(), P521.Signing.PrivateKey()
    )
    let stranger = P256.Signing.PrivateKey()
    let ed = Curve25519.Signing.PrivateKey()
    let names = (rsa: "rsa" + suffix, ec: "ec" + suffix, ed: "ed" + suffix)

    func add(
      _ name: String, _ algorithm: String, _ keyID: String,
      _ sign: @escaping @Sendable (Data) throws -> Data
    ) {
      signers[name] = Signer(algorithm: algorithm, keyID: keyID, sign: sign)
    }
    add("rs256", "RS256", names.rsa) {
      try rsa.signature(for: SHA256.hash(data: $0), padding: .insecurePKCS1v1_5).rawRepresentation
    }
    add("rs512", "RS512", names.rsa) {
      try rsa.signature(for: SHA512.hash(data: $0), padding: .insecurePKCS1v1_5).rawRepresentation
    }
    add("ps256", "PS256", names.rsa) {
      try rsa.signature(for: SHA256.hash(data: $0), padding: .PSS).rawRepresentation
    }
    add("es256", "ES256", names.ec) { try p256.signature(for: $0).rawRepresentation }
    add("es384", "ES384", names.ec + "-384") { try p384.signature(for: $0).rawRepresentation }
    add("es512", "ES512", names.ec + "-521") { try p521.signature(for: $0).rawRepresentation }
    add("eddsa", "EdDSA", names.ed) { try ed.signature(for: $0) }

    add("none", "none", names.rsa) { _ in Data() }
    add("None", "None", names.rsa) { _ in Data() }
    add("unsigned", "RS256", names.rsa) { _ in Data() }
    // The public key, which everybody has, as the secret of an HMAC.
    let publicKeys = [
      rsa.publicKey.pemRepresentation, rsa.publicKey.derRepresentation.base64EncodedString(),
    ]
    for (number, key) in publicKeys.enumerated() {
      add("hs256-\(number)", "HS256", names.rsa) {
        Data(HMAC<SHA256>.authenticationCode(for: $0, using: SymmetricKey(data: Data(key.utf8))))
      }
      add("hmac-\(number)", "RS256", names.rsa) {
        Data(HMAC<SHA256>.authenticationCode(for: $0, using: SymmetricKey(data: Data(key.utf8))))
      }
    }
    add("stranger", "ES256", names.ec) { try stranger.signature(for: $0).rawRepresentation }
    add("unknown", "ES256", "nobody") { try stranger.signature(for: $0).rawRepresentation }
    add("other kind", "ES256", names.rsa) { try p256.signature(for: $0).rawRepresentation }
    add("other curve", "ES384", names.ec) { try p384.signature(for: $0).rawRepresentation }
    add("for encryption", "RS256", "encryption") {
      try other.signature(for: SHA256.hash(data: $0), padding: .insecurePKCS1v1_5)
        .rawRepresentation
    }

    let primitives = try rsa.publicKey.getKeyPrimitives()
    let others = try other.publicKey.getKeyPrimitives()
    published = [
      "keys": [
        ["kty": "oct", "kid": .string(names.rsa), "k": "AAAA"],
        [
          "kty": "RSA", "kid": "encryption", "use": "enc", "n": .string(Self.text(others.modulus)),
          "e": .string(Self.text(others.publicExponent)),
        ],
        ["kty": "new", "kid": "later"], "nothing",
        [
          "kty": "RSA", "kid": .string(names.rsa), "use": "sig",
          "n": .string(Self.text(primitives.modulus)),
          "e": .string(Self.text(primitives.publicExponent)),
        ],
        Self.curve("P-256", names.ec, p256.publicKey.rawRepresentation),
        Self.curve("P-384", names.ec + "-384", p384.publicKey.rawRepresentation),
        Self.curve("P-521", names.ec + "-521", p521.publicKey.rawRepresentation),
        [
          "kty": "OKP", "crv": "Ed25519", "kid": .string(names.ed), "alg": "EdDSA",
          "x": .string(Self.text(ed.publicKey.rawRepresentation)),
        ],
      ]
    ]
  }

  private static func curve(_ curve: String, _ name: String, _ point: Data) -> JSON {
    let half = point.count / 2
    return [
      "kty": "EC", "crv": .string(curve), "kid": .string(name), "use": "sig",
      "x": .string(text(point.prefix(half))), "y": .string(text(point.suffix(half))),
    ]
  }
}
