import Crypto

/// An answer as it goes over the wire, but for what the network adds.
public struct Page: Sendable, Hashable {
  public struct Header: Sendable, Hashable {
    public let name: String
    public let value: String
  }

  public let status: Int
  public let headers: [Header]
  public let body: [UInt8]

  /// The value of a header; capitals do not matter.
  public func header(_ name: String) -> String? {
    headers.first { $0.name.lowercased() == name.lowercased() }?.value
  }

  /// The body as text.
  public var text: String { String(decoding: body, as: UTF8.self) }

  /// Makes an answer with the headers that every answer carries.
  init(
    status: Int = 200, type: String, caching: Caching, body: [UInt8], further: [Header] = []
  ) {
    self.status = status
    self.body = body
    var headers = [Header(name: "Content-Type", value: type)]
    switch caching {
    case .asked:
      headers.append(Header(name: "Cache-Control", value: "no-cache"))
      headers.append(Header(name: "ETag", value: Self.tag(body)))
    case .forEver:
      headers.append(
        Header(name: "Cache-Control", value: "public, max-age=31536000, immutable"))
    case .never:
      headers.append(Header(name: "Cache-Control", value: "no-store"))
    }
    self.headers = headers + further + Self.always
  }

  /// How long a reader's browser may keep an answer.
  enum Caching {
    /// It asks each time, and is told when nothing changed.
    case asked

    /// The address changes with the content.
    case forEver

    /// Mistakes are not kept.
    case never
  }

  private init(status: Int, headers: [Header], body: [UInt8]) {
    self.status = status
    self.headers = headers
    self.body = body
  }

  /// The answer to somebody who has this page already.
  var notModified: Page {
    Page(
      status: 304, headers: headers.filter { $0.name != "Content-Type" }, body: [])
  }

  /// Whether `condition`, the value of `If-None-Match`, names this page.
  func matches(_ condition: String) -> Bool {
    guard let tag = header("ETag") else { return false }
    if condition == tag || condition == "*" { return true }
    return condition.split(separator: ",").contains { part in
      let part = part.drop { $0 == " " }
      return part == tag || part == "W/" + tag
    }
  }

  private static func tag(_ body: [UInt8]) -> String {
    "\"\(Fingerprint.of(body))\""
  }

  /// What every answer carries: nothing but our own style sheets and pictures is loaded, no script
  /// runs, and nobody frames us.
  static let always = [
    Header(
      name: "Content-Security-Policy",
      value: "default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'self'; "
        + "base-uri 'none'; frame-ancestors 'none'"),
    Header(name: "X-Content-Type-Options", value: "nosniff"),
    Header(name: "X-Frame-Options", value: "DENY"),
    Header(name: "Referrer-Policy", value: "no-referrer"),
    Header(name: "Cross-Origin-Opener-Policy", value: "same-origin"),
    Header(name: "Cross-Origin-Resource-Policy", value: "same-origin"),
    Header(
      name: "Permissions-Policy",
      value: "camera=(), geolocation=(), microphone=(), payment=(), usb=()"),
  ]
}

/// The first sixteen hexadecimal digits of a SHA-256: enough to tell our own pages apart.
enum Fingerprint {
  static func of(_ bytes: [UInt8]) -> String {
    SHA256.hash(data: bytes).prefix(8).map { byte in
      (byte < 16 ? "0" : "") + String(byte, radix: 16)
    }.joined()
  }
}
