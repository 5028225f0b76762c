/// The numbers below a count in an order that looks like chance, each worked out by itself.
///
/// Nothing is held in memory: a place in the order is a row and a column of a grid, and each is
/// moved on in turn by an amount that depends on the other (a Feistel network). A place that falls
/// into the corner of the grid that is not used is moved again.
public struct Permutation: Sendable {
  /// How many numbers there are.
  public let count: Int

  private let rows: Int
  private let columns: Int
  private let keys: [UInt64]

  /// - Precondition: `count` is from 1 to 2^32.
  public init(of count: Int, seed: UInt64) {
    precondition((1...1 << 32).contains(count), "A permutation has from 1 to 2^32 numbers.")
    self.count = count
    var rows = 1
    while rows * rows < count { rows += 1 }
    self.rows = rows
    columns = (count + rows - 1) / rows
    var chance = SplitMix64(seed: seed)
    keys = (0..<3).flatMap { _ in [chance.next(), chance.next()] }
  }

  /// The number at a place from 0 to ``count`` - 1. No two places have the same.
  public subscript(place: Int) -> Int {
    var place = place
    repeat {
      var (row, column) = place.quotientAndRemainder(dividingBy: columns)
      for round in stride(from: 0, to: keys.count, by: 2) {
        row = moved(row, by: column, keys[round], of: rows)
        column = moved(column, by: row, keys[round + 1], of: columns)
      }
      place = row * columns + column
    } while place >= count
    return place
  }

  private func moved(_ one: Int, by other: Int, _ key: UInt64, of count: Int) -> Int {
    let sum = one + SplitMix64.scaled(SplitMix64.mixed(key &+ UInt64(other)), to: count)
    return sum < count ? sum : sum - count
  }
}
