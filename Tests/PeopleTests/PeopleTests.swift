import Calendars
import Foundation
import TestKit
import Testing

@testable import People

@Suite struct PasswordHashTests {
  private let salt = Data(repeating: 7, count: 16)

  @Test func `what is kept tells the password from any other`() throws {
    let kept = PasswordHash("correct horse battery", salt: salt, cost: .none)

    let read = try #require(PasswordHash(text: kept.text))
    #expect(read.isOf("correct horse battery"))
    #expect(!read.isOf("correct horse batterY"))
    #expect(!read.isOf(""))
    #expect(!kept.text.contains("horse"))
    #expect(read.isOutdated)
  }

  /// RFC 7914, section 12, the third vector, of which we keep the first 32 bytes.
  @Test func `it is scrypt as its RFC has it`() throws {
    let cost = PasswordHash.Cost(rounds: 14, blockSize: 8, parallelism: 1)
    let kept = PasswordHash("pleaseletmein", salt: Data("SodiumChloride".utf8), cost: cost)

    let key = try #require(Data(base64Encoded: String(kept.text.split(separator: "$")[5])))
    #expect(
      key.map { String(format: "%02x", $0) }.joined()
        == "7023bdcb3afd7348461c06cd81fd38ebfda8fbba904f8e3ea9b543f6545da1f2")
  }

  @Test func `the usual cost is what is advised`() {
    let kept = PasswordHash("correct horse battery", salt: salt)

    #expect(kept.text.hasPrefix("scrypt$17$8$1$"))
    #expect(!kept.isOutdated)
    #expect(kept.isOf("correct horse battery"))
  }

  @Test func `letters put together in another way are the same password`() {
    let kept = PasswordHash("caf\u{E9} caf\u{E9} caf\u{E9}", salt: salt, cost: .none)
    #expect(kept.isOf("cafe\u{301} cafe\u{301} cafe\u{301}"))
  }

  @Test(arguments: [
    "", "scrypt", "scrypt$17$8$1$AAAA$AAAA", "bcrypt$17$8$1$AAAA$AAAA",
    "scrypt$40$8$1$AAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=",
    "scrypt$17$1$1$AAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=",
    "scrypt$0$8$1$AAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=",
  ])
  func `anything else is not read`(_ text: String) {
    #expect(PasswordHash(text: text) == nil)
  }
}

@Suite struct PasswordRuleTests {
  @Test(
    arguments: [
      ("three random words", nil), ("elevenchars", .tooShort), ("twelve chars", nil),
      ("aaaaaaaaaaaaaaaa", .tooPlain), ("abcdabcdabcdabcd", .tooPlain),
      ("Assessor one two three", .holdsTheAddress),
      (String(repeating: "abcde", count: 200), nil),
      (String(repeating: "abcde", count: 201), .tooLong),
    ] as [(String, PasswordRule.Fault?)])
  func `length counts, and not being plain`(_ password: String, _ fault: PasswordRule.Fault?) throws
  {
    let email = try #require(EmailAddress("assessor@example.org"))
    #expect(PasswordRule.fault(in: password, of: email) == fault)
    let isOfTheAddress = fault == .holdsTheAddress
    #expect(PasswordRule.fault(in: password, of: nil) == (isOfTheAddress ? nil : fault))
  }

  @Test(
    arguments: [
      (" Lead@Example.ORG ", "lead@example.org"), ("a@b.c", "a@b.c"), ("a@b", nil), ("@b.c", nil),
      ("a@", nil), ("a@@b.c", nil), ("a b@c.d", nil), ("a@b..c", nil), ("", nil),
      ("a\u{0}@b.c", nil), ("a\n@b.c", nil),
    ] as [(String, String?)])
  func `an address is kept in small letters, or refused`(_ text: String, _ kept: String?) {
    #expect(EmailAddress(text)?.description == kept)
  }
}

@Suite struct SecondFactorTests {
  /// RFC 6238, appendix B, SHA-1; the last six of its eight digits.
  @Test(arguments: [
    (59, "287082"), (1_111_111_109, "081804"), (1_111_111_111, "050471"),
    (1_234_567_890, "005924"), (2_000_000_000, "279037"), (20_000_000_000, "353130"),
  ])
  func `codes are those of the RFC`(_ seconds: Int, _ code: String) {
    let factor = SecondFactor(secret: Data("12345678901234567890".utf8))
    let instant = Instant(milliseconds: seconds * 1_000)

    #expect(factor.code(at: instant) == code)
    #expect(factor.step(of: code, at: instant, after: nil) == seconds / 30)
    #expect(
      factor.step(of: "\(code.prefix(3)) \(code.dropFirst(3))", at: instant, after: nil) != nil)
  }

  @Test func `a code is taken for a step on either side, and once`() {
    let factor = SecondFactor(secret: Data("12345678901234567890".utf8))
    let instant = Instant(milliseconds: 1_111_111_110_000)
    let step = 1_111_111_110 / 30
    for steps in -2...2 {
      let code = factor.code(at: instant.adding(seconds: steps * 30))
      #expect(
        factor.step(of: code, at: instant, after: nil) == (abs(steps) < 2 ? step + steps : nil))
    }
    let code = factor.code(at: instant)
    #expect(factor.step(of: code, at: instant, after: step - 1) == step)
    #expect(factor.step(of: code, at: instant, after: step) == nil)
    #expect(factor.step(of: "", at: instant, after: nil) == nil)
    #expect(factor.step(of: code + "0", at: instant, after: nil) == nil)
  }

  /// RFC 4648, section 10, without its padding.
  @Test(arguments: [
    ("", ""), ("f", "MY"), ("fo", "MZXQ"), ("foo", "MZXW6"), ("foob", "MZXW6YQ"),
    ("fooba", "MZXW6YTB"), ("foobar", "MZXW6YTBOI"),
  ])
  func `secrets are typed in Base32`(_ text: String, _ typed: String) {
    #expect(Base32.text(Array(text.utf8)) == typed)
  }

  @Test func `an app is told whose code it shows`() throws {
    let factor = SecondFactor(secret: Data("12345678901234567890".utf8))
    let email = try #require(EmailAddress("a+b@example.org"))

    #expect(factor.typed == "GEZD GNBV GY3T QOJQ GEZD GNBV GY3T QOJQ")
    #expect(
      factor.address(for: email)
        == "otpauth://totp/Plumbline:a%2Bb@example.org?"
        + "secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Plumbline")
  }
}

@Suite struct Base64URLTests {
  /// RFC 4648, section 10, without its padding, and the two letters that are others.
  @Test(arguments: [
    ("", ""), ("f", "Zg"), ("fo", "Zm8"), ("foo", "Zm9v"), ("foob", "Zm9vYg"),
    ("\u{3FF}\u{3FE}", "z7_Pvg"), (">>>", "Pj4-"),
  ])
  func `bytes stand in an address as they are`(_ text: String, _ written: String) {
    #expect(Base64URL.text(text.utf8) == written)
    #expect(Base64URL.bytes(of: written) == Array(text.utf8))
  }

  @Test(arguments: ["Z", "Zg==", "Zh", "Zm9v\n", " Zm9v", "Pj4+", "z7/Pvg", "Zm9vé", "\u{212A}K"])
  func `what would be written in another way is refused`(_ text: String) {
    #expect(Base64URL.bytes(of: text) == nil)
  }
}

@Suite struct HeldSecretTests {
  @Test func `what is kept finds what is shown, and nothing else`() {
    var chance = Chance(seed: 3)
    for kind in HeldSecret.Kind.allCases {
      let (one, other) = (HeldSecret(kind, using: &chance), HeldSecret(kind, using: &chance))
      #expect(one != other)
      #expect(one.digest(kind) == HeldSecret.digest(of: one.text, kind))
      #expect(one.digest(kind) != other.digest(kind))
      // What is one thing is not taken for another.
      #expect(Set(HeldSecret.Kind.allCases.map { one.digest($0) }).count == 3)
    }
  }

  @Test func `a recovery code may be typed in any way`() {
    var chance = Chance(seed: 3)
    let code = HeldSecret(.recovery, using: &chance)

    #expect(code.text.count == 19)
    for typed in [code.text.uppercased(), code.text.replacing("-", with: " "), " \(code.text)"] {
      #expect(HeldSecret.digest(of: typed, .recovery) == code.digest(.recovery))
    }
  }
}

@Suite struct LockoutTests {
  @Test func `each wrong one after the fourth doubles the wait, up to a quarter of an hour`() {
    var lockout = Lockout()
    let instant = Instant(milliseconds: 1_767_225_600_000)
    let waits = (1...20).map { _ in
      lockout.fail(at: instant)
      return lockout.opens(from: instant).map { ($0.milliseconds - instant.milliseconds) / 1_000 }
        ?? 0
    }

    #expect(
      waits == [0, 0, 0, 0, 1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 900, 900, 900, 900, 900, 900])
    #expect(lockout.opens(from: instant.adding(seconds: 899)) == instant.adding(seconds: 900))
    #expect(lockout.opens(from: instant.adding(seconds: 900)) == nil)
    // A clock that was put back.
    #expect(
      lockout.opens(from: instant.adding(seconds: -9_000)) == instant.adding(seconds: -8_100))
  }

  @Test func `a day without a wrong one forgets them`() {
    let instant = Instant(milliseconds: 1_767_225_600_000)
    var lockout = Lockout(failures: 9, lastFailedAt: instant)

    lockout.fail(at: instant.adding(seconds: 24 * 60 * 60))

    #expect(lockout.failures == 1)
    #expect(lockout.opens(from: instant.adding(seconds: 24 * 60 * 60)) == nil)
  }
}
