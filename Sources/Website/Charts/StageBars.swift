import Fieldwork

/// How many cases are how far, a bar for each person, all bars on one scale.
///
/// Names and numbers are text of the page; the bars say the same once more.
struct StageBars {
  struct Row {
    let name: String
    let counts: [CaseStage: Int]

    var total: Int { counts.values.reduce(0, +) }
  }

  let rows: [Row]

  /// In the order of the work.
  static let stages: [CaseStage] = [.submitted, .returned, .reopened, .begun, .notBegun]

  private var most: Int { max(1, rows.map(\.total).max() ?? 1) }

  /// What the colours mean.
  static let key: HTML = """
    <ul class="key">\(stages.map { stage in
      """
      <li class="key__entry"><svg class="key__fill" width="18" height="18" aria-hidden="true" \
      focusable="false"><rect class="stage stage--\(stage.rawValue)" width="18" height="18"/></svg>\
      \(stage.title)</li>
      """
    })</ul>

    """

  var html: HTML {
    """
    <ul class="bars__list">
    \(rows.map(row))</ul>

    """
  }

  private func row(_ row: Row) -> HTML {
    let words = Self.stages.compactMap { stage -> String? in
      let count = row.counts[stage] ?? 0
      return count == 0 ? nil : "\(count) \(stage.title.lowercased())"
    }
    return """
      <li class="bars__row"><span class="bars__name">\(row.name)</span>
      <span class="bars__value"><strong>\(Words.count(row.total, "case"))</strong>\
      \(words.isEmpty ? "" : ": \(words.joined(separator: ", "))")</span>
      \(bar(row))</li>

      """
  }

  private func bar(_ row: Row) -> HTML {
    var start = 0
    var boxes: [HTML] = []
    for stage in Self.stages {
      guard let count = row.counts[stage], count > 0 else { continue }
      boxes.append(
        """
        <rect class="part stage stage--\(stage.rawValue)" \
        x="\(Chart.percent(Double(start) / Double(most)))" y="2" \
        width="\(Chart.percent(Double(count) / Double(most)))" height="16"/>
        """)
      start += count
    }
    return """
      <svg class="chart bars__bar" width="100%" height="20" aria-hidden="true" \
      focusable="false">\(boxes)</svg>
      """
  }
}
