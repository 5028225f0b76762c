/// Text that a spreadsheet program would take for a formula.
enum FormulaLike {
  /// The text with an apostrophe in front when it starts with `=`, `+`, `-`, `@`, a tab or a
  /// carriage return, and as it is when it does not or is a plain number.
  static func neutral(_ value: String) -> String {
    // By scalars: a mark that combines with the sign, or CRLF, is one character with it.
    guard let first = value.unicodeScalars.first, "=+-@\t\r".unicodeScalars.contains(first),
      Double(value) == nil
    else { return value }
    return "'" + value
  }
}
