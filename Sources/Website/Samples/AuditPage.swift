import Crypto
import Foundation
public import Workflows

/// The public account of a sample, as one HTML file that asks for nothing else.
///
/// Holds no name and no date of birth, and nothing that ``SampleAudit`` leaves out.
public struct AuditPage: Sendable {
  private let audit: SampleAudit

  public init(_ audit: SampleAudit) {
    self.audit = audit
  }

  /// The file as UTF-8.
  public var bytes: [UInt8] { html.bytes }

  private var html: HTML {
    """
    <!DOCTYPE html>
    <html lang="en-GB">
    <head>
    <meta charset="utf-8">
    <title>\(title) - Plumbline</title>
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="color-scheme" content="light">
    <meta http-equiv="Content-Security-Policy" content="\(Self.policy)">
    <meta name="referrer" content="no-referrer">
    <link rel="icon" href="data:,">
    <style>\(AuditStyle.sheet)</style>
    </head>
    <body>
    <a href="#main-content" class="govuk-skip-link">Skip to main content</a>
    <header class="masthead">
    <div class="govuk-width-container masthead__row">
    <span class="masthead__name">\(Site.bob)Plumbline</span>
    <span class="masthead__line">Samples that anyone can draw again</span>
    </div>
    </header>
    <div class="govuk-width-container">
    <main class="govuk-main-wrapper" id="main-content" tabindex="-1">
    \(main)
    </main>
    </div>
    <footer class="foot">
    <div class="govuk-width-container">
    <p class="foot__text">Made by Plumbline from the sample file with the digest
    <code class="digest digest--whole">\(audit.digest)</code>. Numbers, cases and tickets are those
    of that file. This page loads nothing and runs no script.</p>
    </div>
    </footer>
    </body>
    </html>

    """
  }

  private var title: String {
    "Audit of a sample of \(Words.count(audit.selected.count, "case"))"
  }

  private var main: HTML {
    let sections = [
      AuditFacts(audit: audit).section, AuditAchieved(audit: audit).section,
      AuditStrata(audit: audit).section, AuditCases(audit: audit).section,
      AuditChanges(audit: audit).section, AuditRedraw(audit: audit).section,
    ]
    return """
      <span class="govuk-caption-xl">Audit page</span>
      <h1 class="govuk-heading-xl">Sample of \(Words.count(audit.selected.count, "case"))</h1>
      <p class="govuk-body-l">This page shows how \(Words.number(audit.selected.count)) of
      \(Words.number(audit.inScope)) cases were drawn from a provider’s list, with a seed that is
      told below and by a method that anyone can repeat. It holds no names and no dates of birth,
      and each ticket on it can be checked from the seed and the case reference number (CRN)
      alone.</p>
      \(figures)\
      \(notices)\
      <nav class="contents" aria-label="On this page">
      <h2 class="govuk-heading-s">On this page</h2>
      <ul class="govuk-list">
      \(sections.map { "<li><a class=\"govuk-link\" href=\"#\($0.id)\">\($0.title)</a></li>\n" })\
      </ul>
      </nav>
      \(sections.map { section in
        """
        <section class="part" aria-labelledby="\(section.id)">
        \(Parts.heading(section.title, id: section.id, size: "l"))\
        \(section.html)</section>

        """
      })
      """
  }

  /// The numbers that people ask for first.
  private var figures: HTML {
    let all = [
      ("Drawn", audit.selected.count), ("In reserve", audit.reserve.count),
      ("In scope", audit.inScope), ("Rows in the list", audit.rows),
    ]
    return """
      <dl class="figures">
      \(all.map { name, number in
        """
        <div class="figures__entry"><dt class="figures__name">\(name)</dt>\
        <dd class="figures__number">\(Words.number(number))</dd></div>

        """
      })</dl>

      """
  }

  /// What nobody should overlook: too few cases, and what was changed.
  private var notices: HTML {
    var notices: [HTML] = []
    if audit.shortfall > 0 {
      notices.append(
        """
        <strong>\(Words.count(audit.shortfall, "case")) fewer than the
        \(Words.number(audit.wanted)) that were wanted.</strong> This was accepted:
        \(audit.shortfallReason ?? "no reason is given")
        """)
    }
    if !audit.replacements.isEmpty || !audit.additions.isEmpty {
      notices.append(
        """
        Since the draw \(Words.count(audit.replacements.count, "replacement")) and
        \(Words.count(audit.additions.count, "addition on purpose", "additions on purpose")) were
        recorded: <a class="govuk-link" href="#changes">changes since the draw</a>.
        """)
    }
    return "\(notices.map(Parts.inset))"
  }

  /// Nothing is loaded and nothing runs; the style sheet is the one above and no other.
  private static let policy: String = {
    let digest = Data(SHA256.hash(data: AuditStyle.sheet.bytes)).base64EncodedString()
    return "default-src 'none'; style-src 'sha256-\(digest)'; img-src data:; base-uri 'none'; "
      + "form-action 'none'"
  }()
}

/// A part of the page under a heading of its own.
struct AuditSection {
  let id: String
  let title: String
  let html: HTML
}

extension AuditSection {
  /// Something wide that scrolls by itself, with the keyboard too, so that the page does not.
  static func scrolling(_ label: String, _ html: HTML) -> HTML {
    """
    <div class="scroll" role="region" aria-label="\(label)" tabindex="0">
    \(html)</div>

    """
  }

  /// A table that scrolls by itself, under a heading that stays where it is.
  ///
  /// - Parameter headingColumn: Which column heads the rows.
  static func table(
    _ caption: String, id: String, _ columns: [Table.Column], _ rows: [Table.Row],
    headingColumn: Int = 0
  ) -> HTML {
    """
    \(heading(caption, id: id))\
    \(scrollingTable(caption, columns, rows, headingColumn: headingColumn))
    """
  }

  /// A table that scrolls by itself and has its heading elsewhere.
  static func scrollingTable(
    _ caption: String, _ columns: [Table.Column], _ rows: [Table.Row], headingColumn: Int = 0
  ) -> HTML {
    scrolling(
      caption,
      Table(
        caption: caption, isCaptionHidden: true, columns: columns, rows: rows,
        headingColumn: headingColumn, isStacked: false
      ).html)
  }

  /// A heading inside the section.
  static func heading(_ text: String, id: String) -> HTML {
    "<h3 class=\"govuk-heading-m\" id=\"\(id)\">\(text)</h3>\n"
  }
}
