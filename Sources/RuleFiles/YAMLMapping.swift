public import Foundation
public import Problems
public import Yams

/// Gathers what is wrong with one YAML file.
public final class ProblemLog {
  let file: String
  public private(set) var problems: [Problem] = []

  public init(file: String) {
    self.file = file
  }

  public func add(_ what: String, at mark: Mark?, remedy: String) {
    problems.append(
      Problem(file, line: mark?.line, column: mark?.column, what, remedy: remedy))
  }
}

/// A YAML mapping while it is read: hands out values, remembers which keys were asked for, and
/// reports what is missing, unknown or of the wrong kind.
public struct YAMLMapping {
  public let node: Node
  public let log: ProblemLog
  private let entries: [(key: String, keyMark: Mark?, value: Node)]

  /// The place of each key among the entries.
  private let places: [String: Int]

  /// Wraps a node, or reports it and gives nothing when it is not a mapping.
  public init?(_ node: Node, _ log: ProblemLog, called name: String) {
    guard let mapping = node.mapping else {
      log.add(
        "\(name) must be a mapping of keys to values", at: node.mark, remedy: "write key: value")
      return nil
    }
    self.node = node
    self.log = log
    entries = mapping.map { key, value in (key.scalar?.string ?? "?", key.mark, value) }
    places = Dictionary(entries.enumerated().map { ($1.key, $0) }) { first, _ in first }
  }

  /// Reports each key that is not one of `known`.
  public func allowOnly(_ known: [String]) {
    for entry in entries where !known.contains(entry.key) {
      log.add(
        "“\(entry.key)” is not a known key", at: entry.keyMark,
        remedy: NearestName.remedy(for: entry.key, among: known))
    }
  }

  public func has(_ key: String) -> Bool { places[key] != nil }

  /// The node of a key that must be there.
  public func required(_ key: String) -> Node? {
    if let node = optional(key) { return node }
    log.add("“\(key)” is missing", at: node.mark, remedy: "add \(key):")
    return nil
  }

  public func optional(_ key: String) -> Node? {
    places[key].map { entries[$0].value }
  }

  /// Text that must be there and must not be empty, with white space folded.
  public func text(_ key: String) -> String? {
    required(key).flatMap { text(of: $0, called: key) }
  }

  public func text(of node: Node, called name: String) -> String? {
    guard let scalar = node.scalar else {
      log.add("“\(name)” must be text", at: node.mark, remedy: "write \(name): and the text")
      return nil
    }
    let folded = CanonicalForm.folded(scalar.string)
    guard !folded.isEmpty else {
      log.add("“\(name)” is empty", at: node.mark, remedy: "write the text behind it")
      return nil
    }
    return folded
  }

  /// A value that `parse` accepts.
  public func value<Value>(
    _ key: String, expecting expected: String, _ parse: (String) -> Value?
  ) -> Value? {
    required(key).flatMap { value(of: $0, called: key, expecting: expected, parse) }
  }

  public func value<Value>(
    of node: Node, called name: String, expecting expected: String, _ parse: (String) -> Value?
  ) -> Value? {
    guard let text = text(of: node, called: name) else { return nil }
    if let value = parse(text) { return value }
    log.add("“\(text)” is not a valid “\(name)”", at: node.mark, remedy: "use \(expected)")
    return nil
  }

  /// One of a fixed set of words.
  public func choice<Value: RawRepresentable & CaseIterable>(
    _ key: String, _ type: Value.Type
  ) -> Value? where Value.RawValue == String {
    required(key).flatMap { choice(of: $0, called: key, type) }
  }

  public func choice<Value: RawRepresentable & CaseIterable>(
    of node: Node, called name: String, _: Value.Type
  ) -> Value? where Value.RawValue == String {
    guard let text = text(of: node, called: name) else { return nil }
    if let value = Value(rawValue: text) { return value }
    log.add(
      "“\(text)” is not a valid “\(name)”", at: node.mark,
      remedy: NearestName.remedy(for: text, among: Value.allCases.map(\.rawValue)))
    return nil
  }

  public func flag(_ key: String) -> Bool? {
    value(key, expecting: "true or false") { ["true": true, "false": false][$0] }
  }

  public func number(_ key: String, in range: ClosedRange<Int>) -> Int? {
    value(key, expecting: "a whole number from \(range.lowerBound) to \(range.upperBound)") {
      Int($0).flatMap { range.contains($0) ? $0 : nil }
    }
  }

  public func mapping(_ key: String) -> YAMLMapping? {
    required(key).flatMap { YAMLMapping($0, log, called: "“\(key)”") }
  }

  /// The entries of a list that must be there.
  public func list(_ key: String, isEmptyAllowed: Bool = false) -> [Node] {
    guard let node = required(key) else { return [] }
    guard let sequence = node.sequence else {
      log.add("“\(key)” must be a list", at: node.mark, remedy: "write one entry per line with -")
      return []
    }
    if sequence.isEmpty, !isEmptyAllowed {
      log.add("“\(key)” is empty", at: node.mark, remedy: "add at least one entry")
    }
    return Array(sequence)
  }

  public func mappings(_ key: String, isEmptyAllowed: Bool = false) -> [YAMLMapping] {
    list(key, isEmptyAllowed: isEmptyAllowed).compactMap {
      YAMLMapping($0, log, called: "an entry of “\(key)”")
    }
  }

  public func texts(_ key: String) -> [String] {
    list(key).compactMap { text(of: $0, called: key) }
  }

  /// The source and the status that stand beside every rule.
  public func provenance() -> Provenance? {
    let source = text("source")
    let status = choice("status", Provenance.Status.self)
    guard let source, let status else { return nil }
    return Provenance(source: source, status: status)
  }
}

extension YAMLMapping {
  /// Reads a file whole.
  ///
  /// - Parameters:
  ///   - start: What to start from when nothing of it can be read, such as “a published edition”.
  ///   - value: Reads what the file holds, and notes in the log what is wrong.
  /// - Throws: ``Problems`` with everything that was noted.
  public static func read<Value>(
    _ yaml: String, file: String, startFrom start: String,
    _ value: (YAMLMapping, ProblemLog) -> Value?
  ) throws(Problems) -> Value {
    let log = ProblemLog(file: file)
    let found = root(of: yaml, startFrom: start, log: log).flatMap { value($0, log) }
    try Problems.throwAny(log.problems)
    guard let found else {
      throw Problems(Problem(file, "cannot be read", remedy: "start from \(start)"))
    }
    return found
  }

  /// The text of a file that comes with the product.
  ///
  /// - Parameters:
  ///   - known: The names of such files, without `.yaml`.
  ///   - kind: What it is, such as “a profile”.
  /// - Throws: ``Problems`` when there is none of that name, with the nearest one.
  public static func text(
    _ name: String, in folder: URL?, known: [String], kind: String
  ) throws(Problems) -> String {
    guard known.contains(name), let file = folder?.appendingPathComponent("\(name).yaml"),
      let text = try? String(contentsOf: file, encoding: .utf8)  // Why not is of no use to anyone.
    else {
      throw Problems(
        Problem(
          name, "is not \(kind) that is known", remedy: NearestName.remedy(for: name, among: known))
      )
    }
    return text
  }

  /// The top mapping of a file, or what keeps it from being read at all.
  private static func root(
    of yaml: String, startFrom start: String, log: ProblemLog
  ) -> YAMLMapping? {
    do {
      if ReferenceCheck.hasManyReferences(yaml) {
        refuse(referenceAt: nil, log)
        return nil
      }
      let parser = try Parser(yaml: yaml, resolver: .basic)
      guard let node = try parser.singleRoot() else {
        log.add("the file is empty", at: nil, remedy: "start from \(start)")
        return nil
      }
      // Nodes hold their names weakly; the parser keeps them.
      if let anchored = withExtendedLifetime(parser, { ReferenceCheck.firstAnchored(in: node) }) {
        refuse(referenceAt: anchored.mark, log)
        return nil
      }
      return YAMLMapping(node, log, called: "the file")
    } catch let error as YamlError {
      let (what, mark) = describe(error)
      log.add(what, at: mark, remedy: "mend the YAML; the rest is checked after that")
    } catch {
      log.add("the file is not YAML", at: nil, remedy: "start from \(start)")
    }
    return nil
  }

  private static func refuse(referenceAt mark: Mark?, _ log: ProblemLog) {
    log.add(
      "a part of the file is named with & to be used again with *", at: mark,
      remedy: "write it out wherever it is used")
  }

  private static func describe(_ error: YamlError) -> (String, Mark?) {
    switch error {
    case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
      .composer(_, let problem, let mark, _):
      ("not YAML: \(problem)", mark)
    case .duplicatedKeysInMapping(let duplicates, let context):
      ("a key is given twice: \(duplicates.joined(separator: ", "))", context.mark)
    case .reader(let problem, _, _, _): ("not YAML: \(problem)", nil)
    default: ("not YAML that can be read", nil)
    }
  }
}
