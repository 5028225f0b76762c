import Crypto
import Foundation
import People

/// What is remembered between sending a browser to an identity provider and its coming back.
///
/// It belongs to one browser. Keep it where that browser alone has it, sealed, for some minutes,
/// and take it away once it was answered.
public struct SignInAttempt: Hashable, Sendable {
  /// What the browser has to come back with. It shows that it was sent by us.
  public let state: String

  /// What has to stand in what the provider signs. It shows that it was signed for this attempt.
  public let nonce: String

  /// What the provider is shown together with the code, and nobody before: a stolen code is of no
  /// use without it.
  ///
  /// - Source: RFC 7636.
  public let verifier: String

  /// Bytes of chance in each of the three: 256 bits.
  private static let length = 32

  /// Makes a new one.
  public init(using chance: inout some RandomNumberGenerator) {
    func secret() -> String {
      Base64URL.text((0..<Self.length).map { _ in UInt8(truncatingIfNeeded: chance.next()) })
    }
    state = secret()
    nonce = secret()
    verifier = secret()
  }

  /// Reads ``text``, or nothing from anything else.
  public init?(text: String) {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
    guard parts.count == 3,
      parts.allSatisfy({ Base64URL.bytes(of: $0)?.count == Self.length })
    else { return nil }
    (state, nonce, verifier) = (parts[0], parts[1], parts[2])
  }

  /// All of it in 131 letters, digits, points, hyphens and underscores. A secret: seal it.
  public var text: String { "\(state).\(nonce).\(verifier)" }

  /// What the provider is told of ``verifier`` at first: its digest, by the method `S256`.
  public var challenge: String { Base64URL.text(SHA256.hash(data: Data(verifier.utf8))) }

  /// Whether a browser that came back with this state was sent for this attempt.
  public func isAnswered(by state: String) -> Bool {
    SecretBytes.areEqual(self.state.utf8, state.utf8)
  }
}

extension SignInAttempt: CustomStringConvertible, CustomReflectable {
  /// Shows nothing of it.
  public var description: String { "an attempt to sign in" }
  public var customMirror: Mirror { Mirror(self, children: []) }
}
