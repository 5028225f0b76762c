import Dispatch

/// Joins what was read of one list in several parts, one part behind the other.
struct MergedRows {
  private(set) var counts = CaseList.Counts()
  private var records: [[CaseRecord]] = []
  private var digests: [[RowDigest]] = []
  private var findings: [Finding] = []
  private var quality = Quality()
  private var officers = NameReader()
  private var ethnicities = NameReader()
  private var places: [CaseList.Place] = []
  private var placeNumbers: [CaseList.Place: UInt32] = [:]
  private var blankLines = BlankLines()
  private var lastLine = 0

  /// The line of the first row of the next part, less that of the first part.
  private var offset = 0

  mutating func add(_ rows: consuming ReadRows, firstLine: Int) {
    let shift = offset + firstLine
    offset += rows.endedAt
    counts = counts + rows.counts
    if rows.counts.read > 0 { lastLine = rows.lastLine + shift }
    for run in rows.blankLines.runs {
      blankLines.add(CaseList.Gap(line: run.line + shift, count: run.count))
    }
    let officerNumbers = rows.officers.map { officers.add($0) }
    let ethnicityNumbers = rows.ethnicities.map { ethnicities.add($0) }
    let placeNumbers = rows.places.map { number(of: $0) }
    quality.add(rows.quality, at: placeNumbers)
    for finding in rows.findings {
      var finding = finding
      finding.line += shift
      findings.append(finding)
    }
    digests += rows.digests
    // Taken over first, so that nothing is copied when it changes.
    let first = records.count
    records += rows.records
    rows.records = []
    records.withUnsafeMutableBufferPointer { records in
      // Each page is changed by one thread alone.
      nonisolated(unsafe) let pages = UnsafeMutableBufferPointer(rebasing: records[first...])
      DispatchQueue.concurrentPerform(iterations: pages.count) { page in
        pages[page].withUnsafeMutableBufferPointer { page in
          for place in page.indices {
            page[place].line += UInt32(shift)
            page[place].officer = officerNumbers[Int(page[place].officer)]
            page[place].ethnicity = ethnicityNumbers[Int(page[place].ethnicity)]
            page[place].place = placeNumbers[Int(page[place].place)]
          }
        }
      }
    }
  }

  private mutating func number(of place: CaseList.Place) -> UInt32 {
    if let number = placeNumbers[place] { return number }
    let number = UInt32(places.count)
    placeNumbers[place] = number
    places.append(place)
    return number
  }

  consuming func list(_ file: CaseFile, _ layout: ListLayout) -> CaseList {
    let frame = FrameDigest.of(above: file.above, columns: file.columns, rows: digests)
    return CaseList(
      file, layout, counts: counts, findings: findings, gaps: blankLines.gaps(before: lastLine),
      frame: frame, places: places,
      quality: quality, officers: officers.names, ethnicities: ethnicities.names, records: records)
  }
}
