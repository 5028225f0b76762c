/// A share of something counted, kept as the two counts it was made from.
///
/// Nothing is divided until a person reads it. A proportion is compared with a threshold in
/// whole numbers, so no rounding can carry a provider across a boundary: 13 of 20 is 65 percent,
/// and 1,299 of 2,000 is not.
public struct Proportion: Hashable, Sendable {
  /// The largest count, so that every comparison stays within a machine word.
  public static let largestCount = 1_000_000_000

  /// How many met the test. Never more than ``whole``.
  public let part: Int

  /// How many were put to the test. At least one, at most ``largestCount``.
  public let whole: Int

  /// Makes `part` of `whole`, or nothing when the two numbers cannot describe a share.
  public init?(_ part: Int, of whole: Int) {
    guard whole > 0, whole <= Self.largestCount, (0...whole).contains(part) else { return nil }
    self.part = part
    self.whole = whole
  }

  /// Whether this share is smaller than `other`.
  ///
  /// Shares are not `Comparable`. 3 of 5 and 12 of 20 are the same size, and neither can stand in
  /// for the other.
  public func isLower(than other: Proportion) -> Bool {
    part * other.whole < other.part * whole
  }

  /// Whether the share reaches `threshold`. A share that is exactly the threshold reaches it.
  public func reaches(_ threshold: Percent) -> Bool {
    part * 100 >= threshold.points * whole
  }

  /// The percentage to the nearest whole number for a person to read, halves upwards.
  ///
  /// Never compare it with a threshold: 1,299 of 2,000 reads as 65 and does not reach 65.
  public var roundedPercent: Percent {
    Percent(uncheckedPoints: (part * 200 + whole) / (2 * whole))
  }
}

/// A whole number of percentage points, from 0 to 100.
public struct Percent: Hashable, Comparable, Sendable {
  public let points: Int

  /// Makes `points` percent, or nothing outside 0 to 100.
  public init?(_ points: Int) {
    guard (0...100).contains(points) else { return nil }
    self.points = points
  }

  init(uncheckedPoints points: Int) {
    self.points = points
  }

  public static func < (one: Percent, other: Percent) -> Bool {
    one.points < other.points
  }

  /// This threshold lowered by `margin`, and never below zero.
  public func lowered(by margin: Percent) -> Percent {
    Percent(uncheckedPoints: max(0, points - margin.points))
  }
}

extension Percent: CustomStringConvertible {
  public var description: String { "\(points)%" }
}
