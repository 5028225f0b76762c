public import Fieldwork
import Judgements
public import Problems
public import Ratings
public import Standards

/// How an inspection is rated by what its record holds.
public struct RatedRecord: Sendable {
  public let rating: InspectionRating
  public let book: RuleBook

  /// Decisions of the panel on what is not open to it any more, and judgements that contradict
  /// answers. They are left out of the rating; the line of each is the sequence of its entry.
  public let leftOut: [Problem]
}

/// The engine's answer to how an inspection stands. Nothing that was worked out is kept: it is asked
/// for again each time.
public enum RateRecord {
  /// Rates what is known so far. A standard that is judged on evidence has no rating before its
  /// judgement is in the record.
  ///
  /// What the engine refuses is left out, and the rest is rated.
  ///
  /// - Parameters:
  ///   - reasons: Why something was judged or decided, by the sequence of its entry.
  ///   - members: Who decided, in the same way.
  /// - Returns: Nothing when the edition is not one that this program has.
  /// - Throws: ``Problems`` when the engine refuses what is not in the record.
  public static func rate(
    _ state: InspectionState, _ editions: PublishedEditions, reasons: [Int: String] = [:],
    members: [Int: String] = [:]
  ) throws(Problems) -> RatedRecord? {
    guard let book = book(of: state, editions) else { return nil }
    let taken = try take(inputs(of: state, book, reasons, members), RatingEngine(book))
    return RatedRecord(rating: taken.rating, book: book, leftOut: taken.leftOut)
  }

  /// Rates what the engine takes of some inputs.
  private static func take(
    _ inputs: RatingInputs, _ engine: RatingEngine
  ) throws(Problems) -> (rating: InspectionRating, inputs: RatingInputs, leftOut: [Problem]) {
    var inputs = inputs
    var leftOut: [Problem] = []
    while true {
      do throws(Problems) {
        return (try engine.rate(inputs), inputs, leftOut)
      } catch {
        let refused = Set(error.list.compactMap(\.line))
        let before = inputs
        inputs.panel.removeAll { $0.place.line.map(refused.contains) == true }
        inputs.evidence.removeAll { $0.place.line.map(refused.contains) == true }
        guard inputs != before else { throw error }
        leftOut += error.list
      }
    }
  }

  /// Asks the engine whether it would take another judgement, beside what it takes already.
  ///
  /// - Throws: ``Problems`` when it would not.
  static func check(
    _ judgement: StandardJudgement, on state: InspectionState, _ book: RuleBook
  ) throws(Problems) {
    let engine = RatingEngine(book)
    var inputs = try take(inputs(of: state, book), engine).inputs
    inputs.panel.removeAll { $0.standard == judgement.standard }
    inputs.evidence.removeAll { $0.standard == judgement.standard }
    inputs.evidence.append(judgement)
    _ = try engine.rate(inputs)
  }

  /// Asks the engine whether it would take another decision of the panel, beside what it takes
  /// already.
  ///
  /// - Throws: ``Problems`` when it would not.
  static func check(
    _ decision: PanelDecision, on state: InspectionState, _ book: RuleBook
  ) throws(Problems) {
    let engine = RatingEngine(book)
    var inputs = try take(inputs(of: state, book), engine).inputs
    inputs.panel.removeAll { $0.standard == decision.standard }
    inputs.panel.append(decision)
    _ = try engine.rate(inputs)
  }

  /// The edition that an inspection is held under; nothing when this program has another text of
  /// it, or none.
  public static func book(of state: InspectionState, _ editions: PublishedEditions) -> RuleBook? {
    guard let facts = state.facts, let book = editions[facts.edition],
      book.digest == state.edition
    else { return nil }
    return book
  }

  /// What the engine is handed. A code that the book does not have counts for nothing, nor does a
  /// rating on evidence of a standard that cases decide.
  public static func inputs(
    of state: InspectionState, _ book: RuleBook, _ reasons: [Int: String] = [:],
    _ members: [Int: String] = [:]
  ) -> RatingInputs {
    RatingInputs(
      answers: tally(of: state, book),
      evidence: book.standards.compactMap { standard in
        guard let noted = state.judgements[standard.code],
          let rating = noted.value.given,
          standard.ratedBy == .evidence || rating == .notInspected
        else { return nil }
        return StandardJudgement(
          standard: standard.code, rating: rating, reason: reasons[noted.sequence] ?? "",
          place: place(noted.sequence))
      },
      panel: book.standards.compactMap { standard in
        state.panel[standard.code].map { noted in
          PanelDecision(
            standard: standard.code, rating: noted.value, reason: reasons[noted.sequence] ?? "",
            members: members[noted.sequence] ?? "the ratings panel", place: place(noted.sequence))
        }
      })
  }

  private static func place(_ sequence: Int) -> Place { Place("record", line: sequence) }

  /// The answers on the cases that are in the sample now, counted. One on a case that went stays in
  /// the record and counts for nothing.
  private static func tally(of state: InspectionState, _ book: RuleBook) -> Tally {
    var tallies: [Code: QuestionTally] = [:]
    let numbers = state.sample?.numbers ?? []
    for question in book.standards.filter({ $0.ratedBy == .caseQuestions }).flatMap(\.questions) {
      var counts = [Sufficiency: Int]()
      for number in numbers {
        if let answer = state.answer(to: question, on: number) { counts[answer, default: 0] += 1 }
      }
      tallies[question.code] = QuestionTally(
        sufficient: counts[.sufficient] ?? 0, insufficient: counts[.insufficient] ?? 0,
        notApplicable: counts[.notApplicable] ?? 0)
    }
    return Tally(tallies)
  }
}

extension EvidenceRating {
  /// As the engine is handed it; nothing where a judgement was taken back.
  var given: GivenRating? {
    switch self {
    case .rated(let rating): .rated(rating)
    case .notInspected: .notInspected
    case .none: nil
    }
  }
}
