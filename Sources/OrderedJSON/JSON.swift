import Cores

/// A JSON value whose objects keep their order, so that the same facts are always the same bytes.
///
/// Foundation's encoder sorts or shuffles keys and leaves out what is nothing; what machines read
/// here has a documented order, and what is not known is `null`.
public enum JSON: Equatable, Sendable {
  case null
  case bool(Bool)
  case number(Int)
  case decimal(Double)
  case string(String)
  case array([JSON])
  case object([Member])

  /// A named value of an object.
  public struct Member: Equatable, Sendable {
    public let name: String
    public let value: JSON

    public init(_ name: String, _ value: JSON) {
      self.name = name
      self.value = value
    }
  }

  /// Text, or `null` where there is none.
  public static func text(_ text: String?) -> JSON { text.map(JSON.string) ?? .null }

  /// A whole number, or `null` where there is none.
  public static func count(_ number: Int?) -> JSON { number.map(JSON.number) ?? .null }

  public static func texts(_ texts: [String]) -> JSON { .array(texts.map(JSON.string)) }

  /// The first and the last number of a range, or `null`.
  public static func range(_ range: ClosedRange<Int>?) -> JSON {
    range.map { .array([.number($0.lowerBound), .number($0.upperBound)]) } ?? .null
  }

  /// A member of an object, or `null`.
  public subscript(name: String) -> JSON {
    guard case .object(let members) = self else { return .null }
    return members.first { $0.name == name }?.value ?? .null
  }

  public var string: String? {
    if case .string(let text) = self { text } else { nil }
  }

  public var int: Int? {
    if case .number(let number) = self { number } else { nil }
  }

  /// A number, whole or not.
  public var double: Double? {
    switch self {
    case .number(let number): Double(number)
    case .decimal(let number): number
    default: nil
    }
  }

  public var array: [JSON]? {
    if case .array(let values) = self { values } else { nil }
  }
}

extension JSON: ExpressibleByDictionaryLiteral, ExpressibleByStringLiteral,
  ExpressibleByArrayLiteral, ExpressibleByBooleanLiteral
{
  public init(dictionaryLiteral elements: (String, JSON)...) {
    self = .object(elements.map { Member($0, $1) })
  }

  public init(stringLiteral value: String) { self = .string(value) }

  public init(arrayLiteral elements: JSON...) { self = .array(elements) }

  public init(booleanLiteral value: Bool) { self = .bool(value) }
}

// MARK: - Writing

extension JSON {
  /// The value as indented UTF-8 with a line end behind it.
  public var bytes: [UInt8] {
    var out: [UInt8] = []
    write(to: &out, indent: 0)
    out.append(UInt8(ascii: "\n"))
    return out
  }

  /// The value on one line, as UTF-8 without white space between its parts.
  public var compactBytes: [UInt8] {
    var out: [UInt8] = []
    write(to: &out, indent: nil)
    return out
  }

  /// Appends ``compactBytes``.
  public func writeCompactly(to out: inout [UInt8]) { write(to: &out, indent: nil) }

  /// A list of this many values is written on all cores.
  private static let manyValues = 100

  /// The most pieces of a list that are written at once.
  private static let mostPieces = 64

  /// - Parameter indent: Nothing for one line.
  private func write(to out: inout [UInt8], indent: Int?) {
    switch self {
    case .null: out.append("null")
    case .bool(let value): out.append(value ? "true" : "false")
    case .number(let number): out.append(contentsOf: String(number).utf8)
    case .decimal(let number):
      if number.isFinite { out.append(contentsOf: "\(number)".utf8) } else { out.append("null") }
    case .string(let text): Self.write(text, to: &out)
    case .array(let values):
      // A list of plain numbers stays on one line: intervals and ranges read better so.
      let isFlat = values.allSatisfy { value in
        switch value {
        case .number, .decimal, .null: true
        default: false
        }
      }
      out.append("[")
      if values.count < Self.manyValues {
        Self.write(values[...], isFlat: isFlat, to: &out, indent: indent)
      } else {
        let size = max(Self.manyValues, values.count / Self.mostPieces)
        let pieces = stride(from: 0, to: values.count, by: size).map {
          values[$0..<min($0 + size, values.count)]
        }
        let texts = pieces.concurrentMap { piece in
          var text: [UInt8] = []
          Self.write(piece, isFlat: isFlat, to: &text, indent: indent)
          return text
        }
        for text in texts { out += text }
      }
      if !isFlat, !values.isEmpty { Self.newline(indent, to: &out) }
      out.append("]")
    case .object(let members):
      out.append("{")
      for (place, member) in members.enumerated() {
        if place > 0 { out.append(",") }
        Self.newline(indent.map { $0 + 1 }, to: &out)
        Self.write(member.name, to: &out)
        out.append(indent == nil ? ":" : ": ")
        member.value.write(to: &out, indent: indent.map { $0 + 1 })
      }
      if !members.isEmpty { Self.newline(indent, to: &out) }
      out.append("}")
    }
  }

  /// Writes some values of a list, each after the first of the list with a comma before it.
  private static func write(
    _ values: ArraySlice<JSON>, isFlat: Bool, to out: inout [UInt8], indent: Int?
  ) {
    for place in values.indices {
      if place > 0 { out.append(isFlat && indent != nil ? ", " : ",") }
      if !isFlat { newline(indent.map { $0 + 1 }, to: &out) }
      values[place].write(to: &out, indent: indent.map { $0 + 1 })
    }
  }

  private static func newline(_ indent: Int?, to out: inout [UInt8]) {
    guard let indent else { return }
    out.append(UInt8(ascii: "\n"))
    for _ in 0..<indent { out.append("  ") }
  }

  private static func write(_ text: String, to out: inout [UInt8]) {
    out.append(UInt8(ascii: "\""))
    var text = text
    text.withUTF8 { bytes in
      var written = 0
      for (place, byte) in bytes.enumerated() where needsEscape(byte) {
        out.append(contentsOf: bytes[written..<place])
        out.append(contentsOf: escape(byte).utf8)
        written = place + 1
      }
      out.append(contentsOf: bytes[written...])
    }
    out.append(UInt8(ascii: "\""))
  }

  @inline(__always)
  private static func needsEscape(_ byte: UInt8) -> Bool {
    byte < 32 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\")
  }

  private static func escape(_ byte: UInt8) -> String {
    switch byte {
    case UInt8(ascii: "\""): "\\\""
    case UInt8(ascii: "\\"): "\\\\"
    case UInt8(ascii: "\n"): "\\n"
    case UInt8(ascii: "\t"): "\\t"
    default: "\\u00" + (byte < 16 ? "0" : "") + String(byte, radix: 16)
    }
  }
}

extension [UInt8] {
  /// Appends the bytes of a text that is known when the program is built.
  @inline(__always)
  fileprivate mutating func append(_ text: StaticString) {
    append(contentsOf: UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
  }
}

// MARK: - Comparing

extension JSON {
  /// Every place where two values differ, such as `results[2].rating: "good" is now "inadequate"`.
  public func differences(from other: JSON, at path: String = "result") -> [String] {
    switch (self, other) {
    case (.object(let mine), .object(let theirs)):
      let (known, expected) = (Self.byName(mine), Self.byName(theirs))
      let names = mine.map(\.name) + theirs.map(\.name).filter { known[$0] == nil }
      return names.flatMap { name in
        (known[name] ?? .null).differences(from: expected[name] ?? .null, at: "\(path).\(name)")
      }
    case (.array(let mine), .array(let theirs)) where mine.count == theirs.count:
      return zip(mine, theirs).enumerated().flatMap { place, pair in
        pair.0.differences(from: pair.1, at: "\(path)[\(place)]")
      }
    case (.number(let one), .decimal(let two)), (.decimal(let two), .number(let one)):
      return Double(one) == two ? [] : ["\(path): \(brief) is now \(other.brief)"]
    default: return self == other ? [] : ["\(path): \(brief) is now \(other.brief)"]
    }
  }

  /// The values by name; of two with one name the first.
  private static func byName(_ members: [Member]) -> [String: JSON] {
    Dictionary(members.map { ($0.name, $0.value) }) { first, _ in first }
  }

  /// The value in one short line.
  private var brief: String {
    let text = String(decoding: bytes, as: UTF8.self).split(whereSeparator: \.isWhitespace)
      .joined(separator: " ")
    return text.count > 80 ? String(text.prefix(77)) + "…" : text
  }
}
