import Calendars
public import OrderedJSON
import Records
import RuleFiles

/// How an inspection stands, as JSON: the same state is always the same bytes.
///
/// What is kept of a state so that it need not be worked out from the first entry each time; whether
/// it is right can be checked by working it out.
extension InspectionState {
  public var document: JSON {
    [
      "revision": .number(revision), "facts": facts?.values ?? .null,
      "edition": .text(edition?.description), "retainedUntil": .text(retainedUntil?.description),
      "erased": .bool(isErased),
      "team": .array(
        team.sorted { $0.key.description < $1.key.description }.map { id, noted in
          ["id": .string(id.description), "at": .number(noted.sequence), "is": noted.value.values]
        }),
      "plan": Self.json(plan) { $0.values }, "feed": .number(feed),
      "received": Self.json(received) { $0.values }, "frame": Self.json(frame) { $0.values },
      "sample": sample?.document ?? .null, "assessors": AllottedCases(assessors).values,
      "requests": .array(
        requests.sorted { $0.key < $1.key }.map { number, request in
          [
            "number": .number(number), "due": .string(request.due.description),
            "at": .number(request.sequence), "received": .count(request.receivedAt),
            "sent": .array(request.sent.map { Self.json($0) { $0.values } }),
          ]
        }),
      "answers": .array(
        answers.sorted { ($0.key.number, $0.key.question) < ($1.key.number, $1.key.question) }
          .map { place, noted in
            [
              .string(place.subject), .string(noted.value.rawValue), .number(noted.sequence),
            ]
          }),
    ]
  }

  fileprivate static func json<Value>(_ noted: Noted<Value>?, _ values: (Value) -> JSON) -> JSON {
    noted.map { ["at": .number($0.sequence), "is": values($0.value)] } ?? .null
  }

  fileprivate static func noted<Value>(
    _ json: JSON, _ read: (JSON) -> Value?
  ) -> Noted<Value>? {
    guard let value = read(json["is"]), let sequence = json["at"].int else { return nil }
    return Noted(value: value, sequence: sequence)
  }

  /// Nothing from anything that ``document`` did not write.
  public init?(document: JSON) {
    self.init()
    guard read(document) != nil, self.document == document else { return nil }
  }

  private mutating func read(_ json: JSON) -> Void? {
    guard let revision = json["revision"].int, let team = json["team"].array,
      let requests = json["requests"].array, let answers = json["answers"].array,
      let feed = json["feed"].int, let assessors = AllottedCases(values: json["assessors"])
    else { return nil }
    self.revision = revision
    self.feed = feed
    self.assessors = assessors.assessors
    facts = InspectionFacts(values: json["facts"])
    edition = json["edition"].string.flatMap { Digest(text: $0) }
    retainedUntil = json["retainedUntil"].day
    isErased = json["erased"] == true
    plan = Self.noted(json["plan"]) { PlanFacts(values: $0) }
    received = Self.noted(json["received"]) { ReturnFacts(values: $0) }
    frame = Self.noted(json["frame"]) { FrameFacts(values: $0) }
    sample = SampleState(document: json["sample"])
    for one in team {
      guard let id = one["id"].string.flatMap({ AuthorID($0) }) else { return nil }
      self.team[id] = Self.noted(one) { TeamFacts(values: $0) }
    }
    for one in requests {
      guard let number = one["number"].int, let request = RequestState(document: one) else {
        return nil
      }
      self.requests[number] = request
    }
    self.answers.reserveCapacity(answers.count)
    for one in answers {
      guard let parts = one.array, parts.count == 3,
        let place = parts[0].string.flatMap({ AnswerPlace(subject: $0) }),
        let answer = parts[1].string.flatMap(GivenAnswer.init), let sequence = parts[2].int
      else { return nil }
      self.answers[place] = Noted(value: answer, sequence: sequence)
    }
    return ()
  }
}

extension SampleState {
  fileprivate var document: JSON {
    [
      "at": .number(sequence), "drawn": drawn.values,
      "changes": .array(changes.map { InspectionState.json($0) { $0.values } }),
    ]
  }

  fileprivate init?(document: JSON) {
    guard let drawn = SampleFacts(values: document["drawn"]), let sequence = document["at"].int,
      let changes = document["changes"].array
    else { return nil }
    self.init(drawn, sequence)
    for one in changes {
      guard let change = InspectionState.noted(one, { SampleChange(values: $0) }) else {
        return nil
      }
      take(change.value, change.sequence)
    }
  }
}

extension RequestState {
  fileprivate init?(document: JSON) {
    guard let due = document["due"].day, let sequence = document["at"].int,
      let sent = document["sent"].array
    else { return nil }
    self.init(
      due: due, sequence: sequence,
      sent: sent.compactMap { one in InspectionState.noted(one) { StoredFile(values: $0) } },
      receivedAt: document["received"].int)
  }
}
