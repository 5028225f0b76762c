import Calendars
public import OrderedJSON
import Providers
import RuleFiles
public import Standards
import Statistics

/// A rule book as machines read it.
public enum RuleBookDocument {
  public static func of(_ book: RuleBook) -> JSON {
    [
      "id": .string(book.id.text),
      "title": .string(book.title),
      "digest": .string(book.digest.description),
      "providerKinds": .texts(book.providerKinds.map(\.rawValue)),
      "valid": .object(
        [
          JSON.Member("from", .string(book.validFrom.description)),
          JSON.Member("until", .text(book.validUntil?.description)),
        ] + provenance(book.validity)),
      "domains": .array(book.domains.map(domain)),
      "conditions": .array(
        book.conditions.map { condition in
          .object(
            [
              JSON.Member("name", .string(condition.name)),
              JSON.Member("title", .string(condition.title)),
            ] + provenance(condition.provenance))
        }),
      "bands": .array(bands(book.bands)),
      "scores": .object(
        Rating.allCases.map { JSON.Member($0.rawValue, .number(book.scores[$0])) }),
      "maximum": .number(book.maximum),
      "rules": .array(
        book.ruleTexts.map { name, rule in
          .object(
            [JSON.Member("name", .string(name)), JSON.Member("text", .string(rule.text))]
              + provenance(rule.provenance))
        }),
      "overallBands": .array(overallBands(book)),
      "panel": panel(book),
      "limits": .array(book.rules.limits.map(limit)),
    ]
  }

  /// One line for a list of editions.
  public static func summary(of book: RuleBook) -> JSON {
    [
      "id": .string(book.id.text),
      "title": .string(book.title),
      "digest": .string(book.digest.description),
      "validFrom": .string(book.validFrom.description),
      "validUntil": .text(book.validUntil?.description),
      "standards": .number(book.standards.count),
      "maximum": .number(book.maximum),
    ]
  }

  public static func of(_ difference: RuleBookDifference) -> JSON {
    [
      "from": .string(difference.from.text),
      "to": .string(difference.to.text),
      "changes": .array(
        difference.changes.map { change in
          [
            "kind": .string(change.kind.rawValue),
            "place": .string(change.place),
            "before": .text(change.before),
            "after": .text(change.after),
          ]
        }),
    ]
  }

  private static func provenance(_ provenance: Provenance) -> [JSON.Member] {
    [
      JSON.Member("source", .string(provenance.source)),
      JSON.Member("status", .string(provenance.status.rawValue)),
    ]
  }

  private static func domain(_ domain: RuleBook.Domain) -> JSON {
    [
      "code": .string(domain.code.text),
      "title": .string(domain.title),
      "standards": .array(
        domain.standards.map { standard in
          .object(
            [
              JSON.Member("code", .string(standard.code.text)),
              JSON.Member("title", .string(standard.title)),
              JSON.Member("ratedBy", .string(standard.ratedBy.rawValue)),
              JSON.Member("counted", .bool(standard.isCounted)),
            ] + provenance(standard.provenance) + [
              JSON.Member("questions", .array(standard.questions.map(question)))
            ])
        }),
    ]
  }

  private static func question(_ question: RuleBook.KeyQuestion) -> JSON {
    let pooled: JSON =
      question.pooledFrom.map { pooling in
        [
          "edition": .string(pooling.edition.text),
          "questions": .texts(pooling.questions.map(\.text)),
        ]
      } ?? .null
    return .object(
      [
        JSON.Member("code", .string(question.code.text)),
        JSON.Member("title", .string(question.title)),
        JSON.Member("text", .string(question.text)),
        JSON.Member("appliesTo", .text(question.appliesTo)),
        JSON.Member("guidance", .string(question.guidance)),
        JSON.Member("prompts", .texts(question.prompts)),
        JSON.Member("pooledFrom", pooled),
      ] + provenance(question.provenance))
  }

  private static func bands(_ bands: ShareBands) -> [JSON] {
    bands.bands.map { band in
      [
        "rating": .string(band.rating.rawValue),
        "from": .number(band.from.points),
        "words": .string(band.words),
      ]
    }
  }

  private static func overallBands(_ book: RuleBook) -> [JSON] {
    guard case .bandOfSummedScores(let sets, _) = book.rules.overall else { return [] }
    return sets.map { set in
      [
        "maximum": .number(set.maximum),
        "bands": .array(
          set.from.map { ["rating": .string($0.rating.rawValue), "from": .number($0.score)] }),
      ]
    }
  }

  private static func panel(_ book: RuleBook) -> JSON {
    guard let panel = book.rules.panel else { return .null }
    return [
      "withinPoints": .number(panel.withinPoints.points),
      "oneCase": .bool(panel.opensForOneCase),
    ]
  }

  private static func limit(_ limit: Limit) -> JSON {
    let effect: JSON =
      switch limit.effect {
      case .overallAtMost(let rating): ["overallAtMost": .string(rating.rawValue)]
      case .standardAtMost(let code, let rating):
        ["standard": .string(code.text), "atMost": .string(rating.rawValue)]
      }
    return [
      "name": .string(limit.name),
      "standards": .texts(limit.standards.map(\.text)),
      "ratedAtMost": .string(limit.ratedAtMost.rawValue),
      "atLeast": .number(limit.atLeast),
      "then": effect,
    ]
  }
}
