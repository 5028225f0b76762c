/// A table: on a narrow screen each row becomes a block with its headings beside the values.
///
/// Roles are written out because browsers forget them once rows are laid out as blocks.
struct Table {
  struct Column {
    let heading: HTML

    /// The heading as it stands beside the value on a narrow screen.
    let label: String
    var isNumber = false

    /// `ascending` or `descending` where the table is sorted by it.
    var sorted: String?

    init(_ label: String, number: Bool = false) {
      self.label = label
      heading = "\(label)"
      isNumber = number
    }

    init(_ label: String, heading: HTML, sorted: String?) {
      self.label = label
      self.heading = heading
      self.sorted = sorted
    }
  }

  struct Row {
    /// The first cell is the heading of the row.
    let cells: [HTML]
    var id: String?

    init(_ cells: [HTML], id: String? = nil) {
      self.cells = cells
      self.id = id
    }
  }

  let caption: String
  var isCaptionHidden = false
  var captionSize = "m"
  let columns: [Column]
  let rows: [Row]

  /// Which column heads the row.
  var headingColumn = 0

  /// Whether rows become blocks; a table of two short columns needs no such thing.
  var isStacked = true

  var html: HTML {
    let size =
      isCaptionHidden ? "govuk-visually-hidden" : "govuk-table__caption--\(captionSize)"
    return """
      <table class="govuk-table\(isStacked ? " stacked" : "")" role="table">
      <caption class="govuk-table__caption \(size)">\(caption)</caption>
      <thead class="govuk-table__head" role="rowgroup">
      <tr class="govuk-table__row" role="row">\(columns.map(heading))</tr>
      </thead>
      <tbody class="govuk-table__body" role="rowgroup">
      \(body)</tbody>
      </table>

      """
  }

  private func heading(_ column: Column) -> HTML {
    let sorted: HTML? = column.sorted.map { " aria-sort=\"\($0)\"" }
    let numeric = column.isNumber ? " govuk-table__header--numeric" : ""
    return """
      <th scope="col" role="columnheader" class="govuk-table__header\(numeric)"\(sorted)>\
      \(column.heading)</th>
      """
  }

  /// All rows, written one behind the other: most of a page is tables.
  private var body: HTML {
    let openings = columns.enumerated().map(opening)
    var html = HTML(room: rows.count * (64 + columns.count * 256))
    for row in rows {
      html.append(literal: "<tr class=\"govuk-table__row\" role=\"row\"")
      if let id = row.id { html.append(" id=\"\(id)\"") }
      html.append(literal: ">")
      for place in columns.indices {
        html.append(openings[place])
        if place < row.cells.count { html.append(row.cells[place]) }
        html.append(literal: place == headingColumn ? "</span></th>" : "</span></td>")
      }
      html.append(literal: "</tr>\n")
    }
    return html
  }

  /// What stands before the content of each cell of a column.
  private func opening(_ place: Int, _ column: Column) -> HTML {
    if place == headingColumn {
      return """
        <th scope="row" role="rowheader" class="govuk-table__header" \
        data-label="\(column.label)"><span class="stacked__value">
        """
    }
    let numeric: HTML? = column.isNumber ? " govuk-table__cell--numeric" : nil
    return """
      <td role="cell" class="govuk-table__cell\(numeric)" data-label="\(column.label)">\
      <span class="stacked__value">
      """
  }
}
