import Foundation
import Judgements
import Problems
import Ratings
import Standards
import Testing

/// What the tests of this target share.
enum Editions {
  static let published = Result { try PublishedEditions.load() }

  static func book(_ id: String) throws -> RuleBook {
    try published.get().edition(named: id)
  }

  static func limits() throws -> RuleBook {
    let url = try #require(
      Bundle.module.url(forResource: "limits", withExtension: "yaml", subdirectory: "Fixtures"))
    return try RuleBook.read(yaml: String(contentsOf: url, encoding: .utf8), file: "limits.yaml")
  }

  static func code(_ text: String) throws -> Code {
    try #require(Code(text))
  }

  /// Ratings as given, by the codes of their standards.
  static func given(_ ratings: [String: GivenRating]) throws -> [StandardJudgement] {
    try ratings.sorted { $0.key < $1.key }.map { text, rating in
      StandardJudgement(
        standard: try code(text), rating: rating, reason: "Seen.",
        place: Place("given.csv", line: 2))
    }
  }

  /// A tally from texts such as `14/30`, `n/a` and `-`.
  static func tally(_ counts: [String: String]) throws -> Tally {
    var tallies: [Code: QuestionTally] = [:]
    for (question, text) in counts {
      if text == "-" { continue }
      let parts = text.split(separator: "/").compactMap { Int($0) }
      tallies[try code(question)] =
        parts.count == 2
        ? QuestionTally(sufficient: parts[0], insufficient: parts[1] - parts[0])
        : QuestionTally(notApplicable: 5)
    }
    return Tally(tallies)
  }

  static func decision(
    _ standard: String, _ rating: Rating, line: Int = 2
  ) throws -> PanelDecision {
    PanelDecision(
      standard: try code(standard), rating: rating, reason: "The sub-sample is small.",
      members: "lead inspector, head of ratings", place: Place("panel.csv", line: line))
  }
}
