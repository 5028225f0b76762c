import Calendars
import Caseloads
import OrderedJSON
import Samples
import Spreadsheets
import Workflows

/// Reads a list the whole way: rows, people, documents, scope, sample.
enum ListTrial {
  static func run(_ bytes: [UInt8]) throws(BrokenPromise) {
    let known = try Known.load()
    for profile in [known.profile, known.ndelius] {
      guard let (list, file) = try read(bytes, profile) else { continue }
      try check(list, file)
      try checkCare(bytes, list)
      try SampleTrial.draw(list, known.plan, by: bytes)
      return
    }
  }

  static func runWorkbook(_ bytes: [UInt8]) throws(BrokenPromise) {
    guard XLSXFile.looksLikeOne(bytes) else { return }
    try run(bytes)
  }

  static func read(
    _ bytes: [UInt8], _ profile: Profile
  ) throws(BrokenPromise) -> (CaseList, CaseFile)? {
    try result { () throws in
      let file = try CaseFile(bytes: bytes, name: "list", profile: profile)
      let list = try CaseList.read(file, profile: profile, listedOn: Day(2026, 5, 4))
      return (list, file)
    }
  }

  // MARK: - What holds of every list

  static func check(_ list: CaseList, _ file: CaseFile) throws(BrokenPromise) {
    let counts = list.counts
    try promise(counts.read > 0, "a list without rows")
    try promise(
      counts.read == counts.accepted + counts.changed + counts.refused, "rows got lost: \(counts)")
    try promise(
      list.records.reduce(0) { $0 + $1.count } == counts.accepted + counts.changed,
      "records got lost: \(counts)")
    try checkFindings(list)
    let matches = list.matches()
    for person in matches.people {
      try promise(
        person.orders.count > 1 && person.orders.count == Set(person.rows).count
          && !person.reasons.isEmpty, "a person of one order")
    }
    // Without decisions there is nothing that could not fit.
    let json = try? CheckedListDocument.json(list, matches)
    try promise(
      json != nil && (try? JSON(bytes: json?.bytes ?? [])) == json,
      "a document that reads back as another")
    let text = try? CheckedListDocument.text(list, matches)
    try promise(text?.isEmpty == false, "an empty report")
    try promise(
      CheckedListDocument.changes(list).count + CheckedListDocument.refusals(list).count
        == list.findings.count, "findings that are not told")
    try checkRejects(list, file)
  }

  private static func checkFindings(_ list: CaseList) throws(BrokenPromise) {
    var last = 0
    var refused: Set<Int> = []
    var changed: Set<Int> = []
    for finding in list.findings {
      let sentences = finding.sentences
      try promise(
        !sentences.what.isEmpty && !sentences.remedy.isEmpty, "a finding without words")
      try promise(finding.line >= max(1, last), "a finding out of order on line \(finding.line)")
      last = finding.line
      if finding.outcome == .refused {
        refused.insert(finding.line)
      } else {
        changed.insert(finding.line)
      }
    }
    changed.subtract(refused)
    try promise(
      refused.count == list.counts.refused && changed.count == list.counts.changed,
      "\(list.counts) with findings on \(refused.count) and \(changed.count) rows")
    var gapEnd = 0
    for gap in list.gaps {
      try promise(gap.line > gapEnd && gap.count > 0, "a gap out of place")
      gapEnd = gap.line + gap.count
    }
  }

  private static func checkRejects(_ list: CaseList, _ file: CaseFile) throws(BrokenPromise) {
    guard let text = try result(of: { () throws in try list.rejects(from: file) }) else {
      throw BrokenPromise("the rows that were refused cannot be written")
    }
    // Columns of one name and one column more than can be read are what the provider gave.
    let rows = try result { () throws in
      var rows = 0
      try CSVFile(bytes: Array(text.utf8), name: "rejects").forEachRow { _ in rows += 1 }
      return rows
    }
    try promise(
      rows ?? list.counts.refused == list.counts.refused, "rows are not among those refused")
  }

  /// A blank line behind the last row changes nothing but the way in which the rows are read.
  private static func checkCare(_ bytes: [UInt8], _ list: CaseList) throws(BrokenPromise) {
    guard list.encoding != nil else { return }
    let end = Array("\n\n".utf8)
    guard let (careful, _) = try read(bytes + end, list.profile) else {
      throw BrokenPromise("a list that is refused with a blank line behind it")
    }
    try promise(careful.counts == list.counts, "other counts when read with care")
    try promise(careful.findings == list.findings, "other findings when read with care")
    try promise(careful.frame == list.frame, "another frame when read with care")
  }
}
