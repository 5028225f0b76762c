import Samples
import Workflows

/// The strata of the sample, and what is not in it.
struct AuditStrata {
  let audit: SampleAudit

  var section: AuditSection {
    AuditSection(id: "strata", title: "Strata and rows left out", html: html)
  }

  private var html: HTML {
    """
    \(AuditSection.table(
      "Strata", id: "strata-table",
      [
        Table.Column("Stratum"), Table.Column("In scope", number: true),
        Table.Column("To be drawn", number: true), Table.Column("Drawn", number: true),
        Table.Column("In reserve", number: true), Table.Column("Weight", number: true),
      ], audit.strata.map(row)))\
    \(Parts.paragraph("A drawn case stands for as many cases of its stratum as its weight says."))\
    \(leftOut)
    """
  }

  private func row(_ stratum: SampleAudit.Stratum) -> Table.Row {
    Table.Row([
      "\(stratum.name)", "\(Words.number(stratum.population))", "\(Words.number(stratum.size))",
      "\(Words.number(stratum.drawn))", "\(Words.number(stratum.reserve))",
      stratum.weight.map { "\(Words.decimal($0, digits: 4))" } ?? Mark.absence("None"),
    ])
  }

  private var leftOut: HTML {
    let sum = audit.leftOut.reduce(0) { $0 + $1.rows }
    guard sum > 0 else {
      return Parts.paragraph("No row was left out: every row of the list is in scope.")
    }
    return """
      \(AuditSection.table(
        "\(Words.number(sum)) rows left out, by reason", id: "left-out",
        [Table.Column("Reason"), Table.Column("Rows", number: true)],
        audit.leftOut.map { Table.Row(["\($0.reason.sentence)", "\(Words.number($0.rows))"]) }))\
      \(Parts.paragraph("The sample file has the line and the reason of each."))
      """
  }
}

/// The drawn cases and the reserve, each with its ticket.
struct AuditCases {
  let audit: SampleAudit

  var section: AuditSection {
    AuditSection(id: "cases", title: "Drawn cases and reserve", html: html)
  }

  private var html: HTML {
    let replaced = Dictionary(
      audit.replacements.map { ($0.out, "replaced by \($0.into)") }, uniquingKeysWith: { $1 })
    let used = Dictionary(
      audit.replacements.map { ($0.into, "came for \($0.out)") }, uniquingKeysWith: { $1 })
    return """
      \(Parts.paragraph("""
        Each case has one ticket, a number between 0 and 1. The smallest come first, and the next \
        ones of each stratum stand in reserve. Since every local delivery unit (LDU) has places of \
        its own, some drawn cases have a larger ticket than cases in reserve.
        """))\
      \(TicketStrip.key)\
      \(TicketStrip(title: "Tickets by stratum", rows: audit.strata.map(strip)).html)\
      \(AuditSection.table(
        "Drawn cases, in the order of their tickets", id: "drawn",
        columns + [Table.Column("Weight", number: true), Table.Column("Filled from")],
        audit.selected.map { row($0, list: "drawn", note: replaced[$0.crn]) }, headingColumn: 1))\
      \(AuditSection.table(
        "Reserve, by stratum in the order of tickets", id: "reserve", columns,
        audit.reserve.map { entry in
          row(entry, list: reserveName(entry.stratum), note: used[entry.crn] ?? replaced[entry.crn])
        }, headingColumn: 1))
      """
  }

  private var columns: [Table.Column] {
    [
      Table.Column("Position", number: true), Table.Column("Case"), Table.Column("Ticket"),
      Table.Column("Stratum"),
    ]
  }

  /// A row whose ticket names its list and its case for those who check the file by program.
  private func row(_ entry: SampleAudit.Case, list: String, note: String?) -> Table.Row {
    var cells: [HTML] = [
      "\(entry.position)", ("\(entry.crn)" as HTML).with(reason: note),
      "<data value=\"\(list) \(entry.crn)\">\(entry.ticket)</data>", "\(entry.stratum)",
    ]
    if let reach = entry.reach {
      cells.append(entry.weight.map { "\(Words.decimal($0, digits: 4))" } ?? Mark.absence("None"))
      cells.append("\(reach.name)")
    }
    return Table.Row(cells)
  }

  /// The reserve of each stratum is an order of its own.
  private func reserveName(_ stratum: String) -> String {
    let place = audit.strata.firstIndex { $0.name == stratum } ?? audit.strata.count
    return "reserve-\(place + 1)"
  }

  private func strip(_ stratum: SampleAudit.Stratum) -> TicketStrip.Row {
    func tickets(_ cases: [SampleAudit.Case]) -> [Double] {
      cases.filter { $0.stratum == stratum.name }.compactMap { Double($0.ticket) }
        .filter { (0...1).contains($0) }
    }
    return TicketStrip.Row(
      name: stratum.name, drawn: tickets(audit.selected), reserve: tickets(audit.reserve))
  }
}

/// What was done to the sample since it was drawn.
struct AuditChanges {
  let audit: SampleAudit

  var section: AuditSection {
    AuditSection(id: "changes", title: "Changes since the draw", html: html)
  }

  private var html: HTML {
    if audit.replacements.isEmpty, audit.additions.isEmpty {
      return Parts.paragraph("None: no case was replaced and none was added on purpose.")
    }
    var html = HTML.none
    if !audit.replacements.isEmpty {
      html.append(
        """
        \(Parts.paragraph("""
          For a case that goes comes the next one of its stratum’s reserve that keeps the officer \
          cap.
          """))\
        \(AuditSection.table(
          "Replaced cases, the first change first", id: "replaced",
          [
            Table.Column("Goes"), Table.Column("Comes"), Table.Column("Reason"),
            Table.Column("Decided by"), Table.Column("When"),
          ],
          audit.replacements.map {
            Table.Row(["\($0.out)", "\($0.into)", "\($0.reason)", "\($0.by)", "\($0.at)"])
          }))
        """)
    }
    if !audit.additions.isEmpty {
      html.append(
        """
        \(Parts.paragraph("""
          Cases added on purpose were chosen by people and not drawn. They have no ticket and no \
          weight and are in no estimate.
          """))\
        \(AuditSection.table(
          "Cases added on purpose", id: "added",
          [
            Table.Column("Case"), Table.Column("Reason"), Table.Column("Decided by"),
            Table.Column("When"),
          ],
          audit.additions.map {
            Table.Row(["\($0.crn)", "\($0.reason)", "\($0.by)", "\($0.at)"])
          }))
        """)
    }
    return html
  }
}
