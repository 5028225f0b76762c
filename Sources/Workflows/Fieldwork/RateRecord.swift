public import Fieldwork
import Judgements
public import Problems
public import Ratings
public import Standards

/// The engine's answer to how an inspection stands. Nothing that was worked out is kept: it is asked
/// for again each time.
public enum RateRecord {
  /// Rates what is known so far. A standard that is judged on evidence has no rating here before its
  /// judgement is in the record.
  ///
  /// - Returns: Nothing when the edition is not one that this program has.
  /// - Throws: ``Problems`` when the engine refuses what was judged.
  public static func rate(
    _ state: InspectionState, _ editions: PublishedEditions
  ) throws(Problems) -> (rating: InspectionRating, book: RuleBook)? {
    guard let facts = state.facts, let book = editions[facts.edition],
      book.digest == state.edition
    else { return nil }
    return (try RatingEngine(book).rate(RatingInputs(answers: tally(of: state, book))), book)
  }

  /// The answers on the cases that are in the sample now, counted. One on a case that went stays in
  /// the record and counts for nothing.
  private static func tally(of state: InspectionState, _ book: RuleBook) -> Tally {
    let standards = book.standards.filter { $0.ratedBy == .caseQuestions }
    let codes = Set(standards.flatMap(\.questions).map(\.code))
    var questions: [Code: (sufficient: Int, insufficient: Int, notApplicable: Int)] = [:]
    for (place, noted) in state.answers {
      guard state.sample?.has(place.number) == true, let code = Code(place.question),
        codes.contains(code)
      else { continue }
      switch noted.value {
      case .sufficient: questions[code, default: (0, 0, 0)].sufficient += 1
      case .insufficient: questions[code, default: (0, 0, 0)].insufficient += 1
      case .notApplicable: questions[code, default: (0, 0, 0)].notApplicable += 1
      }
    }
    return Tally(
      questions.mapValues {
        QuestionTally(
          sufficient: $0.sufficient, insufficient: $0.insufficient,
          notApplicable: $0.notApplicable)
      })
  }
}
