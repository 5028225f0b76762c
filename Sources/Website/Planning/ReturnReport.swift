import Calendars
import Caseloads
import Fieldwork
import RuleFiles
import Workflows

/// What became of every row of a list, how well it is kept, and who is in it twice.
struct ReturnReport {
  private let received: PlanningDesk.ReceivedList
  private let inspection: OpenInspection
  private let list: CaseList
  private let matches: Matches
  private let quality: Quality

  /// The most findings and people that a page lists; the files have all of them.
  private static let most = 200

  init(_ received: PlanningDesk.ReceivedList, _ inspection: OpenInspection) {
    self.received = received
    self.inspection = inspection
    list = received.list
    matches = list.matches()
    quality = list.quality(with: matches)
  }

  var html: HTML {
    """
    \(Parts.heading("What became of the rows", id: "rows", size: "l"))\
    \(Parts.summary([
      ("File", "\(received.name)"),
      ("Rows", "\(Words.number(list.counts.read))"),
      ("Day of the list", list.listedOn.map { "\($0.words)" }),
      ("Digest of the frame", "<code class=\"digest digest--whole\">\(list.frame.hexadecimal)</code>"),
      (
        "No column for",
        list.missingFields.isEmpty
          ? nil : "\(Words.list(list.missingFields.map { $0.title }))"
      ),
      (
        "Columns not used",
        list.unusedHeadings.isEmpty ? nil : "\(Words.list(list.unusedHeadings))"
      ),
      (
        "Sheets not read",
        list.unusedSheets.isEmpty ? nil : "\(Words.list(list.unusedSheets))"
      ),
    ]))\
    \(RowsBar(list.counts).html)\
    \(refused)\(changed)\(qualityPart)\(people)
    """
  }

  // MARK: - Rows

  private var refused: HTML {
    let findings = list.findings.filter { $0.outcome == .refused }
    guard !findings.isEmpty else { return .none }
    let link = Parts.link(
      "Download them with the reasons, to send back",
      to: InspectionPages.address(inspection, "/return/rejects.csv"))
    return """
      \(Parts.heading("Rows that were refused", id: "refused"))\
      \(Parts.paragraph("\(link) (CSV)."))\
      \(table(findings, caption: "Refused rows"))
      """
  }

  private var changed: HTML {
    let findings = list.findings.filter { $0.outcome == .changed }
    guard !findings.isEmpty else { return .none }
    return Parts.details(
      "Values that were put right or set aside: \(Words.number(findings.count))",
      table(findings, caption: "Changed values"))
  }

  private func table(_ findings: [Finding], caption: String) -> HTML {
    let rest = findings.count - Self.most
    return """
      \(Table(
        caption: caption, isCaptionHidden: true,
        columns: [
          Table.Column("Line", number: true), Table.Column("What"), Table.Column("What to do"),
        ],
        rows: findings.prefix(Self.most).map { finding in
          let sentences = finding.sentences
          return Table.Row([
            "\(finding.line)", "\(sentences.what.sentence)", "\(sentences.remedy.sentence)",
          ])
        }
      ).html)\
      \(rest > 0 ? Parts.paragraph("And \(Words.number(rest)) more.") : .none)
      """
  }

  // MARK: - Quality

  private var qualityPart: HTML {
    let rows = CaseField.allCases.compactMap { field -> Table.Row? in
      let counts = Quality.Issue.allCases.map { quality.count($0, of: field, at: nil) }
      guard counts.contains(where: { $0 > 0 }) else { return nil }
      return Table.Row(["\(field.title)"] + counts.map { "\(Words.number($0))" })
    }
    return """
      \(Parts.heading("Data quality", id: "quality", size: "l"))\
      \(rows.isEmpty
        ? Parts.paragraph("Nothing is missing, unknown, impossible or there twice.")
        : Table(
          caption: "Values by field", isCaptionHidden: true,
          columns: [Table.Column("Field")]
            + Quality.Issue.allCases.map { Table.Column($0.rawValue.sentence, number: true) },
          rows: rows
        ).html)\
      \(places)
      """
  }

  /// The LDUs with the most to mend, as bars.
  private var places: HTML {
    let counts = list.places.indices.filter { quality.rows.indices.contains($0) }.map { place in
      (
        name: list.places[place].ldu.isEmpty ? "LDU not recorded" : list.places[place].ldu,
        count: CaseField.allCases.reduce(0) { sum, field in
          sum
            + Quality.Issue.allCases.reduce(0) { $0 + quality.count($1, of: field, at: place) }
        }
      )
    }.filter { $0.count > 0 }.sorted { ($1.count, $0.name) < ($0.count, $1.name) }
    guard !counts.isEmpty else { return .none }
    return PlanBars(
      title: "Where to look: values with an issue, by LDU",
      rows: counts.prefix(12).map {
        PlanBars.Row(name: $0.name, achieved: $0.count, planned: nil)
      }, counted: (one: "value", several: "values")
    ).html
  }

  // MARK: - People

  private var people: HTML {
    let people = matches.people
    guard !people.isEmpty else { return .none }
    let count = people.count == 1 ? "1 person" : "\(Words.number(people.count)) people"
    return """
      \(Parts.heading("People with several orders", id: "people", size: "l"))\
      \(Parts.paragraph("\(count) with several orders. The earliest order is kept unless a "
      + "decision says otherwise, which is given when the sample is drawn."))\
      \(Parts.details(
        "Who they are",
        Table(
          caption: "People with several orders", isCaptionHidden: true,
          columns: ["Same", "Kept", "Left out"].map { Table.Column($0) },
          rows: people.prefix(Self.most).map { match in
            let orders = match.orders.map { order in
              "\(order.crn) line \(order.line)\(order.started.map { " from \($0)" } ?? "")"
            }
            return Table.Row([
              "\(Words.list(match.reasons.map { $0.rawValue.words }).sentence)",
              "\(orders.first ?? "")", "\(orders.dropFirst().joined(separator: "; "))",
            ])
          }
        ).html))
      """
  }
}

/// What became of the rows, as one bar.
private struct RowsBar {
  private let counts: CaseList.Counts

  init(_ counts: CaseList.Counts) {
    self.counts = counts
  }

  var html: HTML {
    PlanBars(
      title: "\(Words.number(counts.read)) rows",
      rows: [
        PlanBars.Row(name: "Accepted as they are", achieved: counts.accepted, planned: nil),
        PlanBars.Row(
          name: "Accepted after a value was put right", achieved: counts.changed, planned: nil),
        PlanBars.Row(name: "Refused", achieved: counts.refused, planned: nil),
      ], counted: (one: "row", several: "rows")
    ).html
  }
}

extension CaseField {
  /// As people say it.
  fileprivate var title: String {
    switch self {
    case .crn, .pnc, .ldu: rawValue.uppercased()
    case .rosh: "Risk of serious harm"
    default: rawValue.words.sentence
    }
  }
}

extension String {
  /// `date_of_birth` as people say it.
  var words: String { replacing("_", with: " ").replacing("-", with: " ") }
}
