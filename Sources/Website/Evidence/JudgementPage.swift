import Fieldwork
import Records
import Standards
import Workflows

/// One standard or key question: what to look for, the evidence, what was judged and why.
struct JudgementPage {
  private let site: StaffSite
  private let visit: Visit
  private let inspection: OpenInspection
  private let book: RuleBook
  private let subject: JudgementPages.Subject

  init(
    _ site: StaffSite, _ visit: Visit, _ inspection: OpenInspection, _ book: RuleBook,
    _ subject: JudgementPages.Subject
  ) {
    self.site = site
    self.visit = visit
    self.inspection = inspection
    self.book = book
    self.subject = subject
  }

  private var judged: EvidenceRating? { inspection.state.judgements[subject.code]?.value }
  private var isOnEvidence: Bool { subject.standard.ratedBy == .evidence }
  private var path: String { JudgementPages.address(inspection, "/\(subject.code)") }

  func page(_ mistakes: [Mistake] = [], status: Int? = nil) async throws -> Page {
    let trail = try await site.desks.planning.trail(
      of: "judgement/\(subject.code)", in: inspection)
    let evidence = try await site.desks.planning.evidence(in: inspection)
    let names = try await site.names()
    return site.page(
      subject.title, visit, crumbs: crumbs, mistakes: mistakes, status: status,
      """
      \(subject.question == nil
        ? .none : "<span class=\"govuk-caption-xl\">\(subject.standard.title)</span>\n" as HTML)\
      <h1 class="govuk-heading-xl">\(subject.title)</h1>
      \(now(trail.last))\
      \(subject.question.map(guidance))\
      \(subject.question == nil && isOnEvidence ? questions : .none)\
      \(isOnEvidence ? self.evidence(evidence) : .none)\
      \(visit.may(.judgeEvidence) ? EvidenceParts.twoThirds(forms(mistakes)) : .none)\
      \(EvidenceParts.history(trail, names) { event in
        if case .evidenceJudged(_, let rating) = event, rating != .none {
          EvidenceParts.rating(rating)
        } else { "Taken back" }
      })
      """)
  }

  private var crumbs: [Crumb] {
    var crumbs = InspectionPages.crumbs(inspection)
    crumbs.append(Crumb(text: "Judgements", address: JudgementPages.address(inspection)))
    if subject.question != nil {
      let standard = subject.standard
      crumbs.append(
        Crumb(
          text: "\(standard.code) \(standard.title)",
          address: JudgementPages.address(inspection, "/\(standard.code)")))
    }
    return crumbs
  }

  /// How it stands.
  private func now(_ last: ReasonedEntry?) -> HTML {
    guard judged != nil, let last else {
      return Parts.paragraph(
        isOnEvidence ? "It was not judged yet." : "It is inspected: its cases decide its rating.")
    }
    return """
      <div class="verdict"><p class="verdict__rating">\(EvidenceParts.rating(judged))</p>
      <p class="govuk-body verdict__text">\(EvidenceParts.lines(last.reason))</p></div>

      """
  }

  private func guidance(_ question: RuleBook.KeyQuestion) -> HTML {
    """
    \(Parts.paragraph("<strong>\(question.text)</strong>"))\
    \(question.guidance.isEmpty ? .none : Parts.paragraph("\(question.guidance)"))\
    \(question.prompts.isEmpty ? .none : Parts.list(question.prompts.map { "\($0)" }))
    """
  }

  /// What was judged for the key questions of the standard.
  private var questions: HTML {
    let matrix = EvidenceMatrix(inspection.state.evidence, of: book)
    return Table(
      caption: "Its key questions",
      columns: ["Key question", "Judged", "Evidence"].map { Table.Column($0) },
      rows: subject.standard.questions.map { question in
        Table.Row([
          Parts.link(
            "\(question.code) \(question.title)",
            to: JudgementPages.address(inspection, "/\(question.code)")),
          EvidenceParts.rating(inspection.state.judgements[question.code]?.value),
          EvidenceParts.tag(matrix.support(of: question.code) ?? .nothing),
        ])
      }
    ).html
  }

  // MARK: - Evidence

  private func evidence(_ all: [EvidenceVersion]) -> HTML {
    let codes = Set((subject.question.map { [$0] } ?? subject.standard.questions).map(\.code.text))
    let evidence = all.filter { !codes.isDisjoint(with: $0.facts.questions) }
    let support =
      EvidenceMatrix(inspection.state.evidence, of: book).support(of: subject.code) ?? .nothing
    return """
      \(Parts.heading("Evidence", id: "evidence"))\
      \(Parts.paragraph("It \(support.words). "
      + "\(support.isTriangulated ? "" : "Nothing of another kind bears it out.")"))\
      \(evidence.isEmpty ? .none : table(evidence))\
      \(visit.may(.keepEvidence) ? add : .none)
      """
  }

  private func table(_ evidence: [EvidenceVersion]) -> HTML {
    Table(
      caption: Words.count(evidence.count, "piece of evidence", "pieces of evidence"),
      captionSize: "s", columns: ["Title", "Kind", "What it says"].map { Table.Column($0) },
      rows: evidence.map { one in
        Table.Row([
          Parts.link(
            EvidenceParts.title(one.title),
            to: EvidencePages.address(inspection, "/\(one.number)")), "\(one.facts.kind.title)",
          EvidenceParts.lines(one.says),
        ])
      }
    ).html
  }

  private var add: HTML {
    let address = Link(
      EvidencePages.address(inspection, "/new"), [("question", subject.question?.code.text)]
    ).address
    return Parts.paragraph(Parts.link("Add evidence", to: address))
  }

  // MARK: - Forms

  private func forms(_ mistakes: [Mistake]) -> HTML {
    let titles = subject.ratings.map { name in
      Form.Option(
        value: name, text: Rating(rawValue: name)?.title ?? "Not inspected")
    }
    return """
      \(Parts.heading(judged == nil ? heading : "Judge it again", id: "judge"))\
      \(Form.post(
        to: path, token: visit.formToken,
        """
        \(Form.hidden("seen", "\(inspection.state.revision)"))
        \(Form.choice(
          "rating", "Judged to be", any: "Choose", options: titles, value: visit.form["rating"],
          mistakes: mistakes))
        \(Form.lines("reason", "Why", value: visit.form["reason"],
          hint: "The report will rest on it. It is kept sealed. Name nobody under supervision.",
          mistakes: mistakes))
        \(Form.button("Save"))
        """))\
      \(judged == nil ? .none : EvidenceParts.takeBack(
        "Take the judgement back", button: "Take it back", to: path + "/back", visit, inspection,
        mistakes))
      """
  }

  private var heading: String { isOnEvidence ? "Judge it" : "Leave it out" }
}
