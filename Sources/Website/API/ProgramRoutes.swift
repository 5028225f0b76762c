import Calendars
import Fieldwork
import OrderedJSON
import People
import Providers
import Records
import RuleFiles
import Standards
import Workflows

/// What programs do with a token: `Authorization: Bearer plumbt-…`.
enum ProgramRoutes {
  static let routes = [
    StaffRoute(.get, "/api/v1/inspections/:inspection", .program(.seeInspection), state),
    StaffRoute(.post, "/api/v1/inspections/:inspection/entries", .program(.answer), append),
    StaffRoute(.get, "/api/v1/inspections/:inspection/record", .program(.takeRecord), record),
  ]

  /// The most entries in a request.
  private static let mostEntries = 500

  static func answer(_ json: JSON, status: Int = 200) -> Page {
    Page(
      status: status, type: "application/json; charset=utf-8", caching: .never,
      body: json.compactBytes)
  }

  static func refusal(_ status: Int, _ problems: [String]) -> Page {
    answer(["problems": .texts(problems)], status: status)
  }

  @Sendable private static func state(_ site: StaffSite, _ visit: Visit) async throws -> Page {
    let inspection = try visit.opened()
    let state = inspection.state
    return answer([
      "inspection": .string(inspection.id.description), "revision": .number(state.revision),
      "provider": .text(state.facts?.provider.slug), "edition": .text(state.facts?.edition.text),
      "publication": .text(state.plan?.value.publication.description),
      "frame": .text(state.frame?.value.frame.description),
      "cases": .array((state.sample?.numbers ?? []).map(JSON.number)),
      "yours": .array(try yours(visit).map(JSON.number)),
      "answers": .number(state.answers.count), "erased": .bool(state.isErased),
    ])
  }

  /// The numbers of the cases that the holder of the token was given.
  private static func yours(_ visit: Visit) throws -> [Int] {
    let state = try visit.opened().state
    let id = try visit.signedIn().account.id
    return (state.sample?.numbers ?? []).filter { state.assessors[$0] == id }
  }

  @Sendable private static func record(_ site: StaffSite, _ visit: Visit) async throws -> Page {
    guard let bytes = try await site.desks.planning.export(try visit.opened().id) else {
      return refusal(404, ["there is no such record"])
    }
    return Page(type: "application/x-ndjson", caching: .never, body: bytes)
  }

  @Sendable private static func append(_ site: StaffSite, _ visit: Visit) async throws -> Page {
    guard let json = try? JSON(bytes: visit.request.body),  // Why it is no JSON does not matter.
      let list = json["entries"].array, (1...mostEntries).contains(list.count)
    else {
      return refusal(
        400, ["the body is not {\"entries\": […]} with 1 to \(mostEntries) entries"])
    }
    let inspection = try visit.opened()
    let author = try visit.signedIn().account.id
    let questions = inspection.state.facts.flatMap { site.site.caseQuestions[$0.edition] }
    let reading = EntryReading(
      state: inspection.state, author: author, questions: questions ?? [])
    let (entries, problems) = reading.entries(list)
    guard problems.isEmpty else { return refusal(422, problems) }
    let outcomes = try await site.desks.planning.append(entries, in: inspection, by: author)
    return answer([
      "outcomes": .array(
        zip(entries, outcomes).map { entry, outcome in
          var members = [JSON.Member("id", .string(entry.id.description))]
          switch outcome {
          case .recorded(let sequence):
            members += [
              JSON.Member("outcome", "recorded"), JSON.Member("sequence", .number(sequence)),
            ]
          case .repeated(let sequence):
            members += [
              JSON.Member("outcome", "repeated"), JSON.Member("sequence", .number(sequence)),
            ]
          case .overtaken(let sequence):
            members += [
              JSON.Member("outcome", "overtaken"), JSON.Member("sequence", .number(sequence)),
            ]
          case .refused: members.append(JSON.Member("outcome", "refused"))
          }
          return .object(members)
        })
    ])
  }
}

/// Reads entries that a program sent.
private struct EntryReading {
  let state: InspectionState
  let author: AuthorID

  /// The codes of the key questions that are put on cases.
  let questions: Set<String>

  /// The most bytes of what is sealed beside an entry.
  private static let mostSealed = 65_536

  /// What programs may record.
  private static let allowed: Set<String> = ["answer-given"]

  func entries(_ list: [JSON]) -> ([SentEntry], problems: [String]) {
    var entries: [SentEntry] = []
    var problems: [String] = []
    for (place, json) in list.enumerated() {
      do throws(Fault) {
        entries.append(try entry(json))
      } catch {
        problems.append("entries[\(place)]: \(error.what)")
      }
    }
    return (entries, problems)
  }

  private struct Fault: Error {
    let what: String

    init(_ what: String) {
      self.what = what
    }
  }

  private func entry(_ json: JSON) throws(Fault) -> SentEntry {
    guard let id = json["id"].string.flatMap({ EntryID($0) }) else {
      throw Fault("id is no UUID of version 7 in small letters")
    }
    guard let name = json["event"].string, Self.allowed.contains(name) else {
      throw Fault("event is not one that programs may record: answer-given")
    }
    guard let over = json["over"].int, over >= 0 else { throw Fault("over is no revision") }
    let event: Event
    do throws(EventFault) {
      event = try Event(name, subject: json["subject"].string ?? "", values: json["values"])
    } catch {
      throw Fault(error.description)
    }
    guard case .answerGiven(let place, _) = event else { throw Fault("is not for programs") }
    guard questions.contains(place.question) else {
      throw Fault("the edition puts no question \(place.question) on cases")
    }
    guard state.canHappen(event) else { throw Fault("there is no case \(place.number)") }
    guard state.assessors[place.number] == author else {
      throw Fault("case \(place.number) was not given to whoever holds the token")
    }
    let secret = json["sealed"]
    guard secret.compactBytes.count <= Self.mostSealed else {
      throw Fault("sealed has more than \(Self.mostSealed) bytes")
    }
    return SentEntry(id: id, event: event, over: over, secret: secret == .null ? nil : secret)
  }
}
