import AsyncHTTPClient
import NIOCore
import NIOHTTP1
import OrderedJSON
import Synchronization
import Workflows

/// Asks the provider’s servers. Whatever one answers, it costs no more than so many seconds and so
/// many bytes, and leads nowhere else.
final class Server: Sendable {
  struct Bounds: Sendable {
    /// From the first byte of a request to the last of its answer.
    var patience: Duration = .seconds(10)

    /// Of the body of an answer.
    var mostBytes = 1 << 20
  }

  private let bounds: Bounds
  private let client: HTTPClient
  private let isClosed = Mutex(false)

  init(_ bounds: Bounds = Bounds()) {
    self.bounds = bounds
    // Certificates are checked unless one says otherwise.
    var configuration = HTTPClient.Configuration()
    configuration.redirectConfiguration = .disallow
    configuration.httpVersion = .http1Only
    // People sign in seldom. A connection that was kept could be closed by the server while a code
    // is on its way, which works only once.
    configuration.maximumUsesPerConnection = 1
    configuration.connectionPool.retryConnectionEstablishment = false
    client = HTTPClient(configuration: configuration)
  }

  deinit {
    // A client must not go before it was shut down; that it was already is no fault.
    if isClosed.withLock({ !$0 }) { client.shutdown { _ in } }
  }

  func close() async {
    let wasClosed = isClosed.withLock { isClosed in
      defer { isClosed = true }
      return isClosed
    }
    // It fails only when something is still under way, which is cut off; there is nobody to tell.
    if !wasClosed { try? await client.shutdown() }
  }

  /// Fetches something that machines read.
  func document(
    _ document: IdentityFault.Document, at address: WebAddress
  ) async throws(IdentityFault) -> JSON {
    let answer = try await answer(to: HTTPClientRequest(url: address.text), document)
    guard answer.status == 200 else { throw .refused(document, status: answer.status) }
    return try answer.json(document)
  }

  /// Exchanges a code.
  func post(
    _ form: Form, to address: WebAddress, authorization: String?
  ) async throws(IdentityFault) -> JSON {
    var request = HTTPClientRequest(url: address.text)
    request.method = .POST
    request.headers.add(name: "Content-Type", value: "application/x-www-form-urlencoded")
    if let authorization { request.headers.add(name: "Authorization", value: authorization) }
    request.body = .bytes(ByteBuffer(string: form.text))
    let answer = try await answer(to: request, .token)
    switch answer.status {
    case 200: return try answer.json(.token)
    case 400, 401:
      // Whatever else stands there, the status says that it was refused.
      let error = (try? answer.json(.token))?["error"].string
      if error == "invalid_grant" { throw .codeRefused }
      if error == "invalid_client" || error == "unauthorized_client" { throw .clientRefused }
      throw .refused(.token, status: answer.status)
    default: throw .refused(.token, status: answer.status)
    }
  }

  private struct Answer {
    let status: Int
    let bytes: [UInt8]

    func json(_ document: IdentityFault.Document) throws(IdentityFault) -> JSON {
      do throws(JSON.Fault) {
        return try JSON(bytes: bytes)
      } catch {
        throw .unreadable(document)
      }
    }
  }

  /// The whole answer, or a fault once the time is over, however slowly its bytes come.
  private func answer(
    to request: HTTPClientRequest, _ document: IdentityFault.Document
  ) async throws(IdentityFault) -> Answer {
    var request = request
    request.headers.add(name: "Accept", value: "application/json")
    let outcome = await withTaskGroup(of: Result<Answer, IdentityFault>.self) {
      [bounds, request] group in
      group.addTask { await self.outcome(of: request, document) }
      group.addTask {
        // Cut short when the answer came first.
        try? await Task.sleep(for: bounds.patience)
        return .failure(.unreachable(document))
      }
      let first = await group.next()
      group.cancelAll()
      return first ?? .failure(.unreachable(document))
    }
    return try outcome.get()
  }

  private func outcome(
    of request: HTTPClientRequest, _ document: IdentityFault.Document
  ) async -> Result<Answer, IdentityFault> {
    guard isClosed.withLock({ !$0 }) else { return .failure(.closed) }
    do {
      let deadline = NIODeadline.now() + TimeAmount(bounds.patience)
      let response = try await client.execute(request, deadline: deadline)
      let body = try await response.body.collect(upTo: bounds.mostBytes)
      return .success(
        Answer(status: Int(response.status.code), bytes: Array(body.readableBytesView)))
    } catch is NIOTooManyBytesError {
      return .failure(.tooLarge(document))
    } catch {
      // Why there is no connection may hold addresses, which are settings.
      return .failure(isClosed.withLock { $0 } ? .closed : .unreachable(document))
    }
  }
}
