import Calendars
import Fieldwork
import OrderedJSON
import Records
import Standards
import Workflows

/// Answers that differ, side by side: two devices or two people said them without seeing each other.
/// Somebody concerned chooses; all of them stay in the record.
enum ConflictPages {
  static let routes = [
    StaffRoute(.get, "/fieldwork/:inspection/cases/:number/assess/conflicts", .may(.answer)) {
      try await page($0, $1, .first)
    },
    StaffRoute(.post, "/fieldwork/:inspection/cases/:number/assess/conflicts", .may(.answer)) {
      try await choose($0, $1, .first)
    },
    StaffRoute(.get, "/fieldwork/:inspection/seconds/:number/conflicts", .may(.answer)) {
      try await page($0, $1, .second)
    },
    StaffRoute(.post, "/fieldwork/:inspection/seconds/:number/conflicts", .may(.answer)) {
      try await choose($0, $1, .second)
    },
    StaffRoute(.get, "/fieldwork/:inspection/calibrations/:number/conflicts", .may(.answer)) {
      try await page($0, $1, try .calibration($1.signedIn().account.id))
    },
    StaffRoute(.post, "/fieldwork/:inspection/calibrations/:number/conflicts", .may(.answer)) {
      try await choose($0, $1, try .calibration($1.signedIn().account.id))
    },
  ]

  /// A field for which statements hold that differ.
  private struct Clash {
    let question: String
    let field: Statement.Field
    let heads: [AnswerState.Head]

    var name: String { AssessmentField.name(question, field) }
    var id: String { AssessmentField.id(question, field) }
  }

  /// An assessment with what differs in it that the visitor may choose between.
  private struct Choice {
    let assessed: Assessed
    let clashes: [Clash]
    let back: (text: String, address: String)
  }

  private static func clashes(_ assessed: Assessed) -> [Clash] {
    assessed.questions.places(of: assessed.facts.number, in: assessed.assessment).flatMap {
      place -> [Clash] in
      guard let answer = assessed.state.answers[place] else { return [] }
      return answer.conflicts.map {
        Clash(question: place.question, field: $0, heads: answer.heads(of: $0))
      }
    }
  }

  /// Those concerned are whose assessment it is, a lead, and who said one of the statements before
  /// they lost the case: they choose between theirs and another.
  private static func concerned(
    _ site: StaffSite, _ visit: Visit, _ assessment: AnswerPlace.Assessment
  ) async throws -> Choice? {
    if let own = try await AssessmentPages.own(site, visit, assessment) {
      return Choice(
        assessed: own, clashes: clashes(own), back: (AssessmentPages.title(own), own.address))
    }
    guard assessment == .first else { return nil }
    if visit.roles.contains(.lead), let assessed = try await site.assessed(visit, assessment) {
      return Choice(
        assessed: assessed, clashes: clashes(assessed),
        back: ("Case \(assessed.facts.number)", CaseWorkPages.address(assessed, "")))
    }
    guard let assessed = try await site.assessedBefore(visit) else { return nil }
    let account = try visit.signedIn().account.id
    let own = clashes(assessed).filter { clash in
      clash.heads.contains { $0.author == account }
    }
    return own.isEmpty
      ? nil
      : Choice(
        assessed: assessed, clashes: own,
        back: ("Cases", InspectionPages.address(assessed.inspection, "/cases")))
  }

  /// - Parameter meanwhile: Whether somebody else chose what the visitor wanted to choose.
  private static func page(
    _ site: StaffSite, _ visit: Visit, _ assessment: AnswerPlace.Assessment,
    mistakes: [Mistake] = [], meanwhile: Bool = false
  ) async throws -> Page {
    guard let choice = try await concerned(site, visit, assessment) else {
      return site.unknown(visit.request, visit.visitor)
    }
    let assessed = choice.assessed
    let names = try await site.names()
    var parts: [HTML] = []
    for (place, clash) in choice.clashes.enumerated() {
      let isFirst = place == 0 || choice.clashes[place - 1].question != clash.question
      let heading: HTML? =
        isFirst
        ? Parts.heading(title(clash.question, assessed), id: AssessmentField.id(clash.question))
        : nil
      parts.append(
        "\(heading)\(try await self.choice(clash, site, visit, assessed, names, mistakes))")
    }
    let taken = Parts.inset(
      "Somebody chose meanwhile. What you chose on the same was not recorded: look at what holds "
        + "now, and change the answer if it is wrong.")
    return site.page(
      "Answers that differ", visit,
      crumbs: AssessmentPages.crumbs(assessed) + [
        Crumb(text: choice.back.text, address: choice.back.address)
      ], mistakes: mistakes, status: meanwhile ? 409 : nil,
      """
      <span class="govuk-caption-xl">\(AssessmentPages.title(assessed))</span>
      <h1 class="govuk-heading-xl">Answers that differ</h1>
      \(meanwhile ? taken : .none)\
      \(choice.clashes.isEmpty
        ? Parts.paragraph("There are none\(meanwhile ? " left" : ""). "
          + "\(Parts.link("Back to the case", to: choice.back.address))")
        : """
          \(Parts.paragraph("These were given on two devices, or by two people, who did not see "
          + "each other’s. Choose what holds. The others stay in the record."))
          \(Form.post(
            to: "\(assessed.address)/conflicts", token: visit.formToken,
            """
            \(Form.hidden("seen", "\(assessed.state.revision)"))
            \(parts)\
            \(Form.button("Save what I chose"))
            """))
          """)
      """)
  }

  private static func title(_ question: String, _ assessed: Assessed) -> String {
    guard let found = assessed.questions.question(question) else {
      return "Which questions are put"
    }
    return "\(question) \(found.title)"
  }

  private static func choice(
    _ clash: Clash, _ site: StaffSite, _ visit: Visit, _ assessed: Assessed,
    _ names: [AuthorID: String], _ mistakes: [Mistake]
  ) async throws -> HTML {
    let isText = clash.field == .note || clash.field == .reason
    var options: [HTML] = []
    for (place, head) in clash.heads.enumerated() {
      let at = try await site.desks.planning.recordedAt(head.sequence, in: assessed.inspection)
      options.append(
        option(
          clash, head.entry.description, place,
          """
          \(said(head.statement, assessed, head))\
          <span class="reason">\(names[head.author] ?? "Somebody who left"), \
          \(Self.times(of: head, recordedAt: at))</span>
          """, visit))
    }
    if isText {
      options.append(
        option(
          clash, "all", clash.heads.count,
          "<strong>All of them</strong><span class=\"reason\">One below the other</span>", visit))
    }
    let own = mistakes.filter { $0.field == clash.id }
    return Form.fieldset(
      clash.id, label(clash.field, clash.question, assessed), own, isSmall: true
    ) {
      "<div class=\"side-by-side\">\(options)</div>"
    }
  }

  /// When something was entered, by the clock of its device, and when it came where that was later.
  private static func times(of head: AnswerState.Head, recordedAt: Instant?) -> String {
    let entered = Words.moment(head.entry.madeAt)
    guard let recorded = recordedAt.map(Words.moment), recorded != entered else { return entered }
    return "entered \(entered) by the clock of the device, recorded \(recorded)"
  }

  private static func option(
    _ clash: Clash, _ value: String, _ place: Int, _ label: HTML, _ visit: Visit
  ) -> HTML {
    let checked: HTML = visit.form[clash.name] == value ? " checked" : .none
    let id = place == 0 ? clash.id : "\(clash.id)-\(place + 1)"
    return """
      <label class="side-by-side__one"><input type="radio" name="\(clash.name)" \
      id="\(id)" value="\(value)"\(checked)> <span>\(label)</span></label>
      """
  }

  private static func label(
    _ field: Statement.Field, _ question: String, _ assessed: Assessed
  ) -> String {
    switch field {
    case .answer: return "Sufficient?"
    case .prompt(let number):
      let prompts = assessed.questions.question(question)?.prompts ?? []
      return prompts.indices.contains(number - 1) ? prompts[number - 1] : "Prompt \(number)"
    case .note: return "Notes"
    case .reason: return "Why this answer all the same"
    case .evidence: return "Evidence it rests on"
    case .condition(let name):
      return assessed.questions.conditions.first { $0.name == name }?.title ?? name
    }
  }

  private static func said(
    _ statement: Statement, _ assessed: Assessed, _ head: AnswerState.Head
  ) -> HTML {
    switch statement {
    case .answer(let answer): return "<strong>\(answer?.words ?? "No answer yet")</strong>"
    case .prompt(_, let answer): return "<strong>\(answer?.words ?? "Not said")</strong>"
    case .note(false), .reason(false): return "<strong>Nothing written</strong>"
    case .note, .reason:
      return "<span class=\"typed\">\(assessed.texts[head.sequence]?[statement.field] ?? "")</span>"
    case .evidence(let numbers):
      return "<strong>\(numbers.isEmpty ? "None" : Words.list(numbers.map(String.init)))</strong>"
    case .condition(_, let isMet):
      return "<strong>\(isMet.map { $0 ? "Yes" : "No" } ?? "Not said")</strong>"
    }
  }

  // MARK: - Choosing

  private static func choose(
    _ site: StaffSite, _ visit: Visit, _ assessment: AnswerPlace.Assessment
  ) async throws -> Page {
    guard let choice = try await concerned(site, visit, assessment) else {
      return site.unknown(visit.request, visit.visitor)
    }
    let (assessed, clashes) = (choice.assessed, choice.clashes)
    var entries: [SentEntry] = []
    var chosenCount = 0
    for (question, group) in Dictionary(grouping: clashes, by: \.question) {
      var statements: [Statement] = []
      var text = AnswerText()
      for clash in group {
        guard let chosen = chosen(clash, visit.form, assessed) else { continue }
        statements.append(chosen.statement)
        chosenCount += 1
        if clash.field == .note { text.note = chosen.text }
        if clash.field == .reason { text.reason = chosen.text }
      }
      guard let given = GivenAnswer(statements) else { continue }
      entries.append(
        SentEntry(
          id: site.desks.newID(), event: .answerGiven(assessed.place(question), given),
          over: try visit.actor().seen, secret: text.json))
    }
    // What was offered when the page was opened, and is not any more.
    let isTaken = chosenCount < visit.form.names.count { $0.contains(":") }
    guard !entries.isEmpty || isTaken || clashes.isEmpty else {
      return try await page(
        site, visit, assessment,
        mistakes: [Mistake(field: clashes[0].id, text: "Choose what holds")])
    }
    try await site.desks.planning.say(
      entries, in: assessed.inspection, by: try visit.signedIn().account.id)
    if isTaken {
      return try await page(site, try await visit.again(on: site), assessment, meanwhile: true)
    }
    if chosenCount < clashes.count {
      return StaffSite.redirect(to: assessed.address + "/conflicts")
    }
    return StaffSite.redirect(to: choice.back.address + (entries.isEmpty ? "" : "?saved=1"))
  }

  private static func chosen(
    _ clash: Clash, _ form: SubmittedForm, _ assessed: Assessed
  ) -> (statement: Statement, text: String)? {
    guard let value = form[clash.name] else { return nil }
    if value == "all", clash.field == .note || clash.field == .reason {
      let texts = clash.heads.compactMap { assessed.texts[$0.sequence]?[clash.field] }
      let text = texts.filter { !$0.isEmpty }.joined(separator: "\n\n")
      let isWritten = !text.isEmpty
      let statement: Statement =
        clash.field == .note ? .note(isWritten: isWritten) : .reason(isWritten: isWritten)
      return (statement, text)
    }
    guard let head = clash.heads.first(where: { $0.entry.description == value }) else {
      return nil
    }
    return (head.statement, assessed.texts[head.sequence]?[clash.field] ?? "")
  }
}
