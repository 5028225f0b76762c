/// The accessibility statement.
struct AccessibilityPage: Content {
  var title: String { "Accessibility statement" }
  var section: Section? { nil }
  var crumbs: [Crumb] { [Crumb(text: "Accessibility statement", address: "/accessibility")] }

  var main: HTML {
    """
    <h1 class="govuk-heading-xl">Accessibility statement</h1>
    <p class="govuk-body-l">We want as many people as possible to be able to use this site.</p>
    \(Parts.heading("What you can do", id: "can"))\
    \(Parts.list([
      "Zoom in up to 400% without scrolling sideways.",
      "Reach everything with a keyboard alone.",
      "Listen to every page with a screen reader.",
      "Read every chart as words and as a table.",
      "Tell ratings apart without seeing colour: each has its name, and a shape or a pattern.",
      "Use every page without script, and print it; only taking cases along needs script.",
    ]))\
    \(Parts.heading("How accessible this site is", id: "how"))\
    \(Parts.paragraph("""
      The aim is to meet the Web Content Accessibility Guidelines version 2.2 at level AA. Pages are
      in plain British English.
      """))\
    \(Parts.heading("How it was tested", id: "tested"))\
    \(Parts.paragraph("""
      Every type of page is tested with axe-core in Chromium at widths of 320 and 1280 pixels, and
      with the keyboard, each time the program changes. Pages were looked at by eye at both widths.
      """))\
    \(Parts.heading("What is not known", id: "unknown"))\
    \(Parts.paragraph("""
      Nobody has yet tested the site with a screen reader, speech control or a screen magnifier,
      nor with people who use them every day. Automatic tests find only some of the barriers.
      """))\
    \(Parts.heading("Other documents", id: "other"))\
    \(Parts.paragraph("""
      Reports that this site links to belong to others. Some are PDF files that may not be
      accessible.
      """))\
    \(Parts.heading("If something is in your way", id: "report"))\
    \(Parts.paragraph("""
      Tell whoever runs this copy of the site which page it was and what you wanted to do.
      """))
    """
  }
}
