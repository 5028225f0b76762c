public import Calendars
public import Problems
import Spreadsheets

/// A made-up list of cases: every person in it is invented, and the same seed gives the same bytes.
///
/// It has what a real one has: clusters, LDUs, teams and officers with 20 to 80 cases, the strata
/// of the inspectorate's worked example, one row in a hundred restricted, some values left blank,
/// and one row in forty that is a further order of a person who stands further up. Each row is
/// worked out from its place alone, so that a list of any length takes the same memory.
///
/// - Source: ours; method c.1 for columns, values and strata.
public struct SyntheticCaseload: Sendable {
  /// How long a list may be: there is one CRN for each row.
  public static let sizes = 1...CaseMaker.mostCRNs

  /// The years in which a list may have been made: those in which an nDelius list was.
  public static let years = 2015...2099

  /// The texts of the columns, in order.
  public let headings: [String]

  /// What stands above the headings, if anything.
  public let titleRow: String?

  /// The name of the sheet of a workbook, where the profile has one.
  public let sheet: String?

  private let cases: Int
  private let maker: CaseMaker
  private let writer: CaseWriter
  private let defects: DefectMaker

  /// - Parameters:
  ///   - cases: How many rows there are; one with a defect is one of them.
  ///   - listDate: The day on which the list was made; nothing in it is later.
  ///   - defects: What is wrong with the list. Without any, no row of it may be refused.
  /// - Throws: ``Problems`` when `cases` or `listDate` are out of range.
  public init(
    cases: Int, seed: UInt64, listDate: Day, profile: Profile, defects: [CaseloadDefect] = []
  ) throws(Problems) {
    var problems: [Problem] = []
    if !Self.sizes.contains(cases) {
      problems.append(
        Problem(
          "cases", "\(cases) is not a number of cases that can be made",
          remedy: "give one from \(Self.sizes.lowerBound) to \(Self.sizes.upperBound)"))
    }
    if !Self.years.contains(listDate.year) {
      problems.append(
        Problem(
          "list date", "\(listDate) is out of range",
          remedy: "give a day in \(Self.years.lowerBound) to \(Self.years.upperBound)"))
    }
    try Problems.throwAny(problems)
    self.cases = cases
    maker = CaseMaker(cases: cases, seed: seed, listDate: listDate)
    writer = CaseWriter(profile, seed: seed, listDate: listDate)
    self.defects = DefectMaker(
      defects, maker: maker, writer: writer, cases: cases, listDay: listDate.number)
    headings = writer.columns.map { Self.heading(of: $0, in: profile) }
    titleRow = profile.titleRow
    sheet = profile.sheet
  }

  /// Calls `onRow` for each row in order: the title row if there is one, the headings, the cases.
  ///
  /// Values are texts, dates too. With defects a row may have fewer or more values than there are
  /// headings, or none at all.
  public func forEachRow(_ onRow: ([String]) throws -> Void) rethrows {
    if let titleRow { try onRow([titleRow]) }
    try onRow(headings)
    for place in 0..<cases { try onRow(values(at: place)) }
  }

  /// Calls `onBlock` for each piece of the list as CSV, with LF line ends.
  ///
  /// Values are written as they are: one that a spreadsheet program would take for a formula stays
  /// one, for it is a defect that was asked for. The title row is as wide as the headings, as a
  /// spreadsheet program writes it.
  public func forEachBlock(_ onBlock: ([UInt8]) throws -> Void) rethrows {
    let size = 1 << 18
    var bytes: [UInt8] = []
    bytes.reserveCapacity(size + 1 << 12)
    if let titleRow {
      append([titleRow] + headings.dropFirst().map { _ in "" }, to: &bytes)
    }
    append(headings, to: &bytes)
    for place in 0..<cases {
      if writer.isPlain, defects.defect(at: place) == nil {
        writer.append(maker.row(at: place), separatedBy: UInt8(ascii: ","), to: &bytes)
        bytes.append(UInt8(ascii: "\n"))
      } else {
        append(values(at: place), to: &bytes)
      }
      if bytes.count >= size {
        try onBlock(bytes)
        bytes.removeAll(keepingCapacity: true)
      }
    }
    if !bytes.isEmpty { try onBlock(bytes) }
  }

  private func values(at place: Int) -> [String] {
    defects.defect(at: place).map { defects.values(at: place, with: $0) }
      ?? writer.values(of: maker.row(at: place))
  }

  private func append(_ values: [String], to bytes: inout [UInt8]) {
    bytes += values.map(CSVWriter.quoted).joined(separator: ",").utf8
    bytes.append(UInt8(ascii: "\n"))
  }
}

extension SyntheticCaseload {
  /// Profiles whose headings are wrapped in their cells, and not neatly.
  private static let wrapped = ["ndelius-2020"]

  /// The first heading of a field. Where lists have it wrapped, brackets stand on a line of their
  /// own and the words of other headings two spaces apart.
  private static func heading(of field: CaseField, in profile: Profile) -> String {
    let heading = profile.headings[field]?.first ?? ""
    guard wrapped.contains(profile.id) else { return heading }
    let broken = heading.replacing(" [", with: "\n[").replacing(" (", with: "\n(")
    return broken == heading ? heading.replacing(" ", with: "  ", maxReplacements: 1) : broken
  }
}
