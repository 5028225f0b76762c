import Caseloads
import Dispatch

/// Cases in the order of their tickets.
///
/// A draw needs the cases with the smallest tickets and seldom all of them. So the order is worked
/// out piece by piece, when one is reached: the cases of a piece are those whose tickets lie in a
/// range, and each range is eight times as long as the one before.
final class TicketOrder {
  /// About how many cases the first piece has.
  private static let firstPiece = 4_096

  private let cases: [SampleCase]
  private let seed: Seed

  /// The first digits of each case's ticket.
  private let leading: [UInt64]

  /// Places in the list, in order.
  private var pieces: [[UInt32]] = []

  /// Where the range of the last piece ends, in the first digits of tickets; it is not included.
  private var end: UInt64 = 0

  init(_ cases: [SampleCase], seed: Seed) {
    self.cases = cases
    self.seed = seed
    leading = Self.leading(cases, seed)
  }

  func ticket(of place: Int) -> Ticket { seed.ticket(for: cases[place].crn) }

  /// Calls `body` with the place of each case, the smallest ticket first, until it returns false.
  func forEach(_ body: (Int) -> Bool) {
    var next = 0
    while next < pieces.count || end < Ticket.tenTo19 {
      if next == pieces.count { addPiece() }
      for place in pieces[next] where !body(Int(place)) { return }
      next += 1
    }
  }

  private func addPiece() {
    let range = end..<rangeEnd()
    var piece: [UInt32] = []
    for (place, digits) in leading.enumerated() where range.contains(digits) {
      piece.append(UInt32(place))
    }
    piece.sort { one, other in
      let (mine, theirs) = (leading[Int(one)], leading[Int(other)])
      if mine != theirs { return mine < theirs }
      return ticket(of: Int(one)) < ticket(of: Int(other))
    }
    pieces.append(piece)
    end = range.upperBound
  }

  private func rangeEnd() -> UInt64 {
    if end == 0 {
      let share = Ticket.tenTo19 / UInt64(max(1, cases.count))
      return share > Ticket.tenTo19 / UInt64(Self.firstPiece)
        ? Ticket.tenTo19 : share * UInt64(Self.firstPiece)
    }
    return end > Ticket.tenTo19 / 8 ? Ticket.tenTo19 : end * 8
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
