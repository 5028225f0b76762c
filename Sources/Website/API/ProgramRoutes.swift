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
    guard let questions = site.questions(of: inspection) else {
      return refusal(422, ["its edition is not one that this program has"])
    }
    let reading = EntryReading(
      state: inspection.state, author: author, questions: questions, allowed: ["answer-given"])
    let (entries, problems) = reading.entries(list)
    guard problems.isEmpty else { return refusal(422, problems) }
    let outcomes = try await site.desks.planning.append(entries, in: inspection, by: author)
    return answer(["outcomes": .array(zip(entries, outcomes).map { reading.json($0, $1) })])
  }
}
