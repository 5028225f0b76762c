import OrderedJSON
public import Records

/// What is said of a question on a case after everything that came so far.
///
/// Several statements hold for a field when nobody who made one of them had seen the others: two
/// devices, or two people. Nothing is dropped; somebody concerned chooses, and their statement takes
/// the place of all that they saw. In whatever order entries come, the same statements hold in the
/// end.
public struct AnswerState: Hashable, Sendable {
  /// A statement that holds.
  public struct Head: Hashable, Sendable {
    public let statement: Statement
    public let entry: EntryID
    public let author: AuthorID

    /// The sequence of the entry: what is sealed stands there.
    public let sequence: Int
  }

  /// In the order of their fields, those of a field in the order in which they came.
  public private(set) var heads: [Head] = []

  /// What entries name that they replace, whether it came before them or comes later: the same in
  /// whatever order they come.
  private(set) var named: Set<Named> = []

  struct Named: Hashable, Sendable {
    let entry: EntryID
    let field: Statement.Field
  }

  init() {}

  /// Takes in what somebody said.
  ///
  /// - Parameter over: The revision that they were looking at.
  mutating func take(
    _ given: GivenAnswer, _ entry: EntryID, by author: AuthorID, over: Int, at sequence: Int
  ) {
    let replaced = given.replaces
    for statement in given.statements {
      let field = statement.field
      var place = 0
      while place < heads.count, heads[place].statement.field <= field {
        let isReplaced =
          heads[place].statement.field == field
          && (heads[place].sequence <= over || replaced.contains(heads[place].entry))
        if isReplaced { heads.remove(at: place) } else { place += 1 }
      }
      for id in replaced { named.insert(Named(entry: id, field: field)) }
      if named.contains(Named(entry: entry, field: field)) { continue }
      let head = Head(statement: statement, entry: entry, author: author, sequence: sequence)
      heads.insert(head, at: place)
    }
  }

  /// The statements that hold for a field, in the order in which they came.
  public func heads(of field: Statement.Field) -> [Head] {
    heads.filter { $0.statement.field == field }
  }

  /// The statement that holds for a field: the last to come where several do.
  public func last(_ field: Statement.Field) -> Head? {
    heads.last { $0.statement.field == field }
  }

  /// The answer to the key question; nothing while there is none, and while several that differ
  /// hold.
  public var answer: Sufficiency? {
    let said = heads(of: .answer).map(\.statement)
    guard Set(said).count == 1, case .answer(let answer)? = said.first else { return nil }
    return answer
  }

  /// Whether there is an answer to the key question, be it one of several.
  public var isAnswered: Bool {
    heads.contains { head in
      if case .answer(.some) = head.statement { true } else { false }
    }
  }

  /// The fields for which statements hold that differ. Two texts always do.
  public var conflicts: [Statement.Field] {
    let fields = Set(heads.map(\.statement.field)).sorted()
    return fields.filter { field in
      let heads = heads(of: field)
      return heads.count > 1
        && (heads[0].statement.isText || Set(heads.map(\.statement)).count > 1)
    }
  }

  /// Whether an answer goes against most of its prompts: sufficient with more than half of those that
  /// apply answered no, or insufficient with more than half answered yes and none no. Asks for a
  /// reason and blocks nothing.
  ///
  /// - Parameter prompts: How many the question has.
  /// - Source: ours.
  public func isContradicted(ofPrompts prompts: Int) -> Bool {
    var (yes, no, applicable) = (0, 0, prompts)
    for head in heads {
      guard case .prompt(_, let answer) = head.statement else { continue }
      if answer == .yes { yes += 1 }
      if answer == .no { no += 1 }
      if answer == .notApplicable { applicable -= 1 }
    }
    return switch answer {
    case .sufficient: no * 2 > applicable
    case .insufficient: yes * 2 > applicable && no == 0
    case .notApplicable, nil: false
    }
  }
}

// MARK: - As JSON

extension AnswerState {
  var document: JSON {
    [
      "heads": .array(
        heads.map { head in
          [
            .string(head.entry.description), .string(head.author.description),
            .number(head.sequence), .object([head.statement.member]),
          ]
        }),
      "named": .array(
        named.map { [.string($0.entry.description), .string($0.field.name)] as JSON }
          .sorted {
            ($0.array?[0].string ?? "", $0.array?[1].string ?? "")
              < ($1.array?[0].string ?? "", $1.array?[1].string ?? "")
          }),
    ]
  }

  init?(document: JSON, at place: AnswerPlace) {
    guard let heads = document["heads"].array, let named = document["named"].array else {
      return nil
    }
    let isCondition = place.question == AnswerPlace.conditions
    self.init()
    for one in heads {
      guard let parts = one.array, parts.count == 4,
        let entry = parts[0].string.flatMap({ EntryID($0) }),
        let author = parts[1].string.flatMap({ AuthorID($0) }), let sequence = parts[2].int,
        case .object(let members) = parts[3], members.count == 1,
        let statement = Statement(members[0], isCondition: isCondition)
      else { return nil }
      self.heads.append(
        Head(statement: statement, entry: entry, author: author, sequence: sequence))
    }
    for one in named {
      guard let parts = one.array, parts.count == 2,
        let entry = parts[0].string.flatMap({ EntryID($0) }), let name = parts[1].string,
        let field = Statement.Field(name: name, isCondition: isCondition)
      else { return nil }
      self.named.insert(Named(entry: entry, field: field))
    }
  }
}

extension Statement.Field {
  /// Reads what ``name`` writes.
  public init?(name: String, isCondition: Bool) {
    if isCondition {
      self = .condition(name)
      return
    }
    switch name {
    case "answer": self = .answer
    case "note": self = .note
    case "reason": self = .reason
    case "evidence": self = .evidence
    default:
      guard name.first == "p", let number = Int(name.dropFirst()), number > 0 else { return nil }
      self = .prompt(number)
    }
  }
}
