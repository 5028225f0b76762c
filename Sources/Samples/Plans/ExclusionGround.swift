extension Scope.Exclusion {
  /// A reason without what belongs to one row, so that rows can be counted by it in public.
  ///
  /// Lines, days, values that were refused and what somebody wrote about a person are left out:
  ///
  ///     ground(of: "started_on 2026-07-01 is after the window")
  ///     // "the start of the order is after the window"
  ///
  /// - Parameter reason: As in ``reason``. What no ``Scope`` gives is “another reason”.
  public static func ground(of reason: String) -> String {
    if reason.hasPrefix("refused: ") { return "the row was refused" }
    if reason.hasPrefix("same person as ") {
      return reason.contains(", kept because: ")
        ? "another order of the same person was kept by decision"
        : "an earlier order of the same person is in scope"
    }
    if reason == "no report" || reason == "no unpaid work" { return reason }
    if reason.hasSuffix(" is before the window") { return day(reason) + " is before the window" }
    if reason.hasSuffix(" is after the window") { return day(reason) + " is after the window" }
    if reason.hasSuffix(" is not recorded") { return day(reason) + " is not recorded" }
    if let place = reason.firstRange(of: " is not sampled for ")?.lowerBound {
      return "the sentence type \(reason[..<place]) is not sampled"
    }
    if let place = reason.firstRange(of: " hours of unpaid work, under ")?.upperBound {
      return "fewer than \(reason[place...]) hours of unpaid work"
    }
    return "another reason"
  }

  /// The day that a reason is about: its first word.
  private static func day(_ reason: String) -> String {
    let name = reason.prefix { $0 != " " }
    return switch SamplingPlan.WindowField(rawValue: String(name)) {
    case .startedOn: "the start of the order"
    case .releasedOn: "the day of release"
    case .reportedOn: "the day of the report"
    case nil: "a day"
    }
  }
}
