import Ratings
import Standards

/// A score, or the scores still possible, between nought and the maximum, with the four bands.
///
/// Each whole score is a cell of the same width, so that a band is as wide as it has scores.
struct ScoreBar {
  let id: String
  let bands: ScoreBands
  let possible: ClosedRange<Int>

  /// Which of the possible scores give the published rating; nothing where that is all of them.
  var agreeing: ClosedRange<Int>?

  private var cells: Double { Double(bands.maximum + 1) }

  /// The whole in a sentence.
  var words: String {
    let score =
      possible.count == 1
      ? "The score is \(possible.lowerBound) of \(bands.maximum)."
      : "Scores from \(Words.range(possible)) of \(bands.maximum) are possible."
    let ranges = Rating.allCases.map { "\($0.title) \(Words.range(bands.range(of: $0)))" }
    return "\(score) The bands are \(Words.list(ranges))."
  }

  var html: HTML {
    let middle = (Double(possible.lowerBound) + Double(possible.upperBound) + 1) / 2 / cells
    let anchor = middle < 0.15 ? "start" : middle > 0.85 ? "end" : "middle"
    let place = middle < 0.15 ? left(possible) : middle > 0.85 ? right(possible) : middle
    let inner: HTML = """
      <text class="chart__strong" x="\(Chart.percent(place))" y="18" text-anchor="\(anchor)">\
      \(Words.range(possible))</text>\
      \(Chart.box(
        from: left(possible), to: right(possible), y: 26, height: 10, fill: "currentColor",
        className: "score__mark"))\
      \(Rating.allCases.map { rating in
        let range = bands.range(of: rating)
        return Chart.box(
          from: left(range), to: right(range), y: 38, height: 26, fill: Chart.fill(rating))
      })\
      \(Rating.allCases.map { rating in
        let range = bands.range(of: rating)
        return """
          <text class="chart__text" x="\(Chart.percent(left(range)))" y="82" dx="1">\
          \(range.lowerBound)</text>
          """
      })\
      <text class="chart__text" x="100%" y="82" text-anchor="end">\(bands.maximum)</text>
      """
    return """
      \(Chart.picture(
        id: id, name: "Overall score and bands", description: words, height: 90,
        className: "chart--score", inner))\
      \(Chart.key(Rating.allCases.map { rating in
        (rating, "\(rating.title): \(Words.range(bands.range(of: rating)))")
      }))
      """
  }

  private func left(_ range: ClosedRange<Int>) -> Double { Double(range.lowerBound) / cells }
  private func right(_ range: ClosedRange<Int>) -> Double { Double(range.upperBound + 1) / cells }
}
