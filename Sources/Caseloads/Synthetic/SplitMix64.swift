/// Made-up chance that is the same on every machine and in every version: whole numbers only.
///
/// Not for draws of samples, which start from a public seed, and not for secrets.
///
/// - Source: S. Vigna's SplitMix64 (public domain), after Steele, Lea and Flood, *Fast splittable
///   pseudorandom number generators*, OOPSLA 2014.
public struct SplitMix64: Sendable {
  /// 2^64 divided by the golden ratio, made odd.
  static let golden: UInt64 = 0x9E37_79B9_7F4A_7C15

  private var state: UInt64

  public init(seed: UInt64) {
    state = seed
  }

  /// A generator of its own for the thing with a number, so that things can be made in any order.
  public init(seed: UInt64, number: Int) {
    state = Self.mixed(Self.mixed(seed) ^ UInt64(bitPattern: Int64(number)))
  }

  public mutating func next() -> UInt64 {
    state &+= Self.golden
    return Self.mixed(state)
  }

  /// A number from 0 to `bound` - 1: the high half of the next number times `bound`.
  ///
  /// - Precondition: `bound` is positive.
  public mutating func below(_ bound: Int) -> Int {
    Self.scaled(next(), to: bound)
  }

  /// What `number` of 2^64 is of `bound`, rounded down.
  static func scaled(_ number: UInt64, to bound: Int) -> Int {
    Int(number.multipliedFullWidth(by: UInt64(bound)).high)
  }

  /// A number in which every bit depends on every bit of `number`; no two give the same.
  static func mixed(_ number: UInt64) -> UInt64 {
    var mixed = number
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}
