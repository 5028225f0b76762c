import JWTKit
import OrderedJSON
import People
import Workflows

/// How a token may be signed: with a key of which we know only the public half. What is signed with
/// a secret that both sides know, or not at all, is not among them.
///
/// - Source: RFC 7518, 3.1, and RFC 8037.
enum SigningAlgorithm: String {
  case rs256 = "RS256"
  case rs384 = "RS384"
  case rs512 = "RS512"
  case ps256 = "PS256"
  case ps384 = "PS384"
  case ps512 = "PS512"
  case es256 = "ES256"
  case es384 = "ES384"
  case es512 = "ES512"
  case edDSA = "EdDSA"

  /// Which keys it needs: their `kty` and `crv`.
  fileprivate var keys: (type: String, curve: String?) {
    switch self {
    case .rs256, .rs384, .rs512, .ps256, .ps384, .ps512: ("RSA", nil)
    case .es256: ("EC", "P-256")
    case .es384: ("EC", "P-384")
    case .es512: ("EC", "P-521")
    case .edDSA: ("OKP", "Ed25519")
    }
  }
}

/// The public keys of a provider.
///
/// - Source: RFC 7517.
struct KeySet: Sendable {
  private let keys: [PublicKey]

  /// No provider has more.
  private static let most = 100

  /// What is no key, or of a kind that is not known here, is passed over.
  init(_ json: JSON) throws(IdentityFault) {
    guard let keys = json["keys"].array, keys.count <= Self.most else { throw .unreadable(.keys) }
    self.keys = keys.map { PublicKey(json: $0) }
  }

  /// The key that a token says it was signed with, or, where it does not say, the only one that it
  /// can be.
  func key(for token: IDToken) -> PublicKey? {
    let fitting = keys.filter { $0.fits(token) }
    return fitting.count == 1 ? fitting[0] : nil
  }
}

/// One of them, as it was published.
struct PublicKey: Sendable {
  fileprivate let json: JSON

  /// Its kind is that of the token’s algorithm, whatever else the token says.
  fileprivate func fits(_ token: IDToken) -> Bool {
    func allows(_ name: String, _ value: String) -> Bool {
      json[name] == .null || json[name] == .string(value)
    }
    let wanted = token.algorithm.keys
    return json["kty"] == .string(wanted.type)
      && (wanted.curve == nil || json["crv"] == wanted.curve.map { .string($0) })
      && allows("use", "sig") && allows("alg", token.algorithm.rawValue)
      && (token.keyID == nil || json["kid"] == token.keyID.map { .string($0) })
  }

  /// Whether this key signed a token.
  func signed(_ token: IDToken) async throws(IdentityFault) -> Bool {
    let name = JWKIdentifier(string: "key")
    let algorithm = JWK.Algorithm(rawValue: token.algorithm.rawValue)
    let key: JWK =
      switch token.algorithm.keys.type {
      case "RSA":
        .rsa(algorithm, identifier: name, modulus: part("n"), exponent: part("e"))
      case "EC":
        .ecdsa(
          algorithm, identifier: name, x: part("x"), y: part("y"),
          curve: json["crv"].string.flatMap { ECDSACurve(rawValue: $0) })
      default:
        .octetKeyPair(algorithm, identifier: name, x: part("x"), y: nil, curve: .ed25519)
      }
    let verifier: any JWTAlgorithm
    do {
      // A collection of this key alone: one of several falls back to its first for a key that it
      // does not know.
      verifier = try await JWTKeyCollection().add(jwk: key).getKey(for: name)
    } catch {
      throw .unreadable(.keys)
    }
    // Bytes that can be no signature are as wrong as a wrong one.
    return (try? verifier.verify(token.signature, signs: token.signed)) ?? false
  }

  private func part(_ name: String) -> String? {
    json[name].string.flatMap { Base64URL.bytes(of: $0) == nil ? nil : $0 }
  }
}
