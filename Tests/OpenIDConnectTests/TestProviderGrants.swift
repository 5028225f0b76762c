import Calendars
import Crypto
import Foundation
import Hummingbird
import NIOCore
import OrderedJSON
import Synchronization
import Testing

@testable import OpenIDConnect

/// What the provider says when all is well.
extension TestProvider {
  private static func object(_ members: [String: JSON], but others: [String: JSON]) -> JSON {
    let all = members.merging(others) { $1 }.filter { $0.value != .null }
    return .object(all.sorted { $0.key < $1.key }.map { JSON.Member($0.key, $0.value) })
  }

  var configuration: JSON {
    Self.object(
      [
        "issuer": .string(issuer), "authorization_endpoint": .string(issuer + "/authorize"),
        "token_endpoint": .string(issuer + "/token"), "jwks_uri": .string(issuer + "/keys"),
        "response_types_supported": ["code", "id_token"],
        "code_challenge_methods_supported": ["plain", "S256"],
        "token_endpoint_auth_methods_supported": ["client_secret_basic", "none"],
      ], but: manners.configuration)
  }

  func authorize(_ fields: [String: String]) -> Response {
    let state = fields["state"] ?? ""
    let isRight =
      fields["response_type"] == "code" && fields["client_id"] == Self.clientID
      && fields["redirect_uri"] == Self.redirectAddress
      && fields["scope"]?.split(separator: " ").contains("openid") == true
      && state.count == 43 && fields["nonce"]?.count == 43 && fields["nonce"] != state
      && fields["code_challenge"]?.count == 43 && fields["code_challenge_method"] == "S256"
    guard isRight else { return Response(status: .badRequest) }
    let code = "a code/+\(Int.random(in: 0..<Int.max))"
    self.state.withLock { $0.codes[code] = fields }
    let form = Form([("code", code), ("state", state)])
    return Response(
      status: .seeOther, headers: [.location: "\(Self.redirectAddress)?\(form.text)"])
  }

  func exchange(_ fields: [String: String], authorization: String?) throws -> Response {
    let proof = Self.pair(authorization)
    let isKnown =
      manners.isPublic
      ? proof == nil && fields["client_id"] == Self.clientID
      : proof.map { $0 == (Self.clientID, Self.secret) } ?? false
    guard isKnown else {
      return Self.answer(["error": "invalid_client"], status: .unauthorized)
    }
    // A code is gone once it was shown, rightly or not.
    let asked = state.withLock { $0.codes.removeValue(forKey: fields["code"] ?? "") }
    let challenge = SHA256.hash(data: Data((fields["code_verifier"] ?? "").utf8))
    guard let asked, fields["grant_type"] == "authorization_code",
      fields["redirect_uri"] == asked["redirect_uri"],
      asked["code_challenge"] == TestKeys.text(challenge)
    else { return Self.answer(["error": "invalid_grant"], status: .badRequest) }
    return Self.answer(
      [
        "access_token": "unused", "token_type": "Bearer",
        "id_token": .string(try token(asked["nonce"] ?? "")),
      ])
  }

  /// The name and the password that a header holds.
  private static func pair(_ header: String?) -> (String, String)? {
    guard let header, header.hasPrefix("Basic "),
      let bytes = Data(base64Encoded: String(header.dropFirst(6)))
    else { return nil }
    let parts = String(decoding: bytes, as: UTF8.self).split(separator: ":")
    guard parts.count == 2, let name = parts[0].removingPercentEncoding,
      let password = parts[1].removingPercentEncoding
    else { return nil }
    return (name, password)
  }

  private func token(_ nonce: String) throws -> String {
    let seconds = clock.now.milliseconds / 1_000
    let claims = Self.object(
      [
        "iss": .string(issuer), "sub": "person-7", "aud": .string(Self.clientID),
        "exp": .number(seconds + 300), "iat": .number(seconds), "nonce": .string(nonce),
        "email": "Lead@Example.org", "email_verified": true,
      ], but: manners.claims)
    let signer = try #require((manners.keys ?? keys).signers[manners.signer])
    let header = Self.object(
      ["alg": .string(signer.algorithm), "kid": .string(signer.keyID), "typ": "JWT"],
      but: manners.header)
    let signed = [header, claims].map { TestKeys.text($0.compactBytes) }.joined(separator: ".")
    return signed + "." + TestKeys.text(try signer.sign(Data(signed.utf8)))
  }
}
