import TestKit
import Testing
import Workflows

struct SignInAttemptTests {
  private func attempt(_ seed: UInt64) -> SignInAttempt {
    var chance = Chance(seed: seed)
    return SignInAttempt(using: &chance)
  }

  @Test func `it is read as it was written`() {
    for seed in 1...50 {
      let attempt = attempt(UInt64(seed))
      #expect(SignInAttempt(text: attempt.text) == attempt)
      #expect(attempt.text.count == 131)
      #expect(
        attempt.text.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "-_.".contains($0)) }
      )
      #expect(Set([attempt.state, attempt.nonce, attempt.verifier]).count == 3)
    }
    #expect(attempt(1) != attempt(2))
  }

  @Test func `nothing else is read`() {
    let text = attempt(1).text
    let others = [
      "", ".", "..", "...", text + ".", "." + text, String(text.dropLast()), text + "A",
      text.replacing(".", with: ","), text.replacing(".", with: "=."), " " + text,
      String(repeating: text, count: 2),
    ]
    for other in others { #expect(SignInAttempt(text: other) == nil, "\(other)") }
  }

  /// RFC 7636, appendix B.
  @Test func `its challenge is that of the RFC`() throws {
    let parts = attempt(1).text.split(separator: ".")
    let verifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"
    let attempt = try #require(SignInAttempt(text: "\(parts[0]).\(parts[1]).\(verifier)"))

    #expect(attempt.challenge == "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM")
  }

  @Test func `it is answered by its own state alone`() {
    let attempt = attempt(1)
    #expect(attempt.isAnswered(by: attempt.state))
    for other in ["", attempt.nonce, attempt.state + "A", self.attempt(2).state] {
      #expect(!attempt.isAnswered(by: other))
    }
  }
}
