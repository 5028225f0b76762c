import Inspections
import Providers
import Publications
import Standards

/// The ratings of all standards of a provider, inspection beside inspection.
///
/// A row holds only what the concordance calls the same standard. What cannot be compared has a
/// row of its own, and the reason stands in it.
struct StandardsOverTime {
  let site: Site

  /// Oldest first; only those whose edition has a rule book.
  let inspections: [Inspection]
  let series: [StandardSeries]

  var html: HTML {
    guard !inspections.isEmpty else { return .none }
    let isSeries = inspections.count > 1
    let columns =
      [Table.Column("Standard")]
      + inspections.map { Table.Column("\($0.standards.text), round \($0.round)") }
      + (isSeries ? [Table.Column("Change")] : [])
    return """
      \(Parts.heading("All standards", id: "standards", size: "l"))\
      \(inspections.contains { !$0.ratings.isEmpty } ? .none : Parts.paragraph("""
        No rating of a single standard was seen for this provider. The reports have them.
        """))\
      \(Table(
        caption: "Ratings of all standards", isCaptionHidden: true, columns: columns,
        rows: series.map { series in
          var cells: [HTML] = [title(series)]
          for (code, inspection) in zip(series.codes, inspections) {
            cells.append(cell(code, inspection))
          }
          if isSeries { cells.append("\(series.steps.map(step))") }
          return Table.Row(cells)
        }
      ).html)
      """
  }

  /// The title with a link to the newest edition that has the standard.
  private func title(_ series: StandardSeries) -> HTML {
    guard let newest = series.codes.lastIndex(where: { $0 != nil }), let code = series.codes[newest]
    else { return "\(series.title)" }
    return """
      <a class="govuk-link" href="/standards/\(inspections[newest].standards.text)#s-\(code.text)">\
      \(code.text)</a> \(series.title)
      """
  }

  private func cell(_ code: Code?, _ inspection: Inspection) -> HTML {
    guard let code else { return "<span class=\"absence\">Not a standard then</span>" }
    return Mark.rating(inspection.ratings[code])
  }

  private func step(_ step: StandardSeries.Step) -> HTML {
    switch step {
    case .moved(let change, let isAssumed):
      "\(Mark.change(change))\(isAssumed ? Mark.assumedReading : .none) "
    case .notKnown: "<span class=\"absence\">Not known</span> "
    case .broken(let reason):
      "\(Mark.change(.notComparable(because: reason))) <span class=\"reason\">\(reason)</span>"
    }
  }
}
