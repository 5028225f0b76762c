import Calendars
public import OrderedJSON
import Records
import RuleFiles
import Standards

/// How an inspection stands, as JSON: the same state is always the same bytes.
///
/// What is kept of a state so that it need not be worked out from the first entry each time; whether
/// it is right can be checked by working it out.
extension InspectionState {
  public var document: JSON {
    [
      "revision": .number(revision), "facts": facts?.values ?? .null,
      "edition": .text(edition?.description), "retainedUntil": .text(retainedUntil?.description),
      "erased": .bool(isErased), "carriedFrom": .text(carriedFrom),
      "elsewhere": .texts(elsewhere.map(\.description).sorted()),
      "team": .array(
        team.sorted { $0.key.description < $1.key.description }.map { id, noted in
          ["id": .string(id.description), "at": .number(noted.sequence), "is": noted.value.values]
        }),
      "plan": Self.json(plan) { $0.values }, "feed": .number(feed),
      "received": Self.json(received) { $0.values }, "frame": Self.json(frame) { $0.values },
      "sample": sample?.document ?? .null, "holders": holders.document,
      "requests": .array(
        requests.sorted { $0.key < $1.key }.map { number, request in
          [
            "number": .number(number), "due": .string(request.due.description),
            "at": .number(request.sequence), "received": .count(request.receivedAt),
            "sent": .array(request.sent.map { Self.json($0) { $0.values } }),
          ]
        }),
      "answers": .array(
        answers.sorted { $0.key < $1.key }.map { place, answer in
          ["at": .string(place.subject), "is": answer.document]
        }),
      "cases": Self.list(cases) { work in
        [
          "submitted": .count(work.submittedAt), "reopened": .count(work.reopenedAt),
          "late": .number(work.lateAnswers),
        ]
      },
      "queries": Self.list(queries) { query in
        [
          "about": query.facts.values, "asked": .number(query.askedAt),
          "answered": .count(query.answeredAt), "closed": .count(query.closedAt),
        ]
      },
      "seconds": seconds?.document ?? .null, "calibrations": Self.list(calibrations, JSON.number),
      "evidence": Self.list(evidence) { versions in
        .array(versions.map { Self.json($0) { $0.values } })
      },
      "judgements": Self.list(judgements) { Self.json($0) { $0.values } },
      "panel": Self.list(panel) { Self.json($0) { .string($0.rawValue) } },
      "workforce": Self.list(workforce) { Self.json($0) { $0.values } },
      "workforceNoted": .number(workforceNoted),
      "trails": .array(
        trails.sorted { $0.key < $1.key }.map { subject, sequences in
          ["of": .string(subject), "at": .array(sequences.map(JSON.number))]
        }),
    ]
  }

  private static func list<Value>(_ values: [Int: Value], _ json: (Value) -> JSON) -> JSON {
    .array(
      values.sorted { $0.key < $1.key }.map { ["number": .number($0), "is": json($1)] })
  }

  private static func list<Value>(_ values: [Code: Value], _ json: (Value) -> JSON) -> JSON {
    .array(
      values.sorted { $0.key < $1.key }.map { ["code": .string($0.text), "is": json($1)] })
  }

  /// Nothing unless all of it can be read.
  private static func numbered<Value>(
    _ json: JSON, _ read: (JSON) -> Value?
  ) -> [Int: Value]? {
    guard let list = json.array else { return nil }
    var values: [Int: Value] = [:]
    for one in list {
      guard let number = one["number"].int, let value = read(one["is"]) else { return nil }
      values[number] = value
    }
    return values
  }

  /// Nothing unless all of it can be read.
  private static func coded<Value>(
    _ json: JSON, _ read: (JSON) -> Value?
  ) -> [Code: Value]? {
    guard let list = json.array else { return nil }
    var values: [Code: Value] = [:]
    for one in list {
      guard let code = one["code"].string.flatMap({ Code($0) }), let value = read(one["is"]) else {
        return nil
      }
      values[code] = value
    }
    return values
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
      let feed = json["feed"].int, let holders = Holders(document: json["holders"]),
      let elsewhere = CarriedFacts.digests(json["elsewhere"])
    else { return nil }
    self.revision = revision
    self.feed = feed
    self.holders = holders
    facts = InspectionFacts(values: json["facts"])
    edition = json["edition"].string.flatMap { Digest(text: $0) }
    retainedUntil = json["retainedUntil"].day
    isErased = json["erased"] == true
    carriedFrom = json["carriedFrom"].string
    self.elsewhere = Set(elsewhere)
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
    for one in answers {
      guard let place = one["at"].string.flatMap({ AnswerPlace(subject: $0) }),
        let answer = AnswerState(document: one["is"], at: place)
      else { return nil }
      self.answers[place] = answer
    }
    return readFieldwork(json)
  }

  private mutating func readFieldwork(_ json: JSON) -> Void? {
    guard let cases = Self.numbered(json["cases"], { CaseWork(document: $0) }),
      let queries = Self.numbered(json["queries"], { QueryState(document: $0) }),
      let calibrations = Self.numbered(json["calibrations"], \.int),
      let evidence = Self.numbered(
        json["evidence"],
        { json in
          json.array?.compactMap { one in Self.noted(one) { EvidenceFacts(values: $0) } }
        }),
      let judgements = Self.coded(
        json["judgements"], { one in Self.noted(one) { EvidenceRating(values: $0) } }),
      let panel = Self.coded(
        json["panel"], { one in Self.noted(one) { $0.string.flatMap(Rating.init) } }),
      let workforce = Self.numbered(
        json["workforce"], { one in Self.noted(one) { WorkforceFact(values: $0) } }),
      let workforceNoted = json["workforceNoted"].int, let trails = json["trails"].array
    else { return nil }
    self.cases = cases
    self.queries = queries
    self.calibrations = calibrations
    self.evidence = evidence
    self.judgements = judgements
    self.panel = panel
    self.workforce = workforce
    self.workforceNoted = workforceNoted
    for one in trails {
      guard let subject = one["of"].string, let sequences = one["at"].array else { return nil }
      self.trails[subject] = sequences.compactMap(\.int)
    }
    seconds = SecondsState(document: json["seconds"])
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

extension CaseWork {
  fileprivate init?(document: JSON) {
    guard let late = document["late"].int else { return nil }
    self.init(
      submittedAt: document["submitted"].int, reopenedAt: document["reopened"].int,
      lateAnswers: late)
  }
}

extension QueryState {
  fileprivate init?(document: JSON) {
    guard let facts = QueryFacts(values: document["about"]), let asked = document["asked"].int
    else { return nil }
    self.init(
      facts: facts, askedAt: asked, answeredAt: document["answered"].int,
      closedAt: document["closed"].int)
  }
}

extension SecondsState {
  fileprivate var document: JSON {
    [
      "at": .number(sequence), "drawn": drawn.values, "holders": holders.document,
    ]
  }

  fileprivate init?(document: JSON) {
    guard let sequence = document["at"].int, let drawn = SecondsFacts(values: document["drawn"]),
      let holders = Holders(document: document["holders"])
    else { return nil }
    self.init(drawn: drawn, sequence: sequence, holders: holders)
  }
}
