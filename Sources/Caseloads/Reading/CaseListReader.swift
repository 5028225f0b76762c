public import Calendars
import Dispatch
public import Problems
import Spreadsheets
import Synchronization

extension CaseList {
  /// Reads a list.
  ///
  /// Every row is accepted, changed or refused; what became of it is in the result.
  ///
  /// - Parameters:
  ///   - file: The list, opened under the same profile.
  ///   - listedOn: The day of the list; an order that started after it is refused.
  ///   - onProgress: Is told how many rows were read since it was told last, on any thread.
  /// - Throws: ``Problems`` when the list has no rows or lacks a column that it cannot do without,
  ///   or when its bytes are not rows.
  /// - Complexity: one pass over the file on each core; about 150 bytes of memory a row.
  public static func read(
    _ file: CaseFile, profile: Profile, listedOn: Day? = nil,
    onProgress: @escaping @Sendable (Int) -> Void = { _ in }
  ) throws(Problems) -> CaseList {
    let layout = ListLayout(profile, of: file, listedOn: listedOn)
    let hasStrangeHeading = (file.above.joined() + file.columns).contains {
      $0.unicodeScalars.contains("\u{FFFD}")
    }
    if let csv = file.csv, !hasStrangeHeading {
      try layout.check(file.name, line: file.bodyLine - 1)
      if let parts = try inParallel(csv, layout, onProgress) {
        return try finished(parts, file, layout)
      }
    }
    let file = try file.inItsEncoding(profile)
    let known = ListLayout(profile, of: file, listedOn: listedOn)
    try known.check(file.name, line: file.bodyLine - 1)
    return try finished([try inOrder(file, known, onProgress)], file, known)
  }

  /// Reads a plain file on both cores. Gives nothing when a part of it needs care.
  private static func inParallel(
    _ file: CSVFile, _ layout: ListLayout, _ onProgress: @escaping @Sendable (Int) -> Void
  ) throws(Problems) -> [ReadRows]? {
    let parts = file.body.count > CSVFile.longestRow ? try file.parts(2) : [file.body]
    let read = Mutex<[Int: ReadRows]>([:])
    let hasFailed = Atomic(false)
    DispatchQueue.concurrentPerform(iterations: parts.count) { part in
      var reader = RowReader(layout)
      var line = 0
      // A file that cannot be read is read again in order, which says why.
      let isPlain = try? file.forEachPlainRows(in: parts[part]) { rows in
        reader.read(rows, line: line)
        line += rows.count
        onProgress(rows.count)
        return !hasFailed.load(ordering: .relaxed)
      }
      if isPlain == true {
        let rows = reader.finished(endedAt: line)
        read.withLock { $0[part] = rows }
      } else {
        hasFailed.store(true, ordering: .relaxed)
      }
    }
    return read.withLock { read in
      read.count == parts.count ? parts.indices.compactMap { read[$0] } : nil
    }
  }

  private static func inOrder(
    _ file: CaseFile, _ layout: ListLayout, _ onProgress: (Int) -> Void
  ) throws(Problems) -> ReadRows {
    var reader = RowReader(layout)
    var blank = BlankLines()
    do {
      try file.forEachRow(onBlank: { blank.add($0) }) { row in
        reader.read(row, line: row.line - file.bodyLine)
        if reader.counts.read.isMultiple(of: 4_096) { onProgress(4_096) }
      }
    } catch let problems as Problems {
      throw problems
    } catch {
      throw Problems(Problem(file.name, "cannot be read", remedy: "check the file"))
    }
    for lines in blank.runs {
      reader.readBlank(CaseList.Gap(line: lines.line - file.bodyLine, count: lines.count))
    }
    return reader.finished(endedAt: 0)
  }

  private static func finished(
    _ parts: consuming [ReadRows], _ file: CaseFile, _ layout: ListLayout
  ) throws(Problems) -> CaseList {
    var merged = MergedRows()
    while !parts.isEmpty { merged.add(parts.removeFirst(), firstLine: file.bodyLine) }
    guard merged.counts.read > 0 else {
      throw Problems(
        Problem(file.name, "has a heading and no rows", remedy: "add one row for each case"))
    }
    return merged.list(file, layout)
  }
}

extension ListLayout {
  /// - Throws: ``Problems`` with every column that is missing or there twice.
  func check(_ name: String, line: Int) throws(Problems) {
    var problems = CaseField.required.filter { column($0) == nil }.map { field in
      let heading = profile.headings[field]?.first ?? field.rawValue
      return Problem(
        name, line: line, "the column “\(heading)” is missing",
        remedy: "add it, or name the right --profile (this is \(profile.id))")
    }
    problems += repeated.map { heading in
      Problem(
        name, line: line, "“\(heading)” is a second column for the same field",
        remedy: "remove or rename one")
    }
    try Problems.throwAny(problems)
  }
}
