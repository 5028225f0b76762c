/// A piece of a page.
///
/// Only what is written out in this program is HTML; text that is put into it is escaped:
///
///     let cell: HTML = "<td>\("Ings & Son")</td>"   // <td>Ings &amp; Son</td>
///
/// Attribute values must stand in double quotes. Bytes go into one buffer; nothing is looked up at
/// run time, so that a name that does not exist does not compile.
struct HTML: Sendable, Hashable {
  /// The piece as UTF-8.
  private(set) var bytes: [UInt8]

  /// Nothing at all.
  static let none = HTML(bytes: [])

  /// Nothing yet, with room for so many bytes.
  init(room: Int) {
    bytes = []
    bytes.reserveCapacity(room)
  }

  private init(bytes: [UInt8]) {
    self.bytes = bytes
  }

  var isEmpty: Bool { bytes.isEmpty }

  /// Puts another piece behind this one.
  mutating func append(_ other: HTML) {
    bytes += other.bytes
  }

  /// Puts text behind this one, escaped, without a piece in between.
  mutating func append(text: UnsafeBufferPointer<UInt8>) {
    Escape.append(text, to: &bytes)
  }

  /// Puts HTML of this program behind this one, without a piece in between.
  mutating func append(literal: StaticString) {
    bytes.append(contentsOf: literal.utf8Bytes)
  }
}

extension HTML: ExpressibleByStringInterpolation {
  init(stringLiteral text: StaticString) {
    bytes = Array(text.utf8Bytes)
  }

  init(stringInterpolation pieces: StringInterpolation) {
    bytes = pieces.bytes
  }

  struct StringInterpolation: StringInterpolationProtocol {
    fileprivate var bytes: [UInt8] = []

    init(literalCapacity: Int, interpolationCount: Int) {
      bytes.reserveCapacity(literalCapacity + interpolationCount * 48)
    }

    mutating func appendLiteral(_ literal: StaticString) {
      bytes.append(contentsOf: literal.utf8Bytes)
    }

    /// Text, escaped for element content and for attribute values in double quotes.
    mutating func appendInterpolation(_ text: String) {
      Escape.append(text, to: &bytes)
    }

    mutating func appendInterpolation(_ number: Int) {
      bytes.append(contentsOf: String(number).utf8)
    }

    mutating func appendInterpolation(_ html: HTML) {
      makeRoom(for: html.bytes.count)
      bytes += html.bytes
    }

    /// Nothing leaves nothing behind.
    mutating func appendInterpolation(_ html: HTML?) {
      if let html { appendInterpolation(html) }
    }

    mutating func appendInterpolation(_ pieces: [HTML]) {
      makeRoom(for: pieces.reduce(0) { $0 + $1.bytes.count })
      for piece in pieces { bytes += piece.bytes }
    }

    /// Room for a large piece and for a little that follows it. An array that grows by itself
    /// doubles, and copies a whole page for the line behind it.
    private mutating func makeRoom(for count: Int) {
      guard count > 1_024, bytes.capacity < bytes.count + count + 256 else { return }
      bytes.reserveCapacity(bytes.count + count + count / 8 + 1_024)
    }
  }
}

extension HTML: CustomStringConvertible {
  var description: String { String(decoding: bytes, as: UTF8.self) }
}

extension StaticString {
  fileprivate var utf8Bytes: UnsafeBufferPointer<UInt8> {
    UnsafeBufferPointer(start: utf8Start, count: utf8CodeUnitCount)
  }
}

private enum Escape {
  /// A bit for each byte below 64 that must not stand in a page as it is.
  private static let special: UInt64 = "&<>\"'".utf8.reduce(0) { $0 | 1 << UInt64($1) }

  static func append(_ text: String, to bytes: inout [UInt8]) {
    var text = text
    text.withUTF8 { append($0, to: &bytes) }
  }

  /// Copies what needs no escape in one go, which is nearly everything.
  static func append(_ text: UnsafeBufferPointer<UInt8>, to bytes: inout [UInt8]) {
    guard let base = text.baseAddress else { return }
    let special = special
    var start = 0
    var place = 0
    while place < text.count {
      if place + 8 <= text.count, !hasSpecial(base + place) {
        place += 8
        continue
      }
      let byte = text[place]
      if byte < 64, special >> UInt64(byte) & 1 == 1 {
        bytes.append(contentsOf: UnsafeBufferPointer(rebasing: text[start..<place]))
        bytes.append(contentsOf: escape(of: byte).utf8Bytes)
        start = place + 1
      }
      place += 1
    }
    bytes.append(contentsOf: UnsafeBufferPointer(rebasing: text[start...]))
  }

  /// Whether one of eight bytes must not stand in a page as it is.
  @inline(__always)
  private static func hasSpecial(_ text: UnsafePointer<UInt8>) -> Bool {
    let word = UnsafeRawPointer(text).loadUnaligned(as: UInt64.self)
    return zeros(word ^ 0x2626_2626_2626_2626) | zeros(word ^ 0x3C3C_3C3C_3C3C_3C3C)
      | zeros(word ^ 0x3E3E_3E3E_3E3E_3E3E) | zeros(word ^ 0x2222_2222_2222_2222)
      | zeros(word ^ 0x2727_2727_2727_2727) != 0
  }

  /// Not zero when one of the bytes of a word is zero, and only then.
  @inline(__always)
  private static func zeros(_ word: UInt64) -> UInt64 {
    (word &- 0x0101_0101_0101_0101) & ~word & 0x8080_8080_8080_8080
  }

  private static func escape(of byte: UInt8) -> StaticString {
    switch byte {
    case UInt8(ascii: "&"): "&amp;"
    case UInt8(ascii: "<"): "&lt;"
    case UInt8(ascii: ">"): "&gt;"
    case UInt8(ascii: "\""): "&quot;"
    default: "&#39;"
    }
  }
}

extension HTML {
  static func + (one: HTML, other: HTML) -> HTML { "\(one)\(other)" }

  /// This piece with the reason behind it, where there is one.
  func with(reason: String?) -> HTML {
    reason.map { "\(self) <span class=\"reason\">\($0)</span>" } ?? self
  }
}
