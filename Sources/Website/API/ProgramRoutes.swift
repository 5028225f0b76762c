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
      "answers": .number(state.answers.count), "erased": .bool(state.isErased),
    ])
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
    let (entries, problems) = EntryReading.entries(list, in: inspection, by: author)
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
private enum EntryReading {
  /// What programs may record.
  private static let allowed: Set<String> = ["answer-given"]

  static func entries(
    _ list: [JSON], in inspection: OpenInspection, by author: AuthorID
  ) -> ([SentEntry], problems: [String]) {
    var entries: [SentEntry] = []
    var problems: [String] = []
    for (place, json) in list.enumerated() {
      func note(_ what: String) { problems.append("entries[\(place)]: \(what)") }
      guard let id = json["id"].string.flatMap({ EntryID($0) }) else {
        note("id is no UUID of version 7 in small letters")
        continue
      }
      guard let name = json["event"].string, allowed.contains(name) else {
        note("event is not one that programs may record: answer-given")
        continue
      }
      guard let over = json["over"].int, over >= 0 else {
        note("over is no revision")
        continue
      }
      do throws(EventFault) {
        let event = try Event(name, subject: json["subject"].string ?? "", values: json["values"])
        if let fault = fault(of: event, in: inspection.state, by: author) {
          note(fault)
        } else {
          let secret = json["sealed"]
          entries.append(
            SentEntry(id: id, event: event, over: over, secret: secret == .null ? nil : secret))
        }
      } catch {
        note(error.description)
      }
    }
    return (entries, problems)
  }

  /// Why somebody may not record an event; nothing when they may.
  private static func fault(
    of event: Event, in state: InspectionState, by author: AuthorID
  ) -> String? {
    guard case .answerGiven(let place, _) = event else { return "is not for programs" }
    guard state.canHappen(event) else { return "there is no case \(place.number)" }
    return state.assessors[place.number] == author
      ? nil : "case \(place.number) was not given to whoever holds the token"
  }
}
