import Standards

/// Applies the named caps and limits of the rule book.
///
/// All look at the ratings before any of them took hold, so their order does not matter. Lower
/// ratings can only trigger more of them: the result never rises when a standard falls.
///
/// - Source: `limits` of the rule book; none was found in any shipped edition.
struct LimitRule {
  let limits: [Limit]

  /// The limits that hold for these ratings.
  func holding(for ratings: [Code: Rating]) -> [Limit] {
    limits.filter { limit in
      limit.standards.count { ratings[$0].map { $0 <= limit.ratedAtMost } ?? false }
        >= limit.atLeast
    }
  }

  /// The ratings after caps on single standards.
  static func capped(_ ratings: [Code: Rating], by holding: [Limit]) -> [Code: Rating] {
    var capped = ratings
    for limit in holding {
      guard case .standardAtMost(let code, let most) = limit.effect, let now = capped[code] else {
        continue
      }
      capped[code] = min(now, most)
    }
    return capped
  }

  /// The overall rating after caps on the whole.
  static func capped(_ rating: Rating, by holding: [Limit]) -> Rating {
    holding.reduce(rating) { now, limit in
      if case .overallAtMost(let most) = limit.effect { min(now, most) } else { now }
    }
  }
}
