import Judgements
import Standards
import Statistics

/// What a reader of a rating has to be told.
struct Notices {
  let book: RuleBook

  func list(standards: [StandardResult], overall: OverallOutcome) -> [String] {
    var notices: [String] = []
    if !book.assumedRules.isEmpty {
      notices.append(
        "Rests on rules that no published page we saw confirms (status assumed): "
          + "\(book.assumedRules.joined(separator: ", ")).")
    }
    for standard in standards { notices += self.notices(on: standard) }
    if case .open(let ratings) = overall.result {
      notices.append(
        "The overall rating is not known: scores from \(overall.possible.lowerBound) to "
          + "\(overall.possible.upperBound) of \(overall.maximum) are possible, "
          + "\(ratings.lowerBound.title) to \(ratings.upperBound.title).")
    }
    if case .notRated(let reason) = overall.result {
      notices.append("There is no overall rating. \(reason)")
    }
    for limit in overall.limits {
      notices.append("The limit \(limit.name) holds: \(limit.text.text)")
    }
    return notices
  }

  private func notices(on standard: StandardResult) -> [String] {
    let name = "\(standard.code) \(standard.title)"
    var notices: [String] = []
    switch standard.outcome {
    case .unknown(let why): notices.append("\(name): the rating is not known. \(why)")
    case .notInspected(let why): notices.append("\(name): not inspected. \(why)")
    case .rated(_, .evidence("")): notices.append("\(name): no reason was given for the rating.")
    case .rated:
      if !standard.isCounted {
        notices.append("\(name): rated, and not counted in the overall score.")
      }
    }
    if let panel = standard.panel, let rule = standard.ruleRating {
      notices.append(
        "\(name): \(rule.title) by the rules, moved to \(panel.rating.title) by the panel "
          + "(\(panel.members)): \(panel.reason)")
    }
    for question in standard.questions {
      switch question.outcome {
      case .withoutShare(let absence, let consequence):
        let why =
          absence == .noApplicableCase ? "applied to no case" : "was not answered for any case"
        notices.append(
          "\(question.code) \(why): it has no share"
            + (consequence == .setAside ? " and is set aside." : "."))
      case .rated(let rating, let share): notices += rounding(question.code, rating, share)
      }
    }
    return notices
  }

  /// A share that reads as the threshold of a band it does not reach.
  private func rounding(_ code: Code, _ rating: Rating, _ share: Proportion) -> [String] {
    guard let next = rating.next, let threshold = book.bands.threshold(of: next),
      share.roundedPercent >= threshold
    else { return [] }
    return [
      "\(code): \(share.part) of \(share.whole) prints as \(share.roundedPercent) and does not "
        + "reach \(threshold), so it is \(rating.title)."
    ]
  }
}
