import Dispatch

/// Does what takes long on a thread that nobody else waits for.
func offload<Result: Sendable>(
  _ body: @escaping @Sendable () throws -> Result
) async throws -> Result {
  try await withCheckedThrowingContinuation { done in
    DispatchQueue.global(qos: .userInitiated).async {
      done.resume(with: Swift.Result { try body() })
    }
  }
}
