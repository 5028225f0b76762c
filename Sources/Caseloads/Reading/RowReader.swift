import Calendars
import Names
import Spreadsheets

/// Reads rows of a list one by one and keeps what became of them: part by part, while names are
/// numbered over all parts.
struct RowReader {
  private(set) var counts = CaseList.Counts()
  private var records = Pages<CaseRecord>()
  private var digests = Pages<RowDigest>()
  private var findings: [Finding] = []
  var quality = Quality()
  private var blankLines = BlankLines()
  private var lastLine = 0
  private var officers: NameReader
  private var ethnicities: NameReader
  private var clusters: NameReader
  private var ldus: NameReader

  /// The numbers of a cluster and an LDU by place.
  private var places: [(cluster: UInt32, ldu: UInt32)] = []
  private var placeTable = NameTable()

  /// The place that each LDU was seen at last, below zero for none.
  private var placeOfLDU: [Int32] = []

  let layout: ListLayout
  private let canonical: CanonicalRow
  let days: DayReader
  private let persons = PersonKey()
  private var sexes: CodeReader
  private var sentenceTypes: CodeReader
  private var risks: CodeReader
  private var restrictions: CodeReader
  private var reportTypes: CodeReader
  private let nothing: [CaseField: Set<String>]

  init(_ layout: ListLayout) {
    let profile = layout.profile
    self.layout = layout
    canonical = CanonicalRow(columns: layout.columns, mayBeShort: layout.mayBeShort)
    days = layout.days
    sexes = CodeReader(.sex, Sex.self, profile)
    sentenceTypes = CodeReader(.sentenceType, SentenceType.self, profile)
    risks = CodeReader(.rosh, RiskOfSeriousHarm.self, profile)
    restrictions = CodeReader(.restricted, Restriction.self, profile)
    reportTypes = CodeReader(.reportType, ReportType.self, profile)
    nothing = profile.nothing.mapValues { Set($0.map(Profile.plain)) }
    officers = NameReader(nothing: profile.nothing[.officer] ?? [])
    ethnicities = NameReader(nothing: profile.nothing[.ethnicity] ?? [])
    clusters = NameReader(nothing: profile.nothing[.cluster] ?? [])
    ldus = NameReader(nothing: profile.nothing[.ldu] ?? [])
  }

  /// Reads many rows.
  ///
  /// In a long list there are many officers, and what is known of each lies far away: it is asked
  /// for all together.
  ///
  /// - Parameter line: The line of the first, counted from zero.
  mutating func read(_ rows: PlainRows, line: Int) {
    if let column = layout.column(.officer) {
      withUnsafeTemporaryAllocation(of: NameKey.self, capacity: rows.count) { names in
        for row in 0..<rows.count {
          names.initializeElement(
            at: row, to: NameKey(rows[row, column]) ?? NameKey(ofLongName: 0))
        }
        officers.bringNear(UnsafeBufferPointer(names))
      }
    }
    for row in 0..<rows.count {
      read(PlainRow(rows: rows, row: row, count: layout.columns.count), line: line + row)
    }
  }

  /// Notes a line without anything on it.
  mutating func readBlank(_ lines: CaseList.Gap) { blankLines.add(lines) }

  /// Reads one row.
  mutating func read<Row: ValueRow>(_ row: Row, line: Int) {
    if let column = layout.column(.crn), column < row.count, row[column].isEmpty, row.isBlank {
      blankLines.add(line)
      return
    }
    lastLine = line
    counts.read += 1
    digests.append(canonical.digest(of: row))
    guard fits(row) else {
      refuse(line, nil, row.count > layout.columns.count ? .tooLong : .tooShort)
      counts.refused += 1
      return
    }
    let before = findings.count
    let cluster = clusters.number(value(.cluster, row))
    let ldu = ldus.number(value(.ldu, row))
    let place = self.place(cluster, ldu)
    quality.addRow(at: place)
    countBlanks(row, place)

    let crn = readCRN(row, line, place)
    let start = readStart(row, line, place)
    let sentence = sentenceTypes.code(value(.sentenceType, row))
    if sentence == CodeReader.unknown || sentence == 0 {
      note(
        line, .refused, .sentenceType, sentence == 0 ? .missing : .unknown,
        value(.sentenceType, row), place)
    }
    let sex = known(sexes.code(value(.sex, row)), .sex, row, line, place)
    let rosh = known(risks.code(value(.rosh, row)), .rosh, row, line, place)
    let isMarked = isRestricted(
      restrictions.code(value(.restricted, row)), row, line, place)
    let report = known(reportTypes.code(value(.reportType, row)), .reportType, row, line, place)
    let ethnicity = ethnicities.number(value(.ethnicity, row))
    // A blank was counted with the other blanks.
    if ethnicity == 0, !value(.ethnicity, row).isEmpty {
      quality.add(.missing, of: .ethnicity, at: place)
    }
    let birth = readBirth(row, start, line, place)
    readEnd(row, start, line, place)
    let released = readDay(.releasedOn, row, line, place)
    let reported = readDay(.reportedOn, row, line, place)
    let hours = readHours(row, line, place)
    let family = value(.familyName, row)
    let first = value(.firstNames, row)
    let hidden = UInt8(ascii: "*")
    let isHidden = family.contains(hidden) || first.contains(hidden)

    if findings.count == before {
      counts.accepted += 1
    } else if findings[before...].contains(where: { $0.outcome == .refused }) {
      counts.refused += 1
      return
    } else {
      counts.changed += 1
    }
    guard let crn, let start else { return }
    records.append(
      CaseRecord(
        crn: crn, line: UInt32(line), place: UInt32(place),
        officer: officers.number(value(.officer, row)),
        ethnicity: ethnicity, startedOn: start,
        releasedOn: released ?? 0, reportedOn: reported ?? 0, unpaidWorkHours: hours ?? -1,
        sex: sex, sentenceType: UInt8(sentence), rosh: rosh, reportType: report,
        isRestricted: isHidden || isMarked,
        pnc: PNCKey.key(value(.pnc, row)),
        person: isHidden ? PersonKey.none : persons.key(family, first, birth)))
  }

  /// Ends a part, and gives what was read of it.
  ///
  /// - Parameter endedAt: How many lines the part has.
  mutating func endPart(at endedAt: Int) -> ReadRows {
    let rows = ReadRows(
      endedAt: endedAt, counts: counts, findings: findings, blankLines: blankLines,
      lastLine: lastLine, records: records.finished(), digests: digests.finished())
    counts = CaseList.Counts()
    records = Pages()
    digests = Pages()
    findings = []
    blankLines = BlankLines()
    lastLine = 0
    return rows
  }

  /// What was found in all parts.
  var names: ReadNames {
    ReadNames(
      quality: quality, officers: officers.names, ethnicities: ethnicities.names,
      places: places.map { place in
        CaseList.Place(
          cluster: clusters.names[Int(place.cluster)], ldu: ldus.names[Int(place.ldu)])
      })
  }

  // MARK: - Values

  @inline(__always)
  func value<Row: ValueRow>(_ field: CaseField, _ row: Row) -> UnsafeBufferPointer<UInt8> {
    guard let column = layout.column(field), column < row.count else {
      return UnsafeBufferPointer(start: nil, count: 0)
    }
    return Self.trimmed(row[column])
  }

  @inline(__always)
  private static func trimmed(_ bytes: UnsafeBufferPointer<UInt8>) -> UnsafeBufferPointer<UInt8> {
    guard let first = bytes.first, let last = bytes.last, first <= 32 || last <= 32 else {
      return bytes
    }
    var part = bytes[...]
    while let first = part.first, first == 32 || first == 9 { part = part.dropFirst() }
    while let last = part.last, last == 32 || last == 9 { part = part.dropLast() }
    return UnsafeBufferPointer(rebasing: part)
  }

  @inline(__always)
  private static func isBlank(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    guard let first = bytes.first else { return true }
    return first <= 32 && trimmed(bytes).isEmpty
  }

  private func fits<Row: ValueRow>(_ row: Row) -> Bool {
    if row.count == layout.columns.count { return true }
    if row.count < layout.columns.count { return layout.mayBeShort }
    return (layout.columns.count..<row.count).allSatisfy { Self.trimmed(row[$0]).isEmpty }
  }

  private mutating func place(_ cluster: UInt32, _ ldu: UInt32) -> Int {
    // An LDU is nearly always in the same cluster.
    let known = Int(ldu) < placeOfLDU.count ? Int(placeOfLDU[Int(ldu)]) : -1
    if known >= 0, places[known].cluster == cluster { return known }
    let number = placeTable.number(of: NameKey(low: UInt64(cluster), high: UInt64(ldu)))
    if number == places.count { places.append((cluster, ldu)) }
    while placeOfLDU.count <= Int(ldu) { placeOfLDU.append(-1) }
    placeOfLDU[Int(ldu)] = Int32(number)
    return number
  }

  private mutating func countBlanks<Row: ValueRow>(_ row: Row, _ place: Int) {
    for (field, column) in layout.counted
    where column >= row.count || Self.isBlank(row[column]) {
      quality.add(.missing, of: field, at: place)
    }
  }

  func saysNothing(_ field: CaseField, _ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    nothing[field]?.contains(Profile.plain(String(decoding: bytes, as: UTF8.self))) ?? false
  }

  // MARK: - Findings

  /// The most letters of a value that are shown.
  private static let mostShown = 40

  mutating func note(
    _ line: Int, _ outcome: Finding.Outcome, _ field: CaseField, _ kind: Finding.Kind,
    _ bytes: UnsafeBufferPointer<UInt8>, _ place: Int
  ) {
    let isShown = field.isTellable && !bytes.isEmpty
    findings.append(
      Finding(
        line: line, outcome: outcome, field: field, kind: kind,
        found: isShown
          ? String(
            String.UnicodeScalarView(TableRow.text(bytes).unicodeScalars.prefix(Self.mostShown)))
          : nil))
    // A blank was counted with the other blanks.
    if let issue = kind.issue, issue != .missing { quality.add(issue, of: field, at: place) }
  }

  private mutating func refuse(_ line: Int, _ field: CaseField?, _ kind: Finding.Kind) {
    findings.append(
      Finding(line: line, outcome: .refused, field: field, kind: kind, found: nil))
  }
}
