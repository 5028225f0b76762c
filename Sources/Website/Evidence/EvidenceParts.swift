import Calendars
import Fieldwork
import Records
import Standards
import Workflows

/// What the pages about evidence, judgements and the panel have in common.
enum EvidenceParts {
  /// How much a question rests on, in words and a colour.
  static func tag(_ support: EvidenceMatrix.Support) -> HTML {
    let colour =
      switch support {
      case .nothing: "red"
      case .oneSource, .oneKind: "yellow"
      case .kinds: "green"
      }
    return """
      <strong class="govuk-tag govuk-tag--\(colour) support">\(support.words.sentence)</strong>
      """
  }

  static func rating(_ rating: EvidenceRating?) -> HTML {
    switch rating {
    case .rated(let rating): rating.tag
    case .notInspected: Mark.absence("Not inspected")
    case Optional.none, .some(.none): Mark.absence("Not judged")
    }
  }

  /// A line of somebody’s, as it was typed.
  static func lines(_ text: String) -> HTML {
    text.isEmpty ? Mark.absence("Erased") : "<span class=\"as-typed\">\(text)</span>"
  }

  static func title(_ text: String) -> String { text.isEmpty ? "Erased" : text }

  static func twoThirds(_ html: HTML) -> HTML {
    """
    <div class="govuk-grid-row"><div class="govuk-grid-column-two-thirds">
    \(html)</div></div>

    """
  }

  /// A form to take something back, with its reason. Its field is `back`.
  static func takeBack(
    _ heading: String, button: String, to address: String, _ visit: Visit,
    _ inspection: OpenInspection, _ mistakes: [Mistake], members: Bool = false
  ) -> HTML {
    """
    \(Parts.heading(heading, id: "take-back"))\
    \(Form.post(
      to: address, token: visit.formToken,
      """
      \(Form.hidden("seen", "\(inspection.state.revision)"))
      \(Form.lines("back", "Why", value: visit.form["back"], rows: 2, mistakes: mistakes))
      \(members ? Form.text("back-members", "Who decided, as roles",
        value: visit.form["back-members"], mistakes: mistakes) : .none)
      <button type="submit" class="govuk-button govuk-button--secondary">\(button)</button>
      """))
    """
  }

  /// Everything that was said of something, the last first.
  static func history(
    _ trail: [ReasonedEntry], _ names: [AuthorID: String], why: String = "Why",
    what: (Event) -> HTML
  ) -> HTML {
    guard !trail.isEmpty else { return .none }
    return Table(
      caption: "Everything that was recorded, the last first",
      columns: ["When", "Who", "What", why].map { Table.Column($0) },
      rows: trail.reversed().map { entry in
        Table.Row([
          "\(Words.moment(entry.recordedAt))",
          "\(names[entry.author] ?? entry.author.description)",
          what(entry.event),
          lines(entry.reason).with(
            reason: entry.members.isEmpty ? nil : "Decided by: \(entry.members)"),
        ])
      }
    ).html
  }
}

extension StaffSite {
  /// The rule book of an inspection; nothing when this program has another text of it.
  func book(of inspection: OpenInspection) -> RuleBook? {
    RateRecord.book(of: inspection.state, site.editions)
  }

  /// A page of what an inspection rests on; without the edition’s text there is nothing to show.
  func page(
    under visit: Visit, _ body: (OpenInspection, RuleBook) async throws -> Page
  ) async throws -> Page {
    let inspection = try visit.opened()
    guard let book = book(of: inspection) else {
      return page(
        "Edition not known", visit, crumbs: InspectionPages.crumbs(inspection), status: 404,
        """
        <h1 class="govuk-heading-xl">Edition not known</h1>
        \(Parts.paragraph("This program does not have the text of the standards that the "
        + "inspection is held under. Ask whoever runs Plumbline here to install the right release."))
        """)
    }
    return try await body(inspection, book)
  }

  /// The inspection as it stands after somebody else was faster.
  func newest(_ visit: Visit) async throws -> OpenInspection {
    let inspection = try visit.opened()
    return try await memory.inspection(inspection.id) ?? inspection
  }

  /// How everybody with an account is called.
  func names() async throws -> [AuthorID: String] {
    Dictionary(
      uniqueKeysWithValues: try await desks.accounts.accounts().map { ($0.id, $0.name) })
  }
}

extension RuleBook {
  /// The key question with a code, and its standard.
  func question(_ code: Code) -> (standard: Standard, question: KeyQuestion)? {
    for standard in standards {
      if let question = standard.questions.first(where: { $0.code == code }) {
        return (standard, question)
      }
    }
    return nil
  }
}
