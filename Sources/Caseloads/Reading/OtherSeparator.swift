import Spreadsheets

/// What stands between the values of a list instead of commas. No such list is read: it is told what
/// to save.
enum OtherSeparator: CaseIterable {
  case semicolon
  case tab

  /// The most bytes at the start of a file that are searched for its heading.
  static let mostBytes = 1 << 16

  /// As a sentence has them.
  var words: String {
    switch self {
    case .semicolon: "semicolons (;)"
    case .tab: "tabs"
    }
  }

  private var byte: UInt8 {
    switch self {
    case .semicolon: UInt8(ascii: ";")
    case .tab: UInt8(ascii: "\t")
    }
  }

  /// The line of a heading that has what a list cannot do without, when it is read with this
  /// separator.
  ///
  /// - Parameter start: The first bytes of a file.
  func headingLine(in start: [UInt8], _ profile: Profile) -> Int? {
    // Why it is no such list does not matter: it is refused for what it is with commas.
    let file = try? CSVFile(
      bytes: withCommas(start), name: "", accepting: [.utf8, .windows1252],
      heading: ListLayout.heading(of: profile))
    guard let file, ListLayout.isWhole(file.columns, profile) else { return nil }
    return file.bodyLine - 1
  }

  /// The bytes with this separator and commas changed for each other, but for those in quotes.
  private func withCommas(_ start: [UInt8]) -> [UInt8] {
    let comma = UInt8(ascii: ",")
    let separator = byte
    var isInQuotes = false
    var changed = start
    for place in changed.indices {
      let letter = changed[place]
      if letter == UInt8(ascii: "\"") { isInQuotes.toggle() }
      guard !isInQuotes else { continue }
      if letter == separator { changed[place] = comma }
      if letter == comma { changed[place] = separator }
    }
    return changed
  }
}
