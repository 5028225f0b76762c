import Inspections
import Publications
import Standards

/// The standards of an inspection, domain by domain, with what was seen of their ratings.
struct StandardsOfInspection {
  let site: Site
  let inspection: Inspection

  var html: HTML {
    guard let book = site.book(of: inspection) else {
      guard !inspection.ratings.isEmpty else { return .none }
      return Table(
        caption: "Standards", captionSize: "l",
        columns: [Table.Column("Standard"), Table.Column("Rating")],
        rows: inspection.ratings.sorted { $0.key < $1.key }.map {
          Table.Row(["\($0.key.text)", $0.value.tag])
        }
      ).html
    }
    let hasLast = site.register.inspection(before: inspection) != nil
    return """
      \(Parts.heading("Standards", id: "standards", size: "l"))\
      \(book.domains.map { domain in
        Table(
          caption: "\(domain.code) \(domain.title)",
          columns: ["Standard", "Rating", "Points", "Judged"].map { Table.Column($0) }
            + (hasLast ? [Table.Column("Since last time")] : []),
          rows: domain.standards.map { row($0, book, hasLast) }
        ).html
      })
      """
  }

  private func row(
    _ standard: RuleBook.Standard, _ book: RuleBook, _ hasLast: Bool
  ) -> Table.Row {
    let rating = inspection.ratings[standard.code]
    let points: HTML =
      rating.map { rating in
        standard.isCounted ? "\(book.scores[rating]) of \(book.scores.most)" : "Not counted"
      } ?? "\(standard.isCounted ? "Not known" : "Not counted")"
    let address = "/standards/\(book.id.text)#s-\(standard.code.text)"
    var cells: [HTML] = [
      "\(Parts.link(standard.code.text, to: address)) \(standard.title)",
      Mark.rating(rating), points, "\(standard.ratedBy.words.sentence)",
    ]
    if hasLast {
      let change = site.register.change(of: standard.code, in: inspection)
      cells.append(
        change.map { change in
          (site.register.isComparisonAssumed(of: standard.code, in: inspection)
            ? Mark.change(change) + Mark.assumedReading : Mark.change(change))
            .with(reason: change.reason)
        } ?? "<span class=\"absence\">Not known</span>")
    }
    return Table.Row(cells)
  }
}
