/// The known name that a mistyped one most likely meant.
public enum NearestName {
  /// The most letters of a name. Nobody mistypes a longer one, and the time to compare two grows
  /// with the product of their lengths.
  private static let longest = 100

  /// The nearest of `known` to `name`, or nothing when none is near.
  ///
  /// Near means at most a third of the longer name's letters have to be changed, added, left out
  /// or swapped with a neighbour; capitals do not matter. The first of equals wins.
  public static func of(_ name: String, among known: some Sequence<String>) -> String? {
    let letters = Array(name.lowercased())
    guard letters.count <= longest else { return nil }
    var best: (name: String, distance: Int)?
    for candidate in known where candidate.utf8.count <= 4 * longest {
      let others = Array(candidate.lowercased())
      let limit = max(1, max(letters.count, others.count) / 3)
      guard abs(letters.count - others.count) <= limit else { continue }
      let distance = distance(letters, others)
      if distance <= limit, distance < best?.distance ?? .max { best = (candidate, distance) }
    }
    return best?.name
  }

  /// A remedy that names the nearest of `known`, or else all of them.
  public static func remedy(for name: String, among known: [String]) -> String {
    if let near = of(name, among: known) { return "did you mean “\(near)”?" }
    return "known: \(known.joined(separator: ", "))"
  }

  /// Optimal string alignment distance.
  private static func distance(_ a: [Character], _ b: [Character]) -> Int {
    if a.isEmpty || b.isEmpty { return max(a.count, b.count) }
    var before: [Int] = []
    var last = Array(0...b.count)
    for i in 1...a.count {
      var row = [i]
      for j in 1...b.count {
        let change = last[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1)
        var least = min(change, last[j] + 1, row[j - 1] + 1)
        if i > 1, j > 1, a[i - 1] == b[j - 2], a[i - 2] == b[j - 1] {
          least = min(least, before[j - 2] + 1)
        }
        row.append(least)
      }
      (before, last) = (last, row)
    }
    return last[b.count]
  }
}
