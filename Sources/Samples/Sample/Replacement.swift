public import Problems

/// A sample as it stands after cases were replaced: what decides who comes next.
public struct SampleInUse: Sendable {
  /// A case that was drawn or stands in reserve.
  public struct Entry: Hashable, Sendable {
    public let crn: String
    public let stratum: String
    public let officer: Int?

    public init(crn: String, stratum: String, officer: Int?) {
      self.crn = crn
      self.stratum = stratum
      self.officer = officer
    }
  }

  private let officerCap: Int
  private let reserve: [Entry]

  /// The cases that are in the sample now.
  public private(set) var current: [Entry]
  private var replaced: Set<String> = []
  private var used: Set<String> = []

  /// - Parameter reserve: In the order of their tickets within each stratum.
  public init(selected: [Entry], reserve: [Entry], officerCap: Int) {
    current = selected
    self.reserve = reserve
    self.officerCap = officerCap
  }

  /// Whether a case stands in reserve and did not come for another one yet.
  public func isInReserve(_ crn: String) -> Bool {
    !used.contains(crn) && reserve.contains { $0.crn == crn }
  }

  /// Replaces a case by the next one of its stratum's reserve that keeps the officer's cap.
  ///
  /// - Returns: The case that comes in.
  /// - Throws: ``Problems`` when the case is not in the sample, was replaced before, or nobody is
  ///   left who keeps the cap.
  public mutating func replace(_ crn: String, in file: String) throws(Problems) -> Entry {
    guard !replaced.contains(crn) else {
      throw Problems(
        Problem(file, "\(crn) was replaced already", remedy: "replace the case that came for it"))
    }
    guard let place = current.firstIndex(where: { $0.crn == crn }) else {
      throw Problems(
        Problem(file, "\(crn) is not in the sample", remedy: "name a case that was drawn"))
    }
    let out = current[place]
    let next = reserve.first { entry in
      guard entry.stratum == out.stratum, !used.contains(entry.crn) else { return false }
      guard let officer = entry.officer else { return true }
      return current.count { $0.officer == officer && $0.crn != crn } < officerCap
    }
    guard let next else {
      throw Problems(
        Problem(
          file,
          "the reserve of \(out.stratum) has no case left that keeps the cap of \(officerCap)",
          remedy: "add a case with sample add, or go on with fewer"))
    }
    replaced.insert(crn)
    used.insert(next.crn)
    current[place] = next
    return next
  }
}
