import Calendars
import Inspections
import LeagueTables
import Providers
import Publications
import Standards

/// Which league table somebody asks for, as the address says it.
struct LeagueQuestion {
  /// What a table is sorted by.
  enum Order: String, CaseIterable {
    case place, provider, overall, date, change, standard
  }

  let site: Site
  let today: Day
  private(set) var kind: ProviderKind
  private(set) var standards: RuleBook?
  private(set) var standard: Code?
  private(set) var round: Int?
  private(set) var day: Day
  private(set) var order = Order.place
  private(set) var isReversed = false
  private(set) var mistakes: [Mistake] = []

  /// What was typed, kept also where it is wrong.
  let typed: (kind: String?, standards: String?, standard: String?, round: String?, day: String?)

  init(_ query: Query, _ site: Site, today: Day) {
    self.site = site
    self.today = today
    typed = (
      query["kind"], query["standards"], query["standard"], query["round"], query["as-of"]
    )
    kind = site.mainKind
    day = today
    if let text = typed.kind {
      if let known = site.kinds.first(where: { $0.rawValue == text }) {
        kind = known
      } else {
        mistakes.append(.unknown("kind", "kind of provider", text))
      }
    }
    readStandards()
    if let text = typed.round {
      round = Int(text).flatMap { rounds.contains($0) ? $0 : nil }
      if round == nil { mistakes.append(.unknown("round", "round", text)) }
    }
    if let text = typed.day {
      if let read = Day(text) {
        day = read
      } else {
        mistakes.append(
          Mistake(
            field: "as-of",
            text: "“\(text)” is not a date. Write year, month and day, such as 2020-12-31"))
      }
    }
    readOrder(query["sort"])
  }

  private mutating func readStandards() {
    if let text = typed.standards {
      standards = books.first { $0.id.text == text }
      if standards == nil {
        let other = RuleBook.ID(text).flatMap { site.editions[$0] }
        mistakes.append(
          other == nil
            ? .unknown("standards", "edition of the standards", text)
            : Mistake(
              field: "standards",
              text: "“\(text)” is not for this kind of provider. Choose an edition that is"))
      }
    }
    if let text = typed.standard {
      standard = Code(text).flatMap { code in codes.contains { $0.code == code } ? code : nil }
      if standard == nil { mistakes.append(.unknown("standard", "standard", text)) }
    }
  }

  private mutating func readOrder(_ text: String?) {
    guard let text else { return }
    let name = text.hasPrefix("-") ? String(text.dropFirst()) : text
    guard let known = Order(rawValue: name), known != .standard || standard != nil else {
      let names = Order.allCases.map(\.rawValue).filter { $0 != "standard" || standard != nil }
      mistakes.append(
        Mistake(
          field: "table",
          text: "A table cannot be sorted by “\(text)”. Sort by \(Words.list(names))"))
      return
    }
    order = known
    isReversed = text.hasPrefix("-")
  }

  // MARK: - What there is to choose from

  /// The editions for the kind, newest first.
  var books: [RuleBook] { site.books[kind] ?? [] }

  /// The standards of the edition, or of the newest edition of the kind.
  var codes: [RuleBook.Standard] { (standards ?? books.first)?.standards ?? [] }

  /// What an inspection was given for the standard that was asked for.
  enum StandardRating: Hashable {
    case rated(Rating)
    case notSeen

    /// Its edition has nothing that the concordance calls the same.
    case notComparable

    var rating: Rating? { if case .rated(let rating) = self { rating } else { nil } }
  }

  /// The rating of the standard that was asked for. Its code belongs to the edition that was asked
  /// for, or else the newest: the same code may be another standard in another edition.
  func rating(in inspection: Inspection) -> StandardRating {
    guard let standard, let book = standards ?? books.first else { return .notComparable }
    let counterpart = site.editions.counterpart(
      of: standard, in: book.id, from: inspection.standards)
    guard case .comparable(let code) = counterpart else { return .notComparable }
    return inspection.ratings[code].map { .rated($0) } ?? .notSeen
  }

  /// The rounds that inspections of this kind have.
  var rounds: [Int] { site.rounds[kind] ?? [] }

  // MARK: - Addresses

  /// The one address of this question.
  var link: Link {
    link(sortedBy: order, reversed: isReversed)
  }

  /// The same question in another order.
  func link(sortedBy order: Order, reversed: Bool) -> Link {
    let sort = order == .place && !reversed ? nil : (reversed ? "-" : "") + order.rawValue
    return Link(
      "/league-tables",
      [
        ("kind", typed.kind == nil ? nil : kind.rawValue), ("standards", standards?.id.text),
        ("standard", standard?.text), ("round", round.map(String.init)),
        ("as-of", typed.day == nil ? nil : day.description), ("sort", sort),
      ])
  }
}

extension LeagueQuestion.Order {
  /// As it stands in a caption.
  var words: String {
    switch self {
    case .place: "place"
    case .provider: "name"
    case .overall: "overall rating"
    case .date: "date of publication"
    case .change: "change"
    case .standard: "the standard"
    }
  }

  /// What stands first.
  func direction(reversed: Bool) -> String {
    switch self {
    case .place: reversed ? "last place first" : "first place first"
    case .provider: reversed ? "Z to A" : "A to Z"
    case .overall, .standard: reversed ? "lowest first" : "highest first"
    case .date: reversed ? "oldest first" : "newest first"
    case .change: reversed ? "not comparable first" : "up first"
    }
  }

  /// Whether the usual order has the smallest first.
  var isRising: Bool { self == .place || self == .provider }
}
