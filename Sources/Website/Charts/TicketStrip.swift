/// Where the tickets of drawn cases and of those in reserve lie, a line for each stratum.
///
/// The smallest ticket stands on the left. The tables of the page have every ticket as a number.
struct TicketStrip {
  struct Row {
    let name: String
    let drawn: [Double]
    let reserve: [Double]
  }

  let title: String
  let rows: [Row]

  /// The largest ticket there is, which stands on the right.
  private var last: Double { max(1e-9, rows.flatMap { $0.drawn + $0.reserve }.max() ?? 0) }

  var html: HTML {
    """
    <figure class="bars">
    <figcaption class="bars__title">\(title), from 0 on the left to \(short(last)) on the right
    </figcaption>
    <ul class="bars__list">
    \(rows.map(row))</ul>
    </figure>

    """
  }

  private func row(_ row: Row) -> HTML {
    """
    <li class="bars__row"><span class="bars__name">\(row.name)</span>
    <span class="bars__value">\(words(row))</span>
    <svg class="chart bars__bar" width="100%" height="24" aria-hidden="true" focusable="false">\
    <rect class="strip__ground" x="0" y="2" width="100%" height="20"/>\
    \(row.drawn.map { ticket in
      let place = Chart.percent(ticket / last)
      return "<line class=\"strip__drawn\" x1=\"\(place)\" x2=\"\(place)\" y1=\"2\" y2=\"22\"/>"
    })\
    \(row.reserve.map { ticket in
      "<circle class=\"strip__reserve\" cx=\"\(Chart.percent(ticket / last))\" cy=\"12\" r=\"4\"/>"
    })</svg></li>

    """
  }

  private func words(_ row: Row) -> String {
    var parts: [String] = []
    if let largest = row.drawn.max() {
      parts.append("\(Words.count(row.drawn.count, "drawn", "drawn")), up to \(short(largest))")
    } else {
      parts.append("none drawn")
    }
    if let largest = row.reserve.max() {
      parts.append("\(row.reserve.count) in reserve, up to \(short(largest))")
    }
    return parts.joined(separator: "; ")
  }

  /// A ticket with three digits, cut; charts need no more.
  private func short(_ ticket: Double) -> String {
    let digits = String(Int(ticket * 1_000))
    return "0." + String(repeating: "0", count: max(0, 3 - digits.count)) + digits
  }

  /// What the shapes mean.
  static let key: HTML = """
    <ul class="key">\
    <li class="key__entry"><svg class="chart" width="18" height="24" aria-hidden="true" \
    focusable="false"><rect class="strip__ground" y="2" width="18" height="20"/>\
    <line class="strip__drawn" x1="9" x2="9" y1="2" y2="22"/></svg>A drawn case</li>\
    <li class="key__entry"><svg class="chart" width="18" height="24" aria-hidden="true" \
    focusable="false"><rect class="strip__ground" y="2" width="18" height="20"/>\
    <circle class="strip__reserve" cx="9" cy="12" r="4"/></svg>A case in reserve</li></ul>

    """
}
