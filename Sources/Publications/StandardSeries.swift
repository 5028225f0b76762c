public import Inspections
import RuleFiles
public import Standards

/// One standard of a provider through its inspections, as far as the concordance calls it the same.
public struct StandardSeries: Sendable {
  /// What happened between two inspections.
  public enum Step: Sendable {
    /// How the rating moved, and whether nothing we saw confirms that the two are the same.
    case moved(Change, isAssumed: Bool)

    /// One of the two ratings was not seen.
    case notKnown

    /// The standard has nothing before it that it could be held against.
    case broken(because: String)
  }

  /// As the newest edition calls it that has the standard.
  public let title: String

  /// The code in each inspection; nothing where it was not a standard.
  public internal(set) var codes: [Code?]

  /// Newest first.
  public internal(set) var steps: [Step] = []
}

extension Register {
  /// The standards of some inspections of one provider, those of the newest first, then those that
  /// have no successor.
  ///
  /// - Parameter inspections: Oldest first. An inspection whose edition has no rule book is in no
  ///   series.
  public func standardSeries(of inspections: [Inspection]) -> [StandardSeries] {
    var all: [StandardSeries] = []
    var used = inspections.map { _ in Set<Code>() }
    for place in inspections.indices.reversed() {
      guard let book = editions[inspections[place].standards] else { continue }
      for standard in book.standards where !used[place].contains(standard.code) {
        var series = StandardSeries(title: standard.title, codes: inspections.map { _ in nil })
        var (code, newer) = (standard.code, place)
        series.codes[place] = code
        for older in inspections.indices.prefix(place).reversed() {
          let (from, to) = (inspections[older].standards, inspections[newer].standards)
          guard editions[from] != nil else { continue }
          switch editions.counterpart(of: code, in: to, from: from) {
          case .notComparable(let reason): series.steps.append(.broken(because: reason))
          case .comparable(let before):
            series.steps.append(
              change(of: code, in: inspections[newer]).map {
                .moved($0, isAssumed: isComparisonAssumed(of: code, in: inspections[newer]))
              } ?? .notKnown)
            series.codes[older] = before
            used[older].insert(before)
            (code, newer) = (before, older)
            continue
          }
          break
        }
        all.append(series)
      }
    }
    return all
  }

  /// Whether the comparison of a standard with the inspection before rests on a reading of the
  /// editions that is assumed.
  public func isComparisonAssumed(of code: Code, in inspection: Inspection) -> Bool {
    guard let before = self.inspection(before: inspection),
      before.standards != inspection.standards,
      let link = editions.concordance(from: before.standards, to: inspection.standards)?
        .standards.first(where: { $0.to == code && $0.relation.allowsComparison })
    else { return false }
    return link.provenance.status == .assumed
  }
}
