import Calendars
public import Caseloads
public import OrderedJSON
public import Problems
import RuleFiles
import Spreadsheets

/// What became of a list of cases, for machines and for people.
public enum CheckedListDocument {
  /// As machines read it.
  ///
  /// - Throws: ``Problems`` when decisions do not fit the list.
  public static func json(
    _ list: CaseList, _ matches: Matches, _ decisions: KeepDecisions? = nil
  ) throws(Problems) -> JSON {
    let people = try people(matches, decisions)
    let quality = list.quality(with: matches)
    return [
      "read": .number(list.counts.read),
      "accepted": .number(list.counts.accepted),
      "changed": .number(list.counts.changed),
      "refused": .number(list.counts.refused),
      "file": .string(list.name),
      "profile": .string(list.profile.id),
      "encoding": .text(list.encoding?.rawValue),
      "listedOn": .text(list.listedOn?.description),
      "frame": ["sha256": .string(list.frame.hexadecimal)],
      "missingFields": .texts(list.missingFields.map(\.rawValue)),
      "unusedHeadings": .texts(list.unusedHeadings),
      "unusedSheets": .texts(list.unusedSheets),
      "blankLines": .array(
        list.gaps.map { ["line": .number($0.line), "count": .number($0.count)] }),
      "findings": .array(list.findings.map(finding)),
      "quality": [
        "fields": fields(quality, at: nil),
        "ldus": .array(
          list.places.indices.filter { quality.rows.indices.contains($0) }.map { place in
            [
              "cluster": .string(list.places[place].cluster),
              "ldu": .string(list.places[place].ldu),
              "rows": .number(quality.rows[place]),
              "fields": fields(quality, at: place),
            ]
          }),
      ],
      "matches": .array(
        people.map { person in
          [
            "reasons": .texts(person.match.reasons.map(\.rawValue)),
            "kept": .array(person.kept.map(order)),
            "leftOut": .array(person.leftOut.map(order)),
          ]
        }),
    ]
  }

  private static func finding(_ finding: Finding) -> JSON {
    let sentences = finding.sentences
    return [
      "line": .number(finding.line), "outcome": .string(finding.outcome.rawValue),
      "field": .text(finding.field?.rawValue), "kind": .string(finding.kind.rawValue),
      "found": .text(finding.found), "what": .string(sentences.what),
      "remedy": .string(sentences.remedy),
    ]
  }

  /// The fields that have an issue.
  private static func fields(_ quality: Quality, at place: Int?) -> JSON {
    .object(
      CaseField.allCases.compactMap { field in
        let counts = Quality.Issue.allCases.map { quality.count($0, of: field, at: place) }
        guard counts.contains(where: { $0 > 0 }) else { return nil }
        return JSON.Member(
          field.rawValue,
          .object(
            zip(Quality.Issue.allCases, counts).map {
              JSON.Member($0.rawValue, .number($1))
            }))
      })
  }

  private static func order(_ record: CaseRecord) -> JSON {
    [
      "line": .number(Int(record.line)), "case": .string(record.crn.description),
      "startedOn": .text(record.started?.description),
    ]
  }
}

extension CheckedListDocument {
  /// As people read it: what became of the rows, how well the list is kept, who is there twice.
  ///
  /// - Throws: ``Problems`` when decisions do not fit the list.
  public static func text(
    _ list: CaseList, _ matches: Matches, _ decisions: KeepDecisions? = nil
  ) throws(Problems) -> String {
    let people = try people(matches, decisions)
    var lines = [
      "\(list.name): \(list.counts.read) rows read = \(list.counts.accepted) accepted + "
        + "\(list.counts.changed) changed + \(list.counts.refused) refused",
      "Profile \(list.profile.id)"
        + (list.encoding == .windows1252 ? ", read as Windows-1252" : ""),
      "Frame \(list.frame.description)",
    ]
    if list.listedOn == nil {
      lines.append("No --list-date was given, so starts after the list were not looked for.")
    }
    if !list.missingFields.isEmpty {
      lines.append("No column for " + list.missingFields.map(\.rawValue).joined(separator: ", "))
    }
    if !list.unusedHeadings.isEmpty {
      lines.append("Not used: " + list.unusedHeadings.joined(separator: ", "))
    }
    if !list.unusedSheets.isEmpty {
      lines.append("Sheets not read: " + list.unusedSheets.joined(separator: ", "))
    }
    for gap in list.gaps {
      lines.append(
        "\(list.name):\(gap.line): \(counted(gap.count, "blank line")); "
          + "the rows below were read as well")
    }
    lines += quality(list, list.quality(with: matches)) + words(people)
    return lines.joined(separator: "\n")
  }

  /// Each finding on a row that was changed, as `file:line: what; what was done`.
  public static func changes(_ list: CaseList) -> [String] {
    list.findings.filter { $0.outcome == .changed }.map { line($0, list) }
  }

  /// Each finding on a row that was refused, as `file:line: what; what to do`.
  public static func refusals(_ list: CaseList) -> [String] {
    list.findings.filter { $0.outcome == .refused }.map { line($0, list) }
  }

  private static func line(_ finding: Finding, _ list: CaseList) -> String {
    let sentences = finding.sentences
    return "\(list.name):\(finding.line): \(sentences.what); \(sentences.remedy)"
  }

  private static func quality(_ list: CaseList, _ quality: Quality) -> [String] {
    var lines = ["", "Data quality"]
    let fields = CaseField.allCases.compactMap { field -> String? in
      let counts = words(quality, field, nil)
      return counts.isEmpty ? nil : "  \(field.rawValue): \(counts.joined(separator: ", "))"
    }
    lines += fields.isEmpty ? ["  nothing missing, unknown, impossible or there twice"] : fields
    let places = list.places.indices.filter { quality.rows.indices.contains($0) }
    let ldus = places.compactMap { place -> String? in
      let counts = CaseField.allCases.compactMap { field -> String? in
        let counts = words(quality, field, place)
        return counts.isEmpty ? nil : "\(field.rawValue) \(counts.joined(separator: ", "))"
      }
      guard !counts.isEmpty else { return nil }
      let name = list.places[place].ldu.isEmpty ? "LDU not recorded" : list.places[place].ldu
      return "  \(name), \(counted(quality.rows[place], "row"))\n    "
        + counts.joined(separator: "; ")
    }
    if !ldus.isEmpty { lines += ["", "Where to look"] + ldus.sorted() }
    return lines
  }

  private static func counted(_ count: Int, _ noun: String) -> String {
    "\(count) \(noun)\(count == 1 ? "" : "s")"
  }

  private static func words(_ quality: Quality, _ field: CaseField, _ place: Int?) -> [String] {
    Quality.Issue.allCases.compactMap { issue in
      let count = quality.count(issue, of: field, at: place)
      return count == 0 ? nil : "\(count) \(issue.rawValue)"
    }
  }

  private static func words(_ people: [Person]) -> [String] {
    guard !people.isEmpty else { return [] }
    let count = people.count == 1 ? "1 person" : "\(people.count) people"
    return ["", "\(count) with several orders; the earliest is kept unless decided otherwise"]
      + people.map { person in
        let reasons = person.match.reasons.map(\.rawValue).joined(separator: ", ")
        func words(_ orders: [CaseRecord]) -> String {
          orders.map { "\($0.crn) line \($0.line) from \($0.started?.description ?? "")" }
            .joined(separator: ", ")
        }
        let rest = person.leftOut.isEmpty ? "" : "; leaves out \(words(person.leftOut))"
        return "  same \(reasons): keeps \(words(person.kept))\(rest)"
      }
  }
}

extension CheckedListDocument {
  /// Somebody who is in the list with several orders.
  private struct Person {
    let match: Match
    let kept: [CaseRecord]
    let leftOut: [CaseRecord]
  }

  private static func people(
    _ matches: Matches, _ decisions: KeepDecisions?
  ) throws(Problems) -> [Person] {
    var people: [Person] = []
    for match in matches.people {
      let kept = try match.kept(by: decisions).map(\.order)
      people.append(
        Person(
          match: match, kept: kept.map { match.orders[$0] },
          leftOut: match.orders.indices.filter { !kept.contains($0) }.map { match.orders[$0] }))
    }
    return people
  }
}
