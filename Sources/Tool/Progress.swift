import Foundation
import Synchronization

/// Tells a terminal how far a longer piece of work has come. Silent in a pipe and for work of less
/// than a second.
final class Progress: Sendable {
  private struct State {
    var done = 0
    var shownAt: ContinuousClock.Instant
    var isShown = false
  }

  private let what: String
  private let isTerminal = isatty(2) == 1
  private let state: Mutex<State>

  /// - Parameter what: What is counted, such as “rows read”.
  init(_ what: String) {
    self.what = what
    // The first second passes without a word.
    state = Mutex(State(shownAt: .now + .milliseconds(750)))
  }

  /// Counts some more.
  func add(_ count: Int) {
    guard isTerminal else { return }
    state.withLock { state in
      state.done += count
      guard ContinuousClock.now - state.shownAt > .milliseconds(250) else { return }
      state.shownAt = .now
      state.isShown = true
      FileHandle.standardError.write(Data("\r\(state.done) \(what)".utf8))
    }
  }

  /// Clears the line.
  func end() {
    guard isTerminal else { return }
    state.withLock { state in
      if state.isShown { FileHandle.standardError.write(Data("\r\u{1B}[K".utf8)) }
      state.isShown = false
    }
  }
}
