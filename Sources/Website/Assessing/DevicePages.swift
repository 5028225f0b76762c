import Calendars
import Fieldwork
import OrderedJSON
import Records
import RuleFiles
import Workflows

/// Cases on an assessor’s own device, which works for days without a network.
///
/// The device keeps the pages of the cases as they are served here, and what was said since as
/// entries with ids of their own. It sends them when it can, in any order and as often as it likes.
enum DevicePages {
  static let routes = [
    // Before the addresses of inspections: none has a full stop in its name.
    StaffRoute(.get, "/fieldwork/worker.js", .everyone, worker),
    StaffRoute(.get, "/fieldwork/:inspection/device", .may(.answer), page),
    StaffRoute(.get, "/fieldwork/:inspection/device/cases", .may(.answer), cases),
    StaffRoute(.post, "/fieldwork/:inspection/device/entries", .may(.answer), append),
  ]

  /// The most entries in a request.
  private static let mostEntries = 100

  /// How many days a device without contact keeps what is in the record (`DAYS` in keep.js).
  static let days = 14

  @Sendable private static func worker(_ site: StaffSite, _ visit: Visit) async throws -> Page {
    Page(
      type: Assets.javaScript, caching: .asked, body: site.site.assets.worker,
      further: [
        Page.allowingScripts, Page.Header(name: "Service-Worker-Allowed", value: "/fieldwork"),
      ])
  }

  @Sendable private static func page(_ site: StaffSite, _ visit: Visit) async throws -> Page {
    let inspection = try visit.opened()
    return site.keptPage(
      "My cases on this device", visit, crumbs: InspectionPages.crumbs(inspection),
      scripts: ["away.js"],
      """
      <h1 class="govuk-heading-xl">My cases on this device</h1>
      <div id="away" data-inspection="\(inspection.id.description)" \
      data-account="\(try visit.signedIn().account.id.description)" \
      data-edition="\(inspection.state.edition?.description ?? "")">
      <noscript>\(Parts.paragraph("Taking cases along needs JavaScript, which your browser does not "
      + "run here. You can assess every case on its own page while you have a network."))</noscript>
      </div>
      """)
  }

  /// What the device needs to know: the cases, the addresses of their pages, and the token that
  /// sending needs. No names and no dates of birth.
  @Sendable private static func cases(_ site: StaffSite, _ visit: Visit) async throws -> Page {
    let inspection = try visit.opened()
    let account = try visit.signedIn().account.id
    guard let questions = site.questions(of: inspection) else { return withoutEdition }
    if let device = visit.query["device"].flatMap({ EntryID($0) }),
      let waiting = visit.query["waiting"].flatMap({ Int($0) }), waiting >= 0,
      let held = visit.query["held"].flatMap({ Int($0) }), held >= 0
    {
      try await site.desks.planning.note(
        DeviceContact(
          device: device, author: account, at: site.desks.now(), waiting: waiting, held: held),
        of: inspection.id)
    }
    let own = try await site.desks.planning.casesToAssess(by: account, in: inspection)
    let list = own.map { facts, assessment in
      let assessed = Assessed(
        inspection: inspection, questions: questions, facts: facts, assessment: assessment,
        texts: [:])
      return Self.json(assessed)
    }
    return ProgramRoutes.answer([
      "inspection": .string(inspection.id.description), "title": .string(inspection.title),
      "account": .string(account.description), "token": .string(visit.formToken),
      "revision": .number(inspection.state.revision),
      "edition": .text(inspection.state.edition?.description),
      "at": .string(site.desks.now().description), "cases": .array(list),
    ])
  }

  private static func json(_ assessed: Assessed) -> JSON {
    let tally = assessed.tally
    return [
      "number": .number(assessed.facts.number), "crn": .string(assessed.facts.crn),
      "assessment": .string(assessed.assessment == .first ? "first" : "second"),
      "address": .string(assessed.address), "risk": .string(assessed.facts.risk),
      "office": .string(assessed.facts.place),
      "stage": .string(assessed.assessment == .first ? assessed.stage.title : ""),
      "open": .bool(assessed.isOpen), "answered": .number(tally.answered),
      "put": .number(tally.put), "conflicts": .number(tally.conflicts.count),
    ]
  }

  private static var withoutEdition: Page {
    ProgramRoutes.refusal(422, ["its edition is not one that this program has"])
  }

  /// Takes what a device sends: each entry by itself, so that one that cannot be taken keeps no other
  /// from it.
  @Sendable private static func append(_ site: StaffSite, _ visit: Visit) async throws -> Page {
    let inspection = try visit.opened()
    let author = try visit.signedIn().account.id
    guard let json = try? JSON(bytes: visit.request.body),  // Why it is no JSON does not matter.
      let list = json["entries"].array, list.count <= mostEntries,
      let device = json["device"].string.flatMap({ EntryID($0) }),
      let waiting = json["waiting"].int, waiting >= 0
    else {
      return ProgramRoutes.refusal(
        400, ["the body is not {\"device\", \"waiting\", \"entries\": […]} with up to 100 entries"])
    }
    guard let questions = site.questions(of: inspection) else { return withoutEdition }
    let reading = EntryReading(
      state: inspection.state, author: author, questions: questions,
      allowed: ["answer-given", "answer-dropped"])
    let read = list.map { ($0["id"], reading.read($0)) }
    let entries = read.compactMap { try? $0.1.get() }  // Why not is told below.
    let outcomes = try await site.desks.planning.append(entries, in: inspection, by: author)
    var left = zip(entries, outcomes).makeIterator()
    let told = read.map { id, entry -> JSON in
      switch entry {
      case .success:
        guard let (entry, outcome) = left.next() else { return .null }
        return reading.json(entry, outcome, differs: differs(entry, outcome, inspection, author))
      case .failure(let fault) where fault.isTooLate:
        return ["id": id, "outcome": "arrived"]
      case .failure(let fault):
        return ["id": id, "outcome": "refused", "why": .string(fault.what)]
      }
    }
    try await site.desks.planning.note(
      DeviceContact(
        device: device, author: author, at: site.desks.now(),
        waiting: max(0, waiting - entries.count), held: max(0, json["held"].int ?? 0)),
      of: inspection.id)
    return ProgramRoutes.answer([
      "outcomes": .array(told), "at": .string(site.desks.now().description),
    ])
  }

  /// Whether what was sent differs from what was said elsewhere, so that somebody is to choose.
  ///
  /// - Parameter inspection: As it stood before.
  private static func differs(
    _ entry: SentEntry, _ outcome: AppendOutcome, _ inspection: OpenInspection, _ author: AuthorID
  ) -> Bool {
    guard case .answerGiven(let place, let given) = entry.event else { return false }
    return switch outcome {
    case .recorded:
      inspection.state.wouldDiffer(
        at: place, after: given, entry.id, by: author, over: entry.over)
    case .repeated: inspection.state.answers[place]?.conflicts.isEmpty == false
    case .overtaken, .refused, .erased: false
    }
  }
}
