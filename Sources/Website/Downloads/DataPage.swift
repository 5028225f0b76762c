import OrderedJSON
import RuleFiles
import Standards
import Workflows

/// Everything that may be downloaded.
struct DataPage: Content {
  let site: Site

  var title: String { "Data" }
  var section: Section? { .data }
  var crumbs: [Crumb] { [Section.data.crumb] }

  var main: HTML {
    """
    <h1 class="govuk-heading-xl">Data</h1>
    <p class="govuk-body-l">Every fact on this site, as CSV for spreadsheets and as JSON for
    programs. No key is needed, and the addresses stay.</p>
    \(Table(
      caption: "Data sets",
      columns: ["Data set", "What it holds", "Files"].map { Table.Column($0) },
      rows: ExportName.allCases.map { name in
        Table.Row([
          "\(name.rawValue.sentence)", "\(Exports.about(name))",
          """
          \(file("\(name.rawValue).csv", "CSV", name.rawValue)), \
          \(file("\(name.rawValue).json", "JSON", name.rawValue))
          """,
        ])
      }
    ).html)\
    \(Table(
      caption: "Standards and rules",
      columns: ["Edition", "Digest", "Files"].map { Table.Column($0) },
      rows: site.editions.ruleBooks.map { book in
        Table.Row([
          Parts.link(book.title, to: "/standards/\(book.id.text)"),
          "<code class=\"digest\">\(book.digest.short)</code>",
          """
          \(file("standards/\(book.id.text).json", "JSON", book.title)), \
          \(file("standards/\(book.id.text).yaml", "YAML", book.title))
          """,
        ])
      }
    ).html)\
    \(Parts.heading("How to read the files", id: "reading"))\
    \(Parts.list([
      "A blank in a CSV file, and null in JSON, means not seen. It never means none or zero.",
      "Dates are written as far as they are known: 2019-09-26, 2019-09 or 2019.",
      "A caseload has its precision beside it: exact, more than, nearly or about.",
      "“Not rated” is not a grade. Do not count it as the lowest one.",
      "Each inspection carries the digest of the edition that it was judged under.",
      "Compare over time only what the standards allow: the column “change” says so.",
    ]))\
    \(Parts.heading("Licence", id: "licence"))\
    \(Parts.paragraph("""
      The facts are published by HM Inspectorate of Probation and are used under the
      \(Parts.link("Open Government Licence v3.0", to: AboutPage.licence)). Name the
      source when you use them. Each inspection lists where it was read.
      """))
    """
  }

  private func file(_ path: String, _ format: String, _ what: String) -> HTML {
    """
    <a class="govuk-link" href="/data/\(path)">\(format)\
    <span class="govuk-visually-hidden"> of \(what)</span></a>
    """
  }
}
