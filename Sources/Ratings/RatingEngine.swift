public import Judgements
public import Problems
public import Standards

/// Everything that was judged in one inspection.
public struct RatingInputs: Hashable, Sendable {
  /// The counted answers of cases.
  public var answers: Tally
  public var evidence: [StandardJudgement]
  public var given: [StandardJudgement]
  public var panel: [PanelDecision]

  public init(
    answers: Tally = Tally(), evidence: [StandardJudgement] = [], given: [StandardJudgement] = [],
    panel: [PanelDecision] = []
  ) {
    self.answers = answers
    self.evidence = evidence
    self.given = given
    self.panel = panel
  }
}

/// The one place where judgements become ratings. Tool, website and reports all ask it.
///
/// Exact: counts are compared in whole numbers, and nothing depends on order, clock or chance.
public struct RatingEngine: Sendable {
  /// Changes whenever the same inputs could be rated differently.
  public static let version = "plumbline-engine/1"

  public let book: RuleBook

  public init(_ book: RuleBook) {
    self.book = book
  }

  /// Rates an inspection.
  ///
  /// - Throws: ``Problems`` when judgements contradict each other, or the panel moved what is not
  ///   open to it. Then nothing is rated.
  public func rate(_ inputs: RatingInputs) throws(Problems) -> InspectionRating {
    try Problems.throwAny(contradictions(in: inputs))
    let questionRule = KeyQuestionRule(book)
    let panelRule = PanelRule(book)

    var outcomes: [Code: StandardOutcome] = [:]
    var questions: [Code: [QuestionResult]] = [:]
    var openings: [PanelOpening] = []
    for standard in book.standards {
      let results =
        standard.ratedBy == .evidence
        ? [] : standard.questions.map { questionRule.rate($0, from: inputs.answers[$0.code]) }
      let outcome = outcome(of: standard, results, inputs)
      outcomes[standard.code] = outcome
      questions[standard.code] = results.contains(where: \.tally.isAnswered) ? results : []
      if let deciding = results.first(where: { $0.code == outcome.deciding }),
        let opening = panelRule.opening(of: standard.code, deciding: deciding)
      {
        openings.append(opening)
      }
    }
    try Problems.throwAny(refusals(of: inputs.panel, outcomes, openings))

    let decisions = Dictionary(inputs.panel.map { ($0.standard, $0) }) { first, _ in first }
    let byRule = known(outcomes) { $1 }
    let final = known(outcomes) { code, rating in rating.map { decisions[code]?.rating ?? $0 } }
    let ruleOverall = OverallRule(book).rate(byRule)
    let overall = OverallRule(book).rate(final)
    let standards = book.standards.map { standard in
      result(
        of: standard, outcomes[standard.code] ?? .unknown("Not judged."),
        questions[standard.code] ?? [], decisions[standard.code], ruleOverall, overall)
    }
    return InspectionRating(
      edition: book.id, editionDigest: book.digest, overall: overall, ruleOverall: ruleOverall,
      standards: standards, openToPanel: openings,
      notices: Notices(book: book).list(standards: standards, overall: overall))
  }

  // MARK: - One standard

  private func outcome(
    of standard: RuleBook.Standard, _ questions: [QuestionResult], _ inputs: RatingInputs
  ) -> StandardOutcome {
    for (judgements, isEvidence) in [(inputs.evidence, true), (inputs.given, false)] {
      guard let judgement = judgements.first(where: { $0.standard == standard.code }) else {
        continue
      }
      switch judgement.rating {
      case .rated(let rating):
        return .rated(rating, isEvidence ? .evidence(judgement.reason) : .given)
      case .notInspected:
        return .notInspected(judgement.reason.isEmpty ? "No reason was given." : judgement.reason)
      }
    }
    if standard.ratedBy == .evidence { return .unknown("No rating on evidence was given.") }
    return StandardRule().rate(questions)
  }

  /// The ratings of inspected standards, nothing for one that is not known.
  private func known(
    _ outcomes: [Code: StandardOutcome], _ final: (Code, Rating?) -> Rating?
  ) -> [Code: Rating?] {
    var ratings: [Code: Rating?] = [:]
    for (code, outcome) in outcomes {
      if case .notInspected = outcome { continue }
      ratings[code] = .some(final(code, outcome.rating))
    }
    return ratings
  }

  private func result(
    of standard: RuleBook.Standard, _ outcome: StandardOutcome, _ questions: [QuestionResult],
    _ decision: PanelDecision?, _ ruleOverall: OverallOutcome, _ overall: OverallOutcome
  ) -> StandardResult {
    let isKnown = outcome.rating != nil
    let rating = isKnown ? overall.ratings[standard.code] : nil
    let isInspected = if case .notInspected = outcome { false } else { true }
    return StandardResult(
      code: standard.code, title: standard.title, ratedBy: standard.ratedBy,
      isCounted: standard.isCounted && isInspected, outcome: outcome,
      ruleRating: isKnown ? ruleOverall.ratings[standard.code] : nil, rating: rating,
      score: rating.map { book.scores[$0] }, questions: questions, panel: decision)
  }

  // MARK: - Refusals

  /// Standards that are judged in more than one way.
  private func contradictions(in inputs: RatingInputs) -> [Problem] {
    var problems: [Problem] = []
    for judgement in inputs.evidence + inputs.given {
      guard let standard = book.standard(judgement.standard), standard.ratedBy != .evidence,
        standard.questions.contains(where: { inputs.answers[$0.code].isAnswered })
      else { continue }
      problems.append(
        Problem(
          judgement.place, "\(standard.code) \(standard.title) has answers too",
          remedy: "give its answers or its rating, not both"))
    }
    for judgement in inputs.given
    where inputs.evidence.contains(where: { $0.standard == judgement.standard }) {
      problems.append(
        Problem(
          judgement.place, "\(judgement.standard) is in the evidence file too",
          remedy: "keep one of the two"))
    }
    return problems
  }

  /// Panel decisions on ratings that are not open to the panel.
  private func refusals(
    of decisions: [PanelDecision], _ outcomes: [Code: StandardOutcome], _ openings: [PanelOpening]
  ) -> [Problem] {
    decisions.compactMap { decision in
      let code = decision.standard
      guard let opening = openings.first(where: { $0.standard == code }) else {
        return Problem(
          decision.place, "\(code) is not open to the panel: \(whyClosed(outcomes[code]))",
          remedy: "take the decision out")
      }
      guard let now = outcomes[code]?.rating, decision.rating != now else {
        return Problem(
          decision.place, "\(code) is \(decision.rating.rawValue) by the rules already",
          remedy: "take the decision out")
      }
      guard opening.towards.contains(decision.rating) else {
        let reachable = opening.towards.map(\.rawValue).joined(separator: " or ")
        return Problem(
          decision.place,
          "\(code) is \(now.rawValue) and cannot be moved to \(decision.rating.rawValue)",
          remedy: "the panel may move it to \(reachable)")
      }
      return nil
    }
  }

  private func whyClosed(_ outcome: StandardOutcome?) -> String {
    switch outcome {
    case .rated(_, .lowestQuestion(let code)): "the share of \(code) is not near another band"
    case .rated(_, .evidence): "it is judged on evidence; change its rating there"
    case .rated(_, .given): "only its rating is known"
    case .notInspected: "it was not inspected"
    case .unknown, nil: "its rating is not known"
    }
  }
}
