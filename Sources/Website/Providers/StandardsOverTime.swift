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

  /// Oldest first.
  let inspections: [Inspection]

  private struct Row {
    /// The code in each inspection that has one.
    var codes: [Int: Code]
    let title: String
    var changes: [HTML]
  }

  var html: HTML {
    let known = inspections.filter { site.book(of: $0) != nil }
    guard !known.isEmpty else { return .none }
    let rows = rows(known)
    let columns =
      [Table.Column("Standard")]
      + known.map { Table.Column("\($0.standards.text), round \($0.round)") }
      + (known.count > 1 ? [Table.Column("Change")] : [])
    return """
      \(Parts.heading("All standards", id: "standards", size: "l"))\
      \(known.contains { !$0.ratings.isEmpty } ? .none : Parts.paragraph("""
        No rating of a single standard was seen for this provider. The reports have them.
        """))\
      \(Table(
        caption: "Ratings of all standards", isCaptionHidden: true, columns: columns,
        rows: rows.map { row in
          var cells: [HTML] = [title(row, known)]
          for (place, inspection) in known.enumerated() {
            cells.append(cell(row.codes[place], inspection))
          }
          if known.count > 1 { cells.append("\(row.changes)") }
          return Table.Row(cells)
        }
      ).html)
      """
  }

  private func title(_ row: Row, _ known: [Inspection]) -> HTML {
    let newest = row.codes.keys.max() ?? 0
    let code = row.codes[newest]?.text ?? ""
    let address = "/standards/\(known[newest].standards.text)#s-\(code)"
    return "\(Parts.link(code, to: address)) \(row.title)"
  }

  private func cell(_ code: Code?, _ inspection: Inspection) -> HTML {
    guard let code else { return "<span class=\"absence\">Not a standard then</span>" }
    return Mark.rating(inspection.ratings[code])
  }

  /// One row for each standard of the newest inspection, then for those that have no successor.
  private func rows(_ known: [Inspection]) -> [Row] {
    var rows: [Row] = []
    var used = known.map { _ in Set<Code>() }
    for place in known.indices.reversed() {
      guard let book = site.book(of: known[place]) else { continue }
      for standard in book.standards where !used[place].contains(standard.code) {
        var row = Row(codes: [place: standard.code], title: standard.title, changes: [])
        var (code, newer) = (standard.code, place)
        for older in known.indices.prefix(place).reversed() {
          let (from, to) = (known[older].standards, known[newer].standards)
          guard
            case .comparable(let before) = site.editions.counterpart(of: code, in: to, from: from)
          else {
            row.changes.append(reason(code, from: from, to: to))
            break
          }
          if let change = site.register.change(of: code, in: known[newer]) {
            row.changes.append(
              "\(Mark.change(change))\(site.assumedReading(of: code, in: known[newer])) ")
          } else {
            row.changes.append("<span class=\"absence\">Not known</span> ")
          }
          row.codes[older] = before
          used[older].insert(before)
          (code, newer) = (before, older)
        }
        rows.append(row)
      }
    }
    return rows
  }

  private func reason(_ code: Code, from: RuleBook.ID, to: RuleBook.ID) -> HTML {
    guard case .notComparable(let reason) = site.editions.counterpart(of: code, in: to, from: from)
    else { return .none }
    return "\(Mark.change(.notComparable(because: reason))) <span class=\"reason\">\(reason)</span>"
  }
}
