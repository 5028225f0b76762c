/// A piece of a page.
///
/// What is put into it as text is escaped, what is HTML already is not:
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

  private init(bytes: [UInt8]) {
    self.bytes = bytes
  }

  /// Makes a piece of text that is HTML already and comes from this program, never from data.
  init(trusted text: String) {
    bytes = Array(text.utf8)
  }

  var isEmpty: Bool { bytes.isEmpty }

  /// Puts another piece behind this one.
  mutating func append(_ other: HTML) {
    bytes += other.bytes
  }
}

extension HTML: ExpressibleByStringInterpolation {
  init(stringLiteral text: String) {
    bytes = Array(text.utf8)
  }

  init(stringInterpolation pieces: StringInterpolation) {
    bytes = pieces.bytes
  }

  struct StringInterpolation: StringInterpolationProtocol {
    fileprivate var bytes: [UInt8] = []

    init(literalCapacity: Int, interpolationCount: Int) {
      bytes.reserveCapacity(literalCapacity + interpolationCount * 48)
    }

    mutating func appendLiteral(_ literal: String) {
      bytes.append(contentsOf: literal.utf8)
    }

    /// Text, escaped for element content and for attribute values in double quotes.
    mutating func appendInterpolation(_ text: String) {
      Escape.append(text, to: &bytes)
    }

    mutating func appendInterpolation(_ number: Int) {
      bytes.append(contentsOf: String(number).utf8)
    }

    mutating func appendInterpolation(_ html: HTML) {
      bytes += html.bytes
    }

    /// Nothing leaves nothing behind.
    mutating func appendInterpolation(_ html: HTML?) {
      if let html { bytes += html.bytes }
    }

    mutating func appendInterpolation(_ pieces: [HTML]) {
      for piece in pieces { bytes += piece.bytes }
    }
  }
}

extension HTML: CustomStringConvertible {
  var description: String { String(decoding: bytes, as: UTF8.self) }
}

private enum Escape {
  static func append(_ text: String, to bytes: inout [UInt8]) {
    let isDone: Void? = text.utf8.withContiguousStorageIfAvailable { append($0, to: &bytes) }
    if isDone == nil { Array(text.utf8).withUnsafeBufferPointer { append($0, to: &bytes) } }
  }

  /// Copies what needs no escape in one go, which is nearly everything.
  private static func append(_ text: UnsafeBufferPointer<UInt8>, to bytes: inout [UInt8]) {
    var start = 0
    for place in text.indices {
      guard let escape = escape(of: text[place]) else { continue }
      bytes.append(contentsOf: text[start..<place])
      bytes.append(contentsOf: escape.utf8)
      start = place + 1
    }
    bytes.append(contentsOf: text[start...])
  }

  private static func escape(of byte: UInt8) -> String? {
    switch byte {
    case UInt8(ascii: "&"): "&amp;"
    case UInt8(ascii: "<"): "&lt;"
    case UInt8(ascii: ">"): "&gt;"
    case UInt8(ascii: "\""): "&quot;"
    case UInt8(ascii: "'"): "&#39;"
    default: nil
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
