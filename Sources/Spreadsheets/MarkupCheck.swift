/// Looks at the bytes of an XML part before the platform's parser sees them.
///
/// The parser expands entities, takes any encoding that a file names, and stops the process at
/// names that are not UTF-8 and at some processing instructions. Nothing of that occurs in a
/// workbook, so that it is refused here.
struct MarkupCheck {
  private static let documentType = Array("<!DOCTYPE".utf8)

  /// How many of the bytes last seen are the start of ``documentType``.
  private var matched = 0

  /// How many equals signs were seen since the last `<`.
  private var equalsSigns = 0

  /// Whether the first bytes were seen.
  private var hasBegun = false

  /// Looks at the next bytes of `part`, the first time at as many as there are.
  ///
  /// - Returns: How many of the bytes end with a whole character. The rest, three at most, is to be
  ///   given again with what follows.
  mutating func look(
    at bytes: UnsafeBufferPointer<UInt8>, isEnd: Bool, part: String
  ) throws(XLSXFault) -> Int {
    let whole = isEnd ? bytes.count : Self.wholeCharacters(bytes)
    let text = UnsafeBufferPointer(rebasing: bytes[..<whole])
    var instructions = 0
    if !hasBegun, !text.isEmpty {
      hasBegun = true
      if try Self.hasDeclaration(text, part: part) { instructions = 1 }
    }
    var all: UInt8 = 0
    for byte in text {
      all |= byte
      switch byte {
      case UInt8(ascii: "<"):
        matched = 1
        equalsSigns = 0
        continue
      case UInt8(ascii: "="):
        equalsSigns += 1
        if equalsSigns > XLSXLimits.mostEqualsSigns { throw .tooManyAttributes(part: part) }
      case UInt8(ascii: "?") where matched == 1:
        instructions -= 1
        if instructions < 0 { throw .foreignMarkup(part: part) }
      case 0: throw .notUTF8(part: part)
      default: break
      }
      if matched > 0 {
        matched = byte == Self.documentType[matched] ? matched + 1 : 0
        if matched == Self.documentType.count { throw .foreignMarkup(part: part) }
      }
    }
    if all >= 0x80, String(validating: text, as: UTF8.self) == nil { throw .notUTF8(part: part) }
    return whole
  }

  /// Whether the text starts with an XML declaration, which may name no other encoding.
  private static func hasDeclaration(
    _ text: UnsafeBufferPointer<UInt8>, part: String
  ) throws(XLSXFault) -> Bool {
    let start = String(decoding: text.prefix(512), as: UTF8.self).drop { $0 == "\u{FEFF}" }
    guard start.hasPrefix("<?xml ") || start.hasPrefix("<?xml\t") else { return false }
    guard let end = start.firstRange(of: "?>") else { throw .malformed(part: part) }
    let declaration = start[..<end.lowerBound]
    guard let named = declaration.firstRange(of: "encoding") else { return true }
    let encoding = declaration[named.upperBound...].split { " \t\r\n='\"".contains($0) }.first
    guard ["utf-8", "utf8", "us-ascii"].contains(encoding?.lowercased() ?? "") else {
      throw .notUTF8(part: part)
    }
    return true
  }

  /// The bytes without a character at the end of which some are still to come.
  private static func wholeCharacters(_ bytes: UnsafeBufferPointer<UInt8>) -> Int {
    for back in 1...3 where back <= bytes.count {
      let byte = bytes[bytes.count - back]
      if byte & 0b1100_0000 == 0b1000_0000 { continue }
      let size = byte < 0xC0 ? 1 : byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : 4
      return size > back ? bytes.count - back : bytes.count
    }
    return bytes.count
  }
}
