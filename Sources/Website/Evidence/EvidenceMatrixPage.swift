import Fieldwork
import Standards
import Workflows

/// Which evidence each key question rests on.
enum EvidenceMatrixPage {
  static let routes = [
    StaffRoute(.get, "/fieldwork/:inspection/evidence/matrix", .may(.seeEvidence)) { site, visit in
      try await site.page(under: visit) { inspection, book in
        page(site, visit, inspection, EvidenceMatrix(inspection.state.evidence, of: book))
      }
    }
  ]

  private static func page(
    _ site: StaffSite, _ visit: Visit, _ inspection: OpenInspection, _ matrix: EvidenceMatrix
  ) -> Page {
    let rows = matrix.standards.flatMap(\.rows)
    let weak = rows.filter { !$0.support.isTriangulated }
    return site.page(
      "What each key question rests on", visit, crumbs: EvidencePages.crumbs(inspection),
      """
      <h1 class="govuk-heading-xl">What each key question rests on</h1>
      \(Parts.paragraph("The numbers count pieces of evidence; those of key questions lead to them. "
      + "Evidence of one kind is borne out when there is some of another kind."))\
      \(rows.isEmpty ? .none : standards(matrix.standards, inspection))\
      \(rows.isEmpty
        ? Parts.paragraph("No standard of this edition is judged on evidence.")
        : summary(weak, of: rows.count))\
      \(matrix.standards.map { table($0, inspection) })\
      \(matrix.elsewhere.isEmpty ? .none : elsewhere(matrix.elsewhere, inspection))
      """)
  }

  private static func summary(_ weak: [EvidenceMatrix.Row], of all: Int) -> HTML {
    guard !weak.isEmpty else {
      return Parts.inset("Every key question rests on two kinds of evidence or more.")
    }
    let none = weak.filter { $0.support == .nothing }.map(\.question.code.text)
    let some = weak.filter { $0.support != .nothing }
    return """
      \(Parts.paragraph("\(weak.count) of \(Words.count(all, "key question")) "
      + "\(weak.count == 1 ? "does" : "do") not rest on two kinds of evidence yet:"))\
      \(Parts.list(
        (none.isEmpty
          ? [] : ["\(Words.list(none)) \(none.count == 1 ? "rests" : "rest") on nothing yet"])
          + some.map { "\($0.question.code.text) \($0.support.words)" }))
      """
  }

  /// Each standard with all of its questions together.
  private static func standards(
    _ standards: [EvidenceMatrix.Standard], _ inspection: OpenInspection
  ) -> HTML {
    Table(
      caption: "Standards by kind of evidence",
      columns: columns("Standard"),
      rows: standards.map { one in
        let code = one.standard.code
        return Table.Row(
          [
            Parts.link(
              "\(code) \(one.standard.title)",
              to: InspectionPages.address(inspection, "/judgements/\(code)"))
          ] + EvidenceKind.allCases.map { one.pieces[$0].map { "\($0.count)" } ?? .none }
            + [EvidenceParts.tag(one.support)])
      }
    ).html
  }

  private static func columns(_ first: String) -> [Table.Column] {
    [Table.Column(first)] + EvidenceKind.allCases.map { Table.Column($0.title, number: true) }
      + [Table.Column("Rests on")]
  }

  private static func table(
    _ standard: EvidenceMatrix.Standard, _ inspection: OpenInspection
  ) -> HTML {
    Table(
      caption: "\(standard.standard.code.text) \(standard.standard.title)",
      columns: columns("Key question"),
      rows: standard.rows.map { row in
        let code = row.question.code.text
        return Table.Row(
          [
            Parts.link(
              "\(code) \(row.question.title)",
              to: InspectionPages.address(inspection, "/judgements/\(code)"))
          ] + EvidenceKind.allCases.map { count(row, $0, inspection) }
            + [EvidenceParts.tag(row.support)])
      }
    ).html
  }

  private static func count(
    _ row: EvidenceMatrix.Row, _ kind: EvidenceKind, _ inspection: OpenInspection
  ) -> HTML {
    let count = row.pieces[kind]?.count ?? 0
    guard count > 0 else { return .none }
    let address = Link(
      EvidencePages.address(inspection),
      [("question", row.question.code.text), ("kind", kind.rawValue)]
    ).address
    return """
      <a class="govuk-link" href="\(address)">\(count)<span class="govuk-visually-hidden">: \
      \(kind.title.lowercased()) on \(row.question.code.text)</span></a>
      """
  }

  private static func elsewhere(_ numbers: [Int], _ inspection: OpenInspection) -> HTML {
    Parts.paragraph(
      """
      About key questions on cases only: \(numbers.map { number in
        "\(Parts.link("evidence \(number)", to: EvidencePages.address(inspection, "/\(number)"))) "
          as HTML
      })
      """)
  }
}
