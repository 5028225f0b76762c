import Calendars
import Providers
import RuleFiles
import Statistics

/// What changed from one edition to another, entry by entry.
public struct RuleBookDifference: Hashable, Sendable {
  public enum Kind: String, Hashable, Sendable {
    case added
    case removed
    case changed
  }

  public struct Change: Hashable, Sendable {
    public let kind: Kind

    /// What changed, such as `standard 2.1 title`.
    public let place: String
    public let before: String?
    public let after: String?
  }

  public let from: RuleBook.ID
  public let to: RuleBook.ID
  public let changes: [Change]

  /// Compares two editions. Standards and questions are matched by their codes.
  public init(from one: RuleBook, to other: RuleBook) {
    from = one.id
    to = other.id
    let before = Self.entries(of: one)
    let after = Self.entries(of: other)
    let old = Dictionary(before) { first, _ in first }
    let new = Dictionary(after) { first, _ in first }
    var changes: [Change] = []
    for (place, text) in before {
      if let now = new[place] {
        if now != text {
          changes.append(Change(kind: .changed, place: place, before: text, after: now))
        }
      } else {
        changes.append(Change(kind: .removed, place: place, before: text, after: nil))
      }
    }
    for (place, text) in after where old[place] == nil {
      changes.append(Change(kind: .added, place: place, before: nil, after: text))
    }
    self.changes = changes
  }

  /// Everything in an edition as places and texts, in the order of the book.
  private static func entries(of book: RuleBook) -> [(String, String)] {
    var entries: [(String, String)] = [
      ("title", book.title),
      ("provider kinds", book.providerKinds.map(\.rawValue).joined(separator: ", ")),
      ("valid from", book.validFrom.description),
      ("valid until", book.validUntil?.description ?? "open"),
      ("validity status", book.validity.status.rawValue),
      ("validity source", book.validity.source),
    ]
    for band in book.bands.bands {
      entries.append(("band \(band.rating.rawValue)", "from \(band.from.points), \(band.words)"))
    }
    for rating in Rating.allCases {
      entries.append(("score \(rating.rawValue)", "\(book.scores[rating])"))
    }
    let question = book.rules.keyQuestion
    entries.append(("rule no applicable case", question.noApplicableCase.rawValue))
    entries.append(("rule not answered", question.notAnswered.rawValue))
    if case .bandOfSummedScores(let sets, _) = book.rules.overall {
      for set in sets {
        let bands = set.from.map { "\($0.rating.rawValue) from \($0.score)" }
        entries.append(("overall bands of \(set.maximum)", bands.joined(separator: ", ")))
      }
    }
    if let panel = book.rules.panel {
      entries.append(("panel within points", "\(panel.withinPoints.points)"))
      entries.append(("panel one case", "\(panel.opensForOneCase)"))
    }
    for (name, rule) in book.ruleTexts {
      entries.append(("rule text: \(name)", rule.text))
      entries.append(("rule status: \(name)", rule.provenance.status.rawValue))
      entries.append(("rule source: \(name)", rule.provenance.source))
    }
    for limit in book.rules.limits {
      let codes = limit.standards.map(\.text).joined(separator: ", ")
      let effect =
        switch limit.effect {
        case .overallAtMost(let most): "the whole at most \(most.rawValue)"
        case .standardAtMost(let code, let most): "\(code) at most \(most.rawValue)"
        }
      entries.append(
        (
          "limit \(limit.name)",
          "\(limit.atLeast) of \(codes) rated \(limit.ratedAtMost.rawValue) or lower: \(effect)"
        ))
    }
    for condition in book.conditions {
      entries.append(("condition \(condition.name)", condition.title))
      entries.append(("condition \(condition.name) status", condition.provenance.status.rawValue))
      entries.append(("condition \(condition.name) source", condition.provenance.source))
    }
    for domain in book.domains {
      entries.append(("domain \(domain.code)", domain.title))
      for standard in domain.standards {
        let place = "standard \(standard.code)"
        entries.append((place, standard.title))
        entries.append(("\(place) rated by", standard.ratedBy.rawValue))
        entries.append(("\(place) counted", "\(standard.isCounted)"))
        entries.append(("\(place) status", standard.provenance.status.rawValue))
        entries.append(("\(place) source", standard.provenance.source))
        for question in standard.questions { entries += Self.entries(of: question) }
      }
    }
    return entries
  }

  private static func entries(of question: RuleBook.KeyQuestion) -> [(String, String)] {
    let place = "question \(question.code)"
    var entries = [
      (place, question.title),
      ("\(place) text", question.text),
      ("\(place) guidance", question.guidance),
      ("\(place) prompts", question.prompts.joined(separator: "; ")),
      ("\(place) status", question.provenance.status.rawValue),
      ("\(place) source", question.provenance.source),
    ]
    if let condition = question.appliesTo { entries.append(("\(place) applies to", condition)) }
    if let pooled = question.pooledFrom {
      let codes = pooled.questions.map(\.text).joined(separator: ", ")
      entries.append(("\(place) pooled from", "\(pooled.edition): \(codes)"))
    }
    return entries
  }
}
