extension JSON {
  /// Why bytes are no JSON.
  public enum Fault: Error, Equatable {
    /// Something else stands at this byte, counted from zero.
    case unexpected(at: Int)

    case notUTF8

    /// Values lie in more than this many others.
    case tooDeep(Int)
  }

  /// Values lie in no more than this many others.
  public static let deepest = 100

  /// Reads one JSON value. Objects keep the order of their members.
  ///
  /// - Throws: ``Fault``; also for a name that an object has twice.
  /// - Source: RFC 8259.
  public init(bytes: [UInt8]) throws(Fault) {
    guard String(validating: bytes, as: UTF8.self) != nil else { throw .notUTF8 }
    var reader = JSONReader(bytes: bytes)
    self = try reader.document()
  }
}

private struct JSONReader {
  let bytes: [UInt8]
  private var at = 0

  init(bytes: [UInt8]) {
    self.bytes = bytes
  }

  mutating func document() throws(JSON.Fault) -> JSON {
    let value = try value(depth: 0)
    skipSpace()
    guard at == bytes.count else { throw .unexpected(at: at) }
    return value
  }

  private mutating func value(depth: Int) throws(JSON.Fault) -> JSON {
    guard depth <= JSON.deepest else { throw .tooDeep(JSON.deepest) }
    skipSpace()
    switch peek {
    case UInt8(ascii: "{"): return try object(depth)
    case UInt8(ascii: "["): return try array(depth)
    case UInt8(ascii: "\""): return .string(try string())
    case UInt8(ascii: "t"): return try word("true", .bool(true))
    case UInt8(ascii: "f"): return try word("false", .bool(false))
    case UInt8(ascii: "n"): return try word("null", .null)
    default: return try number()
    }
  }

  private var peek: UInt8? { at < bytes.count ? bytes[at] : nil }

  private mutating func skipSpace() {
    while let byte = peek, byte == 32 || byte == 9 || byte == 10 || byte == 13 { at += 1 }
  }

  private mutating func take(_ byte: UInt8) -> Bool {
    skipSpace()
    guard peek == byte else { return false }
    at += 1
    return true
  }

  private mutating func expect(_ byte: UInt8) throws(JSON.Fault) {
    guard take(byte) else { throw .unexpected(at: at) }
  }

  private mutating func word(_ word: String, _ value: JSON) throws(JSON.Fault) -> JSON {
    guard bytes[at...].starts(with: word.utf8) else { throw .unexpected(at: at) }
    at += word.utf8.count
    return value
  }

  private static let fewMembers = 12

  private mutating func object(_ depth: Int) throws(JSON.Fault) -> JSON {
    at += 1
    var members: [JSON.Member] = []
    var names: Set<String> = []
    if take(UInt8(ascii: "}")) { return .object([]) }
    repeat {
      skipSpace()
      let start = at
      guard peek == UInt8(ascii: "\"") else { throw .unexpected(at: at) }
      let name = try string()
      // A few are looked through faster than they are put into a set.
      if members.count == Self.fewMembers { names = Set(members.map(\.name)) }
      let isNew =
        members.count < Self.fewMembers
        ? !members.contains { $0.name == name } : names.insert(name).inserted
      guard isNew else { throw .unexpected(at: start) }
      try expect(UInt8(ascii: ":"))
      members.append(JSON.Member(name, try value(depth: depth + 1)))
    } while take(UInt8(ascii: ","))
    try expect(UInt8(ascii: "}"))
    return .object(members)
  }

  private mutating func array(_ depth: Int) throws(JSON.Fault) -> JSON {
    at += 1
    var values: [JSON] = []
    if take(UInt8(ascii: "]")) { return .array([]) }
    repeat {
      values.append(try value(depth: depth + 1))
    } while take(UInt8(ascii: ","))
    try expect(UInt8(ascii: "]"))
    return .array(values)
  }

  /// A number: whole ones that fit stay whole.
  private mutating func number() throws(JSON.Fault) -> JSON {
    let start = at
    if peek == UInt8(ascii: "-") { at += 1 }
    let whole = digits()
    guard whole == 1 || (whole > 1 && bytes[at - whole] != UInt8(ascii: "0")) else {
      throw .unexpected(at: start)
    }
    var isWhole = true
    if peek == UInt8(ascii: ".") {
      at += 1
      isWhole = false
      guard digits() > 0 else { throw .unexpected(at: at) }
    }
    if let byte = peek, byte | 0x20 == UInt8(ascii: "e") {
      at += 1
      isWhole = false
      if let sign = peek, sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-") { at += 1 }
      guard digits() > 0 else { throw .unexpected(at: at) }
    }
    let text = String(decoding: bytes[start..<at], as: UTF8.self)
    if isWhole, let number = Int(text) { return .number(number) }
    guard let number = Double(text), number.isFinite else { throw .unexpected(at: start) }
    return .decimal(number)
  }

  private mutating func digits() -> Int {
    let start = at
    while let byte = peek, byte &- UInt8(ascii: "0") < 10 { at += 1 }
    return at - start
  }

  private mutating func string() throws(JSON.Fault) -> String {
    at += 1
    // What stands before the last escape, and where what stands behind it starts.
    var before = ""
    var start = at
    while let byte = peek {
      switch byte {
      case UInt8(ascii: "\""):
        let rest = String(decoding: bytes[start..<at], as: UTF8.self)
        at += 1
        return before.isEmpty ? rest : before + rest
      case UInt8(ascii: "\\"):
        before += String(decoding: bytes[start..<at], as: UTF8.self)
        at += 1
        before.unicodeScalars.append(try escaped())
        start = at
      case 0..<32: throw .unexpected(at: at)
      default: at += 1
      }
    }
    throw .unexpected(at: at)
  }

  private static let escapes: [UInt8: Unicode.Scalar] = [
    UInt8(ascii: "\""): "\"", UInt8(ascii: "\\"): "\\", UInt8(ascii: "/"): "/",
    UInt8(ascii: "b"): "\u{8}", UInt8(ascii: "f"): "\u{C}", UInt8(ascii: "n"): "\n",
    UInt8(ascii: "r"): "\r", UInt8(ascii: "t"): "\t",
  ]

  private mutating func escaped() throws(JSON.Fault) -> Unicode.Scalar {
    guard let byte = peek else { throw .unexpected(at: at) }
    at += 1
    if let plain = Self.escapes[byte] { return plain }
    guard byte == UInt8(ascii: "u") else { throw .unexpected(at: at - 1) }
    var code = try fourDigits()
    if (0xD800..<0xDC00).contains(code) {
      guard bytes[at...].starts(with: "\\u".utf8) else { throw .unexpected(at: at) }
      at += 2
      let low = try fourDigits()
      guard (0xDC00..<0xE000).contains(low) else { throw .unexpected(at: at) }
      code = 0x10000 + (code - 0xD800) << 10 + (low - 0xDC00)
    }
    guard let scalar = Unicode.Scalar(code) else { throw .unexpected(at: at) }
    return scalar
  }

  private mutating func fourDigits() throws(JSON.Fault) -> UInt32 {
    guard at + 4 <= bytes.count,
      bytes[at..<at + 4].allSatisfy({ $0 != UInt8(ascii: "+") && $0 != UInt8(ascii: "-") }),
      let code = UInt32(String(decoding: bytes[at..<at + 4], as: UTF8.self), radix: 16)
    else { throw .unexpected(at: at) }
    at += 4
    return code
  }
}
