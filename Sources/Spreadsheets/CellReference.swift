/// The place of a cell, written as in `C7`.
struct CellReference: Hashable {
  /// Counted from one.
  let row: Int

  /// Counted from zero.
  let column: Int

  /// Reads one or more letters and one or more digits, or nothing when no sheet has such a place.
  init?(_ text: String) {
    var column = 0
    var rest = text.utf8[...]
    while let byte = rest.first, let letter = Self.letter(byte) {
      column = column * 26 + letter
      guard column <= XLSXLimits.mostColumns else { return nil }
      rest = rest.dropFirst()
    }
    guard column > 0, let row = CellNumber.count(rest, most: XLSXLimits.mostRows), row > 0
    else { return nil }
    self.row = row
    self.column = column - 1
  }

  /// One for A, 26 for Z.
  private static func letter(_ byte: UInt8) -> Int? {
    let capital = byte & 0b1101_1111
    guard capital >= UInt8(ascii: "A"), capital <= UInt8(ascii: "Z") else { return nil }
    return Int(capital - UInt8(ascii: "A")) + 1
  }
}
