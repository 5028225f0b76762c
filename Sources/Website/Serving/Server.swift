import Hummingbird
import HummingbirdTLS
import NIOCore
import NIOPosix
import NIOSSL

extension Website {
  /// Serves the site until the task is cancelled or the program is told to stop.
  ///
  /// - Parameters:
  ///   - port: The port to listen on; zero lets the system choose.
  ///   - staff: The part that people sign in to.
  ///   - tls: The certificate and its key; nothing behind a proxy that ends TLS.
  ///   - onReady: Called with the port once requests are answered.
  public func serve(
    host: String, port: Int, staff: StaffSite? = nil, tls: TLSFiles? = nil,
    onReady: @escaping @Sendable (Int) async -> Void
  ) async throws {
    _ = Self.staysOnThread
    let application = Application(
      responder: SiteResponder(site: self, staff: staff),
      server: try tls.map {
        try .tls(
          .http1(configuration: .init(idleTimeout: Self.patience)),
          tlsConfiguration: $0.configuration)
      } ?? .http1(configuration: .init(idleTimeout: Self.patience)),
      configuration: ApplicationConfiguration(address: .hostname(host, port: port)),
      onServerRunning: { channel in await onReady(channel.localAddress?.port ?? port) })
    try await application.runService()
  }

  /// How long a connection may say nothing.
  private static let patience = TimeAmount.seconds(60)

  /// Whether requests are answered on the threads that read and write them, which spares two
  /// changes of threads for each. Asked for once in the life of the program; where the library
  /// cannot, everything works without.
  private static let staysOnThread =
    NIOSingletons.unsafeTryInstallSingletonPosixEventLoopGroupAsConcurrencyGlobalExecutor()
}

/// Hands requests to the site and its answers to the network.
private struct SiteResponder: HTTPResponder {
  typealias Context = BasicRequestContext

  let site: Website
  let staff: StaffSite?

  func respond(to request: Request, context: Context) async throws -> Response {
    if let staff, StaffSite.owns(request.uri.path) {
      return try await respond(to: request, staff)
    }
    guard request.method == .get || request.method == .head else {
      return response(Website.methodRefusal)
    }
    let page = site.respond(
      to: request.uri.path, query: request.uri.query ?? "",
      ifNoneMatch: request.headers[.ifNoneMatch])
    let response = response(page)
    return request.method == .head ? response.createHeadResponse() : response
  }

  private func respond(to request: Request, _ staff: StaffSite) async throws -> Response {
    let isHead = request.method == .head
    guard let method = StaffRequest.Method(rawValue: isHead ? "GET" : request.method.rawValue)
    else { return response(Website.methodRefusal) }
    var asked = StaffRequest(method, request.uri.path)
    asked.query = request.uri.query ?? ""
    asked.cookies = request.headers[values: .cookie].joined(separator: "; ")
    asked.authorization = request.headers[.authorization]
    asked.fetchSite = Self.fetchSite.flatMap { request.headers[$0] }
    asked.formToken = Self.formToken.flatMap { request.headers[$0] }
    asked.contentType = request.headers[.contentType] ?? ""
    if method == .post {
      let most = await staff.mostBytes(of: asked)
      for try await piece in request.body {
        guard asked.body.count + piece.readableBytes <= most else {
          return response(staff.tooLarge(asked, most))
        }
        asked.body += piece.readableBytesView
      }
    }
    let answer = response(await staff.respond(to: asked))
    return isHead ? answer.createHeadResponse() : answer
  }

  private static let formToken = HTTPFields.Element.Name("X-Form-Token")
  private static let fetchSite = HTTPFields.Element.Name("Sec-Fetch-Site")

  private func response(_ page: Page) -> Response {
    var headers = staff?.cookies.isSecure == true ? Self.alwaysOverTLS : Self.always
    Self.add(page.headers, to: &headers)
    let body =
      page.body.isEmpty ? ResponseBody() : ResponseBody(byteBuffer: ByteBuffer(bytes: page.body))
    return Response(status: .init(code: page.status), headers: headers, body: body)
  }

  /// Made once: names are checked when they are made.
  private static let always = {
    var headers = HTTPFields()
    add(Page.always, to: &headers)
    return headers
  }()

  /// Browsers that came over TLS never come without it again, for a year.
  private static let alwaysOverTLS = {
    var headers = always
    add(
      [Page.Header(name: "Strict-Transport-Security", value: "max-age=31536000")], to: &headers)
    return headers
  }()

  private static func add(_ more: [Page.Header], to headers: inout HTTPFields) {
    headers.reserveCapacity(headers.count + more.count + 2)
    for header in more {
      guard let name = HTTPFields.Element.Name(header.name) else { continue }
      if name == .setCookie {
        headers.append(HTTPFields.Element(name: name, value: header.value))
      } else {
        headers[name] = header.value
      }
    }
  }
}
