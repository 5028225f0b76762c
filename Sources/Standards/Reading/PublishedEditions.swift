import Foundation
public import Problems

/// The editions and the concordances that come with the product.
public final class PublishedEditions: Sendable {
  /// The rule books, in the order of their identifiers.
  public let ruleBooks: [RuleBook]

  public let concordances: [Concordance]

  /// The files as they lie in `Sources/Standards/RuleBooks`, by edition.
  public let sources: [RuleBook.ID: String]

  private let byID: [RuleBook.ID: RuleBook]

  init(
    ruleBooks: [RuleBook], concordances: [Concordance], sources: [RuleBook.ID: String]
  ) {
    self.ruleBooks = ruleBooks.sorted { $0.id < $1.id }
    self.concordances = concordances
    self.sources = sources
    byID = Dictionary(ruleBooks.map { ($0.id, $0) }) { first, _ in first }
  }

  /// Reads every file that came with the product.
  ///
  /// - Throws: ``Problems`` in any of them.
  public static func load() throws(Problems) -> PublishedEditions {
    var problems: [Problem] = []
    var books: [RuleBook] = []
    var sources: [RuleBook.ID: String] = [:]
    for (name, text) in try files(in: "RuleBooks") {
      do {
        let book = try RuleBook.read(yaml: text, file: name)
        books.append(book)
        sources[book.id] = text
      } catch {
        problems += error.list
      }
    }
    var concordances: [Concordance] = []
    for (name, text) in try files(in: "Concordances") {
      do {
        concordances.append(try Concordance.read(yaml: text, file: name, editions: books))
      } catch {
        problems += error.list
      }
    }
    try Problems.throwAny(problems)
    return PublishedEditions(
      ruleBooks: books, concordances: concordances, sources: sources)
  }

  public subscript(id: RuleBook.ID) -> RuleBook? { byID[id] }

  /// The edition named `text`, or a problem that names the nearest one.
  public func edition(named text: String) throws(Problems) -> RuleBook {
    if let found = ruleBooks.first(where: { $0.id.text == text }) { return found }
    throw Self.unknown(text, among: ruleBooks.map(\.id.text))
  }

  /// Reads only the edition named `text`: its file has its name.
  public static func load(edition text: String) throws(Problems) -> RuleBook {
    let files = try files(in: "RuleBooks")
    guard let file = files.first(where: { $0.name == "\(text).yaml" }) else {
      throw unknown(text, among: files.map { String($0.name.dropLast(".yaml".count)) })
    }
    return try RuleBook.read(yaml: file.text, file: file.name)
  }

  private static func unknown(_ text: String, among known: [String]) -> Problems {
    Problems(
      Problem(
        "--standards", "there is no edition “\(text)”",
        remedy: NearestName.remedy(for: text, among: known)))
  }

  private static func files(in folder: String) throws(Problems) -> [(name: String, text: String)] {
    let urls = (Bundle.module.urls(forResourcesWithExtension: "yaml", subdirectory: folder) ?? [])
      .map { $0 as URL }.sorted { $0.lastPathComponent < $1.lastPathComponent }
    var files: [(name: String, text: String)] = []
    for url in urls {
      do {
        files.append((url.lastPathComponent, try String(contentsOf: url, encoding: .utf8)))
      } catch {
        throw Problems(
          Problem(url.lastPathComponent, "cannot be read", remedy: "build the product anew"))
      }
    }
    return files
  }
}
