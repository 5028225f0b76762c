/// A case's place in the order of a draw: a number between 0 and 1, the smallest comes first.
///
/// Behind it stands a whole number of 256 bits, whose decimal digits stand behind the point from
/// the last to the first.
public struct Ticket: Hashable, Sendable {
  /// The 256 bits, the highest first.
  private let first: UInt64
  private let second: UInt64
  private let third: UInt64
  private let fourth: UInt64

  /// The first 19 digits behind the point, which nearly every comparison gets along with.
  let leading: UInt64

  init(_ first: UInt64, _ second: UInt64, _ third: UInt64, _ fourth: UInt64) {
    self.first = first
    self.second = second
    self.third = third
    self.fourth = fourth
    var rest = first % Self.tenTo19
    rest = Self.tenTo19.dividingFullWidth((rest, second)).remainder
    rest = Self.tenTo19.dividingFullWidth((rest, third)).remainder
    rest = Self.tenTo19.dividingFullWidth((rest, fourth)).remainder
    var leading: UInt64 = 0
    for _ in 0..<19 {
      leading = leading * 10 + rest % 10
      rest /= 10
    }
    self.leading = leading
  }

  static let tenTo19: UInt64 = 10_000_000_000_000_000_000

  /// Every digit behind the point, at least 64 of them.
  private var digits: [UInt8] {
    var words = [first, second, third, fourth]
    var digits: [UInt8] = []
    while words.contains(where: { $0 > 0 }) {
      var rest: UInt64 = 0
      for place in words.indices {
        (words[place], rest) = UInt64(10).dividingFullWidth((rest, words[place]))
      }
      digits.append(UInt8(rest))
    }
    return digits + repeatElement(0, count: max(0, 64 - digits.count))
  }

  /// The number with 18 digits behind the nines that it starts with: `0.116386664…`, cut, not
  /// rounded.
  ///
  /// - Source: `trim` of the PyPI package consistent-sampler 1.0.10 with 18 digits.
  public var text: String {
    let digits = digits
    let nines = digits.prefix { $0 == 9 }.count
    return "0." + digits.prefix(nines + 18).map { "\($0)" }.joined()
  }
}

extension Ticket: Comparable {
  public static func < (one: Ticket, other: Ticket) -> Bool {
    if one.leading != other.leading { return one.leading < other.leading }
    return one.digits.lexicographicallyPrecedes(other.digits)
  }
}
