import OrderedJSON
import Problems
import Samples

/// Reads the parts of a sample file that everybody may see; each that is missing is named.
struct SampleFileReader {
  let file: SampleFile

  func text(_ path: String...) throws(Problems) -> String {
    guard let text = value(path).string else { throw file.unusable(path.joined(separator: ".")) }
    return text
  }

  func count(_ path: String...) throws(Problems) -> Int {
    guard let count = Self.count(value(path)) else {
      throw file.unusable(path.joined(separator: "."))
    }
    return count
  }

  /// A number of cases that somebody can have.
  private static func count(_ json: JSON) -> Int? {
    json.int.flatMap { (0...1_000_000_000).contains($0) ? $0 : nil }
  }

  /// The same, whole or not.
  private static func amount(_ json: JSON) -> Double? {
    json.double.flatMap { (0...1_000_000_000).contains($0) ? $0 : nil }
  }

  private func value(_ path: [String]) -> JSON { path.reduce(file.json) { $0[$1] } }

  func strata() throws(Problems) -> [SampleAudit.Stratum] {
    try entries("strata") { entry in
      guard let name = entry["name"].string, let population = Self.count(entry["population"]),
        let size = Self.count(entry["size"]), let drawn = Self.count(entry["drawn"]),
        let reserve = Self.count(entry["reserve"])
      else { return nil }
      return SampleAudit.Stratum(
        name: name, population: population, size: size, drawn: drawn, reserve: reserve,
        weight: Self.amount(entry["weight"]))
    }
  }

  /// The drawn cases or those in reserve, without what is not public.
  func cases(_ key: String) throws(Problems) -> [SampleAudit.Case] {
    try entries(key) { entry in
      guard let position = Self.count(entry["position"]), let crn = entry["case"].string,
        let stratum = entry["stratum"].string, let ticket = entry["ticket"].string
      else { return nil }
      return SampleAudit.Case(
        position: position, crn: crn, stratum: stratum, ticket: ticket,
        weight: Self.amount(entry["weight"]),
        reach: entry["filledFrom"].string.flatMap(Draw.Reach.init))
    }
  }

  func values(_ key: String) throws(Problems) -> [SampleAudit.Value] {
    try entries("achieved", key) { entry in
      guard let name = entry["name"].string, let population = Self.count(entry["population"]),
        let planned = Self.amount(entry["planned"]), let achieved = Self.count(entry["achieved"])
      else { return nil }
      return SampleAudit.Value(
        name: name, population: population, planned: planned, achieved: achieved)
    }
  }

  func officers() throws(Problems) -> [Int] {
    try entries("achieved", "officer", "officersByCases") { Self.count($0) }
  }

  func leftOut() throws(Problems) -> [SampleAudit.LeftOut] {
    let grounds = try entries("excluded") { entry in
      entry["reason"].string.map(Scope.Exclusion.ground)
    }
    let counts = Dictionary(grouping: grounds) { $0 }.mapValues(\.count)
    return counts.map { SampleAudit.LeftOut(reason: $0, rows: $1) }
      .sorted { ($1.rows, $0.reason) < ($0.rows, $1.reason) }
  }

  /// Each entry of a list, read.
  private func entries<Entry>(
    _ path: String..., read: (JSON) -> Entry?
  ) throws(Problems) -> [Entry] {
    let name = path.joined(separator: ".")
    guard let list = value(path).array else { throw file.unusable(name) }
    var entries: [Entry] = []
    for (place, json) in list.enumerated() {
      guard let entry = read(json) else { throw file.unusable("\(name)[\(place)]") }
      entries.append(entry)
    }
    return entries
  }
}
