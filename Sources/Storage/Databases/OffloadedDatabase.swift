import Dispatch

/// A database for callers that must not wait on their thread: what waits for the disk or the server
/// is done on threads that may wait.
struct OffloadedDatabase: Sendable {
  let database: any SQLDatabase
  private let threads = DispatchQueue(label: "database", attributes: .concurrent)

  init(_ database: any SQLDatabase) {
    self.database = database
  }

  func read<Result: Sendable>(
    _ body: @escaping @Sendable (any SQLTransaction) throws -> Result
  ) async throws -> Result {
    try await offload { try $0.read(body) }
  }

  func write<Result: Sendable>(
    _ body: @escaping @Sendable (any SQLTransaction) throws -> Result
  ) async throws -> Result {
    try await offload { try $0.write(body) }
  }

  func forgetDeleted() async throws { try await offload { try $0.forgetDeleted() } }

  private func offload<Result: Sendable>(
    _ body: @escaping @Sendable (any SQLDatabase) throws -> Result
  ) async throws -> Result {
    try await withCheckedThrowingContinuation { done in
      threads.async { [database] in
        do {
          done.resume(returning: try body(database))
        } catch {
          done.resume(throwing: StoreFault(error) ?? error)
        }
      }
    }
  }
}
