/// One thing that is wrong with something that was handed in: where, what, and what to do.
///
/// Prints as `file:line:column: what; remedy`. Line and column count from one and are left out
/// where they are not known. Holds no personal data: a value is quoted only where it is a code, a
/// rating or a heading.
public struct Problem: Hashable, Sendable {
  /// The file as its owner named it.
  public let file: String

  /// The line, counted from one. The heading of a table is line one.
  public let line: Int?

  /// The column in characters, counted from one.
  public let column: Int?

  /// What is wrong, as a sentence without its full stop.
  public let what: String

  /// What to do about it, as a sentence without its full stop.
  public let remedy: String

  public init(
    _ file: String, line: Int? = nil, column: Int? = nil, _ what: String, remedy: String
  ) {
    self.file = file
    self.line = line
    self.column = column
    self.what = what
    self.remedy = remedy
  }
}

/// Where something stands in a file that was handed in.
public struct Place: Hashable, Sendable {
  public let file: String
  public let line: Int?

  public init(_ file: String, line: Int? = nil) {
    self.file = file
    self.line = line
  }
}

extension Problem {
  public init(_ place: Place, _ what: String, remedy: String) {
    self.init(place.file, line: place.line, what, remedy: remedy)
  }
}

extension Problem: CustomStringConvertible {
  public var description: String {
    let place = [file, line.map(String.init), column.map(String.init)].compactMap { $0 }
    return "\(place.joined(separator: ":")): \(what); \(remedy)"
  }
}

/// Everything that is wrong with something that was handed in. Nothing of it was used.
public struct Problems: Error, Hashable, Sendable {
  /// The problems in the order of their files and lines. Never empty.
  public let list: [Problem]

  /// Gathers `list`, or nothing when there is no problem.
  ///
  /// Files keep the order in which they first occur.
  public init?(_ list: [Problem]) {
    guard !list.isEmpty else { return nil }
    var order: [String: Int] = [:]
    for problem in list where order[problem.file] == nil { order[problem.file] = order.count }
    self.list = list.enumerated().sorted { one, other in
      let (a, b) = (one.element, other.element)
      return (order[a.file] ?? 0, a.line ?? 0, a.column ?? 0, one.offset)
        < (order[b.file] ?? 0, b.line ?? 0, b.column ?? 0, other.offset)
    }.map(\.element)
  }

  /// A single problem.
  public init(_ problem: Problem) {
    list = [problem]
  }

  /// Throws everything in `list`, or does nothing when the list is empty.
  public static func throwAny(_ list: [Problem]) throws(Problems) {
    if let problems = Problems(list) { throw problems }
  }
}

extension Problems: CustomStringConvertible {
  public var description: String {
    list.map(\.description).joined(separator: "\n")
  }
}
