/// The answers of several assessors on the same cases, as far as they were given.
///
/// An assessor may have left cases out: an answer that is missing is neither agreement nor
/// disagreement. Cases, assessors and answers are told apart and nothing else: an answer is not
/// more than another, so the order in which they are listed changes nothing.
public struct ComparedAnswers: Sendable {
  /// One answer, by the places of who gave it and of what it was.
  struct Given: Sendable {
    /// Not every place from nought to the highest is taken: see ``answeredTwice``.
    let assessor: Int
    let answer: Int
  }

  /// The answers on each case. No case is without one, and nobody answers a case twice.
  let cases: [[Given]]

  /// How many assessors gave at least one answer.
  public let assessorCount: Int

  /// How many different answers could have been given.
  public let possibleAnswers: Int

  /// Gathers answers in any order, or nothing when they cannot be compared: an assessor answers a
  /// case twice, an answer is not one of `known`, or `known` lists one twice.
  ///
  /// - Parameter known: The answers that can be given, also those that nobody gave. When left out,
  ///   those that somebody gave: Gwet's AC1 then counts on fewer than there may be.
  public init?<Case: Hashable, Assessor: Hashable, Answer: Hashable>(
    _ answers: some Sequence<(case: Case, assessor: Assessor, answer: Answer)>,
    outOf known: [Answer]? = nil
  ) {
    var places = Numbering<Answer>()
    for answer in known ?? [] { _ = places.number(answer) }
    guard places.count == known?.count ?? 0 else { return nil }
    var assessors = Numbering<Assessor>()
    var numbers = Numbering<Case>()
    var cases: [[Given]] = []
    var seen: Set<Place> = []
    for (subject, assessor, answer) in answers {
      let given = Given(assessor: assessors.number(assessor), answer: places.number(answer))
      if let known, given.answer >= known.count { return nil }
      let number = numbers.number(subject)
      guard seen.insert(Place(number, given.assessor)).inserted else { return nil }
      if number == cases.count { cases.append([]) }
      cases[number].append(given)
    }
    self.init(cases: cases, possibleAnswers: places.count)
  }

  private init(cases: [[Given]], possibleAnswers: Int) {
    self.cases = cases
    assessorCount = Set(cases.joined().lazy.map(\.assessor)).count
    self.possibleAnswers = possibleAnswers
  }

  /// Gathers a table with a row for each case and a column for each assessor, or nothing when its
  /// rows differ in length or an answer is not one of `known`.
  public init?<Answer: Hashable>(rows: [[Answer?]], outOf known: [Answer]? = nil) {
    guard rows.allSatisfy({ $0.count == rows[0].count }) else { return nil }
    let answers = rows.enumerated().flatMap { row, answers in
      answers.enumerated().compactMap { column, answer in
        answer.map { (case: row, assessor: column, answer: $0) }
      }
    }
    self.init(answers, outOf: known)
  }
}

extension ComparedAnswers {
  /// How many cases somebody answered.
  public var caseCount: Int { cases.count }

  /// How many cases at least two assessors answered. Agreement is seen on these alone.
  public var caseCountAnsweredTwice: Int { cases.count { $0.count > 1 } }

  public var answerCount: Int { cases.reduce(0) { $0 + $1.count } }

  /// How many pairs of answers on the same case there are.
  public var pairCount: Int { cases.reduce(0) { $0 + $1.count * ($1.count - 1) / 2 } }

  /// How many pairs of answers on the same case are the same answer.
  public var agreeingPairCount: Int {
    cases.reduce(0) { $0 + Self.orderedPairsThatAgree($1) / 2 }
  }

  /// Whether every case that at least two assessors answered has as many answers as the next.
  ///
  /// The percent agreement is then the share of pairs that agree. Where it is not, the two differ:
  /// a case counts once for the one, and for the other with each of its pairs.
  public var isEvenlyAnswered: Bool {
    Set(cases.lazy.map(\.count).filter { $0 > 1 }).count < 2
  }

  /// Only the cases that at least two assessors answered, and so only the assessors who answered
  /// one of those.
  ///
  /// What to take where only a share of the cases was given out twice. The others would add to what
  /// chance gives, but they widen every interval except alpha's: see ``AgreementPrecision``.
  public var answeredTwice: ComparedAnswers {
    ComparedAnswers(cases: cases.filter { $0.count > 1 }, possibleAnswers: possibleAnswers)
  }

  /// Whether two of the answers differ, on one case or on two.
  var hasDifferentAnswers: Bool {
    let all = cases.joined()
    return all.contains { $0.answer != all.first?.answer }
  }

  /// How many pairs on a case are the same answer, each pair counted from both of its sides.
  static func orderedPairsThatAgree(_ answers: [Given]) -> Int {
    var counts: [Int: Int] = [:]
    for given in answers { counts[given.answer, default: 0] += 1 }
    return counts.values.reduce(0) { $0 + $1 * ($1 - 1) }
  }
}

/// Where an answer stands: the case and the assessor.
private struct Place: Hashable {
  let subject: Int
  let assessor: Int

  init(_ subject: Int, _ assessor: Int) {
    self.subject = subject
    self.assessor = assessor
  }
}

/// Numbers things in the order in which they are first seen.
private struct Numbering<Thing: Hashable> {
  private var numbers: [Thing: Int] = [:]

  var count: Int { numbers.count }

  mutating func number(_ thing: Thing) -> Int {
    if let number = numbers[thing] { return number }
    let number = numbers.count
    numbers[thing] = number
    return number
  }
}
