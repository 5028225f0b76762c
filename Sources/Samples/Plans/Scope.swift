public import Calendars
public import Caseloads
import Cores
public import Problems

/// The cases that a sample is drawn from, and why every other row is not among them.
public struct Scope: Sendable {
  /// The days between which a case must lie, both included. Nothing leaves that end open.
  public struct Window: Hashable, Sendable {
    public let from: Day?
    public let until: Day?

    public init(from: Day? = nil, until: Day? = nil) {
      self.from = from
      self.until = until
    }
  }

  /// A row that is not in scope.
  public struct Exclusion: Hashable, Sendable {
    /// Counted from one.
    public let line: Int

    /// Nothing where the row has none that can be read.
    public let crn: CRN?

    /// A sentence without its full stop and without personal data.
    public let reason: String
  }

  /// The cases in scope, in the order of the list.
  public let cases: [SampleCase]

  /// In the order of the lines.
  public let excluded: [Exclusion]

  /// The names of the strata that have a place in the sample, in the order of the plan.
  public let strata: [String]
}

extension Scope {
  /// Works out which cases are in scope.
  ///
  /// A row that was refused is not. Nor is a case of another sentence type, outside the window or,
  /// where the sample is about it, without enough unpaid work. Of the orders of one person that are
  /// left the earliest is kept, unless `decisions` say otherwise.
  ///
  /// - Throws: ``Problems`` when the list lacks a column that the sample needs, or decisions do not
  ///   fit the list.
  public init(
    of list: CaseList, for kind: SamplingPlan.Kind, window: Window, decisions: KeepDecisions? = nil
  ) throws(Problems) {
    try Self.check(list, kind)
    let rule = Eligibility(kind, window)
    var strata = [UInt8](repeating: Eligibility.none, count: list.count)
    var excluded = Self.refused(in: list)
    strata.withUnsafeMutableBufferPointer { strata in
      // Each page has places of its own.
      nonisolated(unsafe) let strata = strata
      excluded += list.concurrentMapPages { page, first in
        var excluded: [Exclusion] = []
        for (place, record) in page.enumerated() {
          strata[first + place] = rule.stratum(of: record)
          if strata[first + place] == Eligibility.none {
            excluded.append(
              Exclusion(
                line: Int(record.line), crn: record.crn, reason: rule.reason(against: record)))
          }
        }
        return excluded
      }.joined()
    }
    let people = list.matches(among: strata.map { $0 != Eligibility.none }).people
    try Self.checkUse(of: decisions, list, people)
    let others = people.concurrentMap { person in
      Result { () throws(Problems) in try Self.others(of: person, decisions) }
    }
    for others in others {
      for other in try others.get() {
        strata[other.row] = Eligibility.none
        excluded.append(other.exclusion)
      }
    }
    var counts = [Int](repeating: 0, count: kind.strata.count)
    for stratum in strata where stratum != Eligibility.none { counts[Int(stratum)] += 1 }
    let places = kind.strata.indices.filter {
      counts[$0] > 0 || !kind.strata[$0].isOnlyWherePresent
    }
    var numbers = [Int](repeating: 0, count: kind.strata.count)
    for (number, place) in places.enumerated() { numbers[place] = number }
    cases = Self.cases(of: list, strata, numbers)
    self.strata = places.map { kind.strata[$0].name }
    self.excluded = excluded.sorted { $0.line < $1.line }
  }

  /// The orders of a person that are not kept.
  private static func others(
    of person: Match, _ decisions: KeepDecisions?
  ) throws(Problems) -> [(row: Int, exclusion: Exclusion)] {
    let kept = try person.kept(by: decisions)
    return person.orders.indices.filter { order in !kept.contains { $0.order == order } }.map {
      let order = person.orders[$0]
      let reason = reason(person, kept[0])
      return (
        person.rows[$0], Exclusion(line: Int(order.line), crn: order.crn, reason: reason)
      )
    }
  }

  /// The cases of rows that have a stratum, under the numbers of the strata.
  private static func cases(
    of list: CaseList, _ strata: [UInt8], _ numbers: [Int]
  ) -> [SampleCase] {
    let counts = list.concurrentMapPages { page, first in
      strata[first..<first + page.count].count { $0 != Eligibility.none }
    }
    var places: [Int: Int] = [:]
    var start = 0
    var first = 0
    for (page, count) in zip(list.records, counts) {
      places[first] = start
      start += count
      first += page.count
    }
    return [SampleCase](unsafeUninitializedCapacity: start) { [places] cases, count in
      // Each page has places of its own.
      nonisolated(unsafe) let cases = cases
      _ = list.concurrentMapPages { page, first in
        var next = places[first] ?? 0
        for (place, record) in page.enumerated() where strata[first + place] != Eligibility.none {
          cases.initializeElement(
            at: next,
            to: SampleCase(
              crn: record.crn, row: first + place, stratum: numbers[Int(strata[first + place])],
              place: Int(record.place), officer: Int(record.officer)))
          next += 1
        }
      }
      count = start
    }
  }

  private static func check(_ list: CaseList, _ kind: SamplingPlan.Kind) throws(Problems) {
    var needed: [CaseField] = []
    switch kind.window {
    case .startedOn: break
    case .releasedOn: needed.append(.releasedOn)
    case .reportedOn: needed.append(.reportedOn)
    }
    if kind.unpaidWorkHours != nil { needed.append(.unpaidWorkHours) }
    if kind.isAboutReports { needed.append(.reportType) }
    try Problems.throwAny(
      needed.filter(list.missingFields.contains).map { field in
        Problem(
          list.name, "has no column \(field.rawValue), which the sample “\(kind.id)” needs",
          remedy: "ask for it, or draw another sample")
      })
  }

  private static func refused(in list: CaseList) -> [Exclusion] {
    var excluded: [Exclusion] = []
    for finding in list.findings where finding.outcome == .refused {
      let what = finding.sentences.what
      if let last = excluded.last, last.line == finding.line {
        excluded[excluded.count - 1] = Exclusion(
          line: last.line, crn: nil, reason: last.reason + "; " + what)
      } else {
        excluded.append(Exclusion(line: finding.line, crn: nil, reason: "refused: " + what))
      }
    }
    return excluded
  }

  private static func checkUse(
    of decisions: KeepDecisions?, _ list: CaseList, _ people: [Match]
  ) throws(Problems) {
    guard let decisions else { return }
    let used = Set(people.flatMap { person in decisions.about(person.orders).map(\.entry) })
    try Problems.throwAny(
      decisions.entries.enumerated().filter { !used.contains($0.offset) }.map { _, entry in
        Problem(
          decisions.name, line: entry.line,
          "\(entry.crn) with that start is no order of a person with several in scope",
          remedy: "look at the matches of caseload check")
      })
  }

  private static func reason(
    _ person: Match, _ kept: (order: Int, entry: KeepDecisions.Entry?)
  ) -> String {
    let keys = person.reasons.map(\.rawValue).joined(separator: ", ")
    let other = "line \(person.orders[kept.order].line) (same \(keys))"
    if let entry = kept.entry { return "same person as \(other), kept because: \(entry.reason)" }
    return "same person as \(other), whose order is the earliest"
  }
}

/// Which stratum a case is in.
private struct Eligibility {
  static let none: UInt8 = 255

  private let kind: SamplingPlan.Kind
  private let from: Int32
  private let until: Int32

  /// The strata by sex, sentence type, risk and report type.
  private let table: [UInt8]

  init(_ kind: SamplingPlan.Kind, _ window: Scope.Window) {
    self.kind = kind
    from = window.from.map { Int32($0.number) } ?? .min
    until = window.until.map { Int32($0.number) } ?? .max
    var table: [UInt8] = []
    for sex in Sex.allCases {
      for sentence in SentenceType.allCases {
        for risk in RiskOfSeriousHarm.allCases {
          for report in ReportType.allCases {
            let isSampled =
              kind.sentences.contains(sentence) && !(kind.isAboutReports && report == .notRecorded)
            let place = isSampled ? kind.stratum(sex, sentence, risk, report) : nil
            table.append(place.map(UInt8.init) ?? Self.none)
          }
        }
      }
    }
    self.table = table
  }

  func stratum(of record: CaseRecord) -> UInt8 {
    let day = day(of: record)
    guard day != 0, day >= from, day <= until, hasHours(record) else { return Self.none }
    let sentence = Int(record.sex) * SentenceType.allCases.count + Int(record.sentenceType)
    let risk = sentence * RiskOfSeriousHarm.allCases.count + Int(record.rosh)
    return table[risk * ReportType.allCases.count + Int(record.reportType)]
  }

  private func day(of record: CaseRecord) -> Int32 {
    switch kind.window {
    case .startedOn: record.startedOn
    case .releasedOn: record.releasedOn
    case .reportedOn: record.reportedOn
    }
  }

  private func hasHours(_ record: CaseRecord) -> Bool {
    guard let hours = kind.unpaidWorkHours else { return true }
    return Int(record.unpaidWorkHours) >= hours
  }

  /// Why a case has no stratum.
  func reason(against record: CaseRecord) -> String {
    let sentence = record.sentenceTypeCode
    if !kind.sentences.contains(sentence) {
      return "\(sentence.rawValue) is not sampled for \(kind.id)"
    }
    if kind.isAboutReports, record.reportTypeCode == .notRecorded { return "no report" }
    let day = day(of: record)
    if day == 0 { return "\(kind.window.rawValue) is not recorded" }
    if !hasHours(record) {
      return record.unpaidWorkHours < 0
        ? "no unpaid work"
        : "\(record.unpaidWorkHours) hours of unpaid work, under \(kind.unpaidWorkHours ?? 0)"
    }
    let shown = Day(number: Int(day)).map(\.description) ?? ""
    return "\(kind.window.rawValue) \(shown) is \(day < from ? "before" : "after") the window"
  }
}
