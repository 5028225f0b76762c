/// What was achieved beside what was planned, a bar for each value.
///
/// Names and numbers are text of the page, so that they wrap, grow and are read aloud; the bars
/// say the same once more and are hidden from those who do not see them.
struct PlanBars {
  struct Row {
    let name: String
    let achieved: Int

    /// Nothing where nothing was planned.
    let planned: Double?

    /// What else is to be said of it.
    var note: String?
  }

  let title: String
  let rows: [Row]

  /// What is counted, of one and of several.
  var counted = (one: "drawn", several: "drawn")

  /// The longest bar, which is as wide as the chart.
  private var most: Double {
    max(1, rows.map { max(Double($0.achieved), $0.planned ?? 0) }.max() ?? 1)
  }

  var html: HTML {
    """
    <figure class="bars">
    <figcaption class="bars__title">\(title)</figcaption>
    <ul class="bars__list">
    \(rows.map(row))</ul>
    </figure>

    """
  }

  private func row(_ row: Row) -> HTML {
    let planned: HTML? = row.planned.map { ", \(Self.short($0)) planned" }
    return """
      <li class="bars__row"><span class="bars__name">\(row.name)</span>
      <span class="bars__value"><strong>\(Words.number(row.achieved))</strong> \
      \(row.achieved == 1 ? counted.one : counted.several)\(planned)\(row.note.map { ", \($0)" })</span>
      \(bar(row))</li>

      """
  }

  private func bar(_ row: Row) -> HTML {
    let end = Double(row.achieved) / most
    let achieved = Chart.box(
      from: 0, to: end, y: 5, height: 10, fill: "currentColor", className: "bars__achieved")
    let planned = row.planned.map { planned -> HTML in
      let place = Chart.percent(planned / most)
      return """
        <rect class="bars__planned" x="0" y="1" width="\(place)" height="18"/>\
        <line class="bars__mark" x1="\(place)" x2="\(place)" y1="0" y2="20"/>
        """
    }
    return """
      <svg class="chart bars__bar" width="100%" height="20" aria-hidden="true" \
      focusable="false">\(planned)\(achieved)</svg>
      """
  }

  /// A number with one decimal, or with none where that is nought.
  private static func short(_ planned: Double) -> String {
    Words.decimal((planned * 10).rounded() / 10)
  }

  /// What the shapes mean.
  static let key: HTML = """
    <ul class="key">\
    <li class="key__entry"><svg class="chart" width="36" height="20" aria-hidden="true" \
    focusable="false"><rect class="bars__achieved" x="0" y="5" width="36" height="10"/></svg>\
    Drawn</li>\
    <li class="key__entry"><svg class="chart" width="36" height="20" aria-hidden="true" \
    focusable="false"><rect class="bars__planned" x="0" y="1" width="35" height="18"/>\
    <line class="bars__mark" x1="35" x2="35" y1="0" y2="20"/></svg>Planned</li></ul>

    """

  /// How such charts look, on the site and on pages that stand alone.
  static let style: HTML = """
    .bars { margin: 0 0 30px; }
    .bars__title { font-weight: 700; margin-bottom: 8px; }
    .bars__list { list-style: none; padding: 0; }
    .bars__row { display: flex; flex-wrap: wrap; justify-content: space-between; gap: 0 16px;
      padding: 5px 0 9px; border-top: 1px solid #dfe3e5; break-inside: avoid; }
    .bars__value { font-variant-numeric: tabular-nums; color: var(--quiet); }
    .bars__value strong { color: var(--ink); }
    .bars__bar { flex: 0 0 100%; margin-top: 3px; }
    .bars__achieved { fill: var(--deep); }
    .bars__planned { fill: #e3ebef; stroke: #6b7a82; stroke-width: 1; }
    .bars__mark { stroke: var(--ink); stroke-width: 3; }

    """
}
