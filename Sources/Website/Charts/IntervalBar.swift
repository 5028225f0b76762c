/// Values between 0 and 1, each a dot with its interval as whiskers, on a line from 0 to 1.
///
/// An interval that goes below 0 ends in an arrow there. Its text alternative is the row of the table
/// that it stands in.
struct IntervalBar {
  struct Mark {
    let value: Double

    /// Nothing where there is none.
    let interval: ClosedRange<Double>?

    /// Whether it stands behind the one that the row is about.
    var isQuiet = false
  }

  /// The one on top first.
  let marks: [Mark]

  private static let rowHeight = 16

  private var bottom: Int { marks.count * Self.rowHeight }

  var html: HTML {
    """
    <svg class="chart chart--interval" width="100%" height="\(bottom + 6)" aria-hidden="true" \
    focusable="false">\
    \([0, 0.25, 0.5, 0.75, 1].map { place in
      """
      <line class="interval__tick" x1="\(Chart.percent(place))" x2="\(Chart.percent(place))" \
      y1="\(bottom)" y2="\(bottom + 5)"/>
      """ as HTML
    })\
    <line class="interval__scale" x1="0" x2="100%" y1="\(bottom)" y2="\(bottom)"/>\
    \(marks.enumerated().map { place, mark in
      Self.mark(mark, y: place * Self.rowHeight + Self.rowHeight / 2)
    })</svg>
    """
  }

  private static func mark(_ mark: Mark, y: Int) -> HTML {
    let kind: HTML = mark.isQuiet ? " interval--quiet" : ""
    let dot: HTML =
      mark.value < 0
      ? .none
      : """
      <circle class="interval__dot\(kind)" cx="\(Chart.percent(min(1, mark.value)))" cy="\(y)" r="5"/>
      """
    return "\(mark.interval.map { whiskers($0, y, kind) })\(dot)"
  }

  private static func whiskers(_ interval: ClosedRange<Double>, _ y: Int, _ kind: HTML) -> HTML {
    let (lower, upper) = (max(0, interval.lowerBound), max(0, min(1, interval.upperBound)))
    let start: HTML =
      interval.lowerBound < 0
      ? "<path class=\"interval__arrow\(kind)\" d=\"M0 \(y)l9 -5v10z\"/>" : end(lower, y, kind)
    return """
      <line class="interval__line\(kind)" x1="\(Chart.percent(lower))" \
      x2="\(Chart.percent(upper))" y1="\(y)" y2="\(y)"/>\(start)\(end(upper, y, kind))
      """
  }

  private static func end(_ place: Double, _ y: Int, _ kind: HTML) -> HTML {
    """
    <line class="interval__line\(kind)" x1="\(Chart.percent(place))" x2="\(Chart.percent(place))" \
    y1="\(y - 5)" y2="\(y + 5)"/>
    """
  }
}
