/// Blank lines of a list, kept as runs so that a file of nothing else takes no memory.
struct BlankLines: Sendable {
  /// Each found after the one before it, but not always below it.
  private(set) var runs: [CaseList.Gap] = []

  mutating func add(_ line: Int) { add(CaseList.Gap(line: line, count: 1)) }

  mutating func add(_ run: CaseList.Gap) {
    if let last = runs.last, last.line + last.count == run.line {
      runs[runs.count - 1] = CaseList.Gap(line: last.line, count: last.count + run.count)
    } else {
      runs.append(run)
    }
  }

  /// The runs that have a row below them, in the order of the lines.
  ///
  /// - Parameter lastLine: The line of the last row.
  func gaps(before lastLine: Int) -> [CaseList.Gap] {
    var sorted = BlankLines()
    for run in runs.sorted(by: { $0.line < $1.line }) where run.line < lastLine { sorted.add(run) }
    return sorted.runs
  }
}
