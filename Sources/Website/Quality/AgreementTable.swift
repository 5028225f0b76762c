import Statistics

/// How far assessors agree, a row for each group of answers.
struct AgreementTable {
  struct Row {
    let title: HTML
    let answers: ComparedAnswers
  }

  let caption: String

  /// What the rows are: questions, standards, assessors.
  let heading: String
  let rows: [Row]

  private static let kappas: [AgreementCoefficient] = [.cohen, .fleiss, .krippendorff]

  var html: HTML {
    """
    \(Table(
      caption: caption, captionSize: "m",
      columns: [heading, "Pairs that agree", "Gwet’s AC1, drawn from 0 to 1"]
        .map { Table.Column($0) }
        + Self.kappas.map { Table.Column($0.title(ofAssessors: assessorCount)) },
      rows: rows.map { row in
        Table.Row(
          [row.title, Self.pairs(row.answers), Self.ac1(row.answers)]
            + Self.kappas.map { Self.short(row.answers.agreement(by: $0)) })
      }
    ).html)\
    \(hasUndefined ? Parts.paragraph(Self.explanation) : .none)
    """
  }

  /// The most assessors in a row: with more than two, Cohen’s kappa is Conger’s.
  private var assessorCount: Int { rows.map(\.answers.assessorCount).max() ?? 0 }

  private var hasUndefined: Bool {
    rows.contains { row in
      Self.kappas.contains { row.answers.agreement(by: $0) == .onlyOneAnswer }
    }
  }

  private static let explanation: HTML = """
    Not defined: where two or more answered, everybody gave one and the same answer. Chance alone \
    would agree as fully there, and the coefficient would be 0 divided by 0. The kappas count \
    answers that stand alone too, Krippendorff’s alpha does not. Read the pairs that agree, and AC1.
    """

  /// The pairs that agree and their share of all pairs.
  ///
  /// It will be tempting to print the percent agreement here. That is the mean over the cases, and
  /// not the quotient of the two numbers beside it where assessors leave questions out.
  private static func pairs(_ answers: ComparedAnswers) -> HTML {
    guard let share = Proportion(answers.agreeingPairCount, of: answers.pairCount) else {
      return Mark.absence("None yet")
    }
    return """
      \(share.part) of \(share.whole)\
      <span class="reason">\(share.roundedPercent.description)</span>
      """
  }

  private static func ac1(_ answers: ComparedAnswers) -> HTML {
    guard case .estimated(let estimate) = answers.agreement(by: .gwet) else {
      return value(answers)
    }
    let bar = IntervalBar(
      marks: [IntervalBar.Mark(value: estimate.value, interval: estimate.precision.range)])
    return "\(value(answers))\(bar.html)"
  }

  /// Gwet’s AC1 with its interval, or why there is none.
  static func value(_ answers: ComparedAnswers) -> HTML {
    let agreement = answers.agreement(by: .gwet)
    guard case .estimated(let estimate) = agreement else {
      return agreement == .nothingToCompare ? Mark.absence("None yet") : "\(agreement.description)"
    }
    return """
      <strong>\(Words.signed(estimate.value))</strong> \
      <span class="reason">\(precision(estimate.precision))</span>
      """
  }

  private static func precision(_ precision: AgreementPrecision) -> String {
    guard case .interval(let error, let lower, let upper) = precision else {
      return precision.description
    }
    return "\(Words.signed(lower)) to \(Words.signed(upper)), error \(Words.signed(error))"
  }

  private static func short(_ agreement: Agreement) -> HTML {
    switch agreement {
    case .estimated(let estimate): "\(Words.signed(estimate.value))"
    case .nothingToCompare: Mark.absence("None yet")
    case .onlyOneAnswer: Mark.absence("Not defined")
    }
  }
}

extension AgreementPrecision {
  /// The 95 % interval, where there is one.
  var range: ClosedRange<Double>? {
    guard case .interval(_, let lower, let upper) = self else { return nil }
    return min(lower, upper)...upper
  }
}

extension Words {
  /// A number with two decimals that may be negative: `0.85`, `−0.12`.
  static func signed(_ number: Double) -> String {
    let text = decimal(abs(number), digits: 2)
    return number < 0 && text != "0.00" ? "−\(text)" : text
  }
}
