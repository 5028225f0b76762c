import Calendars
import Workflows

/// Something that is fetched when it is needed, kept for a while, and fetched once however many
/// wait for it.
actor Kept<Value: Sendable> {
  private let seconds: Int
  private let now: @Sendable () -> Instant
  private let fetch: @Sendable () async throws(IdentityFault) -> Value

  private var value: Value?
  private var fetchedAt: Instant?
  private var askedAt: Instant?
  private var running: Task<Result<Value, IdentityFault>, Never>?

  /// - Parameter seconds: How long it is kept.
  init(
    seconds: Int, now: @escaping @Sendable () -> Instant,
    fetch: @escaping @Sendable () async throws(IdentityFault) -> Value
  ) {
    self.seconds = seconds
    self.now = now
    self.fetch = fetch
  }

  /// What is kept, or else what is fetched.
  func value() async throws(IdentityFault) -> Value {
    if let value, isLess(than: seconds, since: fetchedAt) { return value }
    return try await fetched()
  }

  /// What is kept if it was asked for, with or without success, within the last so many seconds,
  /// or else what is fetched.
  func value(notOlderThan pause: Int) async throws(IdentityFault) -> Value {
    if isLess(than: pause, since: askedAt) { return try await value() }
    return try await fetched()
  }

  /// A clock that was put back makes everything old.
  private func isLess(than seconds: Int, since instant: Instant?) -> Bool {
    guard let instant else { return false }
    let now = now()
    return instant <= now && now < instant.adding(seconds: seconds)
  }

  private func fetched() async throws(IdentityFault) -> Value {
    if let running { return try await running.value.get() }
    askedAt = now()
    let fetch = fetch
    let task = Task { () async -> Result<Value, IdentityFault> in
      do throws(IdentityFault) {
        return .success(try await fetch())
      } catch {
        return .failure(error)
      }
    }
    running = task
    let outcome = await task.value
    running = nil
    if case .success(let found) = outcome {
      value = found
      fetchedAt = now()
    }
    return try outcome.get()
  }
}
