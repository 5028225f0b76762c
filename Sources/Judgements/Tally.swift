public import Standards
public import Statistics

/// How a key question was answered over some cases: counts, never percentages.
public struct QuestionTally: Hashable, Sendable {
  /// Cases judged sufficient.
  public internal(set) var sufficient: Int

  /// Cases judged insufficient.
  public internal(set) var insufficient: Int

  /// Cases to which the question did not apply.
  public internal(set) var notApplicable: Int

  public init(sufficient: Int = 0, insufficient: Int = 0, notApplicable: Int = 0) {
    self.sufficient = sufficient
    self.insufficient = insufficient
    self.notApplicable = notApplicable
  }

  /// Cases to which the question applied.
  public var applicable: Int { sufficient + insufficient }

  /// Whether anybody answered it, be it with “not applicable”.
  public var isAnswered: Bool { applicable + notApplicable > 0 }

  /// The share of applicable cases judged sufficient; nothing where no case was applicable.
  public var share: Proportion? { Proportion(sufficient, of: applicable) }

  /// The counts of two groups of cases together.
  public static func + (one: QuestionTally, other: QuestionTally) -> QuestionTally {
    QuestionTally(
      sufficient: one.sufficient + other.sufficient,
      insufficient: one.insufficient + other.insufficient,
      notApplicable: one.notApplicable + other.notApplicable)
  }
}

/// The tallies of all key questions over one group of cases.
public struct Tally: Hashable, Sendable {
  public private(set) var questions: [Code: QuestionTally]

  public init(_ questions: [Code: QuestionTally] = [:]) {
    self.questions = questions
  }

  public subscript(code: Code) -> QuestionTally {
    questions[code] ?? QuestionTally()
  }

  /// Adds the counts of another group of cases.
  public mutating func pool(_ other: Tally) {
    questions.merge(other.questions, uniquingKeysWith: +)
  }
}

/// What a file of answers or counts came to.
public struct Answers: Hashable, Sendable {
  /// A group of cases that is rated by itself, such as an office.
  public struct Group: Hashable, Sendable {
    public let name: String
    public let tally: Tally
  }

  /// Over all cases.
  public let all: Tally

  /// By the column that was asked for, in the order of the names. Empty where none was.
  public let groups: [Group]

  /// What a reader should know about how the file was read.
  public let notices: [String]

  init(all: Tally, groups: [Group], notices: [String]) {
    self.all = all
    self.groups = groups.sorted { $0.name < $1.name }
    self.notices = notices
  }

  /// These answers and those of other cases or questions, read with the same notices.
  func pooled(with other: Answers) -> Answers {
    var all = all
    all.pool(other.all)
    var tallies = Dictionary(uniqueKeysWithValues: groups.map { ($0.name, $0.tally) })
    for group in other.groups { tallies[group.name, default: Tally()].pool(group.tally) }
    return Answers(
      all: all, groups: tallies.map { Group(name: $0, tally: $1) }, notices: notices)
  }

  /// No answers at all.
  public static let none = Answers(all: Tally(), groups: [], notices: [])
}
