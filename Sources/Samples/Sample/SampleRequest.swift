public import Caseloads
import Problems

/// What somebody asks to be drawn.
public struct SampleRequest: Sendable {
  /// How many cases are wanted.
  public enum Wanted: Hashable, Sendable {
    case cases(Int)

    /// As many as ``SampleSize`` gives for the cases in scope; both in percent.
    case confidence(Double, margin: Double)
  }

  public var plan: SamplingPlan

  /// The id of the kind of sample in the plan.
  public var kind = "main"
  public var wanted = Wanted.confidence(80, margin: 5)
  public var method = Allocation.Method.webster
  public var window = Scope.Window()
  public var seed: String

  /// Where the seed comes from, such as dice thrown before witnesses.
  public var seedSource: String?
  public var decisions: KeepDecisions?

  /// Whether rows that were refused are left out; else nothing is drawn while there are any.
  public var leavesOutRefused = false

  /// Why fewer cases than wanted are accepted; else nothing is drawn then.
  public var shortfallReason: String?

  public init(plan: SamplingPlan, seed: String) {
    self.plan = plan
    self.seed = seed
  }
}

extension SampleRequest {
  /// The kind of sample that is asked for.
  func kindOfSample() throws(Problems) -> SamplingPlan.Kind {
    if let found = plan.kinds.first(where: { $0.id == kind }) { return found }
    throw Problems(
      Problem(
        "sample", "the plan \(plan.id) has no sample “\(kind)”",
        remedy: NearestName.remedy(for: kind, among: plan.kinds.map(\.id))))
  }

  /// How many cases are wanted of a number in scope.
  func size(of inScope: Int) throws(Problems) -> Int {
    switch wanted {
    case .cases(let count):
      guard (1...1_000_000).contains(count) else {
        throw Problems(
          Problem(
            "size", "\(count) is not a number of cases", remedy: "give a number from 1 to 1000000"))
      }
      return count
    case .confidence(let confidence, let margin):
      return try SampleSize(population: inScope, confidence: confidence, margin: margin).size
    }
  }
}
