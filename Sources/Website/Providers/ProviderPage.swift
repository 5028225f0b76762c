import Calendars
import Inspections
import Providers
import Publications
import RuleFiles
import Standards

/// One provider: what it was rated, how that moved, who came before and after.
struct ProviderPage: Content {
  let site: Site
  let provider: Provider

  /// Oldest first.
  private let inspections: [Inspection]

  /// How the overall rating moved with each inspection.
  private let changes: [Change]

  init(site: Site, provider: Provider) {
    self.site = site
    self.provider = provider
    inspections = site.register.inspections(of: provider.id)
    changes = inspections.map { site.register.change(of: $0) }
  }

  var title: String { provider.name }
  var section: Section? { .providers }
  var crumbs: [Crumb] {
    [Section.providers.crumb, Crumb(text: provider.kind.plural, address: kindAddress)]
  }

  private var kindAddress: String {
    Link("/providers", [("kind", provider.kind.rawValue)]).address
  }

  var main: HTML {
    """
    <span class="govuk-caption-xl">\(provider.kind.title)</span>
    <h1 class="govuk-heading-xl">\(provider.name)</h1>
    \(newest)\
    \(history)\
    \(StandardsOverTime(
      site: site, inspections: site.inspectionsWithBook(of: provider.id),
      series: site.series[provider.id] ?? []
    ).html)\
    \(relatives)\
    \(owners)\
    \(about)\
    \(sources)\
    \(site.editionNote(inspections.map(\.standards)))
    """
  }

  private var newest: HTML {
    guard let newest = inspections.last else {
      return Parts.inset(
        """
        No inspection of this provider was seen. That does not mean that there was none.
        """)
    }
    let doubt: HTML =
      newest.overallStatus == .published
      ? "" : " \(Mark.status(newest.overallStatus)) The rating was not read as such."
    return """
      <div class="verdict">
      <p class="verdict__rating">\(Mark.overall(newest.overall))</p>
      <p class="govuk-body verdict__text">Newest inspection, published
      \(newest.published?.words ?? "on a day not seen"), under \(site.edition(newest.standards)).\
      \(doubt)
      \(Parts.link("See this inspection", to: "/inspections/\(newest.id.slug)")).</p>
      </div>

      """
  }

  // MARK: - History

  private var history: HTML {
    guard !inspections.isEmpty else { return .none }
    return """
      \(Parts.heading("Overall ratings over time", id: "ratings", size: "l"))\
      \(HistoryChart(name: "Overall ratings of \(provider.name)", points: points).html)\
      \(breaks)\
      \(table.html)
      """
  }

  private var points: [HistoryChart.Point] {
    zip(inspections, changes).map { inspection, change in
      HistoryChart.Point(
        rating: inspection.overallRating,
        dateWords: inspection.published?.shortWords ?? "Date not seen",
        window: site.register.publicationWindow(of: inspection),
        isComparable: change.reason == nil)
    }
  }

  private var breaks: HTML {
    let breaks = zip(inspections, changes).compactMap { inspection, change -> HTML? in
      guard let reason = change.reason else { return nil }
      let date =
        inspection.published.map { "published \($0.words)" } ?? "of round \(inspection.round)"
      return "<strong>The series breaks before the inspection \(date).</strong> \(reason)"
    }
    return "\(breaks.map(Parts.inset))"
  }

  private var table: Table {
    Table(
      caption: "Inspections, newest first",
      columns: ["Published", "Round", "Overall", "Change", "Fieldwork", "Standards"].map {
        Table.Column($0)
      },
      rows: zip(inspections, changes).reversed().map { inspection, change in
        let name = inspection.published?.words ?? "Date not seen"
        return Table.Row([
          Parts.link(name, to: "/inspections/\(inspection.id.slug)"),
          "\(inspection.round)",
          Mark.overall(inspection.overall),
          Mark.change(change),
          "\(fieldwork(inspection))",
          site.edition(inspection.standards),
        ])
      })
  }

  private func fieldwork(_ inspection: Inspection) -> String {
    inspection.fieldworkStart == nil && inspection.fieldworkEnd == nil
      ? "Not seen"
      : Words.time(from: inspection.fieldworkStart, until: inspection.fieldworkEnd)
  }

  // MARK: - Before and after

  private var relatives: HTML {
    let before = site.register.predecessors(of: provider.id)
    let after = site.register.successors(of: provider.id)
    guard !before.isEmpty || !after.isEmpty else { return .none }
    return """
      \(Parts.heading("Bodies before and after", id: "successions", size: "l"))\
      \(Parts.paragraph("""
        Ratings of other bodies stand here for reading on. They are no part of this provider’s
        history.
        """))\
      \(Table(
        caption: "Bodies before and after", isCaptionHidden: true,
        columns: ["What happened", "Body", "Its newest rating", "When", "Status and source"].map {
          Table.Column($0)
        },
        rows: before.map { row($0, other: $0.from, isBefore: true) }
          + after.map { row($0, other: $0.to, isBefore: false) }
      ).html)
      """
  }

  private func row(_ step: Succession, other: Provider.ID?, isBefore: Bool) -> Table.Row {
    let body: HTML =
      other.map { Parts.link(site.name(of: $0), to: "/providers/\($0.slug)") } ?? Mark.notSeen
    let newest = other.flatMap { site.register.newestInspection(of: $0) }
    let rating: HTML =
      newest.map { "\(Mark.overall($0.overall)) <span class=\"quiet\">\($0.standards.text)</span>" }
      ?? (other == nil ? "" : Mark.absence("No inspection seen"))
    let status = Provenance.Status(rawValue: step.status)
    let what =
      isBefore
      ? "Before: it \(step.relation.words) this body" : "After: this body \(step.relation.words)"
    return Table.Row([
      "\(what)", body, rating, "\(step.date?.words ?? "Not seen")",
      "\(status.map(Mark.status)) \(Parts.source(step.source))\(note(step.note))",
    ])
  }

  private func note(_ text: String) -> HTML { text.isEmpty ? "" : ". \(text)" }

  private var owners: HTML {
    guard !provider.owners.isEmpty else { return .none }
    return """
      \(Parts.heading("Owners", id: "owners", size: "l"))\
      \(Table(
        caption: "Owners, oldest first", isCaptionHidden: true,
        columns: ["Owner", "Time", "Source"].map { Table.Column($0) },
        rows: provider.owners.map { owner in
          Table.Row([
            "\(owner.owner)", "\(Words.time(from: owner.from, until: owner.until))",
            "\(Parts.source(owner.source))\(note(owner.note))",
          ])
        }
      ).html)
      """
  }

  private var about: HTML {
    let names: HTML? =
      provider.otherNames.isEmpty
      ? nil
      : "\(provider.otherNames.map { name in """
        <p class="govuk-body">\(name.name) (\(Words.time(from: name.from, until: name.until));
        \(Parts.source(name.source))\(note(name.note)))</p>
        """ as HTML })"
    let region: HTML? = provider.region.flatMap { id in
      site.regionName(id).map { name in
        Parts.link(name, to: Link("/providers", [("region", id.slug)]).address)
      }
    }
    return """
      \(Parts.heading("About this provider", id: "about", size: "l"))\
      \(Parts.summary([
        ("Kind", Parts.link(provider.kind.title, to: kindAddress)),
        ("Region", region ?? Mark.notSeen),
        ("Area", provider.area.isEmpty ? Mark.notSeen : "\(provider.area)"),
        ("Short name", provider.shortName.map { "\($0)" }),
        ("Other names", names),
        ("Code in nDelius", provider.deliusCode.map { "<code>\($0)</code>" } ?? Mark.notSeen),
        ("Note", provider.note.isEmpty ? nil : "\(provider.note)"),
      ]))
      """
  }

  private var sources: HTML {
    """
    \(Parts.heading("Sources", id: "sources", size: "l"))\
    \(Parts.list((site.sources[provider.id] ?? []).map(Parts.source)))
    """
  }
}

extension PartialDate {
  /// For a chart: `Mar 2020`, or the year where no more was seen.
  var shortWords: String {
    switch self {
    case .day(let day): "\(day.day) \(Self.short(words)) \(day.year)"
    case .month(let year, _): "\(Self.short(words)) \(year)"
    case .year(let year): "\(year)"
    }
  }

  /// The first three letters of the month in `words`.
  private static func short(_ words: String) -> String {
    String(words.drop { !$0.isLetter }.prefix(3))
  }
}
