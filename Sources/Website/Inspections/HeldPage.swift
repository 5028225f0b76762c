import Judgements
import Ratings
import RuleFiles
import Standards
import Statistics
import Workflows

/// An inspection held here, with its whole working from counts to the overall rating.
struct HeldPage: Content {
  let held: HeldInspection

  var title: String { held.title }
  var section: Section? { nil }
  var crumbs: [Crumb] { [Crumb(text: "The whole working", address: "/held/\(held.id)")] }

  private var rating: InspectionRating { held.rating }
  private var book: RuleBook { held.book }
  private var bands: ScoreBands? { OverallRule(book).bands(for: rating.overall.maximum) }

  var main: HTML {
    """
    <span class="govuk-caption-xl">\(held.isTraining ? "Made up for training" : "Inspection")</span>
    <h1 class="govuk-heading-xl">\(held.title)</h1>
    <p class="govuk-body-l">\(held.about)</p>
    <div class="verdict">
    <p class="verdict__rating">\(overall)</p>
    <p class="govuk-body verdict__text">Overall rating of
    \(Words.count(held.cases, "case")), under
    \(Parts.link(book.title, to: "/standards/\(book.id.text)"))
    <code class="digest">\(rating.editionDigest.short)</code>.\(byRules)</p>
    </div>
    \(sum)\
    \(panel)\
    \(standards)\
    \(notices)
    """
  }

  private var overall: HTML {
    switch rating.overall.result {
    case .rated(let rating): rating.tag
    case .open(let range):
      Mark.absence("Not known: \(range.lowerBound.title) to \(range.upperBound.title)")
    case .notRated(let reason): "\(Mark.notRated) \(reason)"
    }
  }

  private var byRules: HTML {
    guard let rule = rating.overallBeforePanel else { return " The rules alone give the same." }
    return " The rules alone give \(rule.title)."
  }

  // MARK: - The sum

  private var sum: HTML {
    let counted = rating.standards.filter(\.isCounted)
    let terms = counted.map { $0.score.map(String.init) ?? "?" }.joined(separator: " + ")
    let total = Words.range(rating.overall.possible)
    return """
      \(Parts.heading("The sum", id: "sum", size: "l"))\
      <p class="govuk-body sum">\(terms) = <strong>\(total)</strong> of
      \(rating.overall.maximum)</p>
      \(bands.map { bands in
        ScoreBar(id: "score-bar", bands: bands, possible: rating.overall.possible).html
      })\
      \(Table(
        caption: "Points of each standard",
        columns: [
          Table.Column("Standard"), Table.Column("By the rules"), Table.Column("Final rating"),
          Table.Column("Points", number: true),
        ],
        rows: rating.standards.map(term)).html)\
      \(bands.map { bands in
        Table(
          caption: "Bands of the overall score",
          columns: [Table.Column("Rating"), Table.Column("Scores of \(bands.maximum)")],
          rows: Rating.bestFirst.map {
            Table.Row([$0.tag, "\(Words.range(bands.range(of: $0)))"])
          },
        isStacked: false
        ).html
      })
      """
  }

  private func term(_ standard: StandardResult) -> Table.Row {
    Table.Row([
      "\(Parts.link(standard.code.text, to: "#s-\(standard.code.text)")) \(standard.title)",
      standard.ruleRating?.tag ?? Mark.absence("Not known"),
      (standard.rating?.tag ?? Mark.absence("Not known"))
        .with(reason: standard.panel == nil ? nil : "moved by the panel"),
      standard.isCounted
        ? "\(standard.score.map(String.init) ?? "Not known")" : "Not counted",
    ])
  }

  // MARK: - The panel

  private var panel: HTML {
    let moved = rating.standards.filter { $0.panel != nil }
    let rule = book.rules.panelText
    let decisions = moved.map { standard -> HTML in
      guard let decision = standard.panel else { return .none }
      return """
        <div class="govuk-inset-text"><p class="govuk-body"><strong>\(standard.code.text)
        \(standard.title)</strong>: \(standard.ruleRating?.tag) by the rules, moved to
        \(decision.rating.tag) by the panel.</p>
        <p class="govuk-body">Reason: \(decision.reason). Panel: \(decision.members).</p></div>

        """
    }
    return """
      \(Parts.heading("The ratings panel", id: "panel", size: "l"))\
      \(Parts.paragraph("\(rule.text) \(Mark.status(rule.provenance.status))"))\
      \(decisions.isEmpty ? Parts.paragraph("The panel moved no rating.") : "\(decisions)")\
      \(openings)
      """
  }

  private var openings: HTML {
    guard !rating.openToPanel.isEmpty else {
      return Parts.paragraph("No rating is open to the panel.")
    }
    return Table(
      caption: "Open to the panel",
      columns: ["Standard", "Decided by", "Why it is open", "May be moved to"].map {
        Table.Column($0)
      },
      rows: rating.openToPanel.map { opening in
        Table.Row([
          Parts.link(opening.standard.text, to: "#s-\(opening.standard.text)"),
          "\(opening.question.text)",
          "\(Words.list(opening.because.map(\.words)).sentence)",
          "\(opening.towards.map { "\($0.tag) " as HTML })",
        ])
      }
    ).html
  }

  // MARK: - The standards

  private var standards: HTML {
    """
    \(Parts.heading("Standard by standard", id: "standards", size: "l"))\
    \(Parts.paragraph("""
      A standard takes the band of its lowest key question. The dot is the share of cases judged
      sufficient, the line is its 95% interval: what sampling alone leaves open. The strip below
      has the bands.
      """))\
    \(Chart.key(book.bands.bands.map { band in
      (band.rating, "\(band.rating.title): from \(band.from)")
    }))\
    \(rating.standards.map(standard))
    """
  }

  private func standard(_ standard: StandardResult) -> HTML {
    """
    <section class="standard" aria-labelledby="s-\(standard.code.text)">
    <h3 class="govuk-heading-m" id="s-\(standard.code.text)">\(standard.code.text)
    \(standard.title) \(standard.rating?.tag ?? Mark.absence("Not known"))</h3>
    \(Parts.paragraph(basis(standard)))\
    \(standard.questions.isEmpty ? .none : questions(standard))\
    </section>

    """
  }

  private func basis(_ standard: StandardResult) -> HTML {
    switch standard.outcome {
    case .rated(let rating, .lowestQuestion(let code)):
      """
      \(rating.title) by the rules, decided by
      \(Parts.link(code.text, to: "/standards/\(book.id.text)#q-\(code.text)")).
      """
    case .rated(_, .evidence(let reason)):
      reason.isEmpty
        ? "Judged on evidence. No reason was given." : "Judged on evidence: \(reason)."
    case .rated(_, .given): "The rating was given without what it rests on."
    case .unknown(let why): "The rating is not known. \(why)"
    case .notInspected(let why): "Not inspected. \(why)"
    }
  }

  private func questions(_ standard: StandardResult) -> HTML {
    Table(
      caption: "Key questions of \(standard.code) \(standard.title)", isCaptionHidden: true,
      columns: [
        Table.Column("Key question"), Table.Column("Sufficient", number: true),
        Table.Column("Share", number: true), Table.Column("95% interval", number: true),
        Table.Column("Band"),
      ],
      rows: standard.questions.map { question in
        row(question, isDeciding: question.code == standard.outcome.deciding)
      }
    ).html
  }

  private func row(_ question: QuestionResult, isDeciding: Bool) -> Table.Row {
    let mark: HTML =
      isDeciding ? " <strong class=\"govuk-tag deciding\">Deciding</strong>" : ""
    let name: HTML = """
      \(Parts.link(question.code.text, to: "/standards/\(book.id.text)#q-\(question.code.text)")) \
      \(question.title)\(mark)
      """
    let counts: HTML =
      "\(question.tally.sufficient) of \(question.tally.applicable)"
      + (question.tally.notApplicable > 0
        ? "<span class=\"reason\">\(question.tally.notApplicable) not applicable</span>" : "")
    guard case .rated(let rating, let share) = question.outcome else {
      let why = question.tally.isAnswered ? "Applied to no case" : "Not answered"
      return Table.Row([name, counts, Mark.absence(why), "", Mark.absence("Set aside")])
    }
    let interval = WilsonInterval(share)
    let (low, high) = (Int((interval.lower * 100).rounded()), Int((interval.upper * 100).rounded()))
    return Table.Row([
      "\(name)\(ShareBar(share: share, bands: book.bands).html)", counts,
      "\(share.roundedPercent.description)", "\(low)% to \(high)%", rating.tag,
    ])
  }

  private var notices: HTML {
    guard !rating.notices.isEmpty else { return .none }
    return """
      \(Parts.heading("What a reader has to know", id: "notices", size: "l"))\
      \(Parts.list(rating.notices.map { "\($0)" }))
      """
  }
}
