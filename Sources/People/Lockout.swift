public import Calendars

/// How long somebody has to wait after wrong passwords or codes.
///
/// The first four cost nothing. After that each one doubles the wait, from one second to a quarter
/// of an hour, and nobody is locked out for good: else anybody could lock out anybody. A day without
/// a wrong one forgets them.
///
/// - Source: ours.
public struct Lockout: Hashable, Sendable {
  public private(set) var failures: Int
  public private(set) var lastFailedAt: Instant?

  private static let free = 4
  private static let longest = 15 * 60

  /// After how many seconds without a wrong one they are forgotten.
  public static let memory = 24 * 60 * 60

  public init(failures: Int = 0, lastFailedAt: Instant? = nil) {
    self.failures = failures
    self.lastFailedAt = lastFailedAt
  }

  /// When the next attempt is looked at; nothing when at once.
  ///
  /// - Parameter instant: Now. A clock that was put back makes nobody wait longer.
  public func opens(from instant: Instant) -> Instant? {
    guard failures > Self.free, let lastFailedAt else { return nil }
    let doublings = min(failures - Self.free - 1, 10)
    let opensAt = min(lastFailedAt, instant)
      .adding(seconds: min(1 << doublings, Self.longest))
    return opensAt > instant ? opensAt : nil
  }

  public mutating func fail(at instant: Instant) {
    if let lastFailedAt, lastFailedAt.adding(seconds: Self.memory) <= instant { failures = 0 }
    failures += 1
    lastFailedAt = instant
  }
}
