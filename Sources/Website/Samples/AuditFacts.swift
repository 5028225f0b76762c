import Calendars
import Samples
import Workflows

/// What was drawn, from what and by which rules.
struct AuditFacts {
  let audit: SampleAudit

  var section: AuditSection {
    AuditSection(id: "facts", title: "What was drawn, and how", html: Parts.summary(entries))
  }

  private var entries: [(key: String, value: HTML?)] {
    [
      ("Cases drawn", drawn),
      ("Seed", "<code class=\"typed\">\(audit.seed)</code>"),
      ("Where the seed comes from", audit.seedSource.map { "\($0)" } ?? Mark.absence("Not said")),
      (
        "Method",
        ("<code class=\"typed\">\(audit.method.rawValue)</code>" as HTML)
          .with(reason: audit.method.explanation)
      ),
      (
        "Tickets",
        ("As in the PyPI package consistent-sampler 1.0.10, with 18 digits" as HTML)
          .with(
            reason: "The smallest ticket comes first. It depends on the seed and the CRN alone.")
      ),
      ("Size", size),
      ("Shortfall", shortfall),
      (
        "Officer cap",
        ("\(audit.officerCap)" as HTML).with(
          reason: "No officer has more cases in the sample. A case whose officer the list does "
            + "not name is under no cap.")
      ),
      ("Where places were filled", reaches),
      ("Window", window),
      ("Day of the list", audit.listedOn.map { "\($0.words)" } ?? Mark.absence("Not said")),
      ("Refused rows", refused),
      ("People with several orders", decisions),
      (
        "Plan", named("\(audit.planID), sample \(audit.kind)", audit.planDigest)
      ),
      ("Profile, how the list was read", named(audit.profileID, audit.profileDigest)),
      (
        "Frame digest",
        digest(audit.frame).with(
          reason: "Of the whole list as it came: its headings and every row, refused ones too, in "
            + "whatever order rows and columns stand. If one character changes, so does the digest."
        )
      ),
      (
        "Sample file",
        digest(audit.digest).with(
          reason: "The file plumbline-sample/1 that this page was made from, without its last "
            + "member, which is this digest. It has what is left out here.")
      ),
    ]
  }

  private var drawn: HTML {
    """
    \(Words.number(audit.selected.count)) of \(Words.number(audit.inScope)) in scope; the list has \
    \(Words.number(audit.rows)) rows
    """
  }

  private var size: HTML {
    guard let confidence = audit.confidence, let margin = audit.margin else {
      return "\(Words.number(audit.wanted)), a number that was asked for"
    }
    return ("\(Words.number(audit.wanted))" as HTML).with(
      reason: "Enough for a share to be estimated with \(Words.decimal(confidence))% confidence "
        + "and a margin of \(Words.decimal(margin)) percentage points.")
  }

  private var shortfall: HTML {
    guard audit.shortfall > 0 else { return "None: as many were drawn as were wanted" }
    return ("\(Words.count(audit.shortfall, "case")) fewer than wanted" as HTML)
      .with(reason: "Accepted: \(audit.shortfallReason ?? "no reason is given")")
  }

  private var reaches: HTML {
    let counts = Draw.Reach.allCases.map { reach in
      (reach, audit.selected.count { $0.reach == reach })
    }
    let words = counts.filter { $0.1 > 0 }.map { "\(Words.number($0.1)) from \($0.0.words)" }
    return ("\(Words.list(words))" as HTML).with(
      reason: "A place that the cap leaves empty goes to the cluster, and then to the stratum.")
  }

  private var window: HTML {
    switch (audit.window.from, audit.window.until) {
    case (let from?, let until?): "\(from.words) to \(until.words), both included"
    case (let from?, nil): "From \(from.words) on"
    case (nil, let until?): "Until \(until.words), that day included"
    case (nil, nil): "None: cases of any day"
    }
  }

  private var refused: HTML? {
    guard audit.refused > 0 else { return "None" }
    return "\(Words.count(audit.refused, "row")), left out"
  }

  private var decisions: HTML? {
    guard audit.decisions > 0 else { return "The earliest order in scope was kept" }
    return """
      \(Words.count(audit.decisions, "decision")), in the sample file; where there was none, the \
      earliest order in scope was kept
      """
  }

  private func named(_ name: String, _ digest: String) -> HTML {
    "\(name)<br>\(self.digest(digest))"
  }

  private func digest(_ digits: String) -> HTML {
    "<code class=\"digest digest--whole\">sha256:\(digits)</code>"
  }
}

extension Allocation.Method {
  /// What the method does, in a sentence.
  var explanation: String {
    switch self {
    case .webster:
      "Version 1 of Webster’s method (Sainte-Laguë): places go to the strata in proportion to "
        + "their size, one after the other, so that a larger sample takes no place away."
    case .moj2020:
      "As the Ministry of Justice’s case sampler of 2020 did it: places in proportion, rounded "
        + "half up, then added to the smallest or taken from the largest strata until they add up."
    }
  }
}

extension Draw.Reach {
  /// Where a place was filled from.
  var words: String {
    switch self {
    case .ldu: "their own LDU"
    case .cluster: "another LDU of the cluster"
    case .stratum: "another cluster"
    }
  }

  /// As it stands beside a case.
  var name: String {
    switch self {
    case .ldu: "Own LDU"
    case .cluster: "Cluster"
    case .stratum: "Stratum"
    }
  }
}
