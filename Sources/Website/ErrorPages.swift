import Providers

/// What a reader sees at an address that leads nowhere.
struct NotFoundPage: Content {
  let site: Site
  let path: String

  var title: String { "Page not found" }
  var section: Section? { nil }

  var main: HTML {
    let words = PercentEncoding.decode(path.utf8.prefix(200))
    let near = site.nearestProviders(to: words)
    return """
      <h1 class="govuk-heading-xl">Page not found</h1>
      \(Parts.paragraph("There is no page at <code class=\"typed\">\(words)</code>."))\
      \(near.isEmpty ? .none : """
        \(Parts.heading("Did you mean", id: "near"))\
        \(Parts.list(near.map { Parts.link($0.name, to: "/providers/\($0.id.slug)") }))
        """)\
      \(Parts.heading("What you can do", id: "ways"))\
      \(Parts.list([
        "If you typed the address, check that it is correct.",
        "\(Parts.link("Search for a provider", to: "/providers")).",
        "\(Parts.link("See the league tables", to: "/league-tables")).",
        "\(Parts.link("Start at the home page", to: "/")).",
      ]))
      """
  }
}
