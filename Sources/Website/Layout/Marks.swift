import Inspections
import Publications
import RuleFiles
import Standards

/// Ratings and statuses as readers see them: always in words, with a shape beside the colour.
extension Rating {
  /// The class of everything that is drawn in the rating's colour.
  var className: String {
    switch self {
    case .inadequate: "inadequate"
    case .requiresImprovement: "requires"
    case .good: "good"
    case .outstanding: "outstanding"
    }
  }

  /// The shape of the rating in a square of sixteen units.
  var shape: HTML {
    switch self {
    case .outstanding:
      """
      <path d="M8 .8l2.2 4.9 5.3.6-4 3.6 1.1 5.2L8 12.5l-4.6 2.6 1.1-5.200-4-3.6 5.3-.6z"/>
      """
    case .good: "<circle cx=\"8\" cy=\"8\" r=\"6.5\"/>"
    case .requiresImprovement: "<path d=\"M8 1.5l7 12.5H1z\"/>"
    case .inadequate: "<path d=\"M2 2h12v12H2z\"/>"
    }
  }

  /// The rating in its colour, with its shape and its name.
  var tag: HTML { Self.tags[self] ?? .none }

  private static let tags = Dictionary(
    uniqueKeysWithValues: Rating.allCases.map { ($0, $0.newTag) })

  private var newTag: HTML {
    """
    <strong class="rating rating--\(className)">\
    <svg class="rating__shape" viewBox="0 0 16 16" aria-hidden="true" focusable="false">\
    \(shape)</svg>\(title)</strong>
    """
  }

  /// All four, best first, as people list them.
  static let bestFirst: [Rating] = Rating.allCases.reversed()
}

/// Marks that are no ratings.
enum Mark {
  /// An absence in words: `Not rated`, `Not seen`.
  static func absence(_ words: String) -> HTML {
    "<span class=\"absence\">\(words)</span>"
  }

  static let notSeen = absence("Not seen")
  static let notRated = absence("Not rated")

  static func overall(_ fact: OverallFact?) -> HTML {
    switch fact {
    case .rated(let rating): rating.tag
    case .notRated: notRated
    case nil: notSeen
    }
  }

  static func rating(_ rating: Rating?) -> HTML { rating?.tag ?? notSeen }

  /// How sure a rule or a fact is.
  static func status(_ status: Provenance.Status) -> HTML {
    let colour =
      switch status {
      case .published: "green"
      case .derived: "blue"
      case .assumed: "yellow"
      }
    return """
      <strong class="govuk-tag govuk-tag--\(colour) status">\(status.words)</strong>
      """
  }

  /// Stands behind a comparison that rests on an assumed reading of the editions: whoever reads it
  /// is told so.
  static let assumedReading: HTML = " \(status(.assumed))"

  static func verdict(_ verdict: RegisterCheck.Verdict) -> HTML {
    let colour =
      switch verdict {
      case .confirmed: "green"
      case .possible: "blue"
      case .contradicted: "red"
      case .notCheckable: "grey"
      }
    return """
      <strong class="govuk-tag govuk-tag--\(colour) status">\(verdict.words)</strong>
      """
  }

  /// How a rating moved, with an arrow and in words.
  static func change(_ change: Change) -> HTML {
    let arrow: HTML =
      switch change {
      case .up: "<path d=\"M8 1l6 7h-4v7H6V8H2z\"/>"
      case .down: "<path d=\"M8 15l6-7h-4V1H6v7H2z\"/>"
      case .same: "<path d=\"M1 5h14v2H1zM1 9h14v2H1z\"/>"
      case .first: "<path d=\"M7 2h2v5h5v2H9v5H7V9H2V7h5z\"/>"
      case .notComparable: "<path d=\"M1 7h5v2H1zM10 7h5v2h-5z\"/>"
      }
    return """
      <span class="change change--\(change.name)">\
      <svg class="change__arrow" viewBox="0 0 16 16" aria-hidden="true" focusable="false">\
      \(arrow)</svg>\(change.words)</span>
      """
  }
}

extension Provenance.Status {
  /// As a person reads it.
  var words: String {
    switch self {
    case .published: "Published"
    case .derived: "Derived"
    case .assumed: "Assumed"
    }
  }

  /// What it means, in a sentence.
  var meaning: String {
    switch self {
    case .published: "The page that says it was seen."
    case .derived: "It follows from published facts by reasoning or arithmetic."
    case .assumed: "General knowledge that no page we saw confirms."
    }
  }
}
