import Judgements
public import Standards
import Statistics

extension InspectionRating {
  /// The whole working for a person: each standard with its questions, then the sum.
  ///
  /// - Parameter book: The edition that it was rated under.
  public func explanation(under book: RuleBook) -> String {
    var lines = ["\(book.title) (\(edition), \(editionDigest))", ""]
    for standard in standards { lines += explanation(of: standard, book) + [""] }
    lines += sum(book)
    if !openToPanel.isEmpty {
      lines += ["", "Open to the panel:"]
      lines += openToPanel.map { opening in
        "  \(opening.standard), on \(opening.question): "
          + opening.because.map(\.words).joined(separator: "; ")
          + ". May be moved to \(opening.towards.map(\.title).joined(separator: " or "))."
      }
    }
    if !notices.isEmpty { lines += ["", "Notices:"] + notices.map { "  \($0)" } }
    return lines.joined(separator: "\n")
  }

  private func explanation(of standard: StandardResult, _ book: RuleBook) -> [String] {
    let rating = standard.rating?.title ?? "not known"
    var lines = ["\(standard.code) \(standard.title): "]
    switch standard.outcome {
    case .rated(_, .lowestQuestion(let code)): lines[0] += "\(rating), decided by \(code)"
    case .rated(_, .evidence(let reason)):
      lines[0] += "\(rating), on evidence\(reason.isEmpty ? "" : ": \(reason)")"
    case .rated(_, .given): lines[0] += "\(rating), as given"
    case .unknown(let why): lines[0] += "not known. \(why)"
    case .notInspected(let why): lines[0] += "not inspected. \(why)"
    }
    for question in standard.questions {
      lines.append("  \(question.code) \(question.title): \(working(of: question, book))")
    }
    if let panel = standard.panel, let rule = standard.ruleRating {
      lines.append(
        "  \(rule.title) by the rules; the panel (\(panel.members)) moved it to "
          + "\(panel.rating.title): \(panel.reason)")
    }
    if let score = standard.score {
      lines.append(
        "  \(score) of \(book.scores.most) points\(standard.isCounted ? "" : ", not counted")")
    }
    return lines
  }

  private func working(of question: QuestionResult, _ book: RuleBook) -> String {
    guard case .rated(let rating, let share) = question.outcome else {
      return question.tally.isAnswered ? "applied to no case" : "not answered"
    }
    let start = book.bands.threshold(of: rating)?.points ?? 0
    let end = rating.next.flatMap { book.bands.threshold(of: $0)?.points }
    let band = end.map { "from \(start)% to under \($0)%" } ?? "\(start)% or more"
    let interval = WilsonInterval(share)
    let (low, high) = (Int((interval.lower * 100).rounded()), Int((interval.upper * 100).rounded()))
    return "\(share.part) of \(share.whole) sufficient, \(share.roundedPercent) "
      + "(95% interval \(low)% to \(high)%): \(rating.title), \(band)"
  }

  /// The sum, written out.
  private func sum(_ book: RuleBook) -> [String] {
    let counted = standards.filter(\.isCounted)
    let terms = counted.map { $0.score.map(String.init) ?? "?" }.joined(separator: " + ")
    let range = overall.possible
    let total = overall.score.map(String.init) ?? "\(range.lowerBound) to \(range.upperBound)"
    var lines = [
      "Sum of the counted standards (\(counted.map(\.code.text).joined(separator: ", "))):",
      "  \(terms) = \(total) of \(overall.maximum)",
    ]
    if let bands = OverallRule(book).bands(for: overall.maximum) {
      for rating in Rating.allCases {
        let band = bands.range(of: rating)
        lines.append("  \(rating.title): \(band.lowerBound) to \(band.upperBound)")
      }
    }
    switch overall.result {
    case .rated(let rating): lines.append("Overall: \(rating.title)")
    case .open(let ratings):
      lines.append(
        "Overall: not known, \(ratings.lowerBound.title) to \(ratings.upperBound.title)")
    case .notRated(let reason): lines.append("Overall: not rated. \(reason)")
    }
    if let rule = overallBeforePanel {
      lines.append("Overall by the rules alone: \(rule.title)")
    }
    return lines
  }
}
