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
      if let merged = try inParallel(csv, layout, onProgress) {
        return try finished(merged, file, layout)
      }
    }
    let file = try file.inItsEncoding(profile)
    let known = ListLayout(profile, of: file, listedOn: listedOn)
    try known.check(file.name, line: file.bodyLine - 1)
    return try finished(try inOrder(file, known, onProgress), file, known)
  }

  /// How many read a long list. What each of them numbers is brought together at the end.
  private static let readers = 2

  /// About how many bytes a part has. A reader that is kept from its core leaves the next part to
  /// the other one.
  private static let partSize = 1 << 22

  /// Reads a plain file on both cores. Gives nothing when a part of it needs care.
  private static func inParallel(
    _ file: CSVFile, _ layout: ListLayout, _ onProgress: @escaping @Sendable (Int) -> Void
  ) throws(Problems) -> MergedRows? {
    let count = max(readers, min(64, file.body.count / partSize))
    let parts = file.body.count > CSVFile.longestRow ? try file.parts(count) : [file.body]
    let read = Mutex<(rows: [Int: (rows: ReadRows, reader: Int)], names: [Int: ReadNames])>(
      ([:], [:]))
    let next = Atomic(0)
    let hasFailed = Atomic(false)
    DispatchQueue.concurrentPerform(iterations: min(readers, parts.count)) { number in
      var reader = RowReader(layout)
      while !hasFailed.load(ordering: .relaxed) {
        let part = next.add(1, ordering: .relaxed).oldValue
        guard part < parts.count else { break }
        var line = 0
        // A file that cannot be read is read again in order, which says why.
        let isPlain = try? file.forEachPlainRows(in: parts[part]) { rows in
          reader.read(rows, line: line)
          line += rows.count
          onProgress(rows.count)
          return !hasFailed.load(ordering: .relaxed)
        }
        if isPlain == true {
          let rows = reader.endPart(at: line)
          read.withLock { $0.rows[part] = (rows, number) }
        } else {
          hasFailed.store(true, ordering: .relaxed)
        }
      }
      let names = reader.names
      read.withLock { $0.names[number] = names }
    }
    if hasFailed.load(ordering: .relaxed) { return nil }
    return read.withLock { read in
      var merged = MergedRows(read.names.keys.sorted().compactMap { read.names[$0] })
      for part in parts.indices {
        guard let (rows, reader) = read.rows.removeValue(forKey: part) else { continue }
        merged.add(rows, readBy: reader, firstLine: file.bodyLine)
      }
      return merged
    }
  }

  private static func inOrder(
    _ file: CaseFile, _ layout: ListLayout, _ onProgress: (Int) -> Void
  ) throws(Problems) -> MergedRows {
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
    let rows = reader.endPart(at: 0)
    var merged = MergedRows([reader.names])
    merged.add(rows, readBy: 0, firstLine: file.bodyLine)
    return merged
  }

  private static func finished(
    _ merged: consuming MergedRows, _ file: CaseFile, _ layout: ListLayout
  ) throws(Problems) -> CaseList {
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
