import Calendars
import Foundation
import Inspections
public import Problems
import Providers
import RuleFiles
public import Spreadsheets
public import Standards

extension Register {
  /// The files that a register consists of, in `Sources/Publications/Register`.
  public static let fileNames = [
    "regions.csv", "providers.csv", "names.csv", "owners.csv", "successions.csv",
    "inspections.csv", "ratings.csv", "published-counts.csv",
  ]

  /// Reads the register that comes with the product.
  public static func load(editions: PublishedEditions) throws(Problems) -> Register {
    try load(editions: editions) { name throws(Problems) in
      let stem = name.split(separator: ".")[0]
      let url = Bundle.module.url(
        forResource: String(stem), withExtension: "csv", subdirectory: "Register")
      return try CSVFile(path: url?.path ?? name, name: name)
    }
  }

  /// Reads a register from files that `open` opens by name.
  ///
  /// - Throws: ``Problems`` with everything that is wrong in any of the files.
  public static func load(
    editions: PublishedEditions, open: (String) throws(Problems) -> CSVFile
  ) throws(Problems) -> Register {
    var reader = RegisterReader(editions: editions)
    let register = try reader.read(open)
    try Problems.throwAny(reader.problems)
    return register
  }
}

/// Reads the files of a register and gathers what is wrong with them.
private struct RegisterReader {
  let editions: PublishedEditions
  private(set) var problems: [Problem] = []
  private var file = ""

  init(editions: PublishedEditions) {
    self.editions = editions
  }

  mutating func read(_ open: (String) throws(Problems) -> CSVFile) throws(Problems) -> Register {
    let regions = try rows(open, "regions.csv", ["region", "name", "delius_code", "source"]) {
      reader, row in reader.region(row)
    }
    let names = try pairs(
      open, "names.csv", ["provider", "name", "from", "until", "source", "note"]
    ) {
      reader, row in
      NameForm(
        name: reader.text(row, "name"), from: reader.date(row, "from"),
        until: reader.date(row, "until"), note: row.text("note") ?? "",
        source: row.text("source") ?? "")
    }
    let owners = try pairs(
      open, "owners.csv", ["provider", "owner", "from", "until", "source", "note"]
    ) { reader, row in
      Ownership(
        owner: reader.text(row, "owner"), from: reader.date(row, "from"),
        until: reader.date(row, "until"), note: row.text("note") ?? "",
        source: row.text("source") ?? "")
    }
    let known = Set(regions.map(\.id))
    let providers = try rows(
      open, "providers.csv",
      [
        "provider", "kind", "name", "short_name", "region", "delius_code", "area", "note", "source",
      ]
    ) { reader, row in reader.provider(row, regions: known, names: names, owners: owners) }
    let ids = Set(providers.map(\.id))
    reportStrangers(names.keys.filter { !ids.contains($0) }, in: "names.csv")
    reportStrangers(owners.keys.filter { !ids.contains($0) }, in: "owners.csv")
    let successions = try rows(
      open, "successions.csv", ["from", "to", "relation", "date", "source", "status", "note"]
    ) { reader, row in reader.succession(row, ids) }
    let ratings = try ratings(open)
    let inspections = try rows(open, "inspections.csv", Self.inspectionColumns) { reader, row in
      reader.inspection(row, ids, ratings)
    }
    reportUnknownRatings(ratings, inspections)
    let counts = try rows(
      open, "published-counts.csv",
      [
        "kind", "standards", "as_of", "from", "until", "outstanding", "good",
        "requires_improvement", "inadequate", "source", "note",
      ]
    ) { reader, row in reader.count(row) }
    return Register(
      regions: regions, providers: providers, inspections: inspections, successions: successions,
      publishedCounts: counts, editions: editions)
  }

  private static let inspectionColumns = [
    "inspection", "provider", "reported_as", "standards", "round", "fieldwork_start",
    "fieldwork_end", "published", "overall", "rating_status", "score", "score_maximum", "caseload",
    "caseload_precision", "caseload_as_of", "recommendations", "previous_overall", "grades",
    "percentages", "sources", "notes",
  ]

  // MARK: - Rows of each file

  private mutating func region(_ row: CSVTable.Row) -> Region {
    Region(
      id: Region.ID(text(row, "region")), name: text(row, "name"),
      deliusCode: text(row, "delius_code"))
  }

  private mutating func provider(
    _ row: CSVTable.Row, regions: Set<Region.ID>, names: [Provider.ID: [NameForm]],
    owners: [Provider.ID: [Ownership]]
  ) -> Provider? {
    let id = value(row, "provider", "lower-case words joined by hyphens") { Provider.ID($0) }
    let kind = value(row, "kind", ProviderKind.allCases.map(\.rawValue).joined(separator: ", ")) {
      ProviderKind(rawValue: $0)
    }
    let name = text(row, "name")
    let region = row.text("region").map { Region.ID($0) }
    if let region, !regions.contains(region) {
      add(row, "there is no region “\(region)”", remedy: "add it to regions.csv")
    }
    guard let id, let kind else { return nil }
    return Provider(
      id: id, kind: kind, name: name, shortName: row.text("short_name"), region: region,
      deliusCode: row.text("delius_code"), area: row.text("area") ?? "",
      note: row.text("note") ?? "", source: text(row, "source"), otherNames: names[id] ?? [],
      owners: owners[id] ?? [])
  }

  private mutating func succession(_ row: CSVTable.Row, _ ids: Set<Provider.ID>) -> Succession? {
    let from = providerID(row, "from", ids)
    let to = row.text("to") == nil ? nil : providerID(row, "to", ids)
    let relations = Succession.Relation.allCases.map(\.rawValue).joined(separator: ", ")
    let relation = value(row, "relation", relations) { Succession.Relation(rawValue: $0) }
    let status = value(row, "status", "published, derived or assumed") {
      Provenance.Status(rawValue: $0)
    }
    let date = date(row, "date")
    guard let from, let relation, let status else { return nil }
    return Succession(
      from: from, to: to, relation: relation, date: date, source: text(row, "source"),
      status: status.rawValue, note: row.text("note") ?? "")
  }

  private mutating func inspection(
    _ row: CSVTable.Row, _ ids: Set<Provider.ID>, _ ratings: [Inspection.ID: [Code: Rating]]
  ) -> Inspection? {
    let id = Inspection.ID(text(row, "inspection"))
    let provider = providerID(row, "provider", ids)
    let standards = value(row, "standards", "an edition such as crc-2018") { RuleBook.ID($0) }
    let round = number(row, "round")
    let overall = optional(row, "overall", "a rating or not-rated") { text in
      text == "not-rated"
        ? OverallFact.notRated : Rating(rawValue: text).map(OverallFact.rated)
    }
    let status = value(row, "rating_status", "published, derived or assumed") {
      Provenance.Status(rawValue: $0)
    }
    let score = printedScore(row)
    let precision = optional(row, "caseload_precision", "exact, more-than, nearly or about") {
      ApproximateCount.Precision(rawValue: $0)
    }
    let caseload = number(row, "caseload").map { ApproximateCount($0, precision) }
    let previous = optional(row, "previous_overall", "a rating") { Rating(rawValue: $0) }
    guard let provider, let standards, let round, let status else { return nil }
    return Inspection(
      id: id, provider: provider, reportedAs: text(row, "reported_as"), standards: standards,
      round: round, fieldworkStart: date(row, "fieldwork_start"),
      fieldworkEnd: date(row, "fieldwork_end"), published: date(row, "published"),
      overall: overall, overallStatus: status, printedScore: score, caseload: caseload,
      caseloadAsOf: date(row, "caseload_as_of"), recommendations: number(row, "recommendations"),
      previousOverall: previous, ratings: ratings[id] ?? [:],
      statedGrades: Dictionary(list(row, "grades") { Rating(rawValue: $0) }) { first, _ in first },
      percentages: list(row, "percentages") { $0 }.map {
        PrintedPercentage(name: $0.0, percent: $0.1)
      },
      sources: (row.text("sources") ?? "").split(separator: ";").map {
        $0.trimmingCharacters(in: .whitespaces)
      },
      notes: row.text("notes") ?? "")
  }

  private mutating func printedScore(_ row: CSVTable.Row) -> PrintedScore? {
    guard let points = number(row, "score") else { return nil }
    guard let maximum = number(row, "score_maximum"),
      let score = PrintedScore(points: points, maximum: maximum)
    else {
      add(row, "a score of \(points) without a fitting maximum", remedy: "fill score_maximum")
      return nil
    }
    return score
  }

  private mutating func count(_ row: CSVTable.Row) -> PublishedCount? {
    let kind = value(row, "kind", "a kind of provider") { ProviderKind(rawValue: $0) }
    let standards = optional(row, "standards", "an edition") { RuleBook.ID($0) }
    let asOf = value(row, "as_of", "a day such as 2019-09-26") { Day($0) }
    let from = optional(row, "from", "a day") { Day($0) }
    let until = optional(row, "until", "a day") { Day($0) }
    let columns: [(Rating, String)] = [
      (.outstanding, "outstanding"), (.good, "good"),
      (.requiresImprovement, "requires_improvement"), (.inadequate, "inadequate"),
    ]
    var counts: [Rating: Int] = [:]
    for (rating, column) in columns { counts[rating] = number(row, column) ?? 0 }
    guard let kind, let asOf else { return nil }
    return PublishedCount(
      kind: kind, standards: standards, asOf: asOf, from: from, until: until, counts: counts,
      source: text(row, "source"), note: row.text("note") ?? "")
  }

  /// The ratings of standards, one row each: `inspection,standard,rating`.
  private mutating func ratings(
    _ open: (String) throws(Problems) -> CSVFile
  ) throws(Problems) -> [Inspection.ID: [Code: Rating]] {
    let entries = try rows(open, "ratings.csv", ["inspection", "standard", "rating"]) {
      reader, row -> (Inspection.ID, Code, Rating)? in
      let code = reader.value(row, "standard", "a code such as 2.1") { Code($0) }
      let rating = reader.value(row, "rating", "one of the four ratings") { Rating(rawValue: $0) }
      guard let code, let rating else { return nil }
      return (Inspection.ID(reader.text(row, "inspection")), code, rating)
    }
    var ratings: [Inspection.ID: [Code: Rating]] = [:]
    for (id, code, rating) in entries {
      if ratings[id, default: [:]].updateValue(rating, forKey: code) != nil {
        problems.append(
          Problem("ratings.csv", "\(id) \(code) is rated twice", remedy: "keep one of the two"))
      }
    }
    return ratings
  }

  private mutating func reportUnknownRatings(
    _ ratings: [Inspection.ID: [Code: Rating]], _ inspections: [Inspection]
  ) {
    let known = Dictionary(inspections.map { ($0.id, $0.standards) }) { first, _ in first }
    if known.count != inspections.count {
      problems.append(
        Problem("inspections.csv", "an inspection is listed twice", remedy: "give each its own id"))
    }
    for (id, standards) in ratings.sorted(by: { $0.key < $1.key }) {
      let book = known[id].flatMap { editions[$0] }
      for code in standards.keys.sorted() where book?.standard(code) == nil {
        problems.append(
          Problem(
            "ratings.csv", "\(id) is rated on \(code), which its edition does not have",
            remedy: "check the inspection and the code"))
      }
    }
  }

  private mutating func reportStrangers(_ ids: [Provider.ID], in file: String) {
    problems += ids.sorted().map {
      Problem(file, "there is no provider “\($0)”", remedy: "add it to providers.csv")
    }
  }

  // MARK: - Values

  private mutating func rows<Value>(
    _ open: (String) throws(Problems) -> CSVFile, _ name: String, _ columns: [String],
    _ read: (inout RegisterReader, CSVTable.Row) -> Value?
  ) throws(Problems) -> [Value] {
    let table = try CSVTable(try open(name), required: columns)
    file = name
    var values: [Value] = []
    for row in table.rows {
      if let value = read(&self, row) { values.append(value) }
    }
    return values
  }

  private mutating func pairs<Value>(
    _ open: (String) throws(Problems) -> CSVFile, _ name: String, _ columns: [String],
    _ read: (inout RegisterReader, CSVTable.Row) -> Value
  ) throws(Problems) -> [Provider.ID: [Value]] {
    let entries = try rows(open, name, columns) { reader, row -> (Provider.ID, Value)? in
      let id = reader.value(row, "provider", "a provider") { Provider.ID($0) }
      return id.map { ($0, read(&reader, row)) }
    }
    return Dictionary(grouping: entries, by: \.0).mapValues { $0.map(\.1) }
  }

  private mutating func add(_ row: CSVTable.Row, _ what: String, remedy: String) {
    problems.append(Problem(file, line: row.line, what, remedy: remedy))
  }

  private mutating func text(_ row: CSVTable.Row, _ column: String) -> String {
    if let text = row.text(column) { return text }
    add(row, "“\(column)” is blank", remedy: "fill it")
    return ""
  }

  private mutating func value<Value>(
    _ row: CSVTable.Row, _ column: String, _ expected: String, _ parse: (String) -> Value?
  ) -> Value? {
    guard row.text(column) != nil else {
      add(row, "“\(column)” is blank", remedy: "use \(expected)")
      return nil
    }
    return optional(row, column, expected, parse)
  }

  private mutating func optional<Value>(
    _ row: CSVTable.Row, _ column: String, _ expected: String, _ parse: (String) -> Value?
  ) -> Value? {
    guard let text = row.text(column) else { return nil }
    if let value = parse(text) { return value }
    add(row, "“\(text)” is not a valid “\(column)”", remedy: "use \(expected)")
    return nil
  }

  private mutating func date(_ row: CSVTable.Row, _ column: String) -> PartialDate? {
    optional(row, column, "a date such as 2020-03-10, 2020-03 or 2020") { PartialDate($0) }
  }

  private mutating func number(_ row: CSVTable.Row, _ column: String) -> Int? {
    optional(row, column, "a whole number") { Int($0).flatMap { $0 >= 0 ? $0 : nil } }
  }

  private mutating func providerID(
    _ row: CSVTable.Row, _ column: String, _ known: Set<Provider.ID>
  ) -> Provider.ID? {
    let id = value(row, column, "a provider") { Provider.ID($0) }
    if let id, !known.contains(id) {
      add(row, "there is no provider “\(id)”", remedy: "add it to providers.csv")
      return nil
    }
    return id
  }

  /// A list such as `good=5; requires-improvement=5`.
  private mutating func list<Key>(
    _ row: CSVTable.Row, _ column: String, _ parse: (String) -> Key?
  ) -> [(Key, Int)] {
    (row.text(column) ?? "").split(separator: ";").compactMap { entry in
      let sides = entry.split(separator: "=").map { $0.trimmingCharacters(in: .whitespaces) }
      guard sides.count == 2, let key = parse(sides[0]), let number = Int(sides[1]) else {
        add(row, "“\(entry)” is not a valid entry of “\(column)”", remedy: "write name=number")
        return nil
      }
      return (key, number)
    }
  }
}
