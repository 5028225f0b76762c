import Standards
import Statistics

/// A share on its way from 0 to 100 per cent, with the bands and what sampling leaves open.
///
/// Its text alternative is the row of the table that it stands in.
struct ShareBar {
  let share: Proportion
  let bands: ShareBands

  var html: HTML {
    let interval = WilsonInterval(share)
    let point = Double(share.part) / Double(share.whole)
    let starts = bands.bands.map { Double($0.from.points) / 100 } + [1]
    return """
      <svg class="chart chart--share" width="100%" height="26" aria-hidden="true" \
      focusable="false">\
      \(zip(bands.bands, zip(starts, starts.dropFirst())).map { band, ends in
        Chart.box(
          from: ends.0, to: ends.1, y: 16, height: 6, fill: Chart.fill(band.rating))
      })\
      <line class="share__interval" x1="\(Chart.percent(interval.lower))" y1="8" \
      x2="\(Chart.percent(interval.upper))" y2="8"/>\
      <circle class="share__point" cx="\(Chart.percent(point))" cy="8" r="5"/></svg>
      """
  }
}
