import Dispatch
import Synchronization

/// Gathers what many ask for and does it together, so that one wait for the disk serves all of them.
///
/// While one group is on its way to the disk, the next one gathers.
final class GroupCommit<Request: Sendable, Outcome: Sendable>: Sendable {
  private struct Waiting {
    let request: Request
    let done: CheckedContinuation<Outcome, any Error>
  }

  private struct State {
    var waiting: [Waiting] = []
    var isRunning = false
  }

  /// The most requests in a group.
  private static var most: Int { 1_000 }

  private let state = Mutex(State())
  private let queue = DispatchQueue(label: "record.writer")
  private let commit: @Sendable ([Request]) throws -> [Outcome]

  /// - Parameter commit: Does what is asked for, all or nothing, and gives an outcome for each. Is
  ///   called on a thread of its own, where it may wait.
  init(_ commit: @escaping @Sendable ([Request]) throws -> [Outcome]) {
    self.commit = commit
  }

  /// Waits until the request was done with others.
  func submit(_ request: Request) async throws -> Outcome {
    try await withCheckedThrowingContinuation { done in
      let mustStart = state.withLock { state in
        state.waiting.append(Waiting(request: request, done: done))
        defer { state.isRunning = true }
        return !state.isRunning
      }
      if mustStart { queue.async { self.run() } }
    }
  }

  /// Waits until several requests were done, in their order and with others.
  func submit(_ requests: [Request]) async throws -> [Outcome] {
    try await withThrowingTaskGroup(of: (Int, Outcome).self) { group in
      // Each waits by itself, so that one that cannot be done keeps no other from it.
      for (place, request) in requests.enumerated() {
        group.addTask { (place, try await self.submit(request)) }
      }
      var outcomes = [Outcome?](repeating: nil, count: requests.count)
      for try await (place, outcome) in group { outcomes[place] = outcome }
      return outcomes.compactMap(\.self)
    }
  }

  private func run() {
    while let group = next() {
      do {
        let outcomes = try commit(group.map(\.request))
        for (one, outcome) in zip(group, outcomes) { one.done.resume(returning: outcome) }
      } catch is ConnectionLost {
        for one in group { one.done.resume(throwing: StoreFault.unreachable) }
      } catch {
        // One that cannot be done must not keep the others from it.
        for one in group { runAlone(one) }
      }
    }
  }

  private func runAlone(_ one: Waiting) {
    do {
      one.done.resume(returning: try commit([one.request])[0])
    } catch {
      one.done.resume(throwing: StoreFault(error) ?? error)
    }
  }

  private func next() -> [Waiting]? {
    state.withLock { state in
      let group = Array(state.waiting.prefix(Self.most))
      state.waiting.removeFirst(group.count)
      state.isRunning = !group.isEmpty
      return group.isEmpty ? nil : group
    }
  }
}
