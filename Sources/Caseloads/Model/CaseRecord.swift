public import Calendars
import Names

/// What is kept of a row that was accepted: no name and no date of birth.
public struct CaseRecord: Sendable {
  public let crn: CRN
  public internal(set) var line: UInt32

  /// By ``CaseList/places``.
  public internal(set) var place: UInt32

  /// By ``CaseList/officers``; the first is nobody.
  public internal(set) var officer: UInt32

  /// By ``CaseList/ethnicities``; the first is nothing.
  public internal(set) var ethnicity: UInt32

  /// The number of a day.
  public let startedOn: Int32

  /// Zero where not recorded.
  public let releasedOn: Int32

  /// Zero where not recorded.
  public let reportedOn: Int32

  /// Below zero where not recorded.
  public let unpaidWorkHours: Int16

  /// The place of the code among all codes, as are the next three.
  public let sex: UInt8
  public let sentenceType: UInt8
  public let rosh: UInt8
  public let reportType: UInt8
  public let isRestricted: Bool

  /// What the PNC comes down to, zero where it is not recorded.
  let pnc: UInt64

  /// What full name and date of birth come down to, nothing where a part of them is not known.
  let person: NameKey
}

extension CaseRecord {
  /// The day on which the order started.
  public var started: Day? { Day(number: Int(startedOn)) }

  public var sexCode: Sex { Sex.numbered(sex) }
  public var sentenceTypeCode: SentenceType { SentenceType.numbered(sentenceType) }
  public var roshCode: RiskOfSeriousHarm { RiskOfSeriousHarm.numbered(rosh) }
  public var reportTypeCode: ReportType { ReportType.numbered(reportType) }
}

/// SHA-256 of a row.
struct RowDigest: Comparable, Sendable {
  /// The bytes from the first to the last, eight in a word.
  let words: (UInt64, UInt64, UInt64, UInt64)

  static func == (one: RowDigest, other: RowDigest) -> Bool { one.words == other.words }

  static func < (one: RowDigest, other: RowDigest) -> Bool { one.words < other.words }
}

/// A long list that grows without being copied, in pages of a fixed size.
struct Pages<Element> {
  static var pageSize: Int { 1 << 15 }

  private(set) var pages: [[Element]] = []
  private var last: [Element] = []

  var count: Int { pages.count * Self.pageSize + last.count }

  init() {
    last.reserveCapacity(Self.pageSize)
  }

  @inline(__always)
  mutating func append(_ element: Element) {
    last.append(element)
    if last.count == Self.pageSize { turn() }
  }

  private mutating func turn() {
    pages.append(last)
    last = []
    last.reserveCapacity(Self.pageSize)
  }

  /// Every page with the one that is not full at its end.
  consuming func finished() -> [[Element]] {
    var pages = pages
    if !last.isEmpty { pages.append(last) }
    return pages
  }
}
