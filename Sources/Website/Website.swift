public import Calendars
public import Workflows

/// The public site: what is asked for goes in, a page comes out.
public struct Website: Sendable {
  let site: Site
  let today: @Sendable () -> Day
  let cache: PageCache?

  /// Makes the site.
  ///
  /// - Parameters:
  ///   - today: The day, asked for with every request; league tables hold as of it.
  ///   - hasStaff: Whether there is a part that people sign in to (``StaffSite``).
  ///   - rendersEveryTime: Switches off that pages are kept, to measure how fast they are made.
  public init(
    record: PublicRecord, assets: Assets, today: @escaping @Sendable () -> Day,
    hasStaff: Bool = false, rendersEveryTime: Bool = false
  ) {
    site = Site(record: record, assets: assets, hasStaff: hasStaff)
    self.today = today
    cache = rendersEveryTime ? nil : PageCache()
  }

  /// Answers a request for a page.
  ///
  /// - Parameters:
  ///   - path: The path as it was sent, with its percent signs.
  ///   - query: What stood after the question mark, or nothing.
  ///   - condition: The value of `If-None-Match`.
  public func respond(
    to path: String, query: String = "", ifNoneMatch condition: String? = nil
  ) -> Page {
    let page = page(for: path, query)
    if let condition, page.status == 200, page.matches(condition) { return page.notModified }
    return page
  }

  /// How many pages are kept in memory.
  public var keptPages: Int { cache?.count ?? 0 }

  /// The answer to a method that changes things: there is nothing here to change.
  static let methodRefusal = Page(
    status: 405, type: "text/plain; charset=utf-8", caching: .never,
    body: Array("This site only answers GET and HEAD.\n".utf8),
    further: [Page.Header(name: "Allow", value: "GET, HEAD")])

  private func page(for path: String, _ query: String) -> Page {
    let day = today()
    if query.isEmpty, let kept = cache?.page(at: path, on: day) { return kept }
    let answer = Routes(site: site, today: day).answer(path: path, query: Query(query))
    switch answer {
    case .moved(let address):
      return Page(
        status: 301, type: "text/plain; charset=utf-8", caching: .never,
        body: Array("This page is at \(address)\n".utf8),
        further: [Page.Header(name: "Location", value: address)])
    case .file(let type, let address, let caching, let render):
      return kept(at: address, on: day) { Page(type: type, caching: caching, body: render()) }
    case .page(let content, let address):
      return kept(at: address, on: day) {
        Page(type: Self.html, caching: .asked, body: site.frame(content).bytes)
      }
    case .mistaken(let content):
      return Page(status: 400, type: Self.html, caching: .never, body: site.frame(content).bytes)
    case .unknown(let content):
      return Page(status: 404, type: Self.html, caching: .never, body: site.frame(content).bytes)
    }
  }

  /// A page from memory, or made now and kept. Pages without an address of their own are not kept.
  private func kept(at address: String?, on day: Day, _ make: () -> Page) -> Page {
    guard let cache, let address else { return make() }
    if let page = cache.page(at: address, on: day) { return page }
    let page = make()
    cache.keep(page, at: address, on: day)
    return page
  }

  private static let html = "text/html; charset=utf-8"
}
