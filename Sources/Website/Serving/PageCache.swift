import Calendars
import Synchronization

/// Pages kept in memory under their addresses, the oldest leaving first.
///
/// The record does not change while the server runs, so a page changes only with the day.
final class PageCache: Sendable {
  static let mostPages = 4_000
  static let mostBytes = 96 << 20

  private struct State {
    var day: Day?
    var pages: [String: Page] = [:]
    var order: [String] = []
    var bytes = 0
  }

  private let state = Mutex(State())

  /// The page kept under `address` on this day.
  func page(at address: String, on day: Day) -> Page? {
    state.withLock { $0.day == day ? $0.pages[address] : nil }
  }

  func keep(_ page: Page, at address: String, on day: Day) {
    state.withLock { state in
      if state.day != day { state = State(day: day) }
      guard page.body.count < Self.mostBytes / 8, state.pages[address] == nil else { return }
      state.pages[address] = page
      state.order.append(address)
      state.bytes += page.body.count
      while state.order.count > Self.mostPages || state.bytes > Self.mostBytes {
        let leaving = state.order.removeFirst()
        state.bytes -= state.pages.removeValue(forKey: leaving)?.body.count ?? 0
      }
    }
  }

  /// How many pages are kept.
  var count: Int { state.withLock { $0.pages.count } }
}
