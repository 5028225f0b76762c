import OrderedJSON
import Testing
import Workflows

@testable import OpenIDConnect

/// What a provider signs, and what it signs it with.
@Suite struct IDTokenTests {
  // MARK: - Keys

  @Test func `new keys are found, and looked for at most once a minute`() async throws {
    try await TestProvider.run { provider in
      let client = try provider.client()
      _ = try await client.signIn(.trial())

      provider.manners.keys = try TestKeys(suffix: "-new")
      await #expect(throws: IdentityFault.unbelievable(.key)) {
        try await client.signIn(.trial())
      }
      #expect(provider.asked("/keys") == 1)

      provider.clock.pass(seconds: 60)
      #expect(try await client.signIn(.trial()).subject == "person-7")
      #expect(provider.asked("/keys") == 2)
      await client.close()
    }
  }

  @Test func `the keys that are known stay when new ones cannot be had`() async throws {
    try await TestProvider.run { provider in
      let client = try provider.client()
      _ = try await client.signIn(.trial())

      provider.clock.pass(seconds: 60)
      provider.manners = TestProvider.Manners(answers: ["/keys": .status(500)], signer: "unknown")
      await #expect(throws: IdentityFault.refused(.keys, status: 500)) {
        try await client.signIn(.trial())
      }
      await #expect(throws: IdentityFault.unbelievable(.key)) {
        try await client.signIn(.trial())
      }
      #expect(provider.asked("/keys") == 2)

      provider.manners.signer = "es256"
      #expect(try await client.signIn(.trial()).subject == "person-7")
      await client.close()
    }
  }

  @Test(arguments: ["eddsa", "es384"])
  func `a token that names no key is checked with the only one of its kind`(
    _ signer: String
  ) async throws {
    try await TestProvider.run(TestProvider.Manners(header: ["kid": .null], signer: signer)) {
      provider in
      let client = try provider.client()
      #expect(try await client.signIn(.trial()).subject == "person-7")
      await client.close()
    }
  }

  @Test func `a token that names no key is not tried with one after the other`() throws {
    let key: JSON = ["kty": "EC", "crv": "P-256", "x": "AAAA", "y": "AAAA"]
    let parts = ["{\"alg\":\"ES256\"}", "{}", ""].map { TestKeys.text($0.utf8) }
    let token = try IDToken(parts.joined(separator: "."))

    #expect(try KeySet(["keys": [key]]).key(for: token) != nil)
    #expect(try KeySet(["keys": [key, key]]).key(for: token) == nil)
    #expect(try KeySet(["keys": []]).key(for: token) == nil)
  }

  @Test func `a key that is none is the provider's fault`() async throws {
    let key: JSON = ["kty": "EC", "crv": "P-256", "x": "AAAA", "y": "AAAA"]
    let parts = ["{\"alg\":\"ES256\"}", "{}", ""].map { TestKeys.text($0.utf8) }
    let token = try IDToken(parts.joined(separator: "."))

    let found = try #require(try KeySet(["keys": [key]]).key(for: token))
    await #expect(throws: IdentityFault.unreadable(.keys)) { try await found.signed(token) }
  }

  // MARK: - Tokens that are refused

  @Test(
    arguments: [
      ("none", .algorithm), ("None", .algorithm), ("hs256-0", .algorithm), ("hs256-1", .algorithm),
      ("hmac-0", .signature), ("hmac-1", .signature), ("unsigned", .signature),
      ("stranger", .signature), ("unknown", .key), ("other kind", .key), ("other curve", .key),
      ("for encryption", .key),
    ] as [(String, IdentityFault.Claim)])
  func `a token is signed with a key of the provider, in a way that only it can`(
    _ signer: String, _ claim: IdentityFault.Claim
  ) async throws {
    try await TestProvider.expect(.unbelievable(claim), of: TestProvider.Manners(signer: signer))
  }

  @Test func `a token that asks for more than is known is refused`() async throws {
    try await TestProvider.expect(
      .unbelievable(.algorithm), of: TestProvider.Manners(header: ["crit": ["exp"]]))
  }

  @Test(
    arguments: [
      (["nonce": "other"], .nonce), (["nonce": .null], .nonce), (["nonce": .number(1)], .nonce),
      (["aud": "other"], .audience), (["aud": .null], .audience), (["aud": []], .audience),
      (["aud": ["other"]], .audience),
      (["aud": [.string(TestProvider.clientID), "other"]], .audience),
      (["azp": "other"], .audience), (["azp": .number(1)], .audience),
      (["iss": "https://accounts.example.org"], .issuer), (["iss": .null], .issuer),
      (["exp": .number(1_767_225_540)], .expiry), (["exp": .null], .expiry),
      (["exp": "1767225900"], .expiry),
      (["iat": .number(1_767_225_661)], .issuedAt), (["iat": .number(1_767_222_000)], .issuedAt),
      (["iat": .null], .issuedAt), (["nbf": .number(1_767_225_661)], .issuedAt),
      (["sub": ""], .subject), (["sub": .null], .subject), (["sub": "a\u{0}"], .subject),
      (["sub": .string(String(repeating: "a", count: 256))], .subject),
    ] as [([String: JSON], IdentityFault.Claim)])
  func `a token is for this client and this attempt, and lasts`(
    _ claims: [String: JSON], _ claim: IdentityFault.Claim
  ) async throws {
    try await TestProvider.expect(.unbelievable(claim), of: TestProvider.Manners(claims: claims))
  }

  @Test(arguments: [
    "{}", "{\"id_token\":1}", "{\"id_token\":\"\"}", "{\"id_token\":\"a.b\"}",
    "{\"id_token\":\"e30.e30.=\"}", "{\"id_token\":\"W10.e30.\"}", "{\"id_token\":\"e30.e30.a.b\"}",
  ])
  func `what is no token is refused`(_ answer: String) async throws {
    try await TestProvider.expect(
      .unreadable(.token), of: TestProvider.Manners(answers: ["/token": .text(answer)]))
  }

  @Test func `a claim that stands there twice is refused`() async throws {
    let claims = "{\"sub\":\"one\",\"sub\":\"other\"}"
    let token = ["{\"alg\":\"RS256\"}", claims, ""].map { TestKeys.text($0.utf8) }
    #expect(throws: IdentityFault.unreadable(.token)) {
      try IDToken(token.joined(separator: "."))
    }
  }
}
