/// The code of a domain, a standard or a key question: `2`, `2.1`, `2.1.3`.
public struct Code: Hashable, Sendable {
  public let text: String
  private let numbers: [Int]

  /// Makes a code, or nothing unless `text` is one to three numbers from 1 joined by dots.
  public init?(_ text: some StringProtocol) {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    let numbers = parts.compactMap { part in
      part.utf8.allSatisfy { (48...57).contains($0) } && part.first != "0" ? Int(part) : nil
    }
    guard (1...3).contains(parts.count), numbers.count == parts.count else { return nil }
    self.text = String(text)
    self.numbers = numbers
  }

  /// How many numbers it has: 1 for a domain, 2 for a standard, 3 for a key question.
  public var depth: Int { numbers.count }

  /// Whether this is the code of something inside `other`.
  public func isInside(_ other: Code) -> Bool {
    depth == other.depth + 1 && numbers.starts(with: other.numbers)
  }
}

extension Code: Comparable, CustomStringConvertible {
  /// The order of the rule book: 2.2 before 2.10.
  public static func < (one: Code, other: Code) -> Bool {
    one.numbers.lexicographicallyPrecedes(other.numbers)
  }

  public var description: String { text }
}
