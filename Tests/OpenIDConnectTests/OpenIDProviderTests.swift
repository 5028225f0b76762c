import OrderedJSON
import People
import Testing
import Workflows

@testable import OpenIDConnect

/// Signing in at a provider, as it should go.
@Suite struct OpenIDProviderTests {
  // MARK: - As it should go

  @Test(arguments: ["rs256", "rs512", "ps256", "es256", "es384", "es512", "eddsa"])
  func `whoever the provider vouches for is known`(_ signer: String) async throws {
    try await TestProvider.run(TestProvider.Manners(signer: signer)) { provider in
      let client = try provider.client()

      let identity = try await client.signIn(.trial())

      #expect(identity.issuer == provider.issuer)
      #expect(identity.subject == "person-7")
      #expect(identity.email?.description == "lead@example.org")
      await client.close()
    }
  }

  @Test func `a client without a secret signs in as well`() async throws {
    try await TestProvider.run(TestProvider.Manners(isPublic: true)) { provider in
      let client = try provider.client(secret: nil)
      #expect(try await client.signIn(.trial()).subject == "person-7")
      await client.close()
    }
  }

  @Test(
    arguments: [
      ["email_verified": false], ["email_verified": .null], ["email_verified": "true"],
      ["email_verified": .number(1)], ["email": .null], ["email": "nobody"],
    ] as [[String: JSON]])
  func `an address that is not verified is none`(_ claims: [String: JSON]) async throws {
    try await TestProvider.run(TestProvider.Manners(claims: claims)) { provider in
      let client = try provider.client()
      let identity = try await client.signIn(.trial())
      #expect(identity.subject == "person-7")
      #expect(identity.email == nil)
      await client.close()
    }
  }

  @Test(
    arguments: [
      ["aud": [.string(TestProvider.clientID)]],
      ["aud": [.string(TestProvider.clientID), "other"], "azp": .string(TestProvider.clientID)],
      ["iat": .decimal(1_767_225_600.5)], ["iat": .number(1_767_225_660)],
      ["exp": .number(1_767_225_541)], ["nbf": .number(1_767_225_600)],
    ] as [[String: JSON]])
  func `what the standard allows is taken`(_ claims: [String: JSON]) async throws {
    try await TestProvider.run(TestProvider.Manners(claims: claims)) { provider in
      let client = try provider.client()
      #expect(try await client.signIn(.trial()).subject == "person-7")
      await client.close()
    }
  }

  @Test func `a query that the provider has in its address stays there`() async throws {
    try await TestProvider.run { provider in
      let address = provider.issuer + "/authorize?tenant=1"
      provider.manners.configuration = ["authorization_endpoint": .string(address)]
      let client = try provider.client()
      #expect(try await client.address(for: .trial()).hasPrefix(address + "&response_type=code&"))
      #expect(try await client.signIn(.trial()).subject == "person-7")
      await client.close()
    }
  }

  @Test func `configuration and keys are fetched once an hour, however many sign in`() async throws
  {
    try await TestProvider.run { provider in
      let client = try provider.client()
      let paths = ["/keys", TestProvider.configurationPath]
      try await withThrowingTaskGroup(of: Identity.self) { group in
        for seed in 1...8 {
          group.addTask { try await client.signIn(SignInAttempt.trial(UInt64(seed))) }
        }
        for try await identity in group { #expect(identity.subject == "person-7") }
      }
      #expect(paths.map { provider.asked($0) } == [1, 1])

      provider.clock.pass(seconds: 3_599)
      _ = try await client.signIn(.trial())
      #expect(paths.map { provider.asked($0) } == [1, 1])

      provider.clock.pass(seconds: 1)
      _ = try await client.signIn(.trial())
      #expect(paths.map { provider.asked($0) } == [2, 2])
      await client.close()
    }
  }

  // MARK: - Codes

  @Test func `a code works once`() async throws {
    try await TestProvider.run { provider in
      let client = try provider.client()
      let attempt = SignInAttempt.trial()
      let code = try await client.code(for: attempt)
      #expect(try await client.identity(code: code, of: attempt).subject == "person-7")

      await #expect(throws: IdentityFault.codeRefused) {
        try await client.identity(code: code, of: attempt)
      }
      await client.close()
    }
  }

  @Test func `a code works for its own attempt alone`() async throws {
    try await TestProvider.run { provider in
      let client = try provider.client()
      let mine = SignInAttempt.trial(1)
      let parts = mine.text.split(separator: ".")
      let verifier = SignInAttempt.trial(2).verifier
      let stolen = try #require(SignInAttempt(text: "\(parts[0]).\(parts[1]).\(verifier)"))
      let code = try await client.code(for: mine)

      await #expect(throws: IdentityFault.codeRefused) {
        try await client.identity(code: code, of: stolen)
      }
      #expect(!mine.isAnswered(by: SignInAttempt.trial(2).state))
      await client.close()
    }
  }

  @Test func `what cannot be a code is not even shown`() async throws {
    try await TestProvider.run { provider in
      let client = try provider.client()
      for code in ["", String(repeating: "a", count: 4_097)] {
        await #expect(throws: IdentityFault.codeRefused) {
          try await client.identity(code: code, of: .trial())
        }
      }
      #expect(provider.asked("/token") == 0)
      await client.close()
    }
  }

  @Test(arguments: ["another secret", nil])
  func `a client that the provider does not know is told so`(_ secret: String?) async throws {
    try await TestProvider.expect(.clientRefused, of: TestProvider.Manners(), secret: secret)
  }
}
