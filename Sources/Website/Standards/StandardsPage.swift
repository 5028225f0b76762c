import Calendars
import Providers
import RuleFiles
import Standards

/// Every edition of the standards.
struct StandardsPage: Content {
  let site: Site

  var title: String { "Standards" }
  var section: Section? { .standards }
  var crumbs: [Crumb] { [Section.standards.crumb] }

  var main: HTML {
    """
    <h1 class="govuk-heading-xl">Standards</h1>
    <p class="govuk-body-l">What is judged, and the rules that turn judgements into ratings. An
    edition is never edited once it is published. Its digest names its exact text.</p>
    \(Table(
      caption: "Editions",
      columns: ["Edition", "Valid", "Standards", "Digest", "Assumed rules"].map {
        Table.Column($0)
      },
      rows: site.editions.ruleBooks.map(row)
    ).html)\
    \(Parts.heading("From one edition to the next", id: "concordances", size: "l"))\
    \(Parts.paragraph("""
      Trends and league tables compare only what the concordance calls the same.
      """))\
    \(Table(
      caption: "Concordances", isCaptionHidden: true,
      columns: ["Editions", "Overall ratings", "Why"].map { Table.Column($0) },
      rows: site.editions.concordances.map { concordance in
        Table.Row([
          Parts.link(
            "\(concordance.from) to \(concordance.to)",
            to: "/standards/\(concordance.from)/to/\(concordance.to)"),
          "\(concordance.overall.relation.comparisonWords)",
          "\(concordance.overall.reason) \(Mark.status(concordance.overall.provenance.status))",
        ])
      }
    ).html)\
    \(StatusKey.html)
    """
  }

  private func row(_ book: RuleBook) -> Table.Row {
    let assumed = book.assumedRules
    return Table.Row([
      Parts.link(book.title, to: "/standards/\(book.id.text)"),
      "\(book.validityWords)",
      "\(book.standards.count)",
      "<code class=\"digest\">\(book.digest.short)</code>",
      assumed.isEmpty ? "None" : "\(assumed.joined(separator: ", "))",
    ])
  }
}

/// What the three statuses mean.
enum StatusKey {
  static let html: HTML = """
    \(Parts.heading("How sure each rule is", id: "statuses"))\
    \(Parts.summary(Provenance.Status.allCases.map { status in
      (status.words, "\(Mark.status(status)) \(status.meaning)" as HTML?)
    }))
    """
}

extension RuleBook {
  var validityWords: String {
    validUntil.map { "From \(validFrom.words) to before \($0.words)" }
      ?? "From \(validFrom.words); no end was seen"
  }
}

extension Concordance.Relation {
  /// The relation of an older thing to a newer one, in words.
  var words: String {
    switch self {
    case .equal: "Equal"
    case .subset: "Part of the newer"
    case .superset: "Holds the newer"
    case .intersects: "Shares a part"
    case .none: "Nothing on the other side"
    }
  }

  var comparisonWords: String {
    allowsComparison ? "May be compared" : "May not be compared"
  }
}
