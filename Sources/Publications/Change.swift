public import Inspections
public import Standards

/// How an overall rating moved since the last inspection of the same provider.
public enum Change: Hashable, Sendable {
  case up
  case down
  case same

  /// There was no inspection before, as far as we know.
  case first

  /// There was one, and it cannot be held against this one.
  case notComparable(because: String)

  /// As machines read it.
  public var name: String {
    switch self {
    case .up: "up"
    case .down: "down"
    case .same: "same"
    case .first: "first"
    case .notComparable: "not-comparable"
    }
  }

  /// As a person reads it.
  public var words: String {
    switch self {
    case .up: "Up"
    case .down: "Down"
    case .same: "Same"
    case .first: "First inspection"
    case .notComparable: "Not comparable"
    }
  }

  public var reason: String? {
    if case .notComparable(let reason) = self { reason } else { nil }
  }

  init(from older: Rating, to newer: Rating) {
    self = newer > older ? .up : newer < older ? .down : .same
  }
}

extension Register {
  /// How the overall rating of an inspection moved since the one before.
  public func change(of inspection: Inspection) -> Change {
    guard let before = self.inspection(before: inspection) else {
      return inspection.round == 1
        ? .first
        : .notComparable(because: "The inspection before it is not among our facts.")
    }
    guard let now = inspection.overallRating else {
      return .notComparable(because: "This inspection has no overall rating.")
    }
    guard let then = before.overallRating else {
      return .notComparable(because: "The inspection before it has no overall rating.")
    }
    switch editions.overallComparison(from: before.standards, to: inspection.standards) {
    case .allowed: return Change(from: then, to: now)
    case .notAllowed(let reason): return .notComparable(because: reason)
    }
  }

  /// How the rating of one standard moved since the inspection before, where both are known.
  public func change(of standard: Code, in inspection: Inspection) -> Change? {
    guard let now = inspection.ratings[standard],
      let before = self.inspection(before: inspection)
    else { return nil }
    switch editions.counterpart(
      of: standard, in: inspection.standards, from: before.standards)
    {
    case .comparable(let older):
      guard let then = before.ratings[older] else { return nil }
      return Change(from: then, to: now)
    case .notComparable(let reason): return .notComparable(because: reason)
    }
  }
}
