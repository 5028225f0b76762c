import Calendars
import OrderedJSON
import Providers
import RuleFiles
import Standards
import Statistics

/// One edition in readable form, with the source and the status of each rule.
struct EditionPage: Content {
  let site: Site
  let book: RuleBook

  var title: String { book.title }
  var section: Section? { .standards }
  var crumbs: [Crumb] { [Section.standards.crumb, Crumb(text: book.id.text, address: address)] }

  private var address: String { "/standards/\(book.id.text)" }

  var main: HTML {
    """
    <span class="govuk-caption-xl">Standards \(book.id.text)</span>
    <h1 class="govuk-heading-xl">\(book.title)</h1>
    \(assumed)\
    \(Parts.summary([
      ("For", "\(Words.list(book.providerKinds.map(\.plural)))"),
      ("Valid", "\(book.validityWords) \(Mark.status(book.validity.status))"),
      ("Source of that", "\(book.validity.source)"),
      ("Standards", "\(book.standards.count), \(book.standards.count(where: \.isCounted)) counted"),
      ("Digest", "<code class=\"digest digest--whole\">\(book.digest.description)</code>"),
      ("As data", """
        \(Parts.link("JSON", to: "/data/standards/\(book.id.text).json")),
        \(Parts.link("YAML", to: "/data/standards/\(book.id.text).yaml"))
        """),
    ]))\
    \(contents)\
    \(bands)\
    \(rules)\
    \(conditions)\
    \(book.domains.map(domain))\
    \(neighbours)\
    \(StatusKey.html)
    """
  }

  private var assumed: HTML {
    guard !book.assumedRules.isEmpty else { return .none }
    return Parts.inset(
      """
      \(Mark.status(.assumed)) No page we saw confirms these rules:
      \(Words.list(book.assumedRules)). What is worked out under this edition rests on them.
      """)
  }

  private var contents: HTML {
    """
    <nav aria-labelledby="contents">
    <h2 class="govuk-heading-s" id="contents">Contents</h2>
    <ul class="govuk-list">
    <li>\(Parts.link("Bands and points", to: "#bands"))</li>
    <li>\(Parts.link("Rules", to: "#rules"))</li>
    \(book.domains.map { domain in
      """
      <li>\(Parts.link("\(domain.code) \(domain.title)", to: "#d-\(domain.code.text)"))
      <ul class="govuk-list contents__inner">\(domain.standards.map { standard in
        """
        <li>\(Parts.link("\(standard.code) \(standard.title)", to: "#s-\(standard.code.text)"))</li>
        """
      })</ul></li>

      """
    })\
    </ul>
    </nav>

    """
  }

  // MARK: - Bands and rules

  private var bands: HTML {
    """
    \(Parts.heading("Bands and points", id: "bands", size: "l"))\
    \(Table(
      caption: "From a share of sufficient cases to a rating",
      columns: ["Rating", "Share", "Reports say", "Points"].map { Table.Column($0) },
      rows: book.bands.bands.reversed().map { band in
        let end = band.rating.next.flatMap { book.bands.threshold(of: $0) }
        return Table.Row([
          band.rating.tag,
          "\(share(from: band.from, to: end))",
          "\(band.words.sentence)", "\(book.scores[band.rating])",
        ])
      }
    ).html)\
    \(scoreBands)
    """
  }

  private func share(from start: Percent, to end: Percent?) -> String {
    guard let end else { return "\(start) or more" }
    return start.points == 0 ? "Under \(end)" : "From \(start) to under \(end)"
  }

  private var scoreBands: HTML {
    guard case .bandOfSummedScores(let sets, _) = book.rules.overall else {
      return Parts.paragraph("This edition gives no overall rating.")
    }
    let tables = sets.map { set in
      Table(
        caption: "Overall rating, of \(set.maximum) points",
        columns: [Table.Column("Rating"), Table.Column("Sum of points")],
        rows: Rating.bestFirst.map { Table.Row([$0.tag, "\(Words.range(set.range(of: $0)))"]) },
        isStacked: false
      ).html
    }
    return "\(tables)"
  }

  private var rules: HTML {
    """
    \(Parts.heading("Rules", id: "rules", size: "l"))\
    \(book.ruleTexts.map { name, rule in
      """
      <div class="rule">
      <h3 class="govuk-heading-s">\(name) \(Mark.status(rule.provenance.status))</h3>
      \(Parts.paragraph("\(rule.text)"))\
      \(source(rule.provenance))\
      </div>

      """
    })\
    \(book.rules.limits.isEmpty
      ? Parts.paragraph("No cap or limit was found for this edition.") : .none)
    """
  }

  private func source(_ provenance: Provenance) -> HTML {
    "<p class=\"govuk-body-s quiet\">Source: \(provenance.source)</p>\n"
  }

  private var conditions: HTML {
    guard !book.conditions.isEmpty else { return .none }
    return """
      \(Parts.heading("Which cases a question is put to", id: "conditions", size: "l"))\
      \(Table(
        caption: "Kinds of case", isCaptionHidden: true,
        columns: ["Cases", "Status", "Source"].map { Table.Column($0) },
        rows: book.conditions.map { condition in
          Table.Row([
            "\(condition.title)", Mark.status(condition.provenance.status),
            "\(condition.provenance.source)",
          ])
        }
      ).html)
      """
  }

  // MARK: - Standards

  private func domain(_ domain: RuleBook.Domain) -> HTML {
    """
    <h2 class="govuk-heading-l" id="d-\(domain.code.text)">\(domain.code.text) \(domain.title)</h2>
    \(domain.standards.map(standard))
    """
  }

  private func standard(_ standard: RuleBook.Standard) -> HTML {
    """
    <section class="standard" aria-labelledby="s-\(standard.code.text)">
    <h3 class="govuk-heading-m" id="s-\(standard.code.text)">\(standard.code.text)
    \(standard.title) \(Mark.status(standard.provenance.status))</h3>
    \(Parts.paragraph("""
      \(standard.ratedBy.words.sentence).
      \(standard.isCounted
        ? "Its points count towards the overall rating."
        : "It does not count towards the overall rating.")
      """))\
    \(source(standard.provenance))\
    \(standard.questions.map(question))\
    </section>

    """
  }

  private func question(_ question: RuleBook.KeyQuestion) -> HTML {
    let cases = question.appliesTo.flatMap { book.condition($0)?.title }
    let pooled: HTML? = question.pooledFrom.map { pooling in
      """
      Pooled from \(Words.list(pooling.questions.map(\.text))) of
      \(Parts.link(pooling.edition.text, to: "/standards/\(pooling.edition.text)")).
      """
    }
    return """
      <div class="question" id="q-\(question.code.text)">
      <h4 class="govuk-heading-s">\(question.code.text) \(question.title)
      \(Mark.status(question.provenance.status))</h4>
      \(Parts.paragraph("<strong>\(question.text)</strong>"))\
      \(cases.map { Parts.paragraph("Put to: \($0.lowercasedFirst).") })\
      \(pooled.map(Parts.paragraph))\
      \(question.guidance.isEmpty ? .none : Parts.paragraph("\(question.guidance)"))\
      \(question.prompts.isEmpty ? .none : Parts.list(question.prompts.map { "\($0)" }))\
      \(source(question.provenance))\
      </div>

      """
  }

  private var neighbours: HTML {
    let links = site.editions.concordances.filter { $0.from == book.id || $0.to == book.id }
    guard !links.isEmpty else { return .none }
    return """
      \(Parts.heading("Editions before and after", id: "neighbours", size: "l"))\
      \(Parts.list(links.map { link in
        Parts.link("From \(link.from) to \(link.to)", to: "/standards/\(link.from)/to/\(link.to)")
      }))
      """
  }
}
