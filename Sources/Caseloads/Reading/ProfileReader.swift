import Foundation
public import Problems
import RuleFiles
import Yams

extension Profile {
  static let format = "plumbline-profile/1"

  /// The profiles that come with the product.
  public static let known = ["ndelius-2020", "plumbline"]

  /// A profile that comes with the product.
  ///
  /// - Throws: ``Problems`` when there is none of that name.
  public static func load(_ id: String) throws(Problems) -> Profile {
    let text = try YAMLMapping.text(
      id, in: Bundle.module.resourceURL?.appendingPathComponent("Profiles"), known: known,
      kind: "a profile")
    return try read(yaml: text, file: "\(id).yaml")
  }

  /// Reads a profile.
  ///
  /// - Throws: ``Problems`` with everything that is wrong, each with its line and column.
  public static func read(yaml: String, file: String) throws(Problems) -> Profile {
    try YAMLMapping.read(yaml, file: file, startFrom: "the profile plumbline") { root, log in
      ProfileReader(root: root, log: log).profile()
    }
  }
}

private struct ProfileReader {
  let root: YAMLMapping
  let log: ProblemLog

  func profile() -> Profile? {
    root.allowOnly([
      "format", "id", "title", "source", "status", "sheet", "title-row", "dates", "columns",
      "codes", "nothing",
    ])
    let format: String? = root.value("format", expecting: Profile.format) {
      $0 == Profile.format ? $0 : nil
    }
    let id = root.text("id")
    let title = root.text("title")
    let provenance = root.provenance()
    let dates = root.list("dates").compactMap {
      root.choice(of: $0, called: "dates", Profile.DateForm.self)
    }
    let (headings, fields) = root.mapping("columns").map(self.headings) ?? ([:], [:])
    let codes = root.mapping("codes").map(self.codes) ?? [:]
    let nothing = root.has("nothing") ? root.mapping("nothing").map(self.nothing) ?? [:] : [:]
    guard format != nil, let id, let title, let provenance else { return nil }
    return Profile(
      id: id, title: title, provenance: provenance, sheet: text("sheet"),
      titleRow: text("title-row"), dates: dates, headings: headings, codes: codes,
      nothing: nothing, digest: Digest(of: CanonicalForm.of(root.node).utf8),
      fieldsByHeading: fields)
  }

  private func text(_ key: String) -> String? {
    root.optional(key).flatMap { root.text(of: $0, called: key) }
  }

  /// The headings by field, and the fields by plain heading.
  private func headings(
    _ mapping: YAMLMapping
  ) -> (headings: [CaseField: [String]], fields: [String: CaseField]) {
    mapping.allowOnly(CaseField.allCases.map(\.rawValue))
    var headings: [CaseField: [String]] = [:]
    var taken: [String: CaseField] = [:]
    for field in CaseField.allCases {
      guard let node = mapping.optional(field.rawValue) else {
        if CaseField.required.contains(field) { _ = mapping.required(field.rawValue) }
        continue
      }
      let texts = self.texts(node, in: mapping, called: field.rawValue)
      for text in texts {
        if let other = taken.updateValue(field, forKey: Profile.plain(text)), other != field {
          log.add(
            "“\(text)” is the heading of \(other.rawValue) and of \(field.rawValue)",
            at: node.mark, remedy: "keep one")
        }
      }
      headings[field] = texts
    }
    return (headings, taken)
  }

  private func codes(_ mapping: YAMLMapping) -> [CaseField: [String: [String]]] {
    mapping.allowOnly(CaseField.coded.map(\.rawValue))
    var codes: [CaseField: [String: [String]]] = [:]
    for field in CaseField.coded {
      guard let node = mapping.optional(field.rawValue) else {
        if CaseField.required.contains(field) { _ = mapping.required(field.rawValue) }
        continue
      }
      guard let words = YAMLMapping(node, log, called: "“\(field.rawValue)”") else { continue }
      words.allowOnly(field.codes)
      var taken: [String: String] = [:]
      for code in field.codes {
        guard let node = words.optional(code) else { continue }
        let texts = self.texts(node, in: words, called: code)
        for text in texts {
          if let other = taken.updateValue(code, forKey: Profile.plain(text)), other != code {
            log.add(
              "“\(text)” stands for \(other) and for \(code)", at: node.mark, remedy: "keep one")
          }
        }
        codes[field, default: [:]][code] = texts
      }
    }
    return codes
  }

  private func nothing(_ mapping: YAMLMapping) -> [CaseField: [String]] {
    mapping.allowOnly(CaseField.allCases.map(\.rawValue))
    var nothing: [CaseField: [String]] = [:]
    for field in CaseField.allCases {
      guard let node = mapping.optional(field.rawValue) else { continue }
      nothing[field] = texts(node, in: mapping, called: field.rawValue)
    }
    return nothing
  }

  /// One text or a list of them.
  private func texts(_ node: Node, in mapping: YAMLMapping, called name: String) -> [String] {
    if node.scalar != nil {
      return mapping.text(of: node, called: name).map { [$0] } ?? []
    }
    return mapping.texts(name)
  }
}
