import Fieldwork
import Records
import Workflows

/// What stands above the pages of somebody who signed in.
struct StaffBar: Sendable {
  let account: Account
  let formToken: String
}

/// A page of the part that people sign in to.
struct StaffContent: Content {
  let title: String
  var crumbs: [Crumb] = []
  var hasMistakes = false
  let main: HTML
  var staff: StaffBar?
  var scripts: [String] = []
  var isKept = false
  var section: Section? { nil }
  var isPrivate: Bool { true }
}

extension StaffSite {
  static let html = "text/html; charset=utf-8"

  /// A page for this visit. Nobody's browser keeps it.
  func page(
    _ title: String, _ visit: Visit, crumbs: [Crumb] = [], mistakes: [Mistake] = [],
    status: Int? = nil, further: [Page.Header] = [], _ main: HTML
  ) -> Page {
    let bar = visit.visitor.map { StaffBar(account: $0.account, formToken: visit.formToken) }
    return page(
      StaffContent(
        title: title, crumbs: crumbs, hasMistakes: !mistakes.isEmpty,
        main: Form.summary(of: mistakes) + main, staff: bar),
      status: status ?? (mistakes.isEmpty ? 200 : 422),
      further: further + Self.owner(of: visit) + (visit.remembering.map { [$0] } ?? []))
  }

  /// Whose page it is, so that a device never shows one person’s to another.
  private static func owner(of visit: Visit) -> [Page.Header] {
    visit.visitor.map { [Page.Header(name: "X-Account", value: $0.account.id.description)] } ?? []
  }

  func page(_ content: StaffContent, status: Int, further: [Page.Header] = []) -> Page {
    Page(
      status: status, type: Self.html, caching: .never, body: site.frame(content).bytes,
      further: further)
  }

  /// Sends a browser on, to a path of our own.
  static func redirect(to path: String, further: [Page.Header] = []) -> Page {
    Page(
      status: 303, type: "text/plain; charset=utf-8", caching: .never,
      body: Array("This page is at \(path)\n".utf8),
      further: [Page.Header(name: "Location", value: path)] + further)
  }

  /// A page that lies on a device of the visitor, with the scripts that make it work there.
  func keptPage(
    _ title: String, _ visit: Visit, crumbs: [Crumb], mistakes: [Mistake] = [],
    scripts: [String], _ main: HTML
  ) -> Page {
    let bar = visit.visitor.map { StaffBar(account: $0.account, formToken: visit.formToken) }
    return page(
      StaffContent(
        title: title, crumbs: crumbs, hasMistakes: !mistakes.isEmpty,
        main: Form.summary(of: mistakes) + main, staff: bar, scripts: scripts, isKept: true),
      status: mistakes.isEmpty ? 200 : 422,
      further: [Page.allowingScripts] + Self.owner(of: visit)
        + (visit.inspection.map {
          [Page.Header(name: "X-Revision", value: "\($0.state.revision)")]
        } ?? []))
  }

  /// A file to be kept.
  static func download(_ bytes: [UInt8], name: String, type: String) -> Page {
    let plain = String(
      name.map { letter in
        letter.isASCII && (letter.isLetter || letter.isNumber || "-_.".contains(letter))
          ? letter : "-"
      })
    return Page(
      type: type, caching: .never, body: bytes,
      further: [
        Page.Header(name: "Content-Disposition", value: "attachment; filename=\"\(plain)\"")
      ])
  }
}
