import Calendars
import Inspections
import LeagueTables
import Providers
import Publications
import Standards

/// One table of a league: providers that may be compared with each other.
struct LeagueSection {
  let site: Site
  let question: LeagueQuestion

  /// Which table of the page it is, counted from nought.
  let place: Int
  let section: LeagueTable.Section

  /// The rows to show, in the order that was asked for.
  let rows: [LeagueTable.Row]

  /// The places that more than one provider shares.
  private let ties: Set<Int>

  init(
    site: Site, question: LeagueQuestion, place: Int, section: LeagueTable.Section,
    rows: [LeagueTable.Row]
  ) {
    self.site = site
    self.question = question
    self.place = place
    self.section = section
    self.rows = rows
    let ranks = section.rows.map(\.rank)
    ties = Set(zip(ranks, ranks.dropFirst()).compactMap { $0 == $1 ? $0 : nil })
  }

  var html: HTML {
    let ratings = rows.map(\.inspection.overallRating)
    let counts = (Rating.bestFirst + [nil]).map { rating in
      (rating: rating, count: ratings.count { $0 == rating })
    }
    let byRound: HTML =
      question.round.map { round in
        Parts.paragraph(
          """
          Only providers whose newest inspection is of round \(round). Places are those among all
          \(section.rows.count) providers of this table.
          """)
      } ?? ""
    return """
      <section class="league" aria-labelledby="section-\(place)-title">
      <h2 class="govuk-heading-l" id="section-\(place)-title">\(name)</h2>
      \(GradeBar(
        id: "section-\(place)", name: "How many at each grade: \(name)", counts: counts
      ).html)\
      \(byRound)\
      \(Table(
        caption: caption, columns: columns, rows: rows.map(row),
        headingColumn: 1).html)\
      </section>

      """
  }

  private var name: String {
    let books = section.editions.compactMap { site.editions[$0]?.title }
    return books.isEmpty ? section.kind.plural : Words.list(books)
  }

  private var caption: String {
    "\(Words.count(rows.count, "provider")) as of \(question.day.words), by \(sortedWords)"
  }

  private var sortedWords: String {
    "\(question.order.words), \(question.order.direction(reversed: question.isReversed))"
  }

  private var columns: [Table.Column] {
    var columns = [
      column(.place, "Place"), column(.provider, "Provider"), column(.overall, "Overall"),
      column(.date, "Published"), column(.change, "Change"),
    ]
    if let standard = question.standard {
      columns.append(column(.standard, standardTitle(standard)))
    }
    return columns
  }

  private func standardTitle(_ code: Code) -> String {
    let title = question.codes.first { $0.code == code }?.title
    return title.map { "\(code) \($0)" } ?? "Standard \(code)"
  }

  /// A heading that sorts the table: once as people expect it, twice the other way round.
  private func column(_ order: LeagueQuestion.Order, _ label: String) -> Table.Column {
    let isCurrent = question.order == order
    let link = question.link(sortedBy: order, reversed: isCurrent && !question.isReversed)
    let isRising = order.isRising != question.isReversed
    let arrow: HTML =
      isCurrent
      ? (isRising
        ? "<path d=\"M8 3l5 8H3z\"/>" : "<path d=\"M8 13L3 5h10z\"/>")
      : "<path d=\"M8 1l4 6H4zM8 15L4 9h8z\"/>"
    return Table.Column(
      label,
      heading: """
        <a class="govuk-link sort\(isCurrent ? " sort--now" : "")" href="\(link.address)#table">\
        <span class="govuk-visually-hidden">Sort by </span>\(label)\
        <svg class="sort__arrow" viewBox="0 0 16 16" aria-hidden="true" focusable="false">\
        \(arrow)</svg></a>
        """,
      sorted: isCurrent ? (isRising ? "ascending" : "descending") : nil)
  }

  private func row(_ row: LeagueTable.Row) -> Table.Row {
    let inspection = row.inspection
    let name = inspection.published?.words ?? "Date not seen"
    let doubt: HTML =
      row.isDateDoubtful ? " <span class=\"reason\">may be after this day</span>" : ""
    let score: HTML =
      row.score.map { score in
        let maximum = site.book(of: inspection)?.maximum ?? 0
        return " <span class=\"reason\">\(score) of \(maximum) points</span>"
      } ?? (inspection.overallRating == nil ? "" : " <span class=\"reason\">score not known</span>")
    var cells: [HTML] = [
      standing(row),
      """
      <a class="govuk-link" href="/providers/\(row.provider.id.slug)">\(row.provider.name)</a> \
      <span class="reason">\(inspection.standards.text), round \(inspection.round)</span>
      """,
      "\(Mark.overall(inspection.overall))\(score)",
      "<a class=\"govuk-link\" href=\"/inspections/\(inspection.id.slug)\">\(name)</a>\(doubt)",
      Mark.change(row.change).with(reason: row.change.reason),
    ]
    if question.standard != nil { cells.append(standard(inspection)) }
    return Table.Row(cells)
  }

  private func standard(_ inspection: Inspection) -> HTML {
    switch question.rating(in: inspection) {
    case .rated(let rating): rating.tag
    case .notSeen: Mark.notSeen
    case .notComparable: Mark.absence("Not comparable")
    }
  }

  private func standing(_ row: LeagueTable.Row) -> HTML {
    guard let rank = row.rank else { return Mark.absence("No place") }
    let isTied = ties.contains(rank)
    let could: HTML =
      row.possibleRanks.map { range in
        range.count == 1
          ? ""
          : """
          <span class="reason">could stand \(Words.ordinal(range.lowerBound)) to
          \(Words.ordinal(range.upperBound))</span>
          """
      } ?? ""
    let tie: HTML =
      isTied
      ? """
      <span aria-hidden="true">=</span><span class="govuk-visually-hidden"> equal</span>
      """ : ""
    return "<strong>\(Words.ordinal(rank))\(tie)</strong> \(could)"
  }
}
