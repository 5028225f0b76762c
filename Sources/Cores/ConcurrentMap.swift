public import Dispatch
public import Foundation
public import Synchronization

extension Array where Element: Sendable {
  /// Maps on all cores. The results are in the order of the elements.
  @inlinable
  public func concurrentMap<Result: Sendable>(
    _ transform: @Sendable (Element) -> Result
  ) -> [Result] {
    let size = Swift.max(1, count / (4 * ProcessInfo.processInfo.activeProcessorCount))
    let starts = [Int](stride(from: 0, to: count, by: size))
    let pieces = Mutex<[Int: [Result]]>([:])
    DispatchQueue.concurrentPerform(iterations: starts.count) { piece in
      let results = self[starts[piece]...].prefix(size).map(transform)
      pieces.withLock { $0[piece] = results }
    }
    return pieces.withLock { pieces in starts.indices.flatMap { pieces[$0] ?? [] } }
  }
}
