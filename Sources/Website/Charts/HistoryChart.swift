import Calendars
import Inspections
import Standards

/// The overall ratings of a provider over time, as steps over four rows.
///
/// Where the standards changed so that ratings cannot be compared, the line stops and a break is
/// drawn. A date of which only the month or the year was seen is a line as long as that.
struct HistoryChart {
  struct Point {
    let rating: Rating?
    let dateWords: String
    let window: ClosedRange<Day>

    /// Whether it may be compared with the point before it.
    let isComparable: Bool
  }

  let name: String
  let points: [Point]

  /// The first and the last day on which one of the inspections can have been published.
  private let time: ClosedRange<Double>

  init(name: String, points: [Point]) {
    self.name = name
    self.points = points
    let first = points.map { Self.number($0.window.lowerBound) }.min() ?? 0
    let last = points.map { Self.number($0.window.upperBound) }.max() ?? 0
    time = first...max(first, last)
  }

  private static let rowHeight = 46
  private static let top = 6

  var html: HTML {
    guard !points.isEmpty else { return .none }
    let rows = Rating.bestFirst
    let bottom = Self.top + rows.count * Self.rowHeight
    var inner: HTML = ""
    for (place, rating) in rows.enumerated() {
      let y = Self.top + place * Self.rowHeight
      inner.append(
        """
        <rect class="history__row history__row--\(place.isMultiple(of: 2) ? "even" : "odd")" \
        x="0" y="\(y)" width="100%" height="\(Self.rowHeight)"/>\
        <text class="chart__text" x="6" y="\(y + 16)">\(rating.title)</text>
        """)
    }
    for (place, point) in points.enumerated() {
      let before = place > 0 ? points[place - 1] : nil
      if let before { inner.append(step(from: before, to: point, bottom: bottom)) }
    }
    for (place, point) in points.enumerated() {
      inner.append(mark(point, bottom: bottom, isRaised: isRaised(place)))
    }
    return Chart.picture(
      id: "history", name: name, description: words, height: bottom + 50,
      className: "chart--history", inner)
  }

  /// The chart in sentences.
  private var words: String {
    points.enumerated().map { place, point in
      let rating = point.rating?.title ?? "not rated"
      let comparison =
        place == 0 ? "" : point.isComparable ? "" : " Cannot be compared with the one before."
      return "\(point.dateWords): \(rating).\(comparison)"
    }.joined(separator: " ")
  }

  private func step(from one: Point, to other: Point, bottom: Int) -> HTML {
    let (start, end) = (x(one), x(other))
    guard other.isComparable, let from = one.rating, let to = other.rating else {
      let middle = (start + end) / 2
      let label = "Series breaks"
      return """
        <line class="history__break" x1="\(Chart.percent(middle))" y1="\(Self.top)" \
        x2="\(Chart.percent(middle))" y2="\(bottom)"/>\
        <text class="chart__text history__label" x="\(Chart.percent(middle))" dx="5" \
        y="\(bottom - 8)">\(label)</text>
        """
    }
    return """
      <line class="history__line" x1="\(Chart.percent(start))" y1="\(y(from))" \
      x2="\(Chart.percent(end))" y2="\(y(from))"/>\
      <line class="history__line" x1="\(Chart.percent(end))" y1="\(y(from))" \
      x2="\(Chart.percent(end))" y2="\(y(to))"/>
      """
  }

  private func mark(_ point: Point, bottom: Int, isRaised: Bool) -> HTML {
    let place = x(point)
    let anchor = place < 0.2 ? "start" : place > 0.8 ? "end" : "middle"
    let date: HTML = """
      <text class="chart__text" x="\(Chart.percent(place))" y="\(bottom + (isRaised ? 18 : 38))" \
      text-anchor="\(anchor)">\(point.dateWords)</text>
      """
    guard let rating = point.rating else {
      return """
        <text class="chart__text history__absent" x="\(Chart.percent(place))" \
        y="\(bottom - 26)" text-anchor="\(anchor)">Not rated</text>\(date)
        """
    }
    let (first, last) = (share(point.window.lowerBound), share(point.window.upperBound))
    let doubt: HTML =
      last - first > 0.005
      ? """
      <line class="history__doubt" x1="\(Chart.percent(first))" y1="\(y(rating))" \
      x2="\(Chart.percent(last))" y2="\(y(rating))"/>
      """ : ""
    return "\(doubt)\(Chart.shape(rating, at: place, y: y(rating), size: 24))\(date)"
  }

  /// Dates that stand close together are written on two lines in turn.
  private func isRaised(_ place: Int) -> Bool { place.isMultiple(of: 2) }

  private func y(_ rating: Rating) -> Int {
    let row = Rating.bestFirst.firstIndex(of: rating) ?? 0
    return Self.top + row * Self.rowHeight + 30
  }

  /// The middle of the days on which it can have been published.
  private func x(_ point: Point) -> Double {
    (share(point.window.lowerBound) + share(point.window.upperBound)) / 2
  }

  private func share(_ day: Day) -> Double {
    let length = time.upperBound - time.lowerBound
    guard points.count > 1, length > 0 else { return 0.5 }
    return 0.07 + 0.86 * (Self.number(day) - time.lowerBound) / length
  }

  /// Days on a scale that is even enough to draw.
  private static func number(_ day: Day) -> Double {
    Double(day.year) + (Double(day.month - 1) + Double(day.day - 1) / 31) / 12
  }
}
