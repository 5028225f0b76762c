public import Problems
public import Standards

/// The rating that was given to a standard, or that it was not inspected.
public enum GivenRating: Hashable, Sendable {
  case rated(Rating)

  /// The standard was left out of this inspection. It leaves the sum and the maximum.
  case notInspected

  static let notInspectedWord = "not-inspected"

  /// Reads `good` or `not-inspected`.
  init?(_ text: String) {
    if text == Self.notInspectedWord {
      self = .notInspected
    } else if let rating = Rating(rawValue: text) {
      self = .rated(rating)
    } else {
      return nil
    }
  }

  static let words = Rating.allCases.map(\.rawValue) + [notInspectedWord]
}

/// A rating that comes from people, not from answers: on evidence, or already known.
public struct StandardJudgement: Hashable, Sendable {
  public let standard: Code
  public let rating: GivenRating

  /// Why. Blank where only the rating is known.
  public let reason: String
  public let place: Place

  public init(standard: Code, rating: GivenRating, reason: String, place: Place) {
    self.standard = standard
    self.rating = rating
    self.reason = reason
    self.place = place
  }
}

/// The ratings panel's decision to move a standard's rating.
public struct PanelDecision: Hashable, Sendable {
  public let standard: Code
  public let rating: Rating
  public let reason: String

  /// Who decided, as roles or initials.
  public let members: String

  public let place: Place

  public init(standard: Code, rating: Rating, reason: String, members: String, place: Place) {
    self.standard = standard
    self.rating = rating
    self.reason = reason
    self.members = members
    self.place = place
  }
}
