import OrderedJSON
public import Records

/// What an assessor says of a key question on a case.
public enum Sufficiency: String, CaseIterable, Sendable {
  case sufficient
  case insufficient
  case notApplicable = "not-applicable"
}

/// What an assessor says of a prompt.
public enum PromptAnswer: String, CaseIterable, Sendable {
  case yes
  case no
  case notApplicable = "not-applicable"
}

/// One thing that somebody says of a question on a case. Saying it anew takes the place of what was
/// said before in the same ``field``.
public enum Statement: Hashable, Sendable {
  /// On the key question; nothing takes it back.
  case answer(Sufficiency?)

  /// On a prompt, by its place in the edition from one; an edition never changes.
  case prompt(Int, PromptAnswer?)

  /// Whether there is a note. What it says is sealed beside it.
  case note(isWritten: Bool)

  /// Whether there is a reason for an answer that most prompts contradict. It is sealed beside it.
  case reason(isWritten: Bool)

  /// The numbers of the pieces of evidence that it rests on.
  case evidence([Int])

  /// Whether the case meets a condition of the edition.
  case condition(String, Bool?)

  /// What only one statement at a time holds for.
  public enum Field: Hashable, Sendable {
    case answer
    case prompt(Int)
    case note
    case reason
    case evidence
    case condition(String)
  }

  public var field: Field {
    switch self {
    case .answer: .answer
    case .prompt(let number, _): .prompt(number)
    case .note: .note
    case .reason: .reason
    case .evidence: .evidence
    case .condition(let name, _): .condition(name)
    }
  }

  /// Whether what it says is sealed beside its entry.
  public var isText: Bool { field == .note || field == .reason }
}

extension Statement.Field: Comparable {
  /// How it is called in the record: `answer`, `p2`, `note`, the name of a condition.
  public var name: String {
    switch self {
    case .answer: "answer"
    case .prompt(let number): "p\(number)"
    case .note: "note"
    case .reason: "reason"
    case .evidence: "evidence"
    case .condition(let name): name
    }
  }

  /// Prompts and conditions are told apart by what they hold.
  private var rank: Int {
    switch self {
    case .answer: 0
    case .prompt: 1
    case .note: 2
    case .reason: 3
    case .evidence: 4
    case .condition: 5
    }
  }

  public static func < (one: Self, other: Self) -> Bool {
    switch (one, other) {
    case (.prompt(let one), .prompt(let other)): one < other
    case (.condition(let one), .condition(let other)): one < other
    default: one.rank < other.rank
    }
  }
}

extension Statement {
  var member: JSON.Member {
    let value: JSON =
      switch self {
      case .answer(let answer): .text(answer?.rawValue)
      case .prompt(_, let answer): .text(answer?.rawValue)
      case .note(let isWritten), .reason(let isWritten): .bool(isWritten)
      case .evidence(let numbers): .array(numbers.map(JSON.number))
      case .condition(_, let isMet): isMet.map(JSON.bool) ?? .null
      }
    return JSON.Member(field.name, value)
  }

  /// - Parameter isCondition: Whether the place is the one of the conditions.
  init?(_ member: JSON.Member, isCondition: Bool) {
    let value = member.value
    if isCondition {
      guard let isMet = Self.bool(value) else { return nil }
      self = .condition(member.name, isMet)
      return
    }
    switch member.name {
    case "answer":
      guard let answer = Self.word(value, Sufficiency.init) else { return nil }
      self = .answer(answer)
    case "note", "reason":
      guard case .bool(let isWritten) = value else { return nil }
      self = member.name == "note" ? .note(isWritten: isWritten) : .reason(isWritten: isWritten)
    case "evidence":
      guard let numbers = value.array?.map(\.int), !numbers.contains(nil) else { return nil }
      self = .evidence(numbers.compactMap(\.self))
    default:
      guard member.name.first == "p", let number = Int(member.name.dropFirst()), number > 0,
        let answer = Self.word(value, PromptAnswer.init)
      else { return nil }
      self = .prompt(number, answer)
    }
  }

  /// Nothing from what is neither one of the words nor `null`.
  private static func word<Word>(_ json: JSON, _ read: (String) -> Word?) -> Word?? {
    if json == .null { return .some(nil) }
    return json.string.flatMap(read).map { .some($0) }
  }

  private static func bool(_ json: JSON) -> Bool?? {
    if case .bool(let value) = json { return .some(value) }
    return json == .null ? .some(nil) : nil
  }
}

/// What somebody said of a question on a case at once.
public struct GivenAnswer: Hashable, Sendable {
  /// In the order of their fields, each field once; one at least.
  public let statements: [Statement]

  /// The entries whose statements its author saw and replaces, besides those up to the revision
  /// that they were looking at: what their device had not sent yet.
  public let replaces: [EntryID]

  /// Nothing unless there is a statement, and each field stands in it once.
  public init?(_ statements: [Statement], replaces: [EntryID] = []) {
    // Mostly they are in order.
    let sorted =
      Self.isInOrder(statements) ? statements : statements.sorted { $0.field < $1.field }
    guard !sorted.isEmpty, Self.isInOrder(sorted),
      replaces.count < 2 || Set(replaces).count == replaces.count
    else { return nil }
    self.statements = sorted
    self.replaces = replaces
  }

  /// Whether each field comes behind the one before it, so none stands there twice.
  private static func isInOrder(_ statements: [Statement]) -> Bool {
    zip(statements, statements.dropFirst()).allSatisfy { $0.field < $1.field }
  }

  /// An answer to a key question and nothing else.
  public init(_ answer: Sufficiency) {
    statements = [.answer(answer)]
    replaces = []
  }

  init?(values: JSON, at place: AnswerPlace) {
    guard case .object(let members) = values else { return nil }
    var statements: [Statement] = []
    statements.reserveCapacity(members.count)
    var replaces: [EntryID] = []
    for member in members {
      if member.name == Self.replacesName {
        guard let ids = member.value.array, !ids.isEmpty else { return nil }
        replaces = ids.compactMap { $0.string.flatMap { EntryID($0) } }
        guard replaces.count == ids.count else { return nil }
        continue
      }
      guard
        let statement = Statement(member, isCondition: place.question == AnswerPlace.conditions)
      else { return nil }
      statements.append(statement)
    }
    self.init(statements, replaces: replaces)
  }

  private static let replacesName = "replaces"

  var values: JSON {
    var members = statements.map(\.member)
    if !replaces.isEmpty {
      members.append(
        JSON.Member(Self.replacesName, .texts(replaces.map(\.description))))
    }
    return .object(members)
  }
}
