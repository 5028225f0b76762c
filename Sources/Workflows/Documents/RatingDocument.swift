import Cores
import Judgements
public import OrderedJSON
import Problems
import Ratings
import RuleFiles
import Standards
import Statistics

/// The ratings of an inspection as machines read them.
public enum RatingDocument {
  /// The whole, with the groups behind it where the answers were grouped.
  public static func of(_ rated: RatedInspection) -> JSON {
    var members = members(of: rated.rating, readingNotices: rated.notices)
    if let column = rated.groupedBy {
      members.append(
        JSON.Member(
          "groups",
          .object([
            JSON.Member("by", .string(column)),
            JSON.Member(
              "results",
              .array(
                rated.groups.concurrentMap { group in
                  .object(
                    [JSON.Member("name", .string(group.name))] + self.members(of: group.rating))
                })),
          ])))
    }
    return .object(members)
  }

  /// What a record gives, with what the engine refused of it.
  public static func of(_ record: RatedRecord) -> JSON {
    .object(
      members(of: record.rating)
        + [JSON.Member("leftOut", .texts(record.leftOut.map(\.description)))])
  }

  private static func members(
    of rating: InspectionRating, readingNotices: [String] = []
  ) -> [JSON.Member] {
    [
      JSON.Member(
        "standards",
        ["id": .string(rating.edition.text), "digest": .string(rating.editionDigest.description)]),
      JSON.Member("overall", overall(rating)),
      JSON.Member("results", .array(rating.standards.map(standard))),
      JSON.Member(
        "openToPanel",
        .array(
          rating.openToPanel.map { opening in
            [
              "standard": .string(opening.standard.text),
              "question": .string(opening.question.text),
              "because": .texts(opening.because.map(\.name)),
              "towards": .texts(opening.towards.map(\.rawValue)),
            ]
          })),
      JSON.Member("notices", .texts(readingNotices + rating.notices)),
    ]
  }

  private static func overall(_ rating: InspectionRating) -> JSON {
    let overall = rating.overall
    var members = [
      JSON.Member("rating", .text(overall.rating?.rawValue)),
      JSON.Member("ruleRating", .text(rating.ruleOverall.rating?.rawValue)),
    ]
    if let reason = overall.reasonNotRated {
      members.append(JSON.Member("notRated", .string(reason)))
    }
    return .object(
      members + [
        JSON.Member("score", .count(overall.score)),
        JSON.Member("maximum", .number(overall.maximum)),
        JSON.Member("possible", .range(overall.possible)),
      ])
  }

  private static func standard(_ standard: StandardResult) -> JSON {
    var members = [
      JSON.Member("code", .string(standard.code.text)),
      JSON.Member("title", .string(standard.title)),
      JSON.Member("counted", .bool(standard.isCounted)),
      JSON.Member("rating", .text(standard.rating?.rawValue)),
      JSON.Member("ruleRating", .text(standard.ruleRating?.rawValue)),
    ]
    if case .notInspected(let reason) = standard.outcome {
      members.append(JSON.Member("notRated", .string(reason)))
    }
    members += [
      JSON.Member("score", .count(standard.score)),
      JSON.Member("deciding", .text(standard.outcome.deciding?.text)),
    ]
    if let panel = standard.panel {
      members.append(
        JSON.Member(
          "panel", ["reason": .string(panel.reason), "members": .string(panel.members)]))
    }
    members.append(JSON.Member("questions", .array(standard.questions.map(question))))
    return .object(members)
  }

  private static func question(_ question: QuestionResult) -> JSON {
    let interval = question.share.map { WilsonInterval($0).rounded.map(JSON.decimal) }
    return [
      "code": .string(question.code.text),
      "sufficient": .number(question.tally.sufficient),
      "applicable": .number(question.tally.applicable),
      "rating": .text(question.rating?.rawValue),
      "interval": interval.map(JSON.array) ?? .null,
    ]
  }
}
