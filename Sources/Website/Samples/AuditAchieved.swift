import Workflows

/// How far the sample mirrors the cases in scope: charts to look at, then tables to check.
struct AuditAchieved {
  let audit: SampleAudit

  var section: AuditSection {
    AuditSection(id: "achieved", title: "Achieved against planned", html: html)
  }

  private var html: HTML {
    """
    \(Parts.paragraph("""
      Strata have whole places. For everything else “planned” is what their sizes lead to expect: \
      a draw by chance comes near it and seldom meets it.
      """))\
    \(PlanBars.key)\
    \(PlanBars(
      title: "Strata",
      rows: audit.strata.map { stratum in
        PlanBars.Row(
          name: stratum.name, achieved: stratum.drawn, planned: Double(stratum.size),
          note: "of \(Words.number(stratum.population))")
      }).html)\
    <div class="charts">
    \(kinds.filter { !$0.values.isEmpty }.map { kind in
      PlanBars(title: kind.name, rows: kind.values.map(bar)).html
    })\
    \(officers)\
    </div>
    \(tables)\
    \(ldus)
    """
  }

  private var kinds: [(name: String, values: [SampleAudit.Value])] {
    [("Sex", audit.sex), ("Risk of serious harm", audit.risk), ("Ethnicity", audit.ethnicity)]
  }

  private func bar(_ value: SampleAudit.Value) -> PlanBars.Row {
    PlanBars.Row(
      name: value.name.shown, achieved: value.achieved, planned: value.planned)
  }

  private var officers: HTML {
    guard !audit.officersByCases.isEmpty else { return .none }
    return PlanBars(
      title: "Officers by how many of their cases were drawn",
      rows: audit.officersByCases.enumerated().map { cases, officers in
        PlanBars.Row(
          name: cases == 0 ? "No case" : Words.count(cases, "case"), achieved: officers,
          planned: nil)
      }, counted: ("officer", "officers")
    ).html
  }

  private var tables: HTML {
    let rows = kinds.flatMap { kind in
      kind.values.map { value in
        Table.Row(["\(kind.name)"] + cells(value, name: value.name.shown))
      }
    }
    return Parts.details(
      "Sex, risk and ethnicity as a table",
      """
      \(Parts.paragraph("""
        Values that fewer than five cases in scope have are counted together, so that nobody is \
        singled out.
        """))\
      \(AuditSection.scrollingTable(
        "Sex, risk and ethnicity", [Table.Column("Of")] + columns("Value"), rows,
        headingColumn: 1))
      """)
  }

  private var ldus: HTML {
    guard !audit.ldu.isEmpty else { return .none }
    let near = audit.ldu.count { abs(Double($0.achieved) - $0.planned) < 1 }
    return """
      \(Parts.paragraph("""
        No officer may have more than \(audit.officerCap) cases in the sample. In \(near) of \
        \(Words.count(audit.ldu.count, "local delivery unit")) the number drawn lies within one \
        case of what was planned.
        """))\
      \(Parts.details(
        "All local delivery units (LDUs)",
        AuditSection.scrollingTable(
          "Local delivery units", columns("Cluster / LDU"),
          audit.ldu.map { Table.Row(cells($0, name: $0.name)) })))
      """
  }

  private func columns(_ name: String) -> [Table.Column] {
    [
      Table.Column(name), Table.Column("In scope", number: true),
      Table.Column("Planned", number: true), Table.Column("Drawn", number: true),
    ]
  }

  private func cells(_ value: SampleAudit.Value, name: String) -> [HTML] {
    [
      "\(name)", "\(Words.number(value.population))", "\(Words.decimal(value.planned, digits: 2))",
      "\(Words.number(value.achieved))",
    ]
  }
}

extension String {
  /// A code as a person reads it: `not-recorded` is “Not recorded”.
  fileprivate var shown: String { replacing("-", with: " ").sentence }
}
