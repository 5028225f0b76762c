public import Problems
public import Spreadsheets
public import Standards

/// The small files that stand beside the answers: evidence, known ratings, the panel's decisions.
public enum StandardFiles {
  /// Reads `standard,rating,reason`: ratings of the standards that are judged on evidence, and
  /// `not-inspected` for any standard.
  public static func evidence(
    _ file: CSVFile, for book: RuleBook
  ) throws(Problems) -> [StandardJudgement] {
    let reader = try Reader(file, required: ["standard", "rating", "reason"], for: book)
    return try judgements(from: reader) { standard, rating in
      guard rating != .notInspected, standard.ratedBy != .evidence else { return nil }
      return (
        "\(standard.code) \(standard.title) is \(standard.ratedBy.words), not judged on evidence",
        "give its answers, or its rating in the file of given ratings"
      )
    }
  }

  /// Reads `standard,rating`: ratings that are known without what they rest on.
  public static func given(
    _ file: CSVFile, for book: RuleBook
  ) throws(Problems) -> [StandardJudgement] {
    let reader = try Reader(
      file, required: ["standard", "rating"], optional: ["reason"], for: book)
    return try judgements(from: reader) { _, _ in nil }
  }

  /// Reads `standard,rating,reason,members`: decisions of the ratings panel.
  public static func panel(
    _ file: CSVFile, for book: RuleBook
  ) throws(Problems) -> [PanelDecision] {
    var reader = try Reader(
      file, required: ["standard", "rating", "reason", "members"], for: book)
    let table = reader.table
    let decisions = table.rows.compactMap { row -> PanelDecision? in
      let standard = reader.standard(row)
      let rating = reader.word(row, "rating", among: Rating.allCases.map(\.rawValue)) {
        Rating(rawValue: $0)
      }
      let reason = reader.text(row, "reason", remedy: "say why the panel decided so")
      let members = reader.text(row, "members", remedy: "say who decided")
      guard let standard, let rating, let reason, let members else { return nil }
      return PanelDecision(
        standard: standard.code, rating: rating, reason: reason, members: members,
        place: Place(table.name, line: row.line))
    }
    try Problems.throwAny(reader.problems)
    return decisions
  }

  private static func judgements(
    from rows: Reader,
    refusing refusal: (RuleBook.Standard, GivenRating) -> (what: String, remedy: String)?
  ) throws(Problems) -> [StandardJudgement] {
    var reader = rows
    let table = rows.table
    let judgements = table.rows.compactMap { row -> StandardJudgement? in
      let standard = reader.standard(row)
      let rating = reader.word(row, "rating", among: GivenRating.words) { GivenRating($0) }
      guard let standard, let rating else { return nil }
      if let refused = refusal(standard, rating) {
        reader.add(row, refused.what, remedy: refused.remedy)
        return nil
      }
      return StandardJudgement(
        standard: standard.code, rating: rating, reason: row.text("reason") ?? "",
        place: Place(table.name, line: row.line))
    }
    try Problems.throwAny(reader.problems)
    return judgements
  }
}

/// Reads values of rows and gathers what is wrong with them.
private struct Reader {
  let table: CSVTable
  let book: RuleBook
  private(set) var problems: [Problem]
  private var seen: [Code: Int] = [:]

  /// - Throws: ``Problems`` with the heading, where that is wrong: its rows cannot be told then.
  init(
    _ file: CSVFile, required: [String], optional: [String] = [], for book: RuleBook
  ) throws(Problems) {
    var problems: [Problem] = []
    let table = try CSVTable(
      file, required: required, optional: optional, listing: &problems)
    if table.rows.isEmpty, problems.isEmpty {
      problems.append(Problem(table.name, "has no rows", remedy: "leave the file out, or fill it"))
    }
    self.table = table
    self.book = book
    self.problems = problems
  }

  mutating func add(_ row: CSVTable.Row, _ what: String, remedy: String) {
    problems.append(Problem(table.name, line: row.line, what, remedy: remedy))
  }

  mutating func text(_ row: CSVTable.Row, _ column: String, remedy: String) -> String? {
    if let text = row.text(column) { return text }
    add(row, "“\(column)” is blank", remedy: remedy)
    return nil
  }

  mutating func word<Value>(
    _ row: CSVTable.Row, _ column: String, among known: [String], _ parse: (String) -> Value?
  ) -> Value? {
    guard let text = text(row, column, remedy: "use one of: \(known.joined(separator: ", "))")
    else { return nil }
    if let value = parse(text) { return value }
    add(
      row, "“\(text)” is not a \(column)", remedy: NearestName.remedy(for: text, among: known))
    return nil
  }

  /// The standard on a row, each named once.
  mutating func standard(_ row: CSVTable.Row) -> RuleBook.Standard? {
    let codes = book.standards.map(\.code.text)
    guard let text = text(row, "standard", remedy: "use one of: \(codes.joined(separator: ", "))")
    else { return nil }
    guard let standard = book.standards.first(where: { $0.code.text == text }) else {
      add(
        row, "\(book.id) has no standard “\(text)”",
        remedy: NearestName.remedy(for: text, among: codes))
      return nil
    }
    if let line = seen[standard.code] {
      add(row, "\(standard.code) is on line \(line) already", remedy: "keep one of the two")
      return nil
    }
    seen[standard.code] = row.line
    return standard
  }
}
