/// One of the four published ratings, lowest first.
///
/// "Not rated" is not a rating: where there is none, there is a reason instead.
///
/// - Source: HM Inspectorate of Probation, Our standards and ratings, 2018.
public enum Rating: String, CaseIterable, Hashable, Sendable {
  case inadequate
  case requiresImprovement = "requires-improvement"
  case good
  case outstanding

  /// The published words, such as `Requires improvement`.
  public var title: String {
    switch self {
    case .inadequate: "Inadequate"
    case .requiresImprovement: "Requires improvement"
    case .good: "Good"
    case .outstanding: "Outstanding"
    }
  }

  /// The next higher rating, or nothing above Outstanding.
  public var next: Rating? { Self.allCases.first { $0 > self } }

  /// The next lower rating, or nothing below Inadequate.
  public var previous: Rating? { Self.allCases.last { $0 < self } }
}

extension Rating: Comparable {
  public static func < (one: Rating, other: Rating) -> Bool {
    one.place < other.place
  }

  private var place: Int {
    switch self {
    case .inadequate: 0
    case .requiresImprovement: 1
    case .good: 2
    case .outstanding: 3
    }
  }
}
