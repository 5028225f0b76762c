import Hummingbird
import NIOCore
import NIOPosix

extension Website {
  /// Serves the site until the task is cancelled or the program is told to stop.
  ///
  /// - Parameters:
  ///   - port: The port to listen on; zero lets the system choose.
  ///   - onReady: Called with the port once requests are answered.
  public func serve(
    host: String, port: Int, onReady: @escaping @Sendable (Int) async -> Void
  ) async throws {
    _ = Self.staysOnThread
    let application = Application(
      responder: SiteResponder(site: self),
      configuration: ApplicationConfiguration(address: .hostname(host, port: port)),
      onServerRunning: { channel in await onReady(channel.localAddress?.port ?? port) })
    try await application.runService()
  }

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

  func respond(to request: Request, context: Context) async throws -> Response {
    guard request.method == .get || request.method == .head else {
      return response(Website.methodRefusal)
    }
    let page = site.respond(
      to: request.uri.path, query: request.uri.query ?? "",
      ifNoneMatch: request.headers[.ifNoneMatch])
    let response = response(page)
    return request.method == .head ? response.createHeadResponse() : response
  }

  private func response(_ page: Page) -> Response {
    var headers = Self.always
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

  private static func add(_ more: [Page.Header], to headers: inout HTTPFields) {
    headers.reserveCapacity(headers.count + more.count + 2)
    for header in more {
      if let name = HTTPFields.Element.Name(header.name) { headers[name] = header.value }
    }
  }
}
