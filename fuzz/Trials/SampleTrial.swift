import Caseloads
import OrderedJSON
import Problems
import RuleFiles
import Samples
import Workflows

/// Draws from lists, and reads and changes sample files.
enum SampleTrial {
  private static let decision = ChangeSample.Decision(
    reason: "a trial", by: "nobody", at: "2026-05-04T10:15:00Z")

  // MARK: - Drawing

  /// Draws a small sample whose kind, size and method the bytes choose.
  static func draw(
    _ list: CaseList, _ plan: SamplingPlan, by bytes: [UInt8], keeping keep: KeepDecisions? = nil
  ) throws(BrokenPromise) {
    guard !plan.kinds.isEmpty else { return }
    let chosen = choice(bytes, of: plan.kinds.count * 2 * 20)
    let kind = plan.kinds[chosen % plan.kinds.count]
    var request = SampleRequest(plan: plan, seed: "trial \(chosen)")
    request.kind = kind.id
    request.method = chosen / plan.kinds.count % 2 == 0 ? .webster : .moj2020
    request.wanted = .cases(1 + chosen / plan.kinds.count / 2)
    request.leavesOutRefused = true
    request.shortfallReason = "a trial"
    request.decisions = keep
    if let scope = try result(of: { () throws in
      try Scope(of: list, for: kind, window: request.window, decisions: keep)
    }) {
      try promise(
        scope.cases.count + scope.excluded.count == list.counts.read,
        "\(scope.cases.count) in scope and \(scope.excluded.count) not, of \(list.counts.read)")
    }
    let drawn = request
    guard let sample = try result(of: { () throws in try Sample(from: list, by: drawn) }) else {
      return
    }
    try check(sample)
    let document = SampleDocument(sample).json.bytes
    try promise(
      try result { () throws in
        try ChangeSample.differences(SampleFile(document, name: "s"), from: list, plan: plan)
      } == [], "a sample that does not come out again")
  }

  private static func check(_ sample: Sample) throws(BrokenPromise) {
    let crns = (sample.selected + sample.reserve).map(\.crn)
    try promise(Set(crns).count == crns.count, "a case is drawn twice")
    try promise(
      sample.selected.count + sample.shortfall == sample.wanted && sample.shortfall >= 0,
      "\(sample.selected.count) drawn of \(sample.wanted)")
    let held = Dictionary(grouping: sample.selected.compactMap(\.officer)) { $0 }.values
    try promise(
      held.allSatisfy { $0.count <= sample.request.plan.officerCap.value },
      "an officer over the cap"
    )
  }

  // MARK: - Sample files

  static func run(_ bytes: [UInt8]) throws(BrokenPromise) {
    let known = try Known.load()
    guard let file = try result(of: { () throws in try SampleFile(bytes, name: "sample.json") })
    else { return }
    _ = try result { () throws in
      try ChangeSample.differences(file, from: known.list, plan: known.plan)
    }
    try change(file, known)
    if let whole = whole(bytes),
      let file = try result(of: { () throws in try SampleFile(whole, name: "sample.json") })
    {
      try change(file, known)
    }
  }

  private static func change(_ file: SampleFile, _ known: Known) throws(BrokenPromise) {
    for crn in ["X100006", "X100007", ""] {
      if let (json, _) = try result(of: { () throws in
        try ChangeSample.replace(crn, in: file, decision)
      }) {
        try promise(
          try result { () throws in try SampleFile(json.bytes, name: "sample.json") } != nil,
          "a changed sample that cannot be read")
      }
    }
    _ = try result { () throws in
      try ChangeSample.add("X100010", to: file, from: known.list, decision)
    }
  }

  /// The file with the digest that its other members have, so that what was changed by hand is
  /// looked at.
  private static func whole(_ bytes: [UInt8]) -> [UInt8]? {
    guard let json = try? JSON(bytes: bytes),  // Why it is none was said before.
      case .object(let all) = json
    else { return nil }
    let members = all.filter { $0.name != "sha256" }
    let digest = Digest(of: JSON.object(members).bytes).hexadecimal
    return JSON.object(members + [JSON.Member("sha256", .string(digest))]).bytes
  }
}
