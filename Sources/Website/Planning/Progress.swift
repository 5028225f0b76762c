import Calendars
import Fieldwork
import Records

/// What is done in an inspection and what is next.
struct Progress {
  struct Task {
    let title: String
    let path: String
    let hint: String
    /// Nothing for what is never done.
    let isDone: Bool?
    let permission: Permission
  }

  /// What belongs together, under a heading.
  struct Group {
    let title: String
    let tasks: [Task]
  }

  let state: InspectionState

  init(_ state: InspectionState) {
    self.state = state
  }

  private var cases: [Int] { state.sample?.numbers ?? [] }
  private var allotted: Int { cases.count { state.assessors[$0] != nil } }
  private var submitted: Int { cases.count { state.cases[$0]?.submittedAt != nil } }
  private var openRequests: Int { state.requests.values.count { $0.receivedAt == nil } }

  /// What somebody with these permissions does or sees; no group is empty.
  func groups(for account: AuthorID, _ may: (Permission) -> Bool) -> [Group] {
    [
      Group(title: "Planning", tasks: planning),
      Group(title: "Cases", tasks: assessing + own(account)),
      Group(title: "Quality, evidence and ratings", tasks: [quality] + evidenceTasks),
    ].map { Group(title: $0.title, tasks: $0.tasks.filter { may($0.permission) }) }
      .filter { !$0.tasks.isEmpty }
  }

  private var planning: [Task] {
    [
      Task(
        title: "Team", path: "/team",
        hint: Words.count(state.team.count, "member"), isDone: state.team.count > 1,
        permission: .manageTeam),
      Task(
        title: "Project plan", path: "/plan",
        hint: state.plan.map { "To be published on \($0.value.publication.words)" }
          ?? "Choose the day of publication", isDone: state.plan != nil,
        permission: .seeInspection),
      Task(
        title: "Return and frame", path: "/return", hint: returned, isDone: state.frame != nil,
        permission: .handleReturn),
      Task(
        title: "Sample", path: "/sample",
        hint: state.sample.map { _ in Words.count(cases.count, "case") }
          ?? (state.frame == nil ? "Freeze the frame first" : "Draw it with the provider’s seed"),
        isDone: state.sample != nil, permission: .seeSample),
      Task(
        title: "Allotment", path: "/allotment",
        hint: state.sample == nil
          ? "Draw the sample first" : "\(allotted) of \(Words.count(cases.count, "case")) allotted",
        isDone: state.sample != nil && allotted == cases.count, permission: .allotCases),
      Task(
        title: "Document requests", path: "/requests",
        hint: state.requests.isEmpty
          ? "Nothing was asked for yet" : "\(openRequests) of \(state.requests.count) open",
        isDone: openRequests == 0, permission: .seeRequests),
    ]
  }

  private var assessing: [Task] {
    [
      Task(
        title: "Fieldwork", path: "/progress", hint: fieldwork,
        isDone: state.sample == nil ? false : submitted == cases.count,
        permission: .seeProgress),
      Task(
        title: "Cases", path: "/cases", hint: "The cases that you may open",
        isDone: nil, permission: .seeCases),
    ]
  }

  /// What somebody assesses, once there is something.
  private func own(_ account: AuthorID) -> [Task] {
    let isFirst = state.holders.everHad(account)
    let isSecond = state.seconds?.holders.everHad(account) == true
    var tasks: [Task] = []
    if isFirst || isSecond {
      tasks.append(
        Task(
          title: "Take my cases with me", path: "/device",
          hint: "To assess them without a network", isDone: nil, permission: .answer))
    }
    if isSecond {
      tasks.append(
        Task(
          title: "Your second assessments", path: "/seconds",
          hint: "Cases that you assess without seeing what was answered", isDone: nil,
          permission: .answer))
    }
    if !state.calibrations.isEmpty {
      tasks.append(
        Task(
          title: "Calibration cases", path: "/calibrations",
          hint:
            "\(Words.count(state.calibrations.count, "made-up case")) that all assessors answer",
          isDone: nil, permission: .answer))
    }
    return tasks
  }

  private var quality: Task {
    Task(
      title: "Quality", path: "/quality", hint: "Second assessments and how far assessors agree",
      isDone: nil, permission: .assureQuality)
  }

  private var fieldwork: String {
    state.sample == nil
      ? "Draw the sample first"
      : "\(submitted) of \(Words.count(cases.count, "case")) submitted"
  }

  private var returned: String {
    guard let received = state.received?.value else { return "Upload the provider’s list" }
    let rows = "\(Words.number(received.rows)) \(received.rows == 1 ? "row" : "rows")"
    return state.frame == nil ? "\(rows) received; not frozen yet" : "\(rows), frozen"
  }

  /// In a few words.
  var summary: String {
    if state.isErased { return "Erased" }
    if state.sample != nil { return "\(cases.count) cases drawn, \(allotted) allotted" }
    if state.frame != nil { return "Frame frozen" }
    return state.received == nil ? "Being planned" : "Return received"
  }
}
