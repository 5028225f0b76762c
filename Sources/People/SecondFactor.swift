public import Calendars
import Crypto
public import Foundation

/// A second factor: six digits that an app on somebody's phone shows for half a minute.
///
/// - Source: RFC 6238 (time-based), RFC 4226 (the digits), with HMAC-SHA-1, six digits and steps of
///   30 seconds, which is what every app knows.
public struct SecondFactor: Sendable {
  /// The shared secret.
  private let secret: Data

  private static let step = 30

  /// How many steps before and after the present one are taken: clocks differ, and people are slow.
  private static let tolerance = 1

  /// - Parameter secret: 20 bytes of chance.
  public init(secret: Data) {
    self.secret = secret
  }

  /// The step of a code, if it is the right one.
  ///
  /// - Parameters:
  ///   - instant: Now.
  ///   - last: The step of the code that was used last. That one and those before it are not taken
  ///     again.
  /// - Returns: The step to remember, or nothing for a wrong code.
  public func step(of code: String, at instant: Instant, after last: Int?) -> Int? {
    let digits = code.filter { !$0.isWhitespace }
    let present = instant.milliseconds / 1_000 / Self.step
    var found: Int?
    // All are compared, so that the time does not tell which one it was.
    for step in present - Self.tolerance...present + Self.tolerance
    where SecretBytes.areEqual(Self.digits(self.code(of: step)).utf8, digits.utf8) {
      found = step
    }
    guard let found, found > last ?? -1 else { return nil }
    return found
  }

  /// The code that an app shows at an instant.
  public func code(at instant: Instant) -> String {
    Self.digits(code(of: instant.milliseconds / 1_000 / Self.step))
  }

  private func code(of step: Int) -> UInt32 {
    let counter = withUnsafeBytes(of: UInt64(bitPattern: Int64(step)).bigEndian) { Data($0) }
    let mac = Array(
      HMAC<Insecure.SHA1>.authenticationCode(for: counter, using: SymmetricKey(data: secret)))
    let place = Int(mac[mac.count - 1] & 0xF)
    return mac[place..<place + 4].reduce(0) { $0 << 8 | UInt32($1) } & 0x7FFF_FFFF
  }

  private static func digits(_ code: UInt32) -> String {
    let digits = String(code % 1_000_000)
    return String(repeating: "0", count: 6 - digits.count) + digits
  }

  // MARK: - Setting up

  /// The secret as people type it into an app: Base32, in groups of four.
  public var typed: String {
    let letters = Base32.text(secret)
    return stride(from: 0, to: letters.count, by: 4).map { start in
      String(letters.dropFirst(start).prefix(4))
    }.joined(separator: " ")
  }

  /// The address that a phone reads from a square of dots.
  ///
  /// - Parameter email: Whose it is, as the app shows it.
  public func address(for email: EmailAddress) -> String {
    let allowed = CharacterSet.alphanumerics.union(CharacterSet(charactersIn: "-._~@"))
    let name = email.description.addingPercentEncoding(withAllowedCharacters: allowed) ?? ""
    return "otpauth://totp/Plumbline:\(name)?secret=\(Base32.text(secret))&issuer=Plumbline"
  }
}

/// Text of 32 letters and digits.
///
/// - Source: RFC 4648, 6, without padding.
enum Base32 {
  static func text(_ bytes: some Sequence<UInt8>) -> String {
    let letters = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567")
    var text = ""
    var bits = 0
    var held: UInt32 = 0
    for byte in bytes {
      held = held << 8 | UInt32(byte)
      bits += 8
      while bits >= 5 {
        bits -= 5
        text.append(letters[Int(held >> UInt32(bits) & 31)])
      }
      held &= (1 << UInt32(bits)) - 1
    }
    if bits > 0 { text.append(letters[Int(held << UInt32(5 - bits) & 31)]) }
    return text
  }
}
