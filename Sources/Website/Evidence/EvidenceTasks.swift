import Fieldwork

extension Progress {
  /// What is done with evidence, and by the panel.
  var evidenceTasks: [Task] {
    [
      Task(
        title: "Evidence", path: "/evidence",
        hint: state.evidence.isEmpty
          ? "None was kept yet"
          : Words.count(state.evidence.count, "piece of evidence", "pieces of evidence"),
        isDone: nil, permission: .seeEvidence),
      Task(
        title: "Workforce", path: "/workforce",
        hint: state.workforce.isEmpty
          ? "No fact was noted yet" : Words.count(state.workforce.count, "fact"), isDone: nil,
        permission: .seeEvidence),
      Task(
        title: "Judgements", path: "/judgements",
        hint: state.judgements.isEmpty
          ? "Nothing was judged yet"
          : "\(Words.count(state.judgements.count, "standard or key question", "standards and key questions")) judged",
        isDone: nil, permission: .seeEvidence),
      Task(
        title: "Ratings panel", path: "/panel",
        hint: state.panel.isEmpty
          ? "Provisional ratings, and what is open to the panel"
          : Words.count(state.panel.count, "decision"), isDone: nil, permission: .seePanel),
    ]
  }
}
