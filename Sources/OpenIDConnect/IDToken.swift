import Calendars
import OrderedJSON
import People
import Workflows

/// What a provider signs: who somebody is, said to one client for one attempt.
///
/// - Source: OpenID Connect Core 1.0, 2 and 3.1.3.7; RFC 7515, 7519, 8725.
struct IDToken {
  let algorithm: SigningAlgorithm

  /// Which of the provider’s keys signed it, if it says so.
  let keyID: String?

  /// What was signed, and how.
  let signed: [UInt8]
  let signature: [UInt8]

  private let claims: JSON

  /// Takes a token apart. Nothing in it is to be believed yet.
  init(_ text: String) throws(IdentityFault) {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count == 3, let header = Self.json(parts[0]), let claims = Self.json(parts[1]),
      let signature = Base64URL.bytes(of: parts[2])
    else { throw .unreadable(.token) }
    guard let algorithm = header["alg"].string.flatMap(SigningAlgorithm.init),
      // What has to be understood and is not.
      header["crit"] == .null
    else { throw .unbelievable(.algorithm) }
    self.algorithm = algorithm
    self.claims = claims
    self.signature = signature
    keyID = header["kid"].string
    signed = Array("\(parts[0]).\(parts[1])".utf8)
  }

  /// An object; one name twice is refused, so that no two readers see different things.
  private static func json(_ part: Substring) -> JSON? {
    guard let bytes = Base64URL.bytes(of: part),
      // What is wrong with it is all one.
      let json = try? JSON(bytes: bytes), case .object = json
    else { return nil }
    return json
  }

  /// What a token has to say.
  struct Expectation {
    let issuer: String
    let clientID: String
    let nonce: String
    let instant: Instant
  }

  /// How far two clocks may be apart, in seconds.
  private static let tolerance = 60.0

  /// How long ago a token may have been made, in seconds: it is fetched from who makes it.
  private static let oldest = 60.0 * 60

  private static let longestSubject = 255

  /// Who it is, once its signature was checked.
  func identity(meeting expected: Expectation) throws(IdentityFault) -> Identity {
    guard Self.same(claims["iss"], expected.issuer) else { throw .unbelievable(.issuer) }
    try checkAudience(expected.clientID)
    try checkTimes(Double(expected.instant.milliseconds) / 1_000)
    guard let nonce = claims["nonce"].string,
      SecretBytes.areEqual(nonce.utf8, expected.nonce.utf8)
    else { throw .unbelievable(.nonce) }
    guard let subject = claims["sub"].string, !subject.isEmpty,
      subject.utf8.count <= Self.longestSubject,
      subject.unicodeScalars.allSatisfy({ $0.value >= 32 && $0.value != 127 })
    else { throw .unbelievable(.subject) }
    let email = claims["email_verified"] == .bool(true) ? claims["email"].string : nil
    return Identity(
      issuer: expected.issuer, subject: subject, email: email.flatMap { EmailAddress($0) })
  }

  /// We are among those whom it is for, and it was given to us.
  private func checkAudience(_ clientID: String) throws(IdentityFault) {
    let audience = claims["aud"].array ?? [claims["aud"]]
    let party = claims["azp"]
    guard audience.contains(where: { Self.same($0, clientID) }),
      party == .null ? audience.count == 1 : Self.same(party, clientID)
    else { throw .unbelievable(.audience) }
  }

  private func checkTimes(_ now: Double) throws(IdentityFault) {
    guard let end = claims["exp"].double, now < end + Self.tolerance else {
      throw .unbelievable(.expiry)
    }
    guard let start = claims["iat"].double, start <= now + Self.tolerance,
      start > now - Self.oldest, (claims["nbf"].double ?? start) <= now + Self.tolerance
    else { throw .unbelievable(.issuedAt) }
  }

  /// Byte by byte: Swift calls some texts equal that are not.
  private static func same(_ json: JSON, _ text: String) -> Bool {
    json.string?.utf8.elementsEqual(text.utf8) ?? false
  }
}
