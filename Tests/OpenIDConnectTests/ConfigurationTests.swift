import OrderedJSON
import Testing
import Workflows

@testable import OpenIDConnect

/// What a provider says of itself, and what is said of it.
@Suite struct ConfigurationTests {
  @Test(
    arguments: [
      (["issuer": "https://accounts.example.org"], .otherIssuer),
      (["issuer": .null], .unreadable(.discovery)),
      (["token_endpoint": .null], .unreadable(.discovery)),
      (["jwks_uri": "http://keys.example.org/"], .unreadable(.discovery)),
      (["authorization_endpoint": "javascript:alert(1)"], .unreadable(.discovery)),
      (["authorization_endpoint": "https://a.example.org/\r\nX: y"], .unreadable(.discovery)),
      (["authorization_endpoint": "https://a.example.org/#x"], .unreadable(.discovery)),
      (["response_types_supported": ["id_token"]], .unsupported(.code)),
      (["code_challenge_methods_supported": ["plain"]], .unsupported(.challenge)),
      (
        ["token_endpoint_auth_methods_supported": ["private_key_jwt"]],
        .unsupported(.clientAuthentication)
      ),
    ] as [([String: JSON], IdentityFault)])
  func `a provider says what it is, and does what is needed`(
    _ configuration: [String: JSON], _ fault: IdentityFault
  ) async throws {
    try await TestProvider.expect(fault, of: TestProvider.Manners(configuration: configuration))
  }

  @Test func `an issuer is its address to the last letter`() async throws {
    try await TestProvider.run { provider in
      let client = try OpenIDProvider(
        issuer: provider.issuer + "/", clientID: "x",
        redirectAddress: TestProvider.redirectAddress, title: "x", now: { provider.clock.now })
      await #expect(throws: IdentityFault.otherIssuer) { try await client.address(for: .trial()) }
      await client.close()
    }
  }

  @Test(arguments: [
    "http://accounts.example.org", "http://127.0.0.1.example.org", "http://localhost.example.org",
    "http://127.0.0.1@example.org", "http://example.org#localhost", "ftp://localhost", "localhost",
    "", "https://", "https://a.example.org?x", "https://a.example.org/#x", "https://a b",
    "https://a.example.org\\@b", "https://me@a.example.org", "HTTP://a.example.org",
  ])
  func `an issuer is reached by TLS unless it is this machine`(_ issuer: String) {
    #expect(throws: IdentityFault.unusable(.issuer)) {
      try OpenIDProvider(
        issuer: issuer, clientID: "x", redirectAddress: TestProvider.redirectAddress, title: "x",
        now: { Clock().now })
    }
  }

  @Test(arguments: ["http://127.0.0.1:8080", "http://localhost:8080", "http://[::1]:8080"])
  func `this machine does without TLS by each of its names`(_ address: String) {
    #expect(WebAddress(address)?.isLocal == true)
  }

  @Test(
    arguments: [
      ("http://plumbline.example.org/", "x", "x", .redirectAddress),
      ("https://plumbline.example.org/", "", "x", .client),
      ("https://plumbline.example.org/", "x", "", .client),
    ] as [(String, String, String, IdentityFault.Setting)])
  func `settings that cannot work are refused at once`(
    _ redirectAddress: String, _ clientID: String, _ secret: String,
    _ setting: IdentityFault.Setting
  ) {
    #expect(throws: IdentityFault.unusable(setting)) {
      try OpenIDProvider(
        issuer: "https://accounts.example.org", clientID: clientID, clientSecret: secret,
        redirectAddress: redirectAddress, title: "x", now: { Clock().now })
    }
  }
}
