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

  /// In the order of their names, so that it does not matter who read what.
  private let places: [CaseList.Place]
  private var blankLines = BlankLines()
  private var lastLine = 0

  /// The numbers that stand here for those of a reader.
  private struct Numbers: Sendable {
    let officers: [UInt32]
    let ethnicities: [UInt32]
    let places: [UInt32]
  }

  private var numbers: [Numbers] = []

  /// The line of the first row of the next part, less that of the first part.
  private var offset = 0

  /// - Parameter readers: What each reader found.
  init(_ readers: [ReadNames]) {
    places = Set(readers.flatMap(\.places)).sorted { ($0.cluster, $0.ldu) < ($1.cluster, $1.ldu) }
    let placeNumbers = Dictionary(uniqueKeysWithValues: zip(places, UInt32(0)...))
    for reader in readers {
      let own = Numbers(
        officers: reader.officers.map { officers.add($0) },
        ethnicities: reader.ethnicities.map { ethnicities.add($0) },
        places: reader.places.map { placeNumbers[$0] ?? 0 })
      quality.add(reader.quality, at: own.places)
      numbers.append(own)
    }
  }

  mutating func add(_ rows: consuming ReadRows, readBy reader: Int, firstLine: Int) {
    let shift = offset + firstLine
    offset += rows.endedAt
    counts = counts + rows.counts
    if rows.counts.read > 0 { lastLine = rows.lastLine + shift }
    for run in rows.blankLines.runs {
      blankLines.add(CaseList.Gap(line: run.line + shift, count: run.count))
    }
    let numbers = numbers[reader]
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
            page[place].officer = numbers.officers[Int(page[place].officer)]
            page[place].ethnicity = numbers.ethnicities[Int(page[place].ethnicity)]
            page[place].place = numbers.places[Int(page[place].place)]
          }
        }
      }
    }
  }

  consuming func list(_ file: CaseFile, _ layout: ListLayout) -> CaseList {
    let frame = FrameDigest.of(above: file.above, columns: file.columns, rows: digests)
    return CaseList(
      file, layout, counts: counts, findings: findings, gaps: blankLines.gaps(before: lastLine),
      frame: frame, places: places,
      quality: quality, officers: officers.names, ethnicities: ethnicities.names, records: records)
  }
}
