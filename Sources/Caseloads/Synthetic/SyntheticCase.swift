/// A made-up person.
struct SyntheticPerson: Sendable {
  /// From which the CRN of the first case follows.
  let crn: Int
  let pnc: (year: Int, serial: Int)

  /// The numbers of the names in ``InventedNames``.
  let family: Int
  let first: Int
  let second: Int?

  /// The day's number.
  let bornOn: Int

  /// The number of a ``Sex``.
  let sex: UInt8

  /// The place of a code in ``Ethnicity/codes``, or nothing where none is written.
  let ethnicity: Int?

  /// The day's number on which the first order or licence began.
  let startedOn: Int

  var isRestricted: Bool
  var hasPNC: Bool
  var hasBirth: Bool
}

/// A made-up order or licence. Days are their numbers, codes the numbers of ``CaseCode``.
struct SyntheticOrder: Sendable {
  let post: Hierarchy.Post

  /// Whether the officer is written.
  var hasOfficer: Bool
  let sentence: UInt8
  let startedOn: Int
  let endedOn: Int?

  /// Whether an order that has not ended says so.
  let saysNotEnded: Bool
  let rosh: UInt8
  let unpaidWorkHours: Int?
  let releasedOn: Int?
  let report: (type: UInt8, on: Int)?
}

/// A row of a made-up list.
struct SyntheticCase: Sendable {
  /// From which the CRN follows: the person's own, unless the person came back under another one.
  var crn: Int
  var person: SyntheticPerson
  var order: SyntheticOrder
}

/// The codes of the census of 2001, as nDelius writes ethnicity.
///
/// - Source: method h.
enum Ethnicity {
  static let codes = [
    "W1", "W2", "W3", "W9", "M1", "M2", "M3", "M9", "A1", "A2", "A3", "A4", "A9", "B1", "B2", "B9",
    "O1", "O2", "O9", "NS",
  ]

  /// How many of a thousand people have each; the rest have none.
  static let weights = [
    738, 12, 6, 41, 21, 6, 5, 7, 16, 25, 10, 3, 12, 26, 18, 9, 1, 2, 8, 14,
  ]
}

/// What may come of chance, each with its weight.
struct Lottery<Outcome: Sendable>: Sendable {
  private let outcomes: [Outcome]
  private let ends: [Int]

  init(_ weighted: [(Outcome, Int)]) {
    outcomes = weighted.map(\.0)
    ends = weighted.reduce(into: []) { $0.append(($0.last ?? 0) + $1.1) }
  }

  func draw(_ chance: inout SplitMix64) -> Outcome {
    self[chance.next()]
  }

  /// What comes of a number, of which each outcome has as large a part as its weight.
  subscript(number: UInt64) -> Outcome {
    let place = SplitMix64.scaled(number, to: ends[ends.count - 1])
    var index = 0
    while place >= ends[index] { index += 1 }
    return outcomes[index]
  }
}
