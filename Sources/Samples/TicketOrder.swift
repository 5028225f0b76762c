import Caseloads
import Dispatch

/// Cases in the order of their tickets.
///
/// A draw needs the cases with the smallest tickets and seldom all of them. So cases are put into
/// buckets by the first digits of their tickets, and a bucket is sorted when it is reached.
final class TicketOrder {
  private static let buckets = 1 << 12

  private let cases: [SampleCase]
  private let seed: Seed

  /// The first digits of each case's ticket.
  private let leading: [UInt64]

  /// The cases by bucket, by place in the list.
  private var order: [UInt32]
  private let bounds: [Int]
  private var isSorted = [Bool](repeating: false, count: buckets)

  init(_ cases: [SampleCase], seed: Seed) {
    self.cases = cases
    self.seed = seed
    leading = Self.leading(cases, seed)
    var counts = [Int](repeating: 0, count: Self.buckets + 1)
    for digits in leading { counts[Self.bucket(digits) + 1] += 1 }
    for bucket in 0..<Self.buckets { counts[bucket + 1] += counts[bucket] }
    bounds = counts
    order = [UInt32](repeating: 0, count: cases.count)
    for (place, digits) in leading.enumerated() {
      order[counts[Self.bucket(digits)]] = UInt32(place)
      counts[Self.bucket(digits)] += 1
    }
  }

  func ticket(of place: Int) -> Ticket { seed.ticket(for: cases[place].crn) }

  /// Calls `body` with the place of each case, the smallest ticket first, until it returns false.
  func forEach(_ body: (Int) -> Bool) {
    for bucket in 0..<Self.buckets {
      if !isSorted[bucket] { sort(bucket) }
      for place in order[bounds[bucket]..<bounds[bucket + 1]] where !body(Int(place)) { return }
    }
  }

  private func sort(_ bucket: Int) {
    isSorted[bucket] = true
    order[bounds[bucket]..<bounds[bucket + 1]].sort { one, other in
      let (mine, theirs) = (leading[Int(one)], leading[Int(other)])
      if mine != theirs { return mine < theirs }
      return ticket(of: Int(one)) < ticket(of: Int(other))
    }
  }

  /// A bucket for each range of the first 19 digits.
  private static func bucket(_ leading: UInt64) -> Int {
    Int(leading / (Ticket.tenTo19 / UInt64(buckets) + 1))
  }

  /// Works out the tickets on all cores.
  private static func leading(_ cases: [SampleCase], _ seed: Seed) -> [UInt64] {
    [UInt64](unsafeUninitializedCapacity: cases.count) { buffer, count in
      let size = 1 << 14
      // Each piece is written by one thread alone.
      nonisolated(unsafe) let buffer = buffer
      DispatchQueue.concurrentPerform(iterations: (cases.count + size - 1) / size) { piece in
        for place in piece * size..<min(cases.count, (piece + 1) * size) {
          buffer.initializeElement(at: place, to: seed.ticket(for: cases[place].crn).leading)
        }
      }
      count = cases.count
    }
  }
}
