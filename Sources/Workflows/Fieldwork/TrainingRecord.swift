public import Calendars
import Caseloads
public import Fieldwork
public import People
public import Records
import Samples
import Standards

/// A training inspection with everything up to fieldwork: a made-up provider’s return, its frame
/// and sample, a team, and who assesses which case.
public struct TrainingRecord: Sendable {
  /// Its name in addresses.
  public static let id = InspectionID(known: "training")

  /// Somebody of the training inspection.
  public struct Person: Sendable {
    public let email: String
    public let name: String

    /// What they are in the inspection or for the provider.
    public let roles: Set<Role>
    let isAdministrator: Bool
    let isCleared: Bool

    init(
      _ email: String, _ name: String, _ roles: Set<Role>, isAdministrator: Bool = false,
      isCleared: Bool = false
    ) {
      self.email = email + "@example.org"
      self.name = name
      self.roles = roles
      self.isAdministrator = isAdministrator
      self.isCleared = isCleared
    }
  }

  public static let people = [
    Person("lead", "The lead inspector", [.lead], isCleared: true),
    Person("assessor-1", "Assessor one", [.assessor], isCleared: true),
    Person("assessor-2", "Assessor two", [.assessor]),
    Person("assessor-3", "Assessor three", [.assessor]),
    Person("local", "The local assessor", [.localAssessor]),
    Person("quality", "The quality lead", [.qualityLead], isCleared: true),
    Person("panel", "The panel member", [.panelMember]),
    Person("editor", "The editor", [.editor]),
    Person("provider", "The provider lead", [.providerLead]),
    Person("auditor", "The provider auditor", [.providerAuditor]),
    Person("officer", "The officer", [.officer]),
    Person("admin", "The administrator", [], isAdministrator: true),
  ]

  private let inspections: InspectionDesk
  let planning: PlanningDesk
  let accounts: any AccountStore
  private let masterKey: MasterKey
  let newID: @Sendable () -> EntryID

  public init(
    inspections: InspectionDesk, planning: PlanningDesk, accounts: any AccountStore,
    masterKey: MasterKey, newID: @escaping @Sendable () -> EntryID
  ) {
    self.inspections = inspections
    self.planning = planning
    self.accounts = accounts
    self.masterKey = masterKey
    self.newID = newID
  }

  /// How many people are in the made-up list.
  private static let cases = 1_200

  /// The day of the made-up list.
  private static let listedOn = Day(2026, 6, 1)

  /// How far the inspection is when it is set up.
  public enum Extent: Sendable {
    /// The cases are allotted.
    case planned

    /// Half of the cases are answered.
    case assessed
  }

  /// Sets the inspection up, with accounts for everybody in it.
  ///
  /// - Parameter password: Of every account that is made: all share one, which nobody chose.
  /// - Throws: ``Problems`` when it cannot be set up, before anything is made; and what the store
  ///   throws.
  public func setUp(
    _ extent: Extent, today: Day, password: PasswordHash
  ) async throws -> Outcome {
    guard try await planning.memory.inspection(Self.id) == nil else { return .isThere }
    try await Self.check(accounts)
    var ids: [String: AuthorID] = [:]
    var new: [Person] = []
    for person in Self.people {
      guard let found = try await account(person, password) else { continue }
      ids[person.email] = found.id
      if found.isNew { new.append(person) }
    }
    guard let lead = ids[Self.people[0].email], let edition = RuleBook.ID("pdu-2023") else {
      throw TrainingFault.overtaken
    }
    try await inspections.create(
      Self.id, about: InspectionFacts(provider: TrainingInspection.provider, edition: edition),
      title: "Training inspection", retainedUntil: Day(number: today.number + 730) ?? today,
      by: lead, masterKey: masterKey)
    for person in Self.people { try await join(person, ids, lead, TeamDetails()) }
    let due = Day(number: today.number + 210) ?? today
    try await step(lead) { inspection, actor in
      try await planning.plan(
        publication: WorkingDays.englandAndWales.day(0, from: due) ?? due, in: inspection,
        by: actor)
    }
    try await sample(lead)
    try await allot(ids, lead, today)
    if extent == .assessed, let book = try PublishedEditions.load()[edition] {
      try await assess(lead, CaseQuestions(book))
    }
    try await evidence(lead, today)
    return .setUp(withNew: new)
  }

  private func join(
    _ person: Person, _ ids: [String: AuthorID], _ lead: AuthorID, _ details: TeamDetails
  ) async throws {
    guard let id = ids[person.email],
      let facts = TeamFacts(
        roles: person.roles, isCleared: person.isCleared, conflicts: details.conflicts.count)
    else { return }
    try await step(lead) { inspection, actor in
      try await planning.set(id, facts, details, in: inspection, by: actor)
    }
  }

  private func sample(_ lead: AuthorID) async throws {
    let profile = try Profile.load("ndelius-2020")
    guard let listedOn = Self.listedOn else { return }
    let list = try SyntheticCaseload(
      cases: Self.cases, seed: 2_026, listDate: listedOn, profile: profile)
    let name = "training-service.xlsx"
    let bytes = try list.workbook(name: name)
    try await step(lead) { inspection, actor in
      try await planning.receive(
        list: bytes, named: name, profile: profile, listedOn: listedOn, in: inspection, by: actor)
    }
    try await step(lead) { inspection, actor in
      guard let frame = inspection.state.received?.value.frame else { return .overtaken }
      return try await planning.freeze(frame, in: inspection, by: actor)
    }
    var request = SampleRequest(plan: try SamplingPlan.load("probation"), seed: "3 5 1 6 2 4")
    request.seedSource = "Six dice thrown by the provider lead"
    request.leavesOutRefused = true
    try await step(lead) { [request] inspection, actor in
      try await planning.draw(request, in: inspection, by: actor)
    }
  }

  private func allot(
    _ ids: [String: AuthorID], _ lead: AuthorID, _ today: Day
  ) async throws {
    guard let inspection = try await planning.memory.inspection(Self.id) else { return }
    let cases = try await planning.cases(of: inspection)
    if let one = cases.first(where: { !$0.team.isEmpty && !$0.officer.isEmpty }) {
      try await join(
        Self.people[4], ids, lead, TeamDetails(officer: one.officer, team: one.team))
    }
    if let last = cases.last {
      try await join(Self.people[2], ids, lead, TeamDetails(conflicts: [last.place]))
    }
    try await step(lead) { inspection, actor in
      try await planning.allotEvenly(in: inspection, by: actor).0
    }
    let documents = [
      ("Staffing by grade and office", 14), ("Policy on home visits", 28),
    ]
    for (title, days) in documents {
      try await step(lead) { inspection, actor in
        try await planning.request(
          title, "", due: Day(number: today.number + days) ?? today, in: inspection, by: actor)
      }
    }
  }

  /// Some evidence, two facts about the staff, and what was judged of one standard.
  private func evidence(_ lead: AuthorID, _ today: Day) async throws {
    let pieces: [(EvidenceKind, String, String, Set<String>)] = [
      (.document, "Staffing by office", "Nine of 74 posts are vacant.", ["1.2.1"]),
      (.interview, "Head of the service", "Posts are hard to fill.", ["1.1.1", "1.2.1"]),
      (.focusGroup, "Probation officers", "Supervision is often put off.", ["1.2.1", "1.2.3"]),
      (.survey, "Survey of staff", "Training is offered; time for it is not.", ["1.2.4"]),
    ]
    for (kind, title, says, questions) in pieces {
      let draft = EvidenceDraft(
        kind: kind, title: title, says: says, questions: questions, source: .text(says))
      try await step(lead) { try await planning.add(draft, in: $0, by: $1) }
    }
    let facts: [(WorkforceFact.Measure, Int)] = [(.caseloadPerOfficer, 465), (.vacancies, 122)]
    for (measure, tenths) in facts {
      guard let fact = WorkforceFact(measure: measure, grade: nil, tenths: tenths, heldOn: today)
      else { continue }
      try await step(lead) {
        try await planning.add(fact, from: "The provider’s return of staff", in: $0, by: $1)
      }
    }
    let judged: [(String, Rating, String)] = [
      ("1.2.1", .requiresImprovement, "One post in eight is vacant, and caseloads show it."),
      ("1.2.3", .requiresImprovement, "Oversight does not reach the work of most officers."),
      ("1.2", .requiresImprovement, "Too few staff with too little oversight."),
    ]
    let book = try PublishedEditions.load().edition(named: "pdu-2023")
    for (text, rating, reason) in judged {
      guard let code = Code(text) else { continue }
      try await step(lead) {
        try await planning.judge(
          code, .rated(rating), because: reason, under: book, in: $0, by: $1)
      }
    }
  }

  /// Does something over the inspection as it stands.
  func step(
    _ lead: AuthorID,
    _ body: @Sendable (OpenInspection, PlanningDesk.Actor) async throws -> PlanningDesk.Outcome
  ) async throws {
    guard let inspection = try await planning.memory.inspection(Self.id) else { return }
    let actor = PlanningDesk.Actor(lead, seen: inspection.state.revision)
    guard try await body(inspection, actor) == .done else {
      throw TrainingFault.overtaken
    }
  }
}

/// Why a training inspection was not finished.
enum TrainingFault: PlainFault {
  case overtaken

  var description: String {
    "Somebody else worked on the training inspection. Choose another data folder."
  }
}
