public import Calendars
import Foundation
import OrderedJSON
import People
public import Workflows

/// An identity provider that speaks OpenID Connect: the authorization code flow with PKCE.
///
/// Its configuration and its keys are fetched when they are needed and kept for an hour. A token
/// signed with a key that is not known makes it fetch the keys once more, at most once a minute.
/// Only the ID token is believed, and nothing else is asked for: the access token is thrown away.
///
/// - Source: OpenID Connect Core 1.0 and Discovery 1.0; RFC 6749, 7636, 9700.
public struct OpenIDProvider: IdentityProvider {
  public let title: String

  private let issuer: String
  private let clientID: String
  private let clientSecret: String?
  private let redirectAddress: String
  private let now: @Sendable () -> Instant
  private let server: Server
  private let configuration: Kept<Configuration>
  private let keys: Kept<KeySet>

  /// How long what was fetched is kept, in seconds.
  private static let keeping = 60 * 60

  /// How long there is at least between fetching keys and fetching them again because of one that
  /// is not known, in seconds.
  private static let pause = 60

  /// No code is longer, in bytes.
  private static let longestCode = 4_096

  /// Asks nobody anything yet.
  ///
  /// - Parameters:
  ///   - issuer: The provider’s address, exactly as it writes it itself.
  ///   - clientID: What the provider calls this installation.
  ///   - clientSecret: What this installation shows the provider; nothing for a public client.
  ///   - redirectAddress: Where browsers come back to, exactly as the provider was told. With more
  ///     than one provider, one for each: else one could pass on the codes of another.
  ///   - title: How people call it.
  ///   - now: The clock.
  /// - Throws: ``IdentityFault/unusable(_:)``.
  public init(
    issuer: String, clientID: String, clientSecret: String? = nil, redirectAddress: String,
    title: String, now: @escaping @Sendable () -> Instant
  ) throws(IdentityFault) {
    guard let address = WebAddress(issuer), !issuer.contains("?") else { throw .unusable(.issuer) }
    guard WebAddress(redirectAddress) != nil else { throw .unusable(.redirectAddress) }
    guard !clientID.isEmpty, clientSecret?.isEmpty != true else { throw .unusable(.client) }
    self.issuer = issuer
    self.clientID = clientID
    self.clientSecret = clientSecret
    self.redirectAddress = redirectAddress
    self.title = title
    self.now = now
    let server = Server()
    let mayBeLocal = address.isLocal
    let configuration = Kept<Configuration>(seconds: Self.keeping, now: now) {
      () async throws(IdentityFault) in
      let found = try await server.document(.discovery, at: Configuration.address(of: issuer))
      return try Configuration(found, of: issuer, mayBeLocal: mayBeLocal)
    }
    self.server = server
    self.configuration = configuration
    keys = Kept<KeySet>(seconds: Self.keeping, now: now) { () async throws(IdentityFault) in
      let address = try await configuration.value().keys
      return try KeySet(try await server.document(.keys, at: address))
    }
  }

  /// Gives back its connections. It answers nothing afterwards.
  public func close() async {
    await server.close()
  }

  public func address(for attempt: SignInAttempt) async throws(IdentityFault) -> String {
    let endpoint = try await configuration.value().authorization
    let form = Form([
      ("response_type", "code"), ("client_id", clientID), ("redirect_uri", redirectAddress),
      ("scope", "openid email"), ("state", attempt.state), ("nonce", attempt.nonce),
      ("code_challenge", attempt.challenge), ("code_challenge_method", "S256"),
    ])
    return endpoint.text + (endpoint.text.contains("?") ? "&" : "?") + form.text
  }

  public func identity(
    code: String, of attempt: SignInAttempt
  ) async throws(IdentityFault) -> Identity {
    guard !code.isEmpty, code.utf8.count <= Self.longestCode else { throw .codeRefused }
    let token = try IDToken(try await exchange(code, attempt))
    try await check(token)
    let expectation = IDToken.Expectation(
      issuer: issuer, clientID: clientID, nonce: attempt.nonce, instant: now())
    return try token.identity(meeting: expectation)
  }

  /// What the provider gives for a code.
  private func exchange(
    _ code: String, _ attempt: SignInAttempt
  ) async throws(IdentityFault) -> String {
    let configuration = try await configuration.value()
    var form = [
      ("grant_type", "authorization_code"), ("code", code), ("redirect_uri", redirectAddress),
      ("code_verifier", attempt.verifier),
    ]
    var authorization: String?
    if let clientSecret {
      guard configuration.takesBasic else { throw .unsupported(.clientAuthentication) }
      let pair = "\(Form.escaped(clientID)):\(Form.escaped(clientSecret))"
      authorization = "Basic " + Data(pair.utf8).base64EncodedString()
    } else {
      form.append(("client_id", clientID))
    }
    let answer = try await server.post(
      Form(form), to: configuration.token, authorization: authorization)
    guard let token = answer["id_token"].string else { throw .unreadable(.token) }
    return token
  }

  /// - Throws: ``IdentityFault`` unless one of the provider’s keys signed it.
  private func check(_ token: IDToken) async throws(IdentityFault) {
    var key = try await keys.value().key(for: token)
    if key == nil {
      key = try await keys.value(notOlderThan: Self.pause).key(for: token)
    }
    guard let key else { throw .unbelievable(.key) }
    guard try await key.signed(token) else { throw .unbelievable(.signature) }
  }
}
