import Fieldwork
import OrderedJSON
import Records
import RuleFiles
import Workflows

/// Reads entries that a program or a device sent.
struct EntryReading {
  let state: InspectionState
  let author: AuthorID

  let questions: CaseQuestions

  /// The most bytes of what is sealed beside an entry.
  private static let mostSealed = 65_536

  /// What became of an entry.
  ///
  /// - Parameter differs: Whether somebody is to choose between it and what was said elsewhere.
  func json(_ entry: SentEntry, _ outcome: AppendOutcome, differs: Bool = false) -> JSON {
    let (word, sequence): (JSON, Int?) =
      switch outcome {
      case .recorded(let sequence): ("recorded", sequence)
      case .repeated(let sequence): ("repeated", sequence)
      case .overtaken(let sequence): ("overtaken", sequence)
      case .refused, .erased: ("refused", nil)
      }
    var members = [
      JSON.Member("id", .string(entry.id.description)), JSON.Member("outcome", word),
    ]
    if let sequence { members.append(JSON.Member("sequence", .number(sequence))) }
    if outcome == .refused, entry.over > state.revision {
      members.append(JSON.Member("why", "over is a revision that the record does not have"))
      members.append(JSON.Member("last", .number(state.revision)))
    }
    if differs { members.append(JSON.Member("differs", true)) }
    return .object(members)
  }

  /// The events that may be recorded so.
  let allowed: Set<String>

  func entries(_ list: [JSON]) -> ([SentEntry], problems: [String]) {
    var entries: [SentEntry] = []
    var problems: [String] = []
    for (place, json) in list.enumerated() {
      switch read(json) {
      case .success(let entry): entries.append(entry)
      case .failure(let fault): problems.append("entries[\(place)]: \(fault.what)")
      }
    }
    return (entries, problems)
  }

  /// Why something cannot be recorded, as the rest of a sentence.
  struct Fault: Error {
    let what: String

    /// Whether it takes back what had arrived before.
    let isTooLate: Bool

    fileprivate init(_ what: String, isTooLate: Bool = false) {
      self.what = what
      self.isTooLate = isTooLate
    }
  }

  /// What an answer names and is not there, as the rest of a sentence.
  private func lack(in answer: GivenAnswer, sealing secret: JSON) -> String? {
    func isWritten(_ field: Statement.Field) -> Bool {
      secret[field.name].string?.isEmpty == false
    }
    for statement in answer.statements {
      switch statement {
      case .evidence(let numbers):
        if let number = numbers.first(where: { state.evidence[$0] == nil }) {
          return "there is no evidence \(number)"
        }
      case .note(isWritten: true), .reason(isWritten: true):
        let field = statement.field
        guard isWritten(field) else {
          return "\(field.name) is said to be written, and sealed has no \(field.name)"
        }
      default: break
      }
    }
    return nil
  }

  /// What is wrong with what is sealed, as the rest of a sentence.
  ///
  /// - Parameter names: What it may have, each a text.
  private func fault(in secret: JSON, taking names: [String]) -> String? {
    guard secret != .null else { return nil }
    guard case .object(let members) = secret else {
      return "sealed is no object with \(Words.list(names))"
    }
    for member in members {
      guard names.contains(member.name) else {
        return "sealed takes \(Words.list(names)), and not \(member.name.prefix(100))"
      }
      guard member.value.string != nil else { return "\(member.name) in sealed is no text" }
    }
    return nil
  }

  func read(_ json: JSON) -> Result<SentEntry, Fault> {
    Result { () throws(Fault) in try entry(json) }
  }

  private func heads(at place: AnswerPlace) -> [AnswerState.Head] {
    state.answers[place]?.heads ?? []
  }

  private func entry(_ json: JSON) throws(Fault) -> SentEntry {
    guard let id = json["id"].string.flatMap({ EntryID($0) }) else {
      throw Fault("id is no UUID of version 7 in small letters")
    }
    guard let name = json["event"].string, allowed.contains(name) else {
      throw Fault("event is not one that may be recorded so: \(Words.list(allowed.sorted()))")
    }
    guard let over = json["over"].int, over >= 0 else { throw Fault("over is no revision") }
    // What was refused for its edition can still be taken back.
    if let edition = json["edition"].string, edition != state.edition?.description,
      name != "answer-dropped"
    {
      throw Fault("was made under another edition than the one of this inspection")
    }
    let event: Event
    do throws(EventFault) {
      event = try Event(name, subject: json["subject"].string ?? "", values: json["values"])
    } catch {
      throw Fault(error.description)
    }
    let secret = json["sealed"]
    let place: AnswerPlace
    switch event {
    case .answerGiven(let given, let answer):
      place = given
      if answer.replaces.contains(id) { throw Fault("replaces names the entry itself") }
      if heads(at: place).contains(where: { head in
        head.author != author && answer.replaces.contains(head.entry)
      }) {
        throw Fault("replaces names what somebody else said")
      }
      if let fault = fault(in: secret, taking: ["note", "reason"]) { throw Fault(fault) }
      if let refusal = questions.refusal(of: answer, at: place) { throw Fault(refusal) }
      if let lack = lack(in: answer, sealing: secret) { throw Fault(lack) }
    case .answerDropped(let dropped, let entry):
      place = dropped
      if let fault = fault(in: secret, taking: ["reason", "said"]) { throw Fault(fault) }
      if heads(at: place).contains(where: { $0.entry == entry }) {
        throw Fault("it is in the record already: change the answer instead", isTooLate: true)
      }
    default: throw Fault("event is not one that may be recorded so")
    }
    guard state.canHappen(event) else { throw Fault("there is no case \(place.number)") }
    guard state.mayAnswer(place, author, over: over) else {
      throw Fault(
        "case \(place.number) was never given to whoever sends this, or not theirs any more at "
          + "revision \(over)")
    }
    guard secret.compactBytes.count <= Self.mostSealed else {
      throw Fault("sealed has more than \(Self.mostSealed) bytes")
    }
    return SentEntry(id: id, event: event, over: over, secret: secret == .null ? nil : secret)
  }
}
