import Testing
import Workflows

@testable import OpenIDConnect

/// Providers in trouble.
@Suite struct ServerTests {
  @Test(arguments: TestProvider.documents)
  func `an answer that is no success is refused, and a redirect is not followed`(
    _ path: String
  ) async throws {
    let document = try TestProvider.document(path)
    for code in [404, 500] {
      try await TestProvider.expect(
        .refused(document, status: code), of: TestProvider.Manners(answers: [path: .status(code)]))
    }
    try await TestProvider.expect(
      .refused(document, status: 302), of: TestProvider.Manners(answers: [path: .elsewhere]))
  }

  @Test(arguments: TestProvider.documents)
  func `an answer that is no JSON is refused`(_ path: String) async throws {
    let document = try TestProvider.document(path)
    for text in ["", "<html>", "[]", "{\"a\":1,\"a\":2}"] {
      try await TestProvider.expect(
        .unreadable(document), of: TestProvider.Manners(answers: [path: .text(text)]))
    }
  }

  @Test(arguments: TestProvider.documents)
  func `an answer of more than a mebibyte is not read`(_ path: String) async throws {
    let document = try TestProvider.document(path)
    try await TestProvider.expect(
      .tooLarge(document), of: TestProvider.Manners(answers: [path: .large]))
    try await TestProvider.expect(
      .tooLarge(document), of: TestProvider.Manners(answers: [path: .endless]))
  }

  @Test(arguments: TestProvider.documents, [TestProvider.Oddity.silence, .beginning])
  func `nobody waits for an answer that does not come`(
    _ path: String, _ oddity: TestProvider.Oddity
  ) async throws {
    try await TestProvider.run(TestProvider.Manners(answers: [path: oddity])) { provider in
      let server = Server(Server.Bounds(patience: .milliseconds(300)))
      let document = try TestProvider.document(path)
      let address = try #require(WebAddress(provider.issuer + path))
      await #expect(throws: IdentityFault.unreachable(document)) {
        if document == .token {
          _ = try await server.post(Form([]), to: address, authorization: nil)
        } else {
          _ = try await server.document(document, at: address)
        }
      }
      await server.close()
    }
  }

  @Test func `a server that is not there is unreachable, at once`() async throws {
    let client = try OpenIDProvider(
      issuer: "http://127.0.0.1:1", clientID: "x", redirectAddress: TestProvider.redirectAddress,
      title: "x", now: { Clock().now })
    await #expect(throws: IdentityFault.unreachable(.discovery)) {
      try await client.address(for: .trial())
    }
    await client.close()
  }

  @Test func `a provider that was closed answers nothing`() async throws {
    try await TestProvider.run { provider in
      let client = try provider.client()
      await client.close()
      await client.close()
      await #expect(throws: IdentityFault.closed) { try await client.address(for: .trial()) }
    }
  }

  @Test func `whoever waits for an answer is told when it is closed`() async throws {
    let path = TestProvider.configurationPath
    try await TestProvider.run(TestProvider.Manners(answers: [path: .silence])) { provider in
      let client = try provider.client()
      let address = Task { try await client.address(for: .trial()) }
      while provider.asked(path) == 0 { await Task.yield() }
      await client.close()
      await #expect(throws: IdentityFault.closed) { try await address.value }
    }
  }

  @Test func `a provider that nobody closed goes quietly`() async throws {
    try await TestProvider.run { provider in
      let identity = try await provider.client().signIn(.trial())
      #expect(identity.subject == "person-7")
    }
  }

  @Test func `what is said of a fault holds no secret`() {
    let faults: [IdentityFault] = [
      .unusable(.issuer), .unusable(.client), .unsupported(.challenge), .unreachable(.token),
      .refused(.keys, status: 500), .tooLarge(.keys), .unreadable(.discovery), .otherIssuer,
      .codeRefused, .clientRefused, .unbelievable(.nonce), .closed,
    ]
    #expect(Set(faults.map(\.description)).count == faults.count)
    #expect("\(SignInAttempt.trial())" == "an attempt to sign in")
    #expect(String(reflecting: SignInAttempt.trial()) == "an attempt to sign in")
  }
}
