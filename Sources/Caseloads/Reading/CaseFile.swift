public import Problems
public import Spreadsheets

/// A list of cases that was opened: a CSV file or a sheet of a workbook, with its heading found.
public struct CaseFile: Sendable {
  private enum Source: Sendable {
    case csv(CSVFile)
    case sheet(XLSXSheet)
  }

  /// The name that problems carry.
  public let name: String

  /// The rows above the heading, as they stand.
  let above: [[String]]
  let columns: [String]

  /// The line of the first row below the heading.
  let bodyLine: Int

  /// Nothing for a workbook.
  public let encoding: CSVFile.Encoding?

  /// What is added to a serial date: 1,462 where a workbook counts from 1904.
  let serialShift: Int

  /// The names of a workbook's other sheets, in its order.
  let unusedSheets: [String]
  private let source: Source

  private init(_ file: CSVFile) {
    name = file.name
    above = file.above
    columns = file.columns
    bodyLine = file.bodyLine
    encoding = file.encoding
    serialShift = 0
    unusedSheets = []
    source = .csv(file)
  }

  /// The CSV file, unless it is a workbook.
  var csv: CSVFile? {
    if case .csv(let file) = source { file } else { nil }
  }

  /// Whether rows end at their last value.
  var mayBeShort: Bool { csv == nil }

  /// Opens a list that lies on disk.
  ///
  /// - Throws: ``Problems`` when it cannot be opened, is empty or is no table.
  public init(path: String, profile: Profile) throws(Problems) {
    let start = try CSVFile.firstBytes(path: path, atMost: OtherSeparator.mostBytes)
    if Self.isWorkbook(start) {
      try self.init(try XLSXFile(path: path), profile)
    } else {
      let opened = Result { () throws(Problems) in
        try CSVFile(
          path: path, accepting: [.utf8, .windows1252], heading: ListLayout.heading(of: profile))
      }
      self.init(try Self.withCommas(opened, start, path, profile))
    }
  }

  /// Opens a list that is in memory.
  ///
  /// - Throws: ``Problems`` when it is empty or is no table.
  public init(bytes: [UInt8], name: String, profile: Profile) throws(Problems) {
    if Self.isWorkbook(bytes) {
      try self.init(try XLSXFile(bytes: bytes, name: name), profile)
    } else {
      let opened = Result { () throws(Problems) in
        try CSVFile(
          bytes: bytes, name: name, accepting: [.utf8, .windows1252],
          heading: ListLayout.heading(of: profile))
      }
      let start = Array(bytes.prefix(OtherSeparator.mostBytes))
      self.init(try Self.withCommas(opened, start, name, profile))
    }
  }

  /// A file that was opened, or could not be.
  ///
  /// - Parameter start: Its first bytes.
  /// - Throws: ``Problems``; one that says so when something else than commas stands between the
  ///   values, because whatever else is wrong follows from that.
  private static func withCommas(
    _ opened: Result<CSVFile, Problems>, _ start: [UInt8], _ name: String, _ profile: Profile
  ) throws(Problems) -> CSVFile {
    if case .success(let file) = opened, ListLayout.isWhole(file.columns, profile) { return file }
    for separator in OtherSeparator.allCases {
      guard let line = separator.headingLine(in: start, profile) else { continue }
      throw Problems(
        Problem(
          name, line: line, "the values stand between \(separator.words), not commas",
          remedy: "save it as CSV with commas, or as an Excel workbook (.xlsx)"))
    }
    return try opened.get()
  }

  /// An old or locked workbook is taken for one too, so that its refusal says what to save.
  private static func isWorkbook(_ bytes: [UInt8]) -> Bool {
    XLSXFile.looksLikeOne(bytes) || bytes.starts(with: [0xD0, 0xCF, 0x11, 0xE0])
  }

  /// Takes the sheet whose heading has what a list needs. Without one it takes the one that has most
  /// of it, the one that the profile names before others, so that what is missing can be told.
  ///
  /// Two sheets with cases are refused, whatever the profile names: those of the other would be in no
  /// draw, and nobody would know.
  private init(_ workbook: XLSXFile, _ profile: Profile) throws(Problems) {
    let named = workbook.sheets.firstIndex { $0.name == profile.sheet }
    var order = workbook.sheets.indices.sorted {
      (workbook.sheets[$0].isHidden ? 1 : 0, $0) < (workbook.sheets[$1].isHidden ? 1 : 0, $1)
    }
    if let named { order = [named] + order.filter { $0 != named } }
    var best: (place: Int, sheet: XLSXSheet, heading: Heading)?
    var lists: [Int] = []
    var problems: [Problem] = []
    try workbook.readSheets(order) { place, read in
      switch read {
      case .failure(let unreadable): problems += unreadable.list
      case .success(let sheet):
        guard let heading = Heading(sheet, profile), heading.known > 0 else { return true }
        if heading.isOfList { lists.append(place) }
        if best.map({ heading.isBetter(than: $0.heading) }) ?? true {
          best = (place, sheet, heading)
        }
      }
      return true
    }
    guard lists.count < 2 else {
      let names = lists.sorted().map { "“\(workbook.sheets[$0].name)”" }.joined(separator: ", ")
      throw Problems(
        Problem(
          workbook.name, "has cases on \(lists.count) sheets: \(names)",
          remedy: "put all cases on one sheet under one heading, and remove the others"))
    }
    guard let best else {
      try Problems.throwAny(problems)
      throw Problems(
        Problem(
          workbook.name, "no sheet has the headings of the profile \(profile.id)",
          remedy: "put them on one row, or name the right --profile"))
    }
    name = workbook.name
    above = best.heading.above
    columns = best.heading.columns
    bodyLine = best.heading.line + 1
    encoding = nil
    serialShift = workbook.usesDates1904 ? 1_462 : 0
    unusedSheets = workbook.sheets.indices.filter { $0 != best.place }
      .map { workbook.sheets[$0].name }
    source = .sheet(best.sheet)
  }

  /// Calls `onRow` for each row below the heading, in order.
  ///
  /// - Parameter onBlank: Is told each line that is blank.
  func forEachRow(
    onBlank: @escaping (Int) -> Void = { _ in }, _ onRow: (TableRow) throws -> Void
  ) throws {
    switch source {
    case .csv(let file): try file.forEachRow(onBlank: onBlank, onRow)
    case .sheet(let sheet):
      var next = bodyLine
      try sheet.forEachRow { row in
        guard row.line >= bodyLine else { return }
        for line in next..<max(next, row.line) { onBlank(line) }
        next = row.line + 1
        try onRow(row)
      }
    }
  }

  /// The same list, read as Windows-1252 if it is a CSV file that is not UTF-8.
  func inItsEncoding(_ profile: Profile) throws(Problems) -> CaseFile {
    guard let csv else { return self }
    return CaseFile(try csv.inItsEncoding(heading: ListLayout.heading(of: profile)))
  }
}

/// The heading of a sheet.
private struct Heading {
  let above: [[String]]
  let columns: [String]
  let line: Int

  /// How many fields it names.
  let known: Int

  /// Whether it has what a list cannot do without.
  private let isWhole: Bool

  /// Whether anything stands below it.
  private let hasRows: Bool

  /// Whether the sheet is a list of cases.
  var isOfList: Bool { isWhole && hasRows }

  /// Whether its sheet is to be read rather than one that was looked at before.
  func isBetter(than other: Heading) -> Bool {
    func rank(_ heading: Heading) -> (Int, Int) {
      if heading.isWhole { return (heading.hasRows ? 2 : 1, 0) }
      return (0, heading.known)
    }
    return rank(self) > rank(other)
  }

  /// Nothing when the sheet has no rows.
  init?(_ sheet: XLSXSheet, _ profile: Profile) {
    var rows: [(line: Int, values: [String])] = []
    sheet.forEachRow { row in
      guard rows.count <= CSVFile.mostRowsAbove else { return }
      rows.append(
        (row.line, (0..<row.count).map { String(decoding: row[$0], as: UTF8.self) }))
    }
    guard !rows.isEmpty else { return nil }
    let place = ListLayout.heading(of: profile)(rows.map(\.values))
    above = rows[..<place].map(\.values)
    columns = rows[place].values.map(Profile.trimmed)
    line = rows[place].line
    known = columns.count { profile.field(of: $0) != nil }
    isWhole = ListLayout.isWhole(columns, profile)
    hasRows = sheet.rowCount > place + 1
  }
}
