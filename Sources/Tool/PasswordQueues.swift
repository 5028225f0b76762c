import Dispatch
import Synchronization
import Workflows

/// Where passwords are compared: two at a time, on threads that nobody else waits for, since each
/// takes 128 MiB and some tenths of a second.
final class PasswordQueues: Sendable {
  private let queues = [
    DispatchQueue(label: "passwords.1"), DispatchQueue(label: "passwords.2"),
  ]
  private let waiting = Mutex([0, 0])

  /// The most that wait in a queue, some half a minute.
  private static let most = 60

  /// - Throws: ``TooManyPasswords`` when too many wait.
  func work(_ body: @escaping @Sendable () -> Bool) async throws -> Bool {
    let place = waiting.withLock { waiting -> Int? in
      let place = waiting[0] <= waiting[1] ? 0 : 1
      guard waiting[place] < Self.most else { return nil }
      waiting[place] += 1
      return place
    }
    guard let place else { throw TooManyPasswords() }
    return await withCheckedContinuation { done in
      queues[place].async {
        let result = body()
        self.waiting.withLock { $0[place] -= 1 }
        done.resume(returning: result)
      }
    }
  }
}
