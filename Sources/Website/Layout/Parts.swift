import Publications
import RuleFiles
import Standards

/// Pieces that many pages use.
enum Parts {
  /// Names and values; an entry without a value is left out.
  static func summary(_ entries: [(key: String, value: HTML?)]) -> HTML {
    """
    <dl class="govuk-summary-list facts">
    \(entries.map { key, value in
      guard let value else { return .none }
      return """
        <div class="govuk-summary-list__row"><dt class="govuk-summary-list__key">\(key)</dt>\
        <dd class="govuk-summary-list__value">\(value)</dd></div>

        """
    })\
    </dl>

    """
  }

  /// A heading with an address of its own.
  static func heading(_ text: String, id: String, size: String = "m") -> HTML {
    "<h2 class=\"govuk-heading-\(size)\" id=\"\(id)\">\(text)</h2>\n"
  }

  static func paragraph(_ html: HTML) -> HTML { "<p class=\"govuk-body\">\(html)</p>\n" }

  static func inset(_ html: HTML) -> HTML { "<div class=\"govuk-inset-text\">\(html)</div>\n" }

  static func details(_ title: String, _ html: HTML) -> HTML {
    """
    <details class="govuk-details"><summary class="govuk-details__summary">\
    <span class="govuk-details__summary-text">\(title)</span></summary>
    <div class="govuk-details__text">\(html)</div></details>

    """
  }

  static func list(_ items: [HTML]) -> HTML {
    """
    <ul class="govuk-list govuk-list--bullet">
    \(items.map { "<li>\($0)</li>\n" })</ul>

    """
  }

  static func link(_ text: String, to address: String) -> HTML {
    "<a class=\"govuk-link\" href=\"\(address)\">\(text)</a>"
  }

  /// Sources as they stand in the data, parted by semicolons: a link for each address on the web,
  /// the rest as text.
  static func source(_ text: String) -> HTML {
    var html = HTML.none
    var text = text
    text.withUTF8 { bytes in
      for part in bytes.split(separator: UInt8(ascii: ";")) {
        let part = UnsafeBufferPointer(rebasing: part.drop { $0 == UInt8(ascii: " ") })
        if !html.isEmpty { html.append(literal: "; ") }
        guard isAddress(part) else {
          html.append("\(String(decoding: part, as: UTF8.self).sentence)")
          continue
        }
        html.append(literal: "<a class=\"govuk-link source\" rel=\"noreferrer\" href=\"")
        html.append(text: part)
        html.append(literal: "\">")
        html.append(text: part)
        html.append(literal: "</a>")
      }
    }
    return html
  }

  private static func isAddress(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
    (text.starts(with: "https://".utf8) || text.starts(with: "http://".utf8))
      && !text.contains(UInt8(ascii: " "))
  }
}

extension Site {
  /// An edition by name with the short form of its digest, linked to its page.
  func edition(_ id: RuleBook.ID) -> HTML {
    guard let book = editions[id] else {
      return "\(id.text) <span class=\"quiet\">(no rule book here)</span>"
    }
    return """
      <a class="govuk-link" href="/standards/\(id.text)">\(id.text)</a> \
      <code class="digest">\(book.digest.short)</code>
      """
  }

  /// Which editions the ratings of a page were given under, and which of their rules are assumed.
  func editionNote(_ ids: some Sequence<RuleBook.ID>) -> HTML {
    let books = Set(ids).sorted().map { ($0, editions[$0]) }
    guard !books.isEmpty else { return .none }
    return """
      <section class="editions" aria-labelledby="editions">
      <h2 class="govuk-heading-s" id="editions">Editions and rules behind this page</h2>
      <ul class="govuk-list">
      \(books.map { id, book in
        guard let book else { return "<li>\(edition(id))</li>\n" }
        let assumed = book.assumedRules
        let rest: HTML =
          assumed.isEmpty
          ? ""
          : """
          . \(Mark.status(.assumed)) No page we saw confirms: \(assumed.joined(separator: ", "))
          """
        return "<li>\(book.title): \(edition(id))\(rest)</li>\n"
      })\
      </ul>
      <p class="govuk-body-s">The code after an edition is the start of its digest. It names the
      exact text of the rules. Published ratings are facts. Scores, checks and comparisons
      worked out here rest on the rules, and on those marked as assumed too.</p>
      </section>

      """
  }
}
