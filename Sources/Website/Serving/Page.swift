import Crypto

/// An answer as it goes over the wire, but for what the network adds.
public struct Page: Sendable, Hashable {
  public struct Header: Sendable, Hashable {
    public let name: String
    public let value: String
  }

  public let status: Int

  /// What this answer says besides ``always``.
  public let headers: [Header]
  public let body: [UInt8]

  /// The value of a header; capitals do not matter.
  public func header(_ name: String) -> String? {
    (headers + Self.always).first { $0.name.lowercased() == name.lowercased() }?.value
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
    self.headers = headers + further
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
    guard let tag = headers.first(where: { $0.name == "ETag" })?.value else { return false }
    if condition == tag || condition == "*" { return true }
    return condition.split(separator: ",").contains { part in
      let part = part.drop { $0 == " " }
      return part == tag || part == "W/" + tag
    }
  }

  private static func tag(_ body: [UInt8]) -> String {
    "\"\(Fingerprint.quick(of: body))\""
  }

  /// Lets a page run our own scripts, which may ask us and nobody else.
  static let allowingScripts = Header(
    name: "Content-Security-Policy",
    value: "default-src 'none'; script-src 'self'; connect-src 'self'; worker-src 'self'; "
      + "style-src 'self'; img-src 'self' data:; form-action 'self'; base-uri 'none'; "
      + "frame-ancestors 'none'")

  /// What every answer carries: nothing but our own style sheets and pictures is loaded, no script
  /// runs, and nobody frames us.
  public static let always = [
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

/// Names for bytes, to tell our own pages and files apart.
enum Fingerprint {
  /// The first sixteen hexadecimal digits of the SHA-256.
  static func of(_ bytes: [UInt8]) -> String {
    SHA256.hash(data: bytes).prefix(8).map { byte in
      (byte < 16 ? "0" : "") + String(byte, radix: 16)
    }.joined()
  }

  /// Sixteen hexadecimal digits, quickly, for what is made anew with every request. It tells apart
  /// what differs by accident, not what somebody made to look the same.
  static func quick(of bytes: [UInt8]) -> String {
    // Four chains beside each other, since each multiplication waits for the one before.
    var chains = (UInt64(bytes.count), UInt64(1), UInt64(2), UInt64(3))
    func mix(_ chain: inout UInt64, _ word: UInt64) {
      let product = (chain ^ word ^ 0x9E37_79B9_7F4A_7C15)
        .multipliedFullWidth(by: 0xD6E8_FEB8_6659_FD93)
      chain = product.high ^ product.low
    }
    bytes.withUnsafeBytes { raw in
      var at = 0
      while at + 32 <= raw.count {
        mix(&chains.0, raw.loadUnaligned(fromByteOffset: at, as: UInt64.self))
        mix(&chains.1, raw.loadUnaligned(fromByteOffset: at + 8, as: UInt64.self))
        mix(&chains.2, raw.loadUnaligned(fromByteOffset: at + 16, as: UInt64.self))
        mix(&chains.3, raw.loadUnaligned(fromByteOffset: at + 24, as: UInt64.self))
        at += 32
      }
      for place in at..<raw.count { mix(&chains.0, UInt64(raw[place])) }
    }
    var all = chains.0
    for chain in [chains.1, chains.2, chains.3] { mix(&all, chain) }
    let digits = String(all, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }
}
