import Calendars
public import Problems
import Providers
import RuleFiles
import Statistics
import Yams

extension RuleBook {
  static let format = "plumbline-rule-book/1"

  /// Reads a rule book.
  ///
  /// - Throws: ``Problems`` with everything that is wrong, each with its line and column.
  public static func read(yaml: String, file: String) throws(Problems) -> RuleBook {
    try YAMLMapping.read(yaml, file: file, startFrom: "a published edition") { root, log in
      RuleBookReader(root: root, log: log).book()
    }
  }
}

/// Reads one file. Each part reads on after a problem, so that all are found in one pass.
private struct RuleBookReader {
  let root: YAMLMapping
  let log: ProblemLog

  func book() -> RuleBook? {
    root.allowOnly([
      "format", "id", "title", "provider-kinds", "valid", "bands", "scores", "rules", "limits",
      "conditions", "domains",
    ])
    let format: String? = root.value("format", expecting: RuleBook.format) {
      $0 == RuleBook.format ? $0 : nil
    }
    let id = root.value("id", expecting: "words and a year, such as crc-2018", { RuleBook.ID($0) })
    let title = root.text("title")
    let kinds = root.list("provider-kinds").compactMap {
      root.choice(of: $0, called: "provider-kinds", ProviderKind.self)
    }
    let validity = self.validity()
    let bands = root.mapping("bands").flatMap(self.shareBands)
    let scores = root.mapping("scores").flatMap(self.scores)
    let conditions = self.conditions()
    let domains = self.domains(conditions: conditions)
    let standards = domains.flatMap(\.standards)
    let rules = root.mapping("rules").flatMap {
      self.rules($0, scores: scores, standards: standards)
    }
    guard format != nil, let id, let title, let validity, let bands, let scores, let rules else {
      return nil
    }
    return RuleBook(
      id: id, title: title, providerKinds: kinds, validFrom: validity.from,
      validUntil: validity.until, validity: validity.provenance, bands: bands, scores: scores,
      rules: rules, conditions: conditions, domains: domains,
      digest: Digest(of: CanonicalForm.of(root.node).utf8))
  }

  private func validity() -> (from: Day, until: Day?, provenance: Provenance)? {
    guard let valid = root.mapping("valid") else { return nil }
    valid.allowOnly(["from", "until", "source", "status"])
    let from = valid.value("from", expecting: "a day such as 2018-04-01") { Day($0) }
    var until: Day?
    if let node = valid.optional("until") {
      until = valid.value(of: node, called: "until", expecting: "a day such as 2018-04-01") {
        Day($0)
      }
      if let from, let end = until, end <= from {
        log.add("“until” is not after “from”", at: node.mark, remedy: "the end is not included")
      }
    }
    let provenance = valid.provenance()
    guard let from, let provenance else { return nil }
    return (from, until, provenance)
  }

  // MARK: - Bands and scores

  private func shareBands(_ mapping: YAMLMapping) -> ShareBands? {
    mapping.allowOnly(["entries", "source", "status"])
    let entries = mapping.mappings("entries").compactMap {
      entry -> (ShareBands.Band, YAMLMapping)? in
      entry.allowOnly(["rating", "from", "words"])
      let rating = entry.choice("rating", Rating.self)
      let from = entry.number("from", in: 0...100)
      let words = entry.text("words")
      guard let rating, let from = from.flatMap(Percent.init), let words else { return nil }
      return (ShareBands.Band(rating: rating, from: from, words: words), entry)
    }
    let missing = Rating.allCases.filter { rating in !entries.contains { $0.0.rating == rating } }
    if !missing.isEmpty {
      log.add(
        "no band for \(missing.map(\.rawValue).joined(separator: ", "))", at: mapping.node.mark,
        remedy: "give each of the four ratings one band")
    }
    checkAscending(entries.map { ($0.0.rating, $0.0.from.points, $0.1.node.mark) })
    guard let provenance = mapping.provenance() else { return nil }
    return ShareBands(bands: entries.map(\.0), provenance: provenance)
  }

  /// Every rating once, lowest first, the first from zero, each from more than the one before.
  private func checkAscending(_ bands: [(rating: Rating, from: Int, mark: Mark?)]) {
    if let first = bands.first, first.rating == .inadequate, first.from != 0 {
      log.add("the lowest band starts at \(first.from)", at: first.mark, remedy: "start it at 0")
    }
    for (one, next) in zip(bands, bands.dropFirst()) {
      if next.rating <= one.rating {
        log.add(
          "\(next.rating.rawValue) does not follow \(one.rating.rawValue)", at: next.mark,
          remedy: "list the ratings from inadequate to outstanding, each once")
      }
      if next.from <= one.from {
        log.add(
          "the band of \(next.rating.rawValue) starts at \(next.from), not above \(one.from)",
          at: next.mark, remedy: "raise it above the band before")
      }
    }
  }

  private func scores(_ mapping: YAMLMapping) -> RuleBook.Scores? {
    mapping.allowOnly(Rating.allCases.map(\.rawValue) + ["source", "status"])
    var points: [Rating: Int] = [:]
    for rating in Rating.allCases {
      guard let number = mapping.number(rating.rawValue, in: 0...100) else { continue }
      if let lower = rating.previous.flatMap({ points[$0] }), number <= lower {
        log.add(
          "\(rating.rawValue) scores \(number), not more than the rating below it",
          at: mapping.optional(rating.rawValue)?.mark, remedy: "raise it")
      }
      points[rating] = number
    }
    guard let provenance = mapping.provenance(), points.count == Rating.allCases.count else {
      return nil
    }
    return RuleBook.Scores(points: points, provenance: provenance)
  }

  // MARK: - Rules

  private func rules(
    _ mapping: YAMLMapping, scores: RuleBook.Scores?, standards: [RuleBook.Standard]
  ) -> RatingRules? {
    mapping.allowOnly(["key-question", "standard", "overall", "panel"])
    let question = mapping.mapping("key-question").flatMap(keyQuestionRule)
    let standard = mapping.mapping("standard").flatMap { standard -> RatingRules.Standard? in
      standard.allowOnly(["rule", "text", "source", "status"])
      fixed(standard, "band-of-lowest-key-question")
      return standard.ruleText().map(RatingRules.Standard.init)
    }
    let maximum = scores.map { standards.count(where: \.isCounted) * $0.most }
    let overall = mapping.mapping("overall").flatMap { overallRule($0, maximum: maximum) }
    let panel = mapping.mapping("panel").flatMap(panelRule)
    let limits = root.mappings("limits", isEmptyAllowed: true).compactMap {
      limit($0, standards: standards)
    }
    guard let question, let standard, let overall, let panel else { return nil }
    return RatingRules(
      keyQuestion: question, standard: standard, overall: overall, panel: panel.rule,
      panelText: panel.text, limits: limits)
  }

  /// Reports a rule whose name is none of those that the engine has a shape for.
  @discardableResult
  private func fixed(_ mapping: YAMLMapping, _ names: String...) -> String? {
    mapping.value("rule", expecting: names.joined(separator: " or ")) {
      names.contains($0) ? $0 : nil
    }
  }

  private func keyQuestionRule(_ mapping: YAMLMapping) -> RatingRules.KeyQuestion? {
    mapping.allowOnly(["rule", "no-applicable-case", "not-answered", "text", "source", "status"])
    fixed(mapping, "band-of-exact-share")
    let none = mapping.choice("no-applicable-case", RatingRules.KeyQuestion.WithoutShare.self)
    let blank = mapping.choice("not-answered", RatingRules.KeyQuestion.WithoutShare.self)
    let text = mapping.ruleText()
    guard let none, let blank, let text else { return nil }
    return RatingRules.KeyQuestion(noApplicableCase: none, notAnswered: blank, text: text)
  }

  private func overallRule(_ mapping: YAMLMapping, maximum: Int?) -> RatingRules.Overall? {
    let name = fixed(mapping, "band-of-summed-scores", "none")
    let text = mapping.ruleText()
    if name == "none" {
      mapping.allowOnly(["rule", "text", "source", "status"])
      return text.map(RatingRules.Overall.none)
    }
    mapping.allowOnly(["rule", "bands", "text", "source", "status"])
    var sets: [ScoreBands] = []
    for entry in mapping.mappings("bands") {
      entry.allowOnly(["maximum"] + Rating.allCases.map(\.rawValue))
      guard let most = entry.number("maximum", in: 1...10_000) else { continue }
      let bands = Rating.allCases.compactMap { rating in
        entry.number(rating.rawValue, in: 0...most).map {
          (rating: rating, from: $0, mark: entry.optional(rating.rawValue)?.mark)
        }
      }
      checkAscending(bands)
      if sets.contains(where: { $0.maximum == most }) {
        log.add("the maximum \(most) is given twice", at: entry.node.mark, remedy: "keep one")
      }
      sets.append(
        ScoreBands(
          maximum: most, from: bands.map { ScoreBands.Entry(rating: $0.rating, score: $0.from) }))
    }
    if let maximum, !sets.isEmpty, !sets.contains(where: { $0.maximum == maximum }) {
      log.add(
        "no bands for \(maximum), the maximum when every counted standard is rated",
        at: mapping.optional("bands")?.mark, remedy: "add bands with maximum: \(maximum)")
    }
    return text.map { .bandOfSummedScores(sets, $0) }
  }

  private func panelRule(
    _ mapping: YAMLMapping
  ) -> (rule: RatingRules.Panel?, text: RuleText)? {
    let name = fixed(mapping, "near-the-next-band", "none")
    let text = mapping.ruleText()
    if name == "none" {
      mapping.allowOnly(["rule", "text", "source", "status"])
      return text.map { (nil, $0) }
    }
    mapping.allowOnly(["rule", "within-points", "one-case", "text", "source", "status"])
    let points = mapping.number("within-points", in: 0...50).flatMap(Percent.init)
    let oneCase = mapping.flag("one-case")
    guard let text, let points, let oneCase else { return nil }
    return (RatingRules.Panel(withinPoints: points, opensForOneCase: oneCase), text)
  }

  private func limit(_ mapping: YAMLMapping, standards: [RuleBook.Standard]) -> Limit? {
    mapping.allowOnly(["name", "text", "when", "then", "source", "status"])
    let name = mapping.text("name")
    let text = mapping.ruleText()
    let when = mapping.mapping("when")
    let then = mapping.mapping("then")
    guard let name, let text, let when, let then else { return nil }
    when.allowOnly(["standards", "rated-at-most", "at-least"])
    let nodes = when.list("standards")
    let watched = nodes.compactMap { known($0, when, standards) }
    let rating = when.choice("rated-at-most", Rating.self)
    let atLeast = when.number("at-least", in: 1...max(1, nodes.count))
    let effect = self.effect(then, standards: standards)
    guard let rating, let atLeast, let effect else { return nil }
    return Limit(
      name: name, standards: watched, ratedAtMost: rating, atLeast: atLeast, effect: effect,
      text: text)
  }

  private func effect(_ then: YAMLMapping, standards: [RuleBook.Standard]) -> Limit.Effect? {
    if then.has("overall-at-most") {
      then.allowOnly(["overall-at-most"])
      return then.choice("overall-at-most", Rating.self).map(Limit.Effect.overallAtMost)
    }
    then.allowOnly(["standard", "at-most"])
    let code = then.required("standard").flatMap { known($0, then, standards) }
    let rating = then.choice("at-most", Rating.self)
    guard let code, let rating else { return nil }
    return .standardAtMost(code, rating)
  }

  /// The code of a standard that the book has.
  private func known(
    _ node: Node, _ mapping: YAMLMapping, _ standards: [RuleBook.Standard]
  ) -> Code? {
    guard let text = mapping.text(of: node, called: "standard") else { return nil }
    if let found = standards.first(where: { $0.code.text == text }) { return found.code }
    log.add(
      "there is no standard “\(text)”", at: node.mark,
      remedy: NearestName.remedy(for: text, among: standards.map(\.code.text)))
    return nil
  }

  // MARK: - Domains, standards, questions

  private func conditions() -> [RuleBook.Condition] {
    var seen: Set<String> = []
    return root.mappings("conditions", isEmptyAllowed: true).compactMap { entry in
      entry.allowOnly(["name", "title", "source", "status"])
      let name = entry.text("name")
      if let name, !seen.insert(name).inserted {
        log.add(
          "the condition “\(name)” is given twice", at: entry.optional("name")?.mark,
          remedy: "keep one")
      }
      let title = entry.text("title")
      let provenance = entry.provenance()
      guard let name, let title, let provenance else { return nil }
      return RuleBook.Condition(name: name, title: title, provenance: provenance)
    }
  }

  private func domains(conditions: [RuleBook.Condition]) -> [RuleBook.Domain] {
    var seen: Set<Code> = []
    return root.mappings("domains").compactMap { entry in
      entry.allowOnly(["code", "title", "standards"])
      let code = self.code(entry, inside: nil, &seen)
      let title = entry.text("title")
      let standards = entry.mappings("standards").compactMap {
        standard($0, in: code, conditions, &seen)
      }
      guard let code, let title else { return nil }
      return RuleBook.Domain(code: code, title: title, standards: standards)
    }
  }

  private func standard(
    _ entry: YAMLMapping, in domain: Code?, _ conditions: [RuleBook.Condition],
    _ seen: inout Set<Code>
  ) -> RuleBook.Standard? {
    entry.allowOnly(["code", "title", "rated-by", "counted", "source", "status", "questions"])
    let code = self.code(entry, inside: domain, &seen)
    let title = entry.text("title")
    let ratedBy = entry.choice("rated-by", RuleBook.Standard.RatedBy.self)
    let isCounted = entry.flag("counted")
    let provenance = entry.provenance()
    let questions = entry.mappings("questions").compactMap {
      question($0, in: code, ratedBy, conditions, &seen)
    }
    guard let code, let title, let ratedBy, let isCounted, let provenance else { return nil }
    return RuleBook.Standard(
      code: code, title: title, ratedBy: ratedBy, isCounted: isCounted, questions: questions,
      provenance: provenance)
  }

  private func question(
    _ entry: YAMLMapping, in standard: Code?, _ ratedBy: RuleBook.Standard.RatedBy?,
    _ conditions: [RuleBook.Condition], _ seen: inout Set<Code>
  ) -> RuleBook.KeyQuestion? {
    entry.allowOnly([
      "code", "title", "text", "applies-to", "guidance", "prompts", "pooled-from", "source",
      "status",
    ])
    let code = self.code(entry, inside: standard, &seen)
    let title = entry.text("title")
    let text = entry.text("text")
    let guidance = entry.text("guidance")
    let prompts = entry.texts("prompts")
    let provenance = entry.provenance()
    let appliesTo = applicability(entry, ratedBy, conditions)
    let pooledFrom = entry.optional("pooled-from").flatMap { pooling($0) }
    if entry.has("pooled-from"), ratedBy != .pooled {
      log.add(
        "“pooled-from” stands in a standard that is not pooled",
        at: entry.optional("pooled-from")?.mark, remedy: "take it out, or write rated-by: pooled")
    }
    guard let code, let title, let text, let guidance, let provenance else { return nil }
    return RuleBook.KeyQuestion(
      code: code, title: title, text: text, appliesTo: appliesTo, guidance: guidance,
      prompts: prompts, pooledFrom: pooledFrom, provenance: provenance)
  }

  private func applicability(
    _ entry: YAMLMapping, _ ratedBy: RuleBook.Standard.RatedBy?,
    _ conditions: [RuleBook.Condition]
  ) -> String? {
    if ratedBy == .evidence {
      if let node = entry.optional("applies-to") {
        log.add(
          "a question on evidence is not put to cases", at: node.mark, remedy: "take it out")
      }
      return nil
    }
    let names = conditions.map(\.name)
    guard let node = entry.required("applies-to"),
      let name = entry.text(of: node, called: "applies-to")
    else { return nil }
    if !names.contains(name) {
      log.add(
        "there is no condition “\(name)”", at: node.mark,
        remedy: NearestName.remedy(for: name, among: names))
    }
    return name
  }

  private func pooling(_ node: Node) -> RuleBook.Pooling? {
    guard let mapping = YAMLMapping(node, log, called: "“pooled-from”") else { return nil }
    mapping.allowOnly(["edition", "questions"])
    let edition = mapping.value(
      "edition", expecting: "an edition such as pdu-2023", { RuleBook.ID($0) })
    let questions = mapping.list("questions").compactMap { question in
      mapping.value(of: question, called: "questions", expecting: "a code such as 2.1.3") {
        Code($0)
      }
    }
    return edition.map { RuleBook.Pooling(edition: $0, questions: questions) }
  }

  private func code(_ entry: YAMLMapping, inside outer: Code?, _ seen: inout Set<Code>) -> Code? {
    let example = outer.map { "\($0).1" } ?? "1"
    guard
      let code = entry.value("code", expecting: "a code such as \(example)", { Code($0) })
    else { return nil }
    let mark = entry.optional("code")?.mark
    if let outer, !code.isInside(outer) {
      log.add(
        "“\(code)” is not inside “\(outer)”", at: mark, remedy: "number it \(outer).1, \(outer).2 …"
      )
    }
    if outer == nil, code.depth > 1, example == "1" {
      log.add("“\(code)” is not the code of a domain", at: mark, remedy: "use one number")
    }
    if !seen.insert(code).inserted {
      log.add("the code “\(code)” is given twice", at: mark, remedy: "give each its own")
    }
    return code
  }
}

extension YAMLMapping {
  fileprivate func ruleText() -> RuleText? {
    let text = text("text")
    let provenance = provenance()
    guard let text, let provenance else { return nil }
    return RuleText(text: text, provenance: provenance)
  }
}
