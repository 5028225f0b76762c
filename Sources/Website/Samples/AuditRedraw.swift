import Workflows

/// How somebody else draws the sample again, with this program and with another one.
struct AuditRedraw {
  let audit: SampleAudit

  var section: AuditSection {
    AuditSection(id: "redraw", title: "How to draw it again", html: html)
  }

  private var html: HTML {
    """
    \(AuditSection.heading("With Plumbline", id: "with-plumbline"))\
    \(Parts.paragraph("""
      Whoever has the sample file and the list draws it again with one command, which says whether \
      the list is the one with the frame digest above and whether the same file comes out, byte \
      for byte.
      """))\
    \(listing("Command that draws again", id: "verify-command", Self.verify))\
    \(AuditSection.heading("Without the list: check every ticket", id: "without-the-list"))\
    \(Parts.paragraph("""
      The tickets come out of another program too: the package consistent-sampler on PyPI, by \
      Ronald Rivest. Install it with <code>python3 -m pip install consistent-sampler==1.0.10</code>, \
      save this page as <code>audit.html</code> and run:
      """))\
    \(listing("Python that checks the tickets of this page", id: "check-listing", check))\
    \(Parts.paragraph("""
      It works out each ticket from seed and CRN, and says whether it and the order hold: of the \
      drawn cases, and of the reserve of each stratum. One case by itself:
      """))\
    \(listing("Python that checks one ticket", id: "one-listing", one))\
    \(Parts.paragraph("""
      Without any package: take the SHA-256 of the seed as 64 hexadecimal digits, put the CRN \
      behind it and take the SHA-256 of that. Write it as a decimal number of at least 64 digits, \
      backwards, behind “0.”. A ticket here has the first 18 digits after any nines it begins with.
      """))\
    \(AuditSection.heading("With the list: draw every place again", id: "with-the-list"))\
    \(Parts.paragraph("""
      This needs the list, since the tickets of cases that were not drawn count too, and clusters, \
      LDUs and officers, which are not on this page.
      """))\
    \(steps)\
    \(listing("Python that puts the cases of a stratum in order", id: "order-listing", order))\
    \(AuditSection.heading("What is not on this page", id: "not-here"))\
    \(Parts.paragraph("""
      Names, dates of birth, which officer holds a case, and which cases are restricted. A page \
      that everybody may read says nothing about a person beyond the case reference number and \
      the stratum that the draw rests on. So the officer cap can be checked from the sample file \
      alone, and not from here.
      """))
    """
  }

  private var steps: HTML {
    """
    <ol class="govuk-list govuk-list--number">
    <li>Check the frame digest with <code>plumbline caseload check</code>. Leave out the rows that
    the sample file names as excluded, and put every other one into its stratum.</li>
    <li>Write the CRNs of a stratum into <code>stratum.txt</code>, one a line, and run what stands
    below. It prints their tickets in their order, drawn or not.</li>
    <li>Share the places of each stratum out over its clusters, and those of a cluster over its
    LDUs, by Sainte-Laguë: each place goes where the cases of the stratum divided by twice the
    places so far plus one are most; between equals to the one with more cases, then to the name
    that comes first. None gets more places than it has cases.</li>
    <li>Go once through the cases of all strata in the order of their tickets. Take a case if its
    LDU has a place left in its stratum and its officer has fewer than \(audit.officerCap) cases
    so far.</li>
    <li>If places are left, go through the cases again and take one if its cluster has a place left
    in its stratum, and then once more for any place left in its stratum.</li>
    <li>In reserve are the first cases of each stratum that were not taken.</li>
    </ol>

    """
  }

  private func listing(_ label: String, id: String, _ text: String) -> HTML {
    AuditSection.scrolling(
      label, "<pre class=\"listing\"><code id=\"\(id)\">\(text)</code></pre>\n")
  }

  private static let verify = "plumbline sample verify sample.json list.csv"

  /// Reads this page as a file. Its pattern finds no match in its own text.
  private var check: String {
    #"""
    import re
    from consistent_sampler import sampler

    seed = \#(PythonText.literal(audit.seed))
    page = open("audit.html", encoding="utf-8").read()
    lists = {}
    for name, crn, ticket in re.findall(r'<data value="([\w-]+) (\w+)">([\d.]+)<', page):
        lists.setdefault(name, []).append((ticket, crn, 1))
    for name, printed in lists.items():
        again = list(sampler([crn for _, crn, _ in printed], seed=seed, digits=18))
        print(name, len(printed), "hold" if again == printed else "DO NOT HOLD")
    """#
  }

  private var one: String {
    let first = audit.selected.first
    return """
      >>> from consistent_sampler import sampler
      >>> list(sampler([\(PythonText.literal(first?.crn ?? ""))], \
      seed=\(PythonText.literal(audit.seed)), digits=18))
      [('\(first?.ticket ?? "")', '\(first?.crn ?? "")', 1)]
      """
  }

  private var order: String {
    """
    from consistent_sampler import sampler

    seed = \(PythonText.literal(audit.seed))
    crns = open("stratum.txt", encoding="utf-8").read().split()
    for ticket, crn, _ in sampler(crns, seed=seed, digits=18):
        print(ticket, crn)
    """
  }
}

/// Text as Python reads it.
enum PythonText {
  /// A text in double quotes. What cannot be seen or does not stand still is written as an escape.
  static func literal(_ text: String) -> String {
    "\"" + text.unicodeScalars.map(escaped).joined() + "\""
  }

  private static func escaped(_ scalar: Unicode.Scalar) -> String {
    switch scalar {
    case "\"": return "\\\""
    case "\\": return "\\\\"
    default: break
    }
    switch scalar.properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator, .privateUse, .unassigned,
      .surrogate:
      break
    case .spaceSeparator where scalar != " ": break
    default: return String(scalar)
    }
    let digits = String(scalar.value, radix: 16)
    return "\\U" + String(repeating: "0", count: 8 - digits.count) + digits
  }
}
