import OrderedJSON

/// Which key question on which case.
public struct AnswerPlace: Hashable, Sendable {
  /// The number of the case.
  public let number: Int

  /// The code of the key question.
  public let question: String

  public init(number: Int, question: String) {
    self.number = number
    self.question = question
  }

  /// Reads `answer/17/2.1.3`.
  init?(subject: String) {
    let parts = subject.split(separator: "/", omittingEmptySubsequences: false)
    guard parts.count == 3, parts[0] == "answer", let number = Int(parts[1]), number > 0,
      !parts[2].isEmpty
    else { return nil }
    self.init(number: number, question: String(parts[2]))
  }

  var subject: String { "answer/\(number)/\(question)" }
}

/// What an assessor says of a key question on a case.
public enum GivenAnswer: String, CaseIterable, Sendable {
  case sufficient
  case insufficient
  case notApplicable = "not-applicable"

  init?(values: JSON) {
    guard let answer = values["answer"].string.flatMap(GivenAnswer.init) else { return nil }
    self = answer
  }

  var values: JSON { ["answer": .string(rawValue)] }
}
