import RuleFiles
import Standards

/// What one edition has to do with another: what may be compared, and what changed.
struct DifferencePage: Content {
  let site: Site
  let from: RuleBook
  let to: RuleBook

  var title: String { "From \(from.id) to \(to.id)" }
  var section: Section? { .standards }
  var crumbs: [Crumb] {
    [
      Section.standards.crumb,
      Crumb(text: to.id.text, address: "/standards/\(to.id.text)"),
    ]
  }

  var main: HTML {
    """
    <span class="govuk-caption-xl">What changed</span>
    <h1 class="govuk-heading-xl">\(title)</h1>
    \(Parts.paragraph("""
      From \(site.edition(from.id)), \(from.title), to \(site.edition(to.id)), \(to.title).
      """))\
    \(comparison)\
    \(changes)\
    \(StatusKey.html)
    """
  }

  private var comparison: HTML {
    guard let concordance = site.editions.concordance(from: from.id, to: to.id) else {
      return Parts.inset(
        """
        No concordance between these editions was written, so ratings under them are not compared.
        """)
    }
    let overall = concordance.overall
    return """
      \(Parts.heading("What may be compared", id: "comparison", size: "l"))\
      \(Parts.inset("""
        <strong>Overall ratings: \(overall.relation.comparisonWords.lowercased()).</strong>
        \(overall.reason) \(Mark.status(overall.provenance.status))
        """))\
      \(Table(
        caption: "Standards", isCaptionHidden: true,
        columns: ["Before", "After", "Relation", "Why", "Status"].map { Table.Column($0) },
        rows: concordance.standards.map { link in
          Table.Row([
            name(link.from, in: from), name(link.to, in: to),
            """
            \(link.relation.words) <span class="reason">\(link.relation.comparisonWords)</span>
            """,
            "\(link.reason)",
            Mark.status(link.provenance.status).with(reason: link.provenance.source),
          ])
        }
      ).html)
      """
  }

  private func name(_ code: Code?, in book: RuleBook) -> HTML {
    guard let code else { return Mark.absence("No standard") }
    let link = Parts.link(code.text, to: "/standards/\(book.id.text)#s-\(code.text)")
    return "\(link) \(book.standard(code)?.title ?? "")"
  }

  private var changes: HTML {
    let difference = RuleBookDifference(from: from, to: to)
    return """
      \(Parts.heading("Everything that differs", id: "changes", size: "l"))\
      \(difference.changes.isEmpty ? Parts.paragraph("Nothing.") : Table(
        caption: "\(Words.count(difference.changes.count, "entry", "entries")) differ",
        columns: ["Place", "What happened", "Before", "After"].map { Table.Column($0) },
        rows: difference.changes.map { change in
          Table.Row([
            "\(change.place.sentence)", "\(change.kind.rawValue.sentence)",
            change.before.map { "\($0)" } ?? Mark.absence("Nothing"),
            change.after.map { "\($0)" } ?? Mark.absence("Nothing"),
          ])
        }
      ).html)
      """
  }
}
