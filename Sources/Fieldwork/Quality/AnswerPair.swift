public import Records
public import Standards
public import Statistics

/// What the two assessments of a case answer to a key question. Each stays as it is, whatever was
/// agreed.
public struct AnswerPair: Hashable, Sendable {
  /// The number of the case.
  public let number: Int
  public let question: RuleBook.KeyQuestion
  public let first: AssessedAnswer
  public let second: AssessedAnswer

  /// What was agreed where they differed; nothing where nothing was.
  public let agreed: AssessedAnswer?

  public var isDifferent: Bool { first.answer != second.answer }

  /// Whether one of the two answers came after what was agreed.
  public var hasChangedSince: Bool {
    agreed.map { max(first.sequence, second.sequence) > $0.sequence } ?? false
  }

  public var assessors: AssessorPair { AssessorPair(first.assessor, second.assessor) }
}

/// Two assessors, whichever of them came first.
public struct AssessorPair: Hashable, Sendable {
  public let one: AuthorID
  public let other: AuthorID

  public init(_ one: AuthorID, _ other: AuthorID) {
    let isInOrder = one.description <= other.description
    self.one = isInOrder ? one : other
    self.other = isInOrder ? other : one
  }
}

/// Every key question that both assessments of a case answer, for the cases that are assessed twice.
///
/// An answer that is missing makes no pair: it is neither agreement nor disagreement. The answers are
/// those of the two assessments, never the agreed one, or else agreement would grow by being agreed.
public struct PairedAnswers: Sendable {
  /// In the order of the cases, and of the questions in the edition.
  public let pairs: [AnswerPair]

  /// How many key questions on drawn cases are not answered in both assessments yet.
  public let waiting: Int

  /// - Parameters:
  ///   - questions: Those that the edition puts on cases.
  ///   - hidden: The numbers of cases that are left out.
  public init(
    _ state: InspectionState, _ questions: [RuleBook.KeyQuestion], without hidden: Set<Int> = []
  ) {
    var pairs: [AnswerPair] = []
    var waiting = 0
    let drawn = (state.seconds?.drawn.cases ?? []).sorted()
    for number in drawn where state.sample?.has(number) == true && !hidden.contains(number) {
      for question in questions {
        func answer(_ assessment: AnswerPlace.Assessment) -> AssessedAnswer? {
          state.assessedAnswer(to: question, on: number, in: assessment)
        }
        // Nobody can be compared with themselves: whoever has had one assessment is not given the
        // other, so this only keeps what cannot be from counting.
        guard let first = answer(.first), let second = answer(.second),
          first.assessor != second.assessor
        else {
          waiting += 1
          continue
        }
        pairs.append(
          AnswerPair(
            number: number, question: question, first: first, second: second,
            agreed: answer(.agreed)))
      }
    }
    self.pairs = pairs
    self.waiting = waiting
  }

  /// The answers to some key questions as measures of agreement take them, each question of a case
  /// as a case of its own.
  public func compared(_ questions: [RuleBook.KeyQuestion]) -> ComparedAnswers {
    let codes = Set(questions.map(\.code))
    return pairs.filter { codes.contains($0.question.code) }.compared
  }

  /// What every two assessors answered on the same cases, most first.
  public var byAssessors: [(assessors: AssessorPair, answers: ComparedAnswers)] {
    Dictionary(grouping: pairs, by: \.assessors)
      .sorted {
        (-$0.value.count, $0.key.one.description, $0.key.other.description)
          < (-$1.value.count, $1.key.one.description, $1.key.other.description)
      }
      .map { ($0.key, $0.value.compared) }
  }

  /// The pairs whose answers differ, and those on which something was agreed.
  public var disagreements: [AnswerPair] { pairs.filter { $0.isDifferent || $0.agreed != nil } }
}

extension [AnswerPair] {
  /// The answers as measures of agreement take them.
  var compared: ComparedAnswers {
    CollectedSufficiency(
      flatMap { pair in
        [pair.first, pair.second].map {
          CollectedSufficiency.Given(
            number: pair.number, question: pair.question.code, assessor: $0.assessor,
            answer: $0.answer)
        }
      }
    ).compared
  }
}

/// Answers of several assessors to key questions on cases, one of each.
struct CollectedSufficiency {
  struct Given {
    let number: Int
    let question: Code
    let assessor: AuthorID
    let answer: Sufficiency
  }

  private struct Subject: Hashable {
    let number: Int
    let question: Code
  }

  let given: [Given]

  init(_ given: [Given]) {
    self.given = given
  }

  /// - Precondition: Nobody answers a question on a case twice.
  var compared: ComparedAnswers {
    let answers = given.lazy.map { one in
      (
        case: Subject(number: one.number, question: one.question), assessor: one.assessor,
        answer: one.answer
      )
    }
    guard let compared = ComparedAnswers(answers, outOf: Sufficiency.allCases) else {
      preconditionFailure("An assessment answers a question on a case once.")
    }
    return compared
  }
}
