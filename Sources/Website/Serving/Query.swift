/// The values after the question mark of an address, decoded.
struct Query: Sendable, Hashable {
  /// Longer values are cut: nobody types them, and every page repeats what was typed.
  static let longestValue = 200

  private let values: [String: String]

  /// Reads `name=value&name=value`. Of a name that is repeated the first one counts.
  init(_ text: String) {
    var values: [String: String] = [:]
    for pair in text.utf8.split(separator: UInt8(ascii: "&")).prefix(50) {
      let parts = pair.split(
        separator: UInt8(ascii: "="), maxSplits: 1, omittingEmptySubsequences: false)
      let name = PercentEncoding.decode(parts[0], plusIsSpace: true)
      let value = parts.count > 1 ? PercentEncoding.decode(parts[1], plusIsSpace: true) : ""
      let trimmed = Self.trimmed(value)
      if values[name] == nil, !trimmed.isEmpty { values[name] = trimmed }
    }
    self.values = values
  }

  /// A value without space around it; nothing where it is missing or empty.
  subscript(name: String) -> String? { values[name] }

  private static func trimmed(_ text: String) -> String {
    if text.utf8.count <= longestValue, text.utf8.allSatisfy({ (33..<127).contains($0) }) {
      return text  // Nearly every value: nothing in it needs a closer look.
    }
    var text = text.prefix(longestValue)
    while text.first?.isWhitespace ?? false { text.removeFirst() }
    while text.last?.isWhitespace ?? false { text.removeLast() }
    return String(text.filter { !$0.unicodeScalars.contains { $0.value < 32 } })
  }
}

/// An address of this site: a path and the parameters that it takes, in a fixed order.
struct Link: Sendable, Hashable {
  var path: String
  var parameters: [(name: String, value: String)]

  init(_ path: String, _ parameters: [(name: String, value: String?)] = []) {
    self.path = path
    self.parameters = parameters.compactMap { name, value in value.map { (name, $0) } }
  }

  /// The address as it stands in an `href`, before it is escaped for HTML.
  var address: String {
    guard !parameters.isEmpty else { return path }
    let pairs = parameters.map { "\($0.name)=\(PercentEncoding.encode($0.value))" }
    return path + "?" + pairs.joined(separator: "&")
  }

  static func == (one: Link, other: Link) -> Bool { one.address == other.address }

  func hash(into hasher: inout Hasher) { hasher.combine(address) }
}

enum PercentEncoding {
  /// Decodes `%41`; what is no escape stays as it is, what is no UTF-8 becomes U+FFFD.
  static func decode(_ text: some Collection<UInt8>, plusIsSpace: Bool = false) -> String {
    if text.allSatisfy({ $0 != UInt8(ascii: "%") && $0 != UInt8(ascii: "+") }) {
      return String(decoding: text, as: UTF8.self)
    }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(text.count)
    var rest = Array(text)[...]
    while let byte = rest.popFirst() {
      if byte == UInt8(ascii: "%"), rest.count >= 2, let high = digit(rest[rest.startIndex]),
        let low = digit(rest[rest.startIndex + 1])
      {
        bytes.append(high << 4 | low)
        rest.removeFirst(2)
      } else if byte == UInt8(ascii: "+"), plusIsSpace {
        bytes.append(UInt8(ascii: " "))
      } else {
        bytes.append(byte)
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Everything but letters, digits and `-._~` as `%41`.
  static func encode(_ text: String) -> String {
    if text.utf8.allSatisfy(isPlain) { return text }
    let digits = Array("0123456789ABCDEF".utf8)
    var bytes: [UInt8] = []
    for byte in text.utf8 {
      if isPlain(byte) {
        bytes.append(byte)
      } else {
        bytes += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  private static func isPlain(_ byte: UInt8) -> Bool {
    switch byte {
    case 48...57, 65...90, 97...122, 45, 46, 95, 126: true
    default: false
    }
  }

  private static func digit(_ byte: UInt8) -> UInt8? {
    switch byte {
    case 48...57: byte - 48
    case 65...70: byte - 55
    case 97...102: byte - 87
    default: nil
    }
  }
}
