public import Dispatch
public import Synchronization

extension Array where Element: Sendable {
  /// So many that a core which is kept from its work leaves little behind.
  @usableFromInline static var mostPieces: Int { 64 }

  /// Maps on all cores. The results are in the order of the elements.
  @inlinable
  public func concurrentMap<Result: Sendable>(
    _ transform: @Sendable (Element) -> Result
  ) -> [Result] {
    let size = (count + Self.mostPieces - 1) / Self.mostPieces
    let starts = [Int](stride(from: 0, to: count, by: Swift.max(1, size)))
    let pieces = Mutex<[Int: [Result]]>([:])
    DispatchQueue.concurrentPerform(iterations: starts.count) { piece in
      let results = self[starts[piece]...].prefix(size).map(transform)
      pieces.withLock { $0[piece] = results }
    }
    return pieces.withLock { pieces in starts.indices.flatMap { pieces[$0] ?? [] } }
  }
}
