import Calendars
import Synchronization
import TestKit
import Testing
import Workflows

@testable import OpenIDConnect

extension SignInAttempt {
  /// Always the same one.
  static func trial(_ seed: UInt64 = 1) -> SignInAttempt {
    var chance = Chance(seed: seed)
    return SignInAttempt(using: &chance)
  }
}

extension OpenIDProvider {
  /// The code that a browser brings back.
  func code(for attempt: SignInAttempt) async throws -> String {
    let back = try await TestProvider.browse(try await address(for: attempt))
    let state = try #require(back["state"])
    #expect(attempt.isAnswered(by: state))
    return try #require(back["code"])
  }

  func signIn(_ attempt: SignInAttempt) async throws -> Identity {
    try await identity(code: try await code(for: attempt), of: attempt)
  }
}

extension TestProvider {
  /// Expects what comes of one sign-in with such a provider.
  static func expect(
    _ fault: IdentityFault, of manners: Manners, secret: String? = TestProvider.secret
  ) async throws {
    try await run(manners) { provider in
      let client = try provider.client(secret: secret)
      await #expect(throws: fault) { try await client.signIn(.trial()) }
      await client.close()
    }
  }

  /// Everything that is asked for, and where.
  static let documents = ["/keys", "/token", configurationPath]

  static func document(_ path: String) throws -> IdentityFault.Document {
    let documents: [String: IdentityFault.Document] = [
      "/keys": .keys, "/token": .token, configurationPath: .discovery,
    ]
    return try #require(documents[path])
  }
}

/// A clock that tests move.
final class Clock: Sendable {
  private let instant = Mutex(Instant(milliseconds: 1_767_225_600_000))

  var now: Instant { instant.withLock { $0 } }

  func pass(seconds: Int) { instant.withLock { $0 = $0.adding(seconds: seconds) } }
}
