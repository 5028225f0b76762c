public import Calendars
import Cores
public import RuleFiles
public import Spreadsheets

/// A provider's list of cases as it was read, with what became of every row.
///
/// Holds no name of a supervised person and no date of birth.
public final class CaseList: Sendable {
  /// What became of the rows. Blank ones are no rows.
  public struct Counts: Equatable, Sendable {
    public internal(set) var read = 0

    /// Taken as they are.
    public internal(set) var accepted = 0

    /// Taken after a value was put right or set aside.
    public internal(set) var changed = 0

    public internal(set) var refused = 0

    static func + (one: Counts, other: Counts) -> Counts {
      Counts(
        read: one.read + other.read, accepted: one.accepted + other.accepted,
        changed: one.changed + other.changed, refused: one.refused + other.refused)
    }
  }

  /// Where cases are held: an LDU and the cluster that it is in. Blank where not recorded.
  public struct Place: Hashable, Sendable {
    public let cluster: String
    public let ldu: String

    public init(cluster: String, ldu: String) {
      self.cluster = cluster
      self.ldu = ldu
    }
  }

  /// Blank lines with rows below them.
  public struct Gap: Hashable, Sendable {
    /// The first of them.
    public let line: Int
    public let count: Int
  }

  /// The name of the file.
  public let name: String
  public let profile: Profile
  public let encoding: CSVFile.Encoding?

  /// The day of the list, if one was given.
  public let listedOn: Day?

  public let counts: Counts

  /// In the order of the lines. Each row that was refused or changed has at least one.
  public let findings: [Finding]
  public let gaps: [Gap]

  /// Fields that the list has no column for.
  public let missingFields: [CaseField]

  /// Headings that are not used.
  public let unusedHeadings: [String]

  /// The names of sheets of the workbook that were not read, because they are no lists of cases.
  public let unusedSheets: [String]

  /// The digest of all that stands in the list, whatever the order of its rows and columns.
  public let frame: Digest

  /// In the order of their names.
  public let places: [Place]

  /// Without duplicates, which ``quality(with:)`` adds.
  let quality: Quality

  /// The first is nobody; the others are in no particular order.
  public let officers: [String]

  /// The first is nothing; the others are in no particular order.
  public let ethnicities: [String]

  /// Rows that were accepted, in the order of their lines, in pages of any size.
  public let records: [[CaseRecord]]

  /// The place of the first record of each page.
  private let pageStarts: [Int]

  /// How many rows were accepted.
  public let count: Int

  init(
    _ file: CaseFile, _ layout: ListLayout, counts: Counts, findings: [Finding], gaps: [Gap],
    frame: Digest, places: [Place], quality: Quality, officers: [String], ethnicities: [String],
    records: [[CaseRecord]]
  ) {
    name = file.name
    profile = layout.profile
    encoding = file.encoding
    listedOn = layout.listedOn
    self.counts = counts
    self.findings = findings
    self.gaps = gaps
    missingFields = layout.missing
    unusedHeadings = layout.unused
    unusedSheets = file.unusedSheets
    self.frame = frame
    self.places = places
    self.quality = quality
    self.officers = officers
    self.ethnicities = ethnicities
    self.records = records
    var count = 0
    var pageStarts: [Int] = []
    for page in records {
      pageStarts.append(count)
      count += page.count
    }
    self.pageStarts = pageStarts
    self.count = count
  }
}

// MARK: - Records

extension CaseList {
  /// A record by its place among all of them.
  public subscript(row: Int) -> CaseRecord {
    var (low, high) = (0, pageStarts.count)
    while high - low > 1 {
      let middle = (low + high) / 2
      if pageStarts[middle] <= row { low = middle } else { high = middle }
    }
    return records[low][row - pageStarts[low]]
  }

  /// Maps each page on all cores.
  ///
  /// - Parameter transform: Is given the records of a page and the place of the first among all.
  /// - Returns: The results in the order of the pages.
  public func concurrentMapPages<Result: Sendable>(
    _ transform: @Sendable (UnsafeBufferPointer<CaseRecord>, Int) -> Result
  ) -> [Result] {
    Array(records.indices).concurrentMap { page in
      records[page].withUnsafeBufferPointer { transform($0, pageStarts[page]) }
    }
  }
}
