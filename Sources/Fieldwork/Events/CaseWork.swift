import OrderedJSON
public import Records

/// What was asked about a case that was submitted. What it says is sealed beside it.
public struct QueryFacts: Hashable, Sendable {
  /// The number of the case.
  public let number: Int

  /// The code of the key question that it is about; nothing where it is about the case.
  public let question: String?

  public init(number: Int, question: String?) {
    self.number = number
    self.question = question
  }

  init?(values: JSON) {
    guard let number = values["case"].int else { return nil }
    self.init(number: number, question: values["question"].string)
  }

  var values: JSON { ["case": .number(number), "question": .text(question)] }
}

/// The cases that are assessed a second time, drawn.
public struct SecondsFacts: Hashable, Sendable {
  public let seed: String

  /// How many cases of a hundred, from 1 to 100.
  public let share: Int

  /// The numbers of the cases, in the order of their tickets.
  public let cases: [Int]

  /// Nothing unless there is a case, and each is there once.
  public init?(seed: String, share: Int, cases: [Int]) {
    guard (1...100).contains(share), !cases.isEmpty, Set(cases).count == cases.count else {
      return nil
    }
    self.seed = seed
    self.share = share
    self.cases = cases
  }

  init?(values: JSON) {
    guard let seed = values["seed"].string, let share = values["share"].int,
      let list = values["cases"].array
    else { return nil }
    let cases = list.compactMap(\.int)
    guard cases.count == list.count else { return nil }
    self.init(seed: seed, share: share, cases: cases)
  }

  var values: JSON {
    [
      "seed": .string(seed), "share": .number(share),
      "cases": .array(cases.map(JSON.number)),
    ]
  }
}

/// How far the work on a case is.
public struct CaseWork: Hashable, Sendable {
  /// The sequence of the entry with which it was submitted last; nothing while it is open.
  public internal(set) var submittedAt: Int?

  /// The sequence of the entry with which it was opened again last.
  public internal(set) var reopenedAt: Int?

  /// How many answers came after it was submitted.
  public internal(set) var lateAnswers = 0
}

/// How far the work on a case is, in a word.
public enum CaseStage: String, CaseIterable, Sendable {
  case notBegun = "not-begun"
  case begun
  case submitted

  /// Submitted, and something was asked that is not closed.
  case returned

  /// Opened again after it was submitted.
  case reopened

  public var title: String {
    switch self {
    case .notBegun: "Not begun"
    case .begun: "In progress"
    case .submitted: "Submitted"
    case .returned: "Returned with queries"
    case .reopened: "Opened again"
    }
  }

  /// Whether its assessor may change answers.
  public var isOpen: Bool { self != .submitted }
}

extension InspectionState {
  /// How far the work on a case is.
  public func stage(of number: Int, isBegun: Bool) -> CaseStage {
    guard let work = cases[number] else { return isBegun ? .begun : .notBegun }
    if work.submittedAt == nil { return .reopened }
    let isReturned = queries.values.contains {
      $0.facts.number == number && $0.stage != .closed
    }
    return isReturned ? .returned : .submitted
  }
}

/// What was asked about a case, and how far it is.
public struct QueryState: Hashable, Sendable {
  public let facts: QueryFacts

  /// The sequences of the entries.
  public let askedAt: Int
  public internal(set) var answeredAt: Int?
  public internal(set) var closedAt: Int?

  public enum Stage: String, Hashable, Sendable {
    case open
    case answered
    case closed
  }

  public var stage: Stage {
    if closedAt != nil { return .closed }
    return answeredAt == nil ? .open : .answered
  }
}

/// The second assessments of an inspection.
public struct SecondsState: Hashable, Sendable {
  public let drawn: SecondsFacts
  public let sequence: Int

  public internal(set) var holders = Holders()

  /// Who assesses a case a second time, by its number.
  public var assessors: [Int: AuthorID] { holders.current }
}
