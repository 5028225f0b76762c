import Standards

/// How many providers stand at each grade, as one bar with a key.
struct GradeBar {
  let id: String
  let name: String

  /// Best first; nothing is "not rated", which is no grade and stands last.
  let counts: [(rating: Rating?, count: Int)]

  var html: HTML {
    let total = counts.reduce(0) { $0 + $1.count }
    guard total > 0 else { return .none }
    let words = counts.filter { $0.count > 0 }.map { entry in
      "\(entry.count) \(entry.rating?.title ?? "not rated")"
    }
    var start = 0
    var boxes: [HTML] = []
    for entry in counts where entry.count > 0 {
      boxes.append(
        Chart.box(
          from: Double(start) / Double(total), to: Double(start + entry.count) / Double(total),
          y: 0, height: 36, fill: Chart.fill(entry.rating)))
      start += entry.count
    }
    return """
      \(Chart.picture(
        id: id, name: name, description: Words.list(words) + " of \(total).", height: 36,
        className: "chart--bar", "\(boxes)"))\
      \(Chart.key(counts.filter { $0.count > 0 }.map {
        ($0.rating, "\($0.rating?.title ?? "Not rated"): \($0.count)")
      }))
      """
  }
}
