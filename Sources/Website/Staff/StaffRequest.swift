/// A request to the part of the site that people sign in to.
public struct StaffRequest: Sendable {
  public enum Method: String, Sendable {
    case get = "GET"
    case post = "POST"
  }

  public var method: Method

  /// The path as it was sent, with its percent signs.
  public var path: String
  public var query = ""

  /// The value of `Cookie`.
  public var cookies = ""

  /// The value of `Authorization`.
  public var authorization: String?

  /// The value of `Sec-Fetch-Site`, by which a browser says who made it ask.
  public var fetchSite: String?

  /// The value of `X-Form-Token`, with which a script of ours sends JSON.
  public var formToken: String?

  /// The value of `Content-Type`.
  public var contentType = ""
  public var body: [UInt8] = []

  public init(_ method: Method, _ path: String) {
    self.method = method
    self.path = path
  }

  /// Whether a script of ours asks: it wants JSON, not a page.
  var isJSON: Bool { contentType.lowercased().hasPrefix("application/json") }

  /// Whether whoever asks reads JSON: a program, or a script of ours.
  var isForProgram: Bool {
    isJSON || path.hasPrefix("/api/") || path.hasSuffix("/device/cases")
  }

  /// The value of a cookie.
  func cookie(_ name: String) -> String? {
    for pair in cookies.split(separator: ";") {
      let pair = pair.drop { $0 == " " }
      if pair.hasPrefix(name + "=") { return String(pair.dropFirst(name.count + 1)) }
    }
    return nil
  }
}

/// The cookies that we set.
struct Cookies: Sendable {
  /// Whether browsers reach us over TLS, also where a proxy ends it.
  let isSecure: Bool

  /// Holds the secret of a session.
  var session: String { prefix + "session" }

  /// Holds what ties a form to the browser of somebody who has not signed in.
  var visit: String { prefix + "visit" }

  /// Holds what is needed when somebody comes back from another provider of sign-ins.
  var attempt: String { prefix + "attempt" }

  /// A browser takes `__Host-` only over TLS, for this host and for every path.
  private var prefix: String { isSecure ? "__Host-plumbline-" : "plumbline-" }

  /// - Parameter seconds: How long it is kept; until the browser is closed unless said.
  func set(_ name: String, _ value: String, seconds: Int? = nil) -> Page.Header {
    let age = seconds.map { "; Max-Age=\($0)" } ?? ""
    return Page.Header(
      name: "Set-Cookie",
      value: "\(name)=\(value); Path=/; HttpOnly; SameSite=Lax\(age)\(isSecure ? "; Secure" : "")")
  }

  func clear(_ name: String) -> Page.Header { set(name, "", seconds: 0) }
}
