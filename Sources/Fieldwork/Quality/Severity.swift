public import Records
public import Standards
public import Statistics

/// How often an assessor finds a key question sufficient where it applies, beside all others
/// together.
///
/// Assessors have different cases, and an assessor's answers on one case go together: that explains
/// part of every difference, and makes the intervals narrower than they should be.
public struct Severity: Hashable, Sendable {
  /// Sufficient answers of the applicable ones.
  public struct Share: Hashable, Sendable {
    public let proportion: Proportion

    public var value: Double { Double(proportion.part) / Double(proportion.whole) }
    public var interval: WilsonInterval { WilsonInterval(proportion) }
  }

  public let assessor: AuthorID

  /// On how many cases they answered.
  public let cases: Int

  /// Nothing where no question applied.
  public let own: Share?
  public let others: Share?

  public enum Standing: Hashable, Sendable {
    /// The intervals do not overlap.
    case milder
    case stricter

    /// They overlap: what sampling leaves open explains the difference.
    case alike

    /// One of the two has no answers.
    case notComparable
  }

  /// - Source: ours. That two 95 % intervals do not overlap is a stricter test than one of the
  ///   difference at 5 %, so it flags rather too few than too many.
  public var standing: Standing {
    guard let own, let others else { return .notComparable }
    if own.interval.lower > others.interval.upper { return .milder }
    return own.interval.upper < others.interval.lower ? .stricter : .alike
  }

  /// Every assessor who answered a first assessment, in the order of their ids.
  ///
  /// - Parameters:
  ///   - questions: Those that the edition puts on cases.
  ///   - hidden: The numbers of cases that are left out.
  public static func all(
    in state: InspectionState, _ questions: [RuleBook.KeyQuestion], without hidden: Set<Int> = []
  ) -> [Severity] {
    var counts: [AuthorID: (sufficient: Int, applicable: Int, cases: Set<Int>)] = [:]
    for number in state.sample?.numbers ?? [] where !hidden.contains(number) {
      for question in questions {
        guard let given = state.assessedAnswer(to: question, on: number, in: .first),
          !given.isSetAside
        else { continue }
        var own = counts[given.assessor] ?? (0, 0, [])
        own.cases.insert(number)
        if given.answer != .notApplicable { own.applicable += 1 }
        if given.answer == .sufficient { own.sufficient += 1 }
        counts[given.assessor] = own
      }
    }
    let sufficient = counts.values.reduce(0) { $0 + $1.sufficient }
    let applicable = counts.values.reduce(0) { $0 + $1.applicable }
    return counts.sorted { $0.key.description < $1.key.description }.map { assessor, own in
      Severity(
        assessor: assessor, cases: own.cases.count,
        own: Proportion(own.sufficient, of: own.applicable).map(Share.init),
        others: Proportion(sufficient - own.sufficient, of: applicable - own.applicable)
          .map(Share.init))
    }
  }
}
