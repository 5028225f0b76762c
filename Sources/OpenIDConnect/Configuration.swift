import OrderedJSON
import Workflows

/// What a provider says of itself, as far as it is needed.
///
/// - Source: OpenID Connect Discovery 1.0, 3 and 4.
struct Configuration: Sendable {
  /// Where browsers are sent.
  let authorization: WebAddress

  /// Where codes are exchanged.
  let token: WebAddress
  let keys: WebAddress

  /// Whether a client may show its secret in the header.
  let takesBasic: Bool

  /// Where an issuer’s configuration is.
  static func address(of issuer: String) throws(IdentityFault) -> WebAddress {
    let base = issuer.hasSuffix("/") ? String(issuer.dropLast()) : issuer
    guard let address = WebAddress(base + "/.well-known/openid-configuration") else {
      throw .unusable(.issuer)
    }
    return address
  }

  /// - Parameter mayBeLocal: Whether the issuer is this machine. Only then may the others be.
  init(_ json: JSON, of issuer: String, mayBeLocal: Bool) throws(IdentityFault) {
    guard let named = json["issuer"].string else { throw .unreadable(.discovery) }
    guard named.utf8.elementsEqual(issuer.utf8) else { throw .otherIssuer }
    func address(_ name: String) throws(IdentityFault) -> WebAddress {
      guard let text = json[name].string,
        let address = WebAddress(text, mayBeLocal: mayBeLocal)
      else { throw .unreadable(.discovery) }
      return address
    }
    authorization = try address("authorization_endpoint")
    token = try address("token_endpoint")
    keys = try address("jwks_uri")
    // What a provider does not say it may still do, except where the standard names a default.
    func offers(_ value: String, in name: String) -> Bool {
      json[name].array?.contains(.string(value)) ?? true
    }
    guard offers("code", in: "response_types_supported") else { throw .unsupported(.code) }
    guard offers("S256", in: "code_challenge_methods_supported") else {
      throw .unsupported(.challenge)
    }
    takesBasic = offers("client_secret_basic", in: "token_endpoint_auth_methods_supported")
  }
}
