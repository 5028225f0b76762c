import Standards

/// What charts share.
///
/// Places along a chart are percentages, so that a chart is as wide as the screen and its words
/// keep their size. Each has a text alternative, and its page has the figures in a table.
enum Chart {
  /// A place or a length in percent with two decimals: `12.34%`.
  static func percent(_ share: Double) -> String {
    let hundredths = Int((share * 10_000).rounded())
    let (whole, rest) = (hundredths / 100, hundredths % 100)
    return "\(whole).\(rest < 10 ? "0" : "")\(rest)%"
  }

  /// A picture with its name and, where it says more, its description.
  static func picture(
    id: String, name: String, description: String, height: Int, className: String, _ inner: HTML
  ) -> HTML {
    """
    <svg class="chart \(className)" role="img" width="100%" height="\(height)" \
    aria-labelledby="\(id)-name \(id)-text">\
    <title id="\(id)-name">\(name)</title><desc id="\(id)-text">\(description)</desc>\
    \(inner)</svg>

    """
  }

  /// A filled box from one share of the width to another.
  static func box(
    from: Double, to: Double, y: Int, height: Int, fill: HTML, className: String = "part"
  ) -> HTML {
    """
    <rect class="\(className)" x="\(percent(from))" y="\(y)" width="\(percent(to - from))" \
    height="\(height)" fill="\(fill)"/>
    """
  }

  static func fill(_ rating: Rating?) -> HTML {
    "url(#fill-\(rating?.className ?? "none"))"
  }

  /// A rating's shape, centred on a share of the width.
  static func shape(_ rating: Rating, at x: Double, y: Int, size: Int = 18) -> HTML {
    """
    <svg x="\(percent(x))" y="\(y)" width="1" height="1" overflow="visible" \
    aria-hidden="true"><svg x="\(-size / 2)" y="\(-size / 2)" width="\(size)" \
    height="\(size)" viewBox="-1 -1 18 18" class="point point--\(rating.className)">\
    \(rating.shape)</svg></svg>
    """
  }

  /// The fills of the ratings: each has a pattern besides its colour.
  static let patterns: HTML = """
    <svg class="patterns" width="0" height="0" aria-hidden="true" focusable="false"><defs>\
    <pattern id="fill-outstanding" width="8" height="8" patternUnits="userSpaceOnUse">\
    <path class="ground-outstanding" d="M0 0h8v8H0z"/></pattern>\
    <pattern id="fill-good" width="8" height="8" patternUnits="userSpaceOnUse">\
    <path class="ground-good" d="M0 0h8v8H0z"/>\
    <path class="lines-good" d="M-2 2l4-4M0 8l8-8M6 10l4-4"/></pattern>\
    <pattern id="fill-requires" width="8" height="8" patternUnits="userSpaceOnUse">\
    <path class="ground-requires" d="M0 0h8v8H0z"/>\
    <circle class="dots-requires" cx="4" cy="4" r="1.2"/></pattern>\
    <pattern id="fill-inadequate" width="8" height="8" patternUnits="userSpaceOnUse">\
    <path class="ground-inadequate" d="M0 0h8v8H0z"/>\
    <path class="lines-inadequate" d="M0 0l8 8M8 0L0 8"/></pattern>\
    <pattern id="fill-none" width="8" height="8" patternUnits="userSpaceOnUse">\
    <path class="ground-none" d="M0 0h8v8H0z"/>\
    <path class="lines-none" d="M-2 2l4-4M0 8l8-8M6 10l4-4"/></pattern>\
    </defs></svg>

    """

  /// One entry of a key: the fill, the words and a number.
  static func key(_ entries: [(rating: Rating?, text: String)]) -> HTML {
    """
    <ul class="key">\(entries.map { entry in
      """
      <li class="key__entry"><svg class="key__fill" width="18" height="18" aria-hidden="true" \
      focusable="false"><rect width="18" height="18" fill="\(fill(entry.rating))"/></svg>\
      \(entry.text)</li>
      """
    })</ul>

    """
  }
}
