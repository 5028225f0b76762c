import Caseloads
import Foundation
public import Problems
import RuleFiles
import Yams

extension SamplingPlan {
  static let format = "plumbline-sampling-plan/1"

  /// The plans that come with the product.
  public static let known = ["probation"]

  /// A plan that comes with the product.
  ///
  /// - Throws: ``Problems`` when there is none of that name.
  public static func load(_ id: String) throws(Problems) -> SamplingPlan {
    let text = try YAMLMapping.text(
      id, in: Bundle.module.resourceURL?.appendingPathComponent("SamplingPlans"), known: known,
      kind: "a sampling plan")
    return try read(yaml: text, file: "\(id).yaml")
  }

  /// Reads a plan.
  ///
  /// - Throws: ``Problems`` with everything that is wrong, each with its line and column; also when
  ///   a case would have no stratum or several.
  public static func read(yaml: String, file: String) throws(Problems) -> SamplingPlan {
    try YAMLMapping.read(yaml, file: file, startFrom: "the plan probation") { root, log in
      SamplingPlanReader(root: root, log: log).plan()
    }
  }
}

private struct SamplingPlanReader {
  let root: YAMLMapping
  let log: ProblemLog

  func plan() -> SamplingPlan? {
    root.allowOnly([
      "format", "id", "title", "editions", "officer-cap", "reserve", "kinds", "samples",
    ])
    let format: String? = root.value("format", expecting: SamplingPlan.format) {
      $0 == SamplingPlan.format ? $0 : nil
    }
    let id = root.text("id")
    let title = root.text("title")
    let cap = setting("officer-cap", in: 1...1_000)
    let reserve = setting("reserve", in: 0...1_000)
    let groups = root.has("kinds") ? self.groups() : [:]
    let samples = root.mappings("samples").compactMap { kind($0, groups) }
    guard format != nil, let id, let title, let cap, let reserve else { return nil }
    return SamplingPlan(
      id: id, title: title, editions: root.texts("editions"), officerCap: cap, reserve: reserve,
      kinds: samples, digest: Digest(of: CanonicalForm.of(root.node).utf8))
  }

  private func setting(_ key: String, in range: ClosedRange<Int>) -> SamplingPlan.Setting? {
    guard let mapping = root.mapping(key) else { return nil }
    mapping.allowOnly(["value", "source", "status"])
    let value = mapping.number("value", in: range)
    let provenance = mapping.provenance()
    guard let value, let provenance else { return nil }
    return SamplingPlan.Setting(value: value, provenance: provenance)
  }

  /// Sentence types by the name of their kind.
  private func groups() -> [String: Set<SentenceType>] {
    guard let mapping = root.mapping("kinds"), let entries = mapping.node.mapping else {
      return [:]
    }
    var groups: [String: Set<SentenceType>] = [:]
    for name in entries.compactMap({ $0.key.scalar?.string }) {
      groups[name] = Set(
        mapping.list(name).compactMap { mapping.choice(of: $0, called: name, SentenceType.self) })
    }
    return groups
  }

  private func kind(
    _ mapping: YAMLMapping, _ groups: [String: Set<SentenceType>]
  ) -> SamplingPlan.Kind? {
    mapping.allowOnly([
      "id", "title", "source", "status", "sentences", "window", "unpaid-work-hours", "strata",
    ])
    let id = mapping.text("id")
    let title = mapping.text("title")
    let provenance = mapping.provenance()
    let sentences = self.sentences(mapping, groups)
    let window = mapping.choice("window", SamplingPlan.WindowField.self)
    let hours =
      mapping.has("unpaid-work-hours") ? mapping.number("unpaid-work-hours", in: 0...1_000) : nil
    let strata = mapping.mappings("strata").compactMap { stratum($0, groups) }
    if strata.count > SamplingPlan.Kind.mostStrata {
      log.add(
        "a sample has more than \(SamplingPlan.Kind.mostStrata) strata", at: mapping.node.mark,
        remedy: "join some")
      return nil
    }
    guard let id, let title, let provenance, let window, !strata.isEmpty else { return nil }
    let kind = SamplingPlan.Kind(
      id: id, title: title, provenance: provenance, sentences: sentences, window: window,
      unpaidWorkHours: hours, strata: strata)
    check(kind, mapping)
    return kind
  }

  private func sentences(
    _ mapping: YAMLMapping, _ groups: [String: Set<SentenceType>]
  ) -> Set<SentenceType> {
    var all: Set<SentenceType> = []
    for node in mapping.list("sentences") {
      guard let text = mapping.text(of: node, called: "sentences") else { continue }
      if let group = groups[text] {
        all.formUnion(group)
      } else if let type = mapping.choice(of: node, called: "sentences", SentenceType.self) {
        all.insert(type)
      }
    }
    return all
  }

  private func stratum(
    _ mapping: YAMLMapping, _ groups: [String: Set<SentenceType>]
  ) -> SamplingPlan.Stratum? {
    mapping.allowOnly(["name", "sex", "sentences", "rosh", "report-type", "where-present"])
    func codes<Value: RawRepresentable & CaseIterable & Hashable>(
      _ key: String, _ type: Value.Type
    ) -> Set<Value>? where Value.RawValue == String {
      guard mapping.has(key) else { return nil }
      return Set(mapping.list(key).compactMap { mapping.choice(of: $0, called: key, type) })
    }
    guard let name = mapping.text("name") else { return nil }
    return SamplingPlan.Stratum(
      name: name, sexes: codes("sex", Sex.self),
      sentences: mapping.has("sentences") ? sentences(mapping, groups) : nil,
      risks: codes("rosh", RiskOfSeriousHarm.self),
      reportTypes: codes("report-type", ReportType.self),
      isOnlyWherePresent: mapping.has("where-present")
        ? mapping.flag("where-present") ?? false
        : false)
  }

  /// Every case that is sampled has one stratum.
  private func check(_ kind: SamplingPlan.Kind, _ mapping: YAMLMapping) {
    let reports =
      kind.isAboutReports
      ? ReportType.allCases.filter { $0 != .notRecorded } : [ReportType.notRecorded]
    for sex in Sex.allCases {
      for sentence in SentenceType.allCases where kind.sentences.contains(sentence) {
        for risk in RiskOfSeriousHarm.allCases {
          for report in reports {
            let strata = kind.strata.filter { $0.holds(sex, sentence, risk, report) }
            if strata.count == 1 { continue }
            let words = [sex.rawValue, sentence.rawValue, risk.rawValue].joined(separator: ", ")
            log.add(
              strata.isEmpty
                ? "a case that is \(words) has no stratum"
                : "a case that is \(words) is in \(strata.map(\.name).joined(separator: " and "))",
              at: mapping.node.mark, remedy: "let each case have one stratum of “\(kind.id)”")
            return
          }
        }
      }
    }
  }
}
