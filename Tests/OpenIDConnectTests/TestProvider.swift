import AsyncHTTPClient
import Calendars
import Foundation
import Hummingbird
import NIOCore
import NIOHTTP1
import OrderedJSON
import Synchronization
import Testing
import Workflows

@testable import OpenIDConnect

/// A provider that tests run themselves. It checks all that it is sent, and misbehaves on request.
final class TestProvider: Sendable {
  /// How it behaves.
  struct Manners: Sendable {
    /// What is answered at a path instead of what belongs there.
    var answers: [String: Oddity] = [:]

    /// What is said in other words; `null` is left out.
    var configuration: [String: JSON] = [:]
    var claims: [String: JSON] = [:]
    var header: [String: JSON] = [:]

    var signer = "rs256"
    var keys: TestKeys?

    /// Whether it knows a client without a secret.
    var isPublic = false
  }

  enum Oddity: Sendable {
    case status(Int)
    case text(String)

    /// More than anybody wants, announced or not.
    case large
    case endless

    /// Not a word, or no more than a few.
    case silence
    case beginning
    case elsewhere
  }

  static let clientID = "plumb line+é"
  static let secret = "s:e%c&r=e t"
  static let redirectAddress = "https://plumbline.example.org/sign-in/back"

  let clock = Clock()
  let keys: TestKeys
  let state = Mutex(State())

  struct State {
    var port = 0
    var manners = Manners()
    var codes: [String: [String: String]] = [:]
    var asked: [String: Int] = [:]
  }

  private init(_ keys: TestKeys) {
    self.keys = keys
  }

  var issuer: String { "http://127.0.0.1:\(state.withLock { $0.port })" }

  var manners: Manners {
    get { state.withLock { $0.manners } }
    set { state.withLock { $0.manners = newValue } }
  }

  /// How often a path was asked for.
  func asked(_ path: String) -> Int { state.withLock { $0.asked[path] ?? 0 } }

  static let configurationPath = "/.well-known/openid-configuration"

  // MARK: - Running

  /// Runs one until a test is done with it.
  static func run(
    _ manners: Manners = Manners(), _ test: (TestProvider) async throws -> Void
  ) async throws {
    let provider = TestProvider(try TestKeys.usual.get())
    provider.manners = manners
    let (ports, port) = AsyncStream.makeStream(of: Int.self)
    let application = Application(
      responder: Responder(provider: provider),
      configuration: ApplicationConfiguration(address: .hostname("127.0.0.1", port: 0)),
      onServerRunning: { channel in port.yield(channel.localAddress?.port ?? 0) })
    try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask { try await application.run() }
      var found = ports.makeAsyncIterator()
      let number = try #require(await found.next())
      provider.state.withLock { $0.port = number }
      try await test(provider)
      group.cancelAll()
    }
  }

  /// What is tested, set up for this provider.
  func client(secret: String? = TestProvider.secret) throws -> OpenIDProvider {
    try OpenIDProvider(
      issuer: issuer, clientID: Self.clientID, clientSecret: secret,
      redirectAddress: Self.redirectAddress, title: "The test provider", now: { self.clock.now })
  }

  /// What a browser brings back from an address.
  static func browse(_ address: String) async throws -> [String: String] {
    var configuration = HTTPClient.Configuration()
    configuration.redirectConfiguration = .disallow
    let location = try await HTTPClient.withHTTPClient(configuration: configuration) { client in
      let request = HTTPClientRequest(url: address)
      return try await client.execute(request, timeout: .seconds(10)).headers.first(
        name: "Location")
    }
    let parts = try #require(location).split(separator: "?", maxSplits: 1)
    #expect(parts[0] == redirectAddress)
    return fields(String(parts[1]))
  }

  static func fields(_ text: String) -> [String: String] {
    let items = URLComponents(string: "http://x/?" + text)?.queryItems ?? []
    return Dictionary(items.map { ($0.name, $0.value ?? "") }) { one, _ in one + " twice" }
  }

  // MARK: - Answering

  private struct Responder: HTTPResponder {
    typealias Context = BasicRequestContext

    let provider: TestProvider

    func respond(to request: Request, context: Context) async throws -> Response {
      let path = request.uri.path
      provider.state.withLock { $0.asked[path, default: 0] += 1 }
      if let oddity = provider.manners.answers[path] {
        return await TestProvider.answer(oddity)
      }
      switch path {
      case configurationPath: return TestProvider.answer(provider.configuration)
      case "/keys": return TestProvider.answer((provider.manners.keys ?? provider.keys).published)
      case "/authorize": return provider.authorize(TestProvider.fields(request.uri.query ?? ""))
      case "/token":
        var request = request
        let body = try await request.collectBody(upTo: 10_000)
        let isForm = request.headers[.contentType] == "application/x-www-form-urlencoded"
        return try provider.exchange(
          isForm && request.method == .post ? TestProvider.fields(String(buffer: body)) : [:],
          authorization: request.headers[.authorization])
      default: return Response(status: .notFound)
      }
    }
  }

  static func answer(_ json: JSON, status: HTTPResponse.Status = .ok) -> Response {
    Response(
      status: status, headers: [.contentType: "application/json"],
      body: ResponseBody(byteBuffer: ByteBuffer(bytes: json.bytes)))
  }

  private static func answer(_ oddity: Oddity) async -> Response {
    let spaces = ByteBuffer(repeating: UInt8(ascii: " "), count: 100_000)
    switch oddity {
    case .status(let code): return Response(status: .init(code: code))
    case .text(let text): return Response(status: .ok, body: .init(byteBuffer: .init(string: text)))
    case .large:
      return Response(status: .ok, body: .init(contentsOf: Array(repeating: spaces, count: 11)))
    case .endless:
      return Response(status: .ok, body: ResponseBody { while true { try await $0.write(spaces) } })
    case .silence:
      await forever()
      return Response(status: .ok)
    case .beginning:
      return Response(
        status: .ok,
        body: ResponseBody { writer in
          try await writer.write(spaces)
          await forever()
        })
    case .elsewhere:
      return Response(status: .found, headers: [.location: configurationPath])
    }
  }

  /// Until the provider is stopped.
  private static func forever() async {
    let (nothing, end) = AsyncStream.makeStream(of: Void.self)
    for await _ in nothing {}
    end.finish()
  }
}
