public import Problems
import RuleFiles
import Yams

extension Concordance {
  static let format = "plumbline-concordance/1"

  /// Reads a concordance between two of `editions`.
  ///
  /// - Throws: ``Problems`` with everything that is wrong, each with its line and column: also a
  ///   standard of either edition that is not mentioned.
  public static func read(
    yaml: String, file: String, editions: [RuleBook]
  ) throws(Problems) -> Concordance {
    try YAMLMapping.read(yaml, file: file, startFrom: "a shipped concordance") { root, log in
      ConcordanceReader(root: root, log: log, editions: editions).concordance()
    }
  }
}

private struct ConcordanceReader {
  let root: YAMLMapping
  let log: ProblemLog
  let editions: [RuleBook]

  func concordance() -> Concordance? {
    root.allowOnly(["format", "from", "to", "overall", "standards"])
    let format: String? = root.value("format", expecting: Concordance.format) {
      $0 == Concordance.format ? $0 : nil
    }
    let from = self.edition("from")
    let to = edition("to")
    let overall = root.mapping("overall").flatMap { entry -> Concordance.Link? in
      entry.allowOnly(["relation", "reason", "source", "status"])
      return link(entry, from: nil, to: nil)
    }
    let links = root.mappings("standards").compactMap { entry -> Concordance.Link? in
      entry.allowOnly(["from", "to", "relation", "reason", "source", "status"])
      let older = entry.optional("from").flatMap { code($0, entry, in: from) }
      let newer = entry.optional("to").flatMap { code($0, entry, in: to) }
      let link = self.link(entry, from: older, to: newer)
      // What is named counts here; whether it exists was said above.
      let sides = ["from", "to"].count(where: entry.has)
      if let link, sides != (link.relation == .none ? 1 : 2) {
        log.add(
          "a relation “\(link.relation.rawValue)” between "
            + "\(older?.text ?? "nothing") and \(newer?.text ?? "nothing")",
          at: entry.node.mark, remedy: "name both sides, or one side with relation: none")
      }
      return link
    }
    report(missing: from, links.compactMap(\.from))
    report(missing: to, links.compactMap(\.to))
    guard format != nil, let from, let to, let overall else { return nil }
    return Concordance(from: from.id, to: to.id, overall: overall, standards: links)
  }

  private func edition(_ key: String) -> RuleBook? {
    root.value(key, expecting: editions.map(\.id.text).joined(separator: ", ")) { text in
      editions.first { $0.id.text == text }
    }
  }

  private func code(_ node: Node, _ entry: YAMLMapping, in edition: RuleBook?) -> Code? {
    guard let edition else { return nil }
    return entry.value(of: node, called: "standard", expecting: "a standard of \(edition.id)") {
      text in edition.standards.first { $0.code.text == text }?.code
    }
  }

  private func link(_ entry: YAMLMapping, from: Code?, to: Code?) -> Concordance.Link? {
    let relation = entry.choice("relation", Concordance.Relation.self)
    let reason = entry.text("reason")
    let provenance = entry.provenance()
    guard let relation, let reason, let provenance else { return nil }
    return Concordance.Link(
      from: from, to: to, relation: relation, reason: reason, provenance: provenance)
  }

  private func report(missing edition: RuleBook?, _ named: [Code]) {
    guard let edition else { return }
    for standard in edition.standards where !named.contains(standard.code) {
      log.add(
        "\(edition.id) \(standard.code) is not mentioned", at: root.optional("standards")?.mark,
        remedy: "say how it relates, or relation: none")
    }
  }
}
