import Samples

extension SecondsFacts {
  /// Draws the cases that are assessed a second time.
  ///
  /// Each case has a ticket that depends on the seed and on its number alone, written in decimal
  /// digits; those with the smallest tickets are drawn. So whoever holds the record can draw them
  /// again, and a larger share of the same cases has those of a smaller one.
  ///
  /// - Parameters:
  ///   - share: How many of a hundred, rounded up to a whole case.
  ///   - numbers: The numbers of the cases in the sample, in any order.
  /// - Returns: Nothing unless the share is from 1 to 100 and there is a case, each once.
  /// - Source: tickets as samples have them (``Seed``); that a share is drawn, and of which size, is
  ///   ours.
  public init?(drawing share: Int, of numbers: [Int], seed: String) {
    guard (1...100).contains(share) else { return nil }
    let tickets = Seed(seed)
    let ordered = numbers.map { (ticket: tickets.ticket(for: "\($0)"), number: $0) }
      .sorted { $0.ticket < $1.ticket }
    let size = (share * numbers.count + 99) / 100
    self.init(seed: seed, share: share, cases: ordered.prefix(size).map(\.number))
  }
}

extension InspectionState {
  /// The draw of the second assessments, worked out again from the sample as it was then.
  public var secondsDrawnAgain: SecondsFacts? {
    guard let seconds, let sample else { return nil }
    return SecondsFacts(
      drawing: seconds.drawn.share, of: sample.numbers(at: seconds.sequence),
      seed: seconds.drawn.seed)
  }
}

extension SampleState {
  /// The numbers of the cases that were in it at an entry of the record, in order.
  public func numbers(at sequence: Int) -> [Int] {
    let before = changes.filter { $0.sequence <= sequence }.map(\.value)
    let gone = Set(before.compactMap(\.out))
    return (1...drawn.cases + before.count).filter { !gone.contains($0) }
  }
}
