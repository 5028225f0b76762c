import OrderedJSON
public import Records

/// Who has each case for an assessment, and who had it.
public struct Holders: Hashable, Sendable {
  /// By the number of the case.
  public private(set) var current: [Int: AuthorID] = [:]

  /// The sequence of the entry with which somebody lost a case that they do not have again.
  private var left: [Int: [AuthorID: Int]] = [:]

  init() {}

  /// Everybody who has a case or had it.
  public func everybody(of number: Int) -> Set<AuthorID> {
    Set(left[number, default: [:]].keys).union(current[number].map { [$0] } ?? [])
  }

  /// Whether somebody has a case or had one.
  public func everHad(_ id: AuthorID) -> Bool {
    current.values.contains(id) || left.values.contains { $0[id] != nil }
  }

  /// When somebody lost a case: the sequence of the entry; nothing for who has it or never had it.
  public func lost(_ number: Int, by id: AuthorID) -> Int? { left[number]?[id] }

  mutating func give(_ cases: [Int: AuthorID], at sequence: Int) {
    for (number, id) in cases where current[number] != id {
      take(number, at: sequence)
      left[number]?[id] = nil
      current[number] = id
    }
  }

  /// Takes a case from whoever has it.
  mutating func take(_ number: Int, at sequence: Int) {
    guard let id = current.removeValue(forKey: number) else { return }
    left[number, default: [:]][id] = sequence
  }

  /// Takes every case from somebody.
  mutating func takeAll(from id: AuthorID, at sequence: Int) {
    for (number, holder) in current where holder == id { take(number, at: sequence) }
  }
}

// MARK: - As JSON

extension Holders {
  var document: JSON {
    let left = left.sorted { $0.key < $1.key }.flatMap { number, lost in
      lost.sorted { $0.key.description < $1.key.description }.map { id, sequence in
        ["case": .number(number), "assessor": .string(id.description), "at": .number(sequence)]
          as JSON
      }
    }
    return ["now": AllottedCases(current).values, "left": .array(left)]
  }

  init?(document: JSON) {
    guard let current = AllottedCases(values: document["now"]), let list = document["left"].array
    else { return nil }
    self.current = current.assessors
    for one in list {
      guard let number = one["case"].int, let sequence = one["at"].int,
        let id = one["assessor"].string.flatMap({ AuthorID($0) })
      else { return nil }
      left[number, default: [:]][id] = sequence
    }
  }
}
