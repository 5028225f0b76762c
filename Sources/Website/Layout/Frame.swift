import Standards
import Workflows

/// A page without what all pages share.
protocol Content {
  /// The title in the browser, without the name of the site.
  var title: String { get }

  /// The part of the site it belongs to, marked in the navigation.
  var section: Section? { get }

  /// The way from the home page to here, without either.
  var crumbs: [Crumb] { get }

  /// Whether it names mistakes in a form.
  var hasMistakes: Bool { get }

  /// Whether it belongs to the part that people sign in to.
  var isPrivate: Bool { get }

  /// The names of the scripts that it runs; none but where a network may be missing.
  var scripts: [String] { get }

  /// Whether it may lie on a device: then it names nobody.
  var isKept: Bool { get }

  /// Who signed in; nothing on a public page.
  var staff: StaffBar? { get }

  /// Everything inside `main`, from the heading on.
  var main: HTML { get }
}

extension Content {
  var hasMistakes: Bool { false }
  var isPrivate: Bool { false }
  var staff: StaffBar? { nil }
  var scripts: [String] { [] }
  var isKept: Bool { false }
  var crumbs: [Crumb] { [] }
}

/// A step on the way to a page.
struct Crumb {
  let text: String
  let address: String
}

/// The parts of the site.
enum Section: CaseIterable {
  case providers, leagueTables, standards, checks, data, about

  var text: String {
    switch self {
    case .providers: "Providers"
    case .leagueTables: "League tables"
    case .standards: "Standards"
    case .checks: "Checks"
    case .data: "Data"
    case .about: "About"
    }
  }

  var address: String {
    switch self {
    case .providers: "/providers"
    case .leagueTables: "/league-tables"
    case .standards: "/standards"
    case .checks: "/checks"
    case .data: "/data"
    case .about: "/about"
    }
  }

  var crumb: Crumb { Crumb(text: text, address: address) }
}

extension Site {
  /// The whole document around a page.
  func frame(_ content: any Content) -> HTML {
    let main = content.main
    return """
      <!DOCTYPE html>
      <html lang="en-GB" class="govuk-template">
      <head>
      <meta charset="utf-8">
      <title>\(content.hasMistakes ? "Error: " : "")\(content.title) - Plumbline</title>
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <meta name="color-scheme" content="light">
      <meta name="theme-color" content="#12303f">
      \(assets.govuk.map { "<link rel=\"stylesheet\" href=\"\($0.path)\">\n" })\
      <link rel="stylesheet" href="\(assets.site.path)">
      <link rel="icon" href="\(assets.icon.path)" type="image/svg+xml">
      \(scripts(content))\
      </head>
      <body class="govuk-template__body">
      <a href="#main-content" class="govuk-skip-link">Skip to main content</a>
      \(Chart.patterns)\(header(content))\
      <div class="govuk-width-container">
      \(content.isPrivate ? .none : Self.notice)\(Self.breadcrumbs(content))\
      <main class="govuk-main-wrapper" id="main-content" tabindex="-1">
      \(main)
      </main>
      </div>
      \(Self.footer)\
      </body>
      </html>

      """
  }

  /// The scripts of a page. All of ours are named, so that who stores the page can store them.
  private func scripts(_ content: any Content) -> HTML {
    guard !content.scripts.isEmpty else { return .none }
    return """
      \(assets.scripts.values.map(\.path).sorted().map {
        "<link rel=\"modulepreload\" href=\"\($0)\">\n" as HTML
      })\
      \(content.scripts.compactMap { assets.scripts[$0] }.map {
        "<script type=\"module\" src=\"\($0.path)\"></script>\n" as HTML
      })
      """
  }

  private func header(_ content: any Content) -> HTML {
    """
    <header class="masthead">
    <div class="govuk-width-container masthead__row">
    <a class="masthead__name" href="/">\(Self.bob)Plumbline</a>
    <span class="masthead__line">\(content.isPrivate
      ? "Inspections and the people who carry them out"
      : "Probation inspection ratings that anyone can check")</span>
    \(hasStaff && content.staff == nil && !content.isPrivate ? Self.signIn : .none)\
    </div>
    </header>
    <nav class="sections" aria-label="Main">
    <div class="govuk-width-container sections__row">
    <ul class="sections__list">
    \(sections(content).map { entry in
      let mark: HTML = entry.isCurrent ? " aria-current=\"true\"" : ""
      return """
        <li class="sections__item"><a class="sections__link" href="\(entry.address)"\(mark)>\
        \(entry.text)</a></li>

        """
    })\
    </ul>
    \(content.staff.map { Self.signOut($0, isNamed: !content.isKept) })\
    </div>
    </nav>

    """
  }

  private func sections(
    _ content: any Content
  ) -> [(text: String, address: String, isCurrent: Bool)] {
    guard let staff = content.staff else {
      return Section.allCases.map { ($0.text, $0.address, $0 == content.section) }
    }
    var entries = [("Inspections", "/fieldwork"), ("Providers’ side", "/provider")]
    if staff.account.isAdministrator { entries.append(("Accounts", "/accounts")) }
    entries.append(("Your account", "/account"))
    let place = content.crumbs.first?.address
    return entries.map { ($0.0, $0.1, $0.1 == place) }
  }

  private static let signIn: HTML = "<a class=\"masthead__link\" href=\"/sign-in\">Sign in</a>\n"

  private static func signOut(_ staff: StaffBar, isNamed: Bool) -> HTML {
    """
    <form class="signed-in" method="post" action="/sign-out">\(Form.hidden("token", staff.formToken))\
    \(isNamed ? "<span class=\"signed-in__name\">\(staff.account.name)</span>" : .none)\
    <button class="signed-in__out" type="submit">Sign out</button></form>

    """
  }

  /// Our mark: a plumb bob.
  static let bob: HTML = """
    <svg class="masthead__mark" viewBox="0 0 24 32" aria-hidden="true" focusable="false">\
    <path d="M11 0h2v12h-2z"/><path d="M5 12h14v5l-7 15-7-15z"/></svg>
    """

  /// On every page: whose site this is not.
  private static let notice: HTML = """
    <div class="govuk-phase-banner" role="region" aria-label="Whose site this is">
    <p class="govuk-phase-banner__content">
    <strong class="govuk-tag govuk-phase-banner__content__tag">Independent</strong>
    <span class="govuk-phase-banner__text">This is not the inspectorate’s own service.
    <a class="govuk-link" href="/about">Where the facts come from and what is missing</a>.</span>
    </p>
    </div>

    """

  private static func breadcrumbs(_ content: any Content) -> HTML {
    let crumbs = content.crumbs
    guard !crumbs.isEmpty else { return .none }
    return """
      <nav class="govuk-breadcrumbs" aria-label="Breadcrumb">
      <ol class="govuk-breadcrumbs__list">
      \(((content.isPrivate ? [] : [Crumb(text: "Home", address: "/")]) + crumbs).map { """
        <li class="govuk-breadcrumbs__list-item">\
        <a class="govuk-breadcrumbs__link" href="\($0.address)">\($0.text)</a></li>

        """ })\
      </ol>
      </nav>

      """
  }

  private static let footer: HTML = """
    <footer class="govuk-footer foot">
    <div class="govuk-width-container">
    <h2 class="govuk-visually-hidden">Support links</h2>
    <ul class="govuk-footer__inline-list">
    <li class="govuk-footer__inline-list-item">
    <a class="govuk-footer__link" href="/about">About the facts</a></li>
    <li class="govuk-footer__inline-list-item">
    <a class="govuk-footer__link" href="/data">Download the data</a></li>
    <li class="govuk-footer__inline-list-item">
    <a class="govuk-footer__link" href="/accessibility">Accessibility statement</a></li>
    </ul>
    <p class="foot__text">Facts published by HM Inspectorate of Probation are used under the
    <a class="govuk-footer__link" rel="license"
    href="https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/">Open
    Government Licence v3.0</a>. Every inspection names where each fact was read.</p>
    </div>
    </footer>

    """
}
