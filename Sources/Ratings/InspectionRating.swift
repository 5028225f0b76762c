public import Judgements
public import RuleFiles
public import Standards

/// The ratings of one inspection, with everything that they rest on.
public struct InspectionRating: Hashable, Sendable {
  /// The edition they were worked out under.
  public let edition: RuleBook.ID
  public let editionDigest: Digest

  /// The whole, after the panel.
  public let overall: OverallOutcome

  /// The whole by the rules alone.
  public let ruleOverall: OverallOutcome

  /// Every standard, in the order of the book.
  public let standards: [StandardResult]

  public let openToPanel: [PanelOpening]

  /// What a reader has to know: rules that are assumed, standards that are unknown, questions that
  /// were set aside, shares that print as a threshold they do not reach.
  public let notices: [String]

  /// The overall rating by the rules, where the panel's decisions changed it.
  // Not inlined: inlined into another module it crashes the optimiser of Swift 6.3.1.
  @inline(never)
  public var overallBeforePanel: Rating? {
    ruleOverall.rating == overall.rating ? nil : ruleOverall.rating
  }
}

/// The rating of one standard.
public struct StandardResult: Hashable, Sendable {
  public let code: Code
  public let title: String
  public let ratedBy: RuleBook.Standard.RatedBy

  /// Whether its score is part of the overall score of this inspection.
  public let isCounted: Bool

  /// What the rules say, before any panel.
  public let outcome: StandardOutcome

  /// The rating by the rules, caps included; nothing where it is not known.
  public let ruleRating: Rating?

  /// The final rating; nothing where it is not known.
  public let rating: Rating?

  /// What it adds to the sum, where it is known and inspected.
  public let score: Int?

  public let questions: [QuestionResult]

  /// The decision that moved it.
  public let panel: PanelDecision?

  /// The question whose share decided, where cases did.
  public var deciding: QuestionResult? {
    outcome.deciding.flatMap { code in questions.first { $0.code == code } }
  }
}
