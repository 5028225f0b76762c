import Calendars
import Caseloads
import Fieldwork
import Problems
import RuleFiles
import Samples
import Spreadsheets
import Workflows

/// Drawing the sample, and changing it.
enum SamplePages {
  static let routes = [
    StaffRoute(.get, "/fieldwork/:inspection/sample", .may(.seeSample)) { site, visit in
      try await page(site, visit)
    },
    StaffRoute(
      .post, "/fieldwork/:inspection/sample", .may(.drawSample), takesFiles: true, draw),
    StaffRoute(.get, "/fieldwork/:inspection/sample.json", .may(.seeSample), file),
    StaffRoute(.get, "/fieldwork/:inspection/sample/audit.html", .may(.seeSample), audit),
    StaffRoute(.post, "/fieldwork/:inspection/sample/replace", .may(.drawSample), replace),
    StaffRoute(.post, "/fieldwork/:inspection/sample/add", .may(.drawSample), add),
  ]

  private static func page(
    _ site: StaffSite, _ visit: Visit, mistakes: [Mistake] = []
  ) async throws -> Page {
    let inspection = try visit.opened()
    let main: HTML
    if inspection.state.sample != nil {
      main = try await drawn(site, visit, inspection, mistakes)
    } else if inspection.state.frame == nil {
      main = Parts.paragraph(
        """
        The frame is not frozen yet. \
        \(Parts.link("Receive the return and freeze it", to: InspectionPages.address(
          inspection, "/return"))) before the seed is known.
        """)
    } else {
      main =
        visit.may(.drawSample)
        ? drawForm(inspection, visit, mistakes)
        : Parts.paragraph(
          "The sample is not drawn yet.")
    }
    return site.page(
      "Sample", visit, crumbs: InspectionPages.crumbs(inspection), mistakes: mistakes,
      "<h1 class=\"govuk-heading-xl\">Sample</h1>\n\(main)")
  }

  // MARK: - Before

  private static func drawForm(
    _ inspection: OpenInspection, _ visit: Visit, _ mistakes: [Mistake]
  ) -> HTML {
    let form = visit.form
    let isNew = visit.request.method == .get
    return """
      \(Parts.paragraph("The frame <code class=\"digest\">"
      + "\(inspection.state.frame?.value.frame.short ?? "")</code> is frozen. Ask the provider for a "
      + "seed now: any text, made in public, such as dice thrown before witnesses."))
      <div class="govuk-grid-row"><div class="govuk-grid-column-two-thirds">
      \(Form.post(
        to: InspectionPages.address(inspection, "/sample"), token: visit.formToken, files: true,
        """
        \(Form.hidden("seen", "\(inspection.state.revision)"))
        \(Form.text("seed", "Seed", value: form["seed"],
          hint: "It is public. The same seed always gives the same sample.", mistakes: mistakes))
        \(Form.text("source", "Where the seed comes from", value: form["source"],
          hint: "Public, too. Name roles, not people.", mistakes: mistakes))
        \(Form.choice(
          "kind", "Which sample", any: nil,
          options: [
            Form.Option(value: "main", text: "Main"),
            Form.Option(value: "unpaid-work", text: "Unpaid work"),
            Form.Option(value: "through-the-gate", text: "Through the Gate"),
            Form.Option(value: "court-reports", text: "Court reports"),
          ], value: form["kind"] ?? "main", mistakes: mistakes))
        \(Form.text("confidence", "Confidence, in percent",
          value: isNew ? "80" : form["confidence"], width: " govuk-input--width-3",
          mistakes: mistakes))
        \(Form.text("margin", "Margin, in points of percent", value: isNew ? "5" : form["margin"],
          width: " govuk-input--width-3", mistakes: mistakes))
        \(Form.text("size", "Or a number of cases", value: form["size"],
          hint: "Leave it empty to have the number worked out from confidence and margin.",
          width: " govuk-input--width-5", mistakes: mistakes))
        \(Form.choice(
          "method", "How the number is shared out over strata", any: nil,
          options: [
            Form.Option(value: "webster/1", text: "Webster, version 1"),
            Form.Option(value: "moj-2020", text: "As the sampler of 2020 does"),
          ], value: form["method"] ?? "webster/1", mistakes: mistakes))
        \(Form.day("from", "Orders that started from", form: form, mistakes: mistakes))
        \(Form.day("until", "Orders that started until", form: form, mistakes: mistakes))
        \(Form.file("decisions", "Decisions on people with several orders",
          hint: "CSV with the columns crn, started_on, decision and reason. Leave it out to keep "
            + "the earliest order of each.", accept: ".csv", mistakes: mistakes))
        \(Form.boxes("refused", "Rows that were refused",
          options: [Form.Option(value: "yes", text: "Draw without them")],
          ticked: Set(form.all("refused")), mistakes: mistakes))
        \(Form.text("shortfall", "Why fewer cases than wanted are accepted",
          value: form["shortfall"],
          hint: "Only needed when there are fewer. It is public.", mistakes: mistakes))
        \(Form.button("Draw the sample"))
        """))
      </div></div>
      """
  }

  @Sendable private static func draw(_ site: StaffSite, _ visit: Visit) async throws -> Page {
    var reading = FormReading(visit.form)
    let seed = reading.text("seed", "Enter the seed that the provider gave")
    let method = reading.value("method", "Choose a method") { Allocation.Method(rawValue: $0) }
    var request = SampleRequest(plan: try SamplingPlan.load("probation"), seed: seed ?? "")
    request.seedSource = reading.optionalText("source")
    request.kind = visit.form["kind"] ?? "main"
    if let size = reading.optional("size", "Enter a whole number of cases", { Int($0) }) {
      request.wanted = .cases(size)
    } else if visit.form["size"] == nil {
      let confidence = reading.value("confidence", "Enter the confidence, such as 80") {
        Double($0)
      }
      let margin = reading.value("margin", "Enter the margin, such as 5") { Double($0) }
      request.wanted = .confidence(confidence ?? 80, margin: margin ?? 5)
    }
    let from = reading.optionalDay("from", "first day")
    let until = reading.optionalDay("until", "last day")
    if let from, let until, until < from {
      reading.note("until-day", "The last day is before the first")
    }
    request.window = Scope.Window(from: from, until: until)
    request.leavesOutRefused = visit.form["refused"] != nil
    request.shortfallReason = reading.optionalText("shortfall")
    if let file = visit.form.files["decisions"] {
      do {
        request.decisions = try KeepDecisions(
          try CSVFile(bytes: file.bytes, name: "the decisions"))
      } catch {
        for problem in error.list.prefix(20) {
          reading.note(
            "decisions", (problem.line.map { "Line \($0): " } ?? "") + problem.sentence)
        }
      }
    }
    guard reading.mistakes.isEmpty, let method else {
      return try await page(site, visit, mistakes: reading.mistakes)
    }
    request.method = method
    let inspection = try visit.opened()
    do {
      let outcome = try await site.desks.planning.draw(
        request, in: inspection, by: try visit.actor())
      return try await site.after(
        outcome, visit, to: InspectionPages.address(inspection, "/sample"))
    } catch let problems as Problems {
      return try await page(
        site, visit,
        mistakes: problems.list.map { Mistake(field: field(of: $0), text: $0.formSentence) })
    }
  }

  /// The field that a refusal of a draw is about.
  private static func field(of problem: Problem) -> String {
    if problem.what.contains("refused") { return "refused" }
    if problem.what.contains("are wanted") { return "shortfall" }
    return ["confidence", "margin", "size"].first { problem.file.contains($0) } ?? "seed"
  }

  // MARK: - After

  private static func drawn(
    _ site: StaffSite, _ visit: Visit, _ inspection: OpenInspection, _ mistakes: [Mistake]
  ) async throws -> HTML {
    guard let sample = inspection.state.sample,
      let file = try await site.desks.planning.sampleFile(of: inspection)
    else {
      return inspection.state.carriedFrom == nil
        ? Parts.inset("The sample cannot be opened: its key is gone.")
        : Parts.inset("The sample file is kept where the inspection is planned.")
    }
    let audit = try SampleAudit(file)
    return """
      \(Parts.summary([
        ("Cases", "\(Words.number(sample.numbers.count))"),
        ("Seed", "<code class=\"typed\">\(audit.seed)</code>"),
        ("Where it comes from", audit.seedSource.map { "\($0)" }),
        ("In scope", "\(Words.number(audit.inScope)) of \(Words.number(audit.rows)) rows"),
        ("Frame", "<code class=\"digest digest--whole\">\(audit.frame)</code>"),
        (
          "Files",
          """
          \(Parts.link("Sample file", to: InspectionPages.address(inspection, "/sample.json"))) \
          (JSON), \(Parts.link("audit page", to: InspectionPages.address(
            inspection, "/sample/audit.html"))), which everybody may read
          """
        ),
      ]))\
      \(PlanBars(
        title: "Drawn and planned, by stratum",
        rows: audit.strata.map {
          PlanBars.Row(name: $0.name, achieved: $0.drawn, planned: Double($0.size))
        }
      ).html)\
      \(PlanBars.key)\
      \(try await casesTable(site, inspection, visit))\
      \(visit.may(.drawSample) ? changeForms(inspection, visit, mistakes) : .none)
      """
  }

  private static func casesTable(
    _ site: StaffSite, _ inspection: OpenInspection, _ visit: Visit
  ) async throws -> HTML {
    let isCleared = inspection.state.isCleared(try visit.signedIn().account.id)
    let rows = try await site.desks.planning.cases(of: inspection).map { one in
      let isGone = inspection.state.sample?.has(one.number) != true
      let restricted: HTML? =
        one.isRestricted
        ? " <strong class=\"govuk-tag govuk-tag--orange\">Restricted</strong>" : nil
      return Table.Row([
        "\(one.number)", "\(one.crn)\(restricted)", "\(one.stratum)",
        one.isRestricted && !isCleared ? Mark.absence("Not shown") : "\(one.place)",
        isGone ? Mark.absence("Replaced") : "In the sample",
      ])
    }
    return Table(
      caption: "Cases", captionSize: "m",
      columns: [
        Table.Column("Case"), Table.Column("CRN"), Table.Column("Stratum"),
        Table.Column("Office"), Table.Column("State"),
      ], rows: rows
    ).html
  }

  private static func changeForms(
    _ inspection: OpenInspection, _ visit: Visit, _ mistakes: [Mistake]
  ) -> HTML {
    """
    <div class="govuk-grid-row"><div class="govuk-grid-column-two-thirds">
    \(Parts.heading("Replace a case", id: "replace"))\
    \(Parts.paragraph("The next case of its stratum’s reserve comes in its place. Reasons are "
    + "public, on the audit page: name nobody in them."))
    \(Form.post(
      to: InspectionPages.address(inspection, "/sample/replace"), token: visit.formToken,
      """
      \(Form.hidden("seen", "\(inspection.state.revision)"))
      \(Form.text("number", "Number of the case", value: visit.form["number"],
        width: " govuk-input--width-4", mistakes: mistakes))
      \(Form.text("reason", "Why", value: visit.form["reason"], mistakes: mistakes))
      \(Form.button("Replace it"))
      """))
    \(Parts.heading("Add a case on purpose", id: "add"))\
    \(Parts.paragraph("It is marked as purposive and is in no estimate."))
    \(Form.post(
      to: InspectionPages.address(inspection, "/sample/add"), token: visit.formToken,
      """
      \(Form.hidden("seen", "\(inspection.state.revision)"))
      \(Form.text("crn", "CRN", value: visit.form["crn"], width: " govuk-input--width-10",
        mistakes: mistakes))
      \(Form.text("why", "Why", value: visit.form["why"], mistakes: mistakes))
      \(Form.button("Add it"))
      """))
    </div></div>
    """
  }

  @Sendable private static func file(_ site: StaffSite, _ visit: Visit) async throws -> Page {
    let inspection = try visit.opened()
    guard let sample = inspection.state.sample else {
      return site.unknown(visit.request, visit.visitor)
    }
    return try await site.download(
      sample.file, visit, name: "\(inspection.id)-sample.json", type: "application/json")
  }

  @Sendable private static func audit(_ site: StaffSite, _ visit: Visit) async throws -> Page {
    let inspection = try visit.opened()
    guard let file = try await site.desks.planning.sampleFile(of: inspection) else {
      return site.unknown(visit.request, visit.visitor)
    }
    return StaffSite.download(
      AuditPage(try SampleAudit(file)).bytes, name: "\(inspection.id)-audit.html",
      type: StaffSite.html)
  }

  @Sendable private static func replace(_ site: StaffSite, _ visit: Visit) async throws -> Page {
    var reading = FormReading(visit.form)
    let inspection = try visit.opened()
    let number = reading.value("number", "Enter the number of a case in the sample") { text in
      Int(text).flatMap { inspection.state.sample?.has($0) == true ? $0 : nil }
    }
    let reason = reading.text("reason", "Say why")
    guard let number, let reason else {
      return try await page(site, visit, mistakes: reading.mistakes)
    }
    return try await change(site, visit, field: "number") {
      try await site.desks.planning.replace(
        number, because: reason, at: site.desks.now(), in: inspection, by: try visit.actor())
    }
  }

  @Sendable private static func add(_ site: StaffSite, _ visit: Visit) async throws -> Page {
    var reading = FormReading(visit.form)
    let inspection = try visit.opened()
    let crn = reading.value("crn", "Enter a CRN: a letter and six digits") {
      CRN($0)?.description
    }
    let reason = reading.text("why", "Say why")
    guard let crn, let reason else {
      return try await page(site, visit, mistakes: reading.mistakes)
    }
    return try await change(site, visit, field: "crn") {
      try await site.desks.planning.add(
        crn, because: reason, at: site.desks.now(), in: inspection, by: try visit.actor())
    }
  }

  private static func change(
    _ site: StaffSite, _ visit: Visit, field: String,
    _ work: () async throws -> PlanningDesk.Outcome
  ) async throws -> Page {
    do {
      return try await site.after(
        try await work(), visit, to: InspectionPages.address(try visit.opened(), "/sample"))
    } catch let problems as Problems {
      return try await page(
        site, visit,
        mistakes: problems.list.map { Mistake(field: field, text: $0.formSentence) })
    }
  }
}

extension Problem {
  /// What is wrong and what to do; where the remedy names an option of the tool, with the field of
  /// the form instead.
  fileprivate var formSentence: String {
    if what.contains("were refused") {
      return "\(what): ask for a corrected list, or choose to draw without them".sentence
    }
    if what.contains("are wanted") {
      return "\(what): lower the number, widen the window, or say why fewer are accepted".sentence
    }
    if what.contains("the reserve of") {
      return "\(what): add a case on purpose, or go on with fewer".sentence
    }
    return remedy.contains("--") ? what.sentence : sentence
  }
}
