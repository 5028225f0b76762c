/// The text of one element of a sheet, gathered from the pieces in which the parser gives it.
struct CellText {
  private var bytes: [UInt8] = []
  private var keepsSpace = false

  /// Starts over with an element that has these attributes.
  mutating func begin(_ attributes: [String: String]) {
    bytes.removeAll(keepingCapacity: true)
    keepsSpace = attributes["xml:space"] == "preserve"
  }

  /// - Parameter row: The row that a complaint names, if there is one.
  mutating func append(_ piece: String, row: Int?) throws(XLSXFault) {
    bytes.append(contentsOf: piece.utf8)
    guard bytes.count <= XLSXLimits.longestWritten else { throw .valueTooLong(row: row) }
  }

  /// What was gathered, without white space at either end.
  var trimmed: ArraySlice<UInt8> {
    var text = bytes[...]
    while let first = text.first, Self.isSpace(first) { text = text.dropFirst() }
    while let last = text.last, Self.isSpace(last) { text = text.dropLast() }
    return text
  }

  /// Appends to `place` what was gathered, as a reader sees it: white space at either end is gone
  /// unless `xml:space` keeps it, and escapes such as `_x000D_` stand for their characters.
  func decode(into place: inout [UInt8]) {
    let text = keepsSpace ? bytes[...] : trimmed
    guard text.contains(UInt8(ascii: "_")) else {
      place.append(contentsOf: text)
      return
    }
    var at = text.startIndex
    while at < text.endIndex {
      guard let unit = Self.escape(text, at) else {
        place.append(text[at])
        at += 1
        continue
      }
      var units = [unit]
      at += Self.escapeSize
      // Two escapes may be the two halves of one character.
      if UTF16.isLeadSurrogate(unit), let next = Self.escape(text, at),
        UTF16.isTrailSurrogate(next)
      {
        units.append(next)
        at += Self.escapeSize
      }
      place.append(contentsOf: String(decoding: units, as: UTF16.self).utf8)
    }
  }

  private static func isSpace(_ byte: UInt8) -> Bool {
    byte == 32 || byte == 9 || byte == 10 || byte == 13
  }

  // MARK: - Escapes

  private static let escapeSize = 7

  /// The UTF-16 unit that `_x` and four hexadecimal digits and `_` at a place stand for.
  private static func escape(_ text: ArraySlice<UInt8>, _ at: Int) -> UInt16? {
    guard at + escapeSize <= text.endIndex, text[at] == UInt8(ascii: "_"),
      text[at + 1] == UInt8(ascii: "x"), text[at + 6] == UInt8(ascii: "_")
    else { return nil }
    var unit: UInt16 = 0
    for byte in text[at + 2..<at + 6] {
      guard let digit = Character(Unicode.Scalar(byte)).hexDigitValue else { return nil }
      unit = unit << 4 | UInt16(digit)
    }
    return unit
  }

  /// A text as it is written into a sheet: control characters and what XML cannot hold as escapes,
  /// and an underscore before what would be read as an escape, too.
  static func escaped(_ text: String) -> String {
    let isPlain = text.utf8.allSatisfy { byte in
      (byte >= 32 && byte != UInt8(ascii: "_") && byte != 0xEF) || byte == 9 || byte == 10
    }
    if isPlain { return text }
    let bytes = Array(text.utf8)[...]
    var escaped = String.UnicodeScalarView()
    var at = 0
    for scalar in text.unicodeScalars {
      switch scalar.value {
      case 9, 10: escaped.append(scalar)
      case 0..<32, 0xFFFE, 0xFFFF: escaped += "_x\(hex(scalar.value))_".unicodeScalars
      case 0x5F where escape(bytes, at) != nil: escaped += "_x005F_".unicodeScalars
      default: escaped.append(scalar)
      }
      at += UTF8.width(scalar)
    }
    return String(escaped)
  }

  private static func hex(_ value: UInt32) -> String {
    let digits = String(value, radix: 16, uppercase: true)
    return String(repeating: "0", count: 4 - digits.count) + digits
  }
}

/// A number as it stands in a sheet.
enum CellNumber {
  /// The digits of a whole number that is written with a point or an exponent, such as `43831.0`
  /// or `4.3831E4`; nothing for any other text, which stays as it is.
  ///
  /// Whole numbers beyond 2^53 stay as they are, because the file rounded them.
  static func wholeNumber(_ text: ArraySlice<UInt8>) -> Int? {
    var hasMark = false
    for byte in text {
      switch byte {
      case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "+"): continue
      case UInt8(ascii: "."), UInt8(ascii: "e"), UInt8(ascii: "E"): hasMark = true
      default: return nil
      }
    }
    guard hasMark, text.count <= 64, let number = Double(String(decoding: text, as: UTF8.self)),
      number.magnitude <= 9_007_199_254_740_992
    else { return nil }
    return Int(exactly: number)
  }

  /// The number that decimal digits stand for, or nothing when it is another text or beyond
  /// `most`.
  static func count(_ digits: some Sequence<UInt8>, most: Int) -> Int? {
    var number: Int?
    for byte in digits {
      guard byte >= UInt8(ascii: "0"), byte <= UInt8(ascii: "9") else { return nil }
      let next = (number ?? 0) * 10 + Int(byte - UInt8(ascii: "0"))
      guard next <= most else { return nil }
      number = next
    }
    return number
  }
}
