import Calendars
import Fieldwork
import Judgements
import Problems
import Ratings
import Records
import Standards
import Statistics
import Workflows

/// How the fieldwork goes: cases by stage and assessor, what waits for somebody, the devices that
/// hold cases, and the ratings as they would be now.
enum FieldworkPage {
  static let routes = [
    StaffRoute(.get, "/fieldwork/:inspection/progress", .may(.seeProgress), page)
  ]

  /// After how many hours without contact a device is pointed out.
  private static let quietHours = 24

  @Sendable private static func page(_ site: StaffSite, _ visit: Visit) async throws -> Page {
    let inspection = try visit.opened()
    let names = try await site.names()
    let contacts = try await site.desks.planning.contacts(of: inspection.id)
    let rated = try RateRecord.rate(inspection.state, site.site.editions)
    let cases = site.questions(of: inspection).map { CaseList(inspection.state, $0) }
    return site.page(
      "Fieldwork", visit, crumbs: InspectionPages.crumbs(inspection),
      """
      <span class="govuk-caption-xl">\(inspection.title)</span>
      <h1 class="govuk-heading-xl">Fieldwork</h1>
      \(cases.map { stages($0, inspection, names) })\
      \(cases.map { waiting($0, inspection) })\
      \(devices(contacts, names, site.desks.now()))\
      \(rated.map { ratings($0) } ?? Parts.paragraph("Nothing can be rated: this program does not "
      + "have the edition."))
      """)
  }

  // MARK: - Cases

  /// How far every case of the sample is.
  private struct CaseList {
    let stages: [Int: CaseStage]
    let conflicts: [Int]
    let answered: Int
    let put: Int

    init(_ state: InspectionState, _ questions: CaseQuestions) {
      var stages: [Int: CaseStage] = [:]
      var conflicts: [Int] = []
      var (answered, put) = (0, 0)
      for number in state.sample?.numbers ?? [] {
        let tally = state.tally(of: number, in: .first, questions)
        let isBegun = questions.places(of: number, in: .first).contains {
          state.answers[$0] != nil
        }
        stages[number] = state.stage(of: number, isBegun: isBegun)
        if !tally.conflicts.isEmpty { conflicts.append(number) }
        answered += tally.answered
        put += tally.put
      }
      self.stages = stages
      self.conflicts = conflicts
      self.answered = answered
      self.put = put
    }
  }

  private static func stages(
    _ cases: CaseList, _ inspection: OpenInspection, _ names: [AuthorID: String]
  ) -> HTML {
    let held = Dictionary(grouping: cases.stages.keys) { inspection.state.assessors[$0] }
    let people = held.map { id, numbers in
      StageBars.Row(
        name: id.map { names[$0] ?? "Somebody who left" } ?? "Nobody yet",
        counts: Dictionary(
          numbers.compactMap { cases.stages[$0].map { ($0, 1) } }, uniquingKeysWith: +))
    }.sorted {
      ($0.name == "Nobody yet" ? 1 : 0, $0.name) < ($1.name == "Nobody yet" ? 1 : 0, $1.name)
    }
    let all = Dictionary(cases.stages.values.map { ($0, 1) }, uniquingKeysWith: +)
    return """
      \(Parts.heading("Cases", id: "cases", size: "l"))\
      <p class="govuk-body">\(Words.number(cases.answered)) of \(Words.number(cases.put)) key \
      questions answered.</p>
      \(people.isEmpty
        ? Parts.paragraph("There is no sample yet.")
        : StageBars.key + StageBars(rows: [StageBars.Row(name: "The sample", counts: all)]).html
          + Parts.heading("By assessor", id: "assessors", size: "s")
          + StageBars(rows: people).html)
      """
  }

  private static func waiting(_ cases: CaseList, _ inspection: OpenInspection) -> HTML {
    func address(_ number: Int, _ rest: String = "") -> String {
      InspectionPages.address(inspection, "/cases/\(number)\(rest)")
    }
    let conflicts = cases.conflicts.map { number in
      Parts.link("Case \(number)", to: address(number, "/assess/conflicts"))
        + ": answers that differ wait for a choice"
    }
    let queries = inspection.state.queries.sorted { $0.key < $1.key }
      .filter { $0.value.stage != .closed }.map { number, query -> HTML in
        let words =
          query.stage == .open ? "waits for an answer" : "was answered; close it or ask on"
        return """
          \(Parts.link("Case \(query.facts.number)", to: address(query.facts.number))): \
          query \(number) \(words)
          """
      }
    let late = inspection.state.cases.sorted { $0.key < $1.key }
      .filter { $0.value.lateAnswers > 0 && $0.value.submittedAt != nil }.map {
        number, work -> HTML in
        """
        \(Parts.link("Case \(number)", to: address(number))): \
        \(Words.count(work.lateAnswers, "answer")) came after it was submitted
        """
      }
    let all = conflicts + queries + late
    return """
      \(Parts.heading("Waiting for somebody", id: "waiting"))\
      \(all.isEmpty ? Parts.paragraph("Nothing.") : Parts.list(all))
      """
  }

  // MARK: - Devices

  private static func devices(
    _ contacts: [DeviceContact], _ names: [AuthorID: String], _ now: Instant
  ) -> HTML {
    // After so long a device removed what was in the record by itself.
    let forgotten = now.adding(seconds: -DevicePages.days * 86_400)
    let holding = contacts.filter {
      $0.waiting > 0 || $0.held > 0 && $0.at > forgotten
    }
    guard !holding.isEmpty else {
      return Parts.heading("Devices", id: "devices")
        + Parts.paragraph("No device holds cases or answers, as far as it was in contact.")
    }
    let rows = holding.map { contact in
      let hours = max(0, now.milliseconds - contact.at.milliseconds) / 3_600_000
      let mark: HTML =
        hours >= quietHours
        ? " <strong class=\"govuk-tag govuk-tag--yellow\">Quiet</strong>" : .none
      return Table.Row([
        "\(names[contact.author] ?? "Somebody who left")",
        "<code>…\(String(contact.device.description.suffix(6)))</code>",
        "\(hours == 0 ? "Less than one" : Words.number(hours))\(mark)",
        "\(contact.held)", "\(contact.waiting)",
      ])
    }
    return Table(
      caption: "Devices that hold cases", captionSize: "m",
      columns: [
        Table.Column("Assessor"), Table.Column("Device"),
        Table.Column("Hours since last contact"), Table.Column("Cases then", number: true),
        Table.Column("Waiting then", number: true),
      ], rows: rows
    ).html
  }

  // MARK: - Ratings

  private static func ratings(_ rated: RatedRecord) -> HTML {
    let rating = rated.rating
    let overall: HTML =
      switch rating.overall.result {
      case .rated(let rating): rating.tag
      case .open(let range):
        Mark.absence("Between \(range.lowerBound.title) and \(range.upperBound.title)")
      case .notRated(let reason): "\(Mark.notRated) \(reason)"
      }
    let leftOut = rated.leftOut.map { "\($0.what); \($0.remedy)" }.joined(separator: ". ")
    return """
      \(Parts.heading("Ratings as they would be now", id: "ratings", size: "l"))\
      <div class="verdict"><p class="verdict__rating">\(overall)</p>
      <p class="govuk-body verdict__text">Provisional: worked out by the rating engine from what the \
      record holds. Every answer that comes may change it.</p></div>
      \(rated.leftOut.isEmpty ? .none : Parts.inset("Left out: \(leftOut)"))\
      \(Table(
        caption: "Standards", columns: [
          Table.Column("Standard"), Table.Column("Rating now"), Table.Column("Deciding question"),
          Table.Column("Open to the panel"),
        ], rows: rating.standards.map { row($0, rating, rated.book) }).html)
      """
  }

  private static func row(
    _ standard: StandardResult, _ rating: InspectionRating, _ book: RuleBook
  ) -> Table.Row {
    let opening = rating.openToPanel.first { $0.standard == standard.code }
    return Table.Row([
      "\(standard.code.text) \(standard.title)",
      (standard.rating?.tag ?? Mark.absence("Not known"))
        .with(reason: standard.panel == nil ? nil : "moved by the panel"),
      deciding(standard, book),
      opening.map(Self.words) ?? "",
    ])
  }

  private static func words(_ opening: PanelOpening) -> HTML {
    let why = opening.because.map(\.words).joined(separator: "; ").sentence
    return "\(why): to \(Words.list(opening.towards.map(\.title)))"
  }

  private static func deciding(_ standard: StandardResult, _ book: RuleBook) -> HTML {
    guard let question = standard.deciding, let share = question.tally.share else {
      return "\(standard.ratedBy.words.sentence)"
    }
    return """
      \(question.code.text): \(share.part) of \(share.whole), \
      \(share.roundedPercent.description)\(ShareBar(share: share, bands: book.bands).html)
      """
  }
}
