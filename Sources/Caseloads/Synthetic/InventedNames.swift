/// Names put together from syllables. They can be spoken and belong to nobody.
///
/// Every number has a name of its own: each part but the last has a fixed length, so that no two
/// ways of putting parts together give the same letters.
enum InventedNames {
  static let families = starts.count * middles.count * ends.count
  static let firstNames = onsets.count * vowels.count * consonants.count * closings.count

  /// How many pairs of a family name and a first name there are.
  static let people = families * firstNames
  static let places = families * parts.count

  /// The family name with a number below ``families``.
  static func append(family number: Int, to bytes: inout [UInt8]) {
    let (start, rest) = number.quotientAndRemainder(dividingBy: middles.count * ends.count)
    let (middle, end) = rest.quotientAndRemainder(dividingBy: ends.count)
    bytes += starts[start]
    bytes += middles[middle]
    bytes += ends[end]
  }

  /// The first name with a number below ``firstNames``.
  static func append(first number: Int, to bytes: inout [UInt8]) {
    var (rest, closing) = number.quotientAndRemainder(dividingBy: closings.count)
    bytes.append(onsets[rest / (vowels.count * consonants.count)])
    rest %= vowels.count * consonants.count
    bytes.append(vowels[rest / consonants.count])
    bytes.append(consonants[rest % consonants.count])
    bytes += closings[closing]
  }

  /// The place with a number below ``places``; the first ones have a single word.
  static func append(place number: Int, in order: Permutation, to bytes: inout [UInt8]) {
    bytes += parts[number / families]
    append(family: order[number % families], to: &bytes)
  }

  private static func words(_ text: String) -> [[UInt8]] {
    text.split(separator: " ").map { Array($0.utf8) }
  }

  private static let starts = words(
    "Bar Bel Bol Cal Cor Dal Den Dor Fal Fen Gar Gol Hal Hes Jor Kel "
      + "Kes Lan Lor Mar Mel Mor Nor Pel Pol Ral Ros Sel Tal Tam Ven Wil")
  private static let middles = words("an en in on ar er ir or al el il ol am em im om")
  private static let ends = words(
    "by ley ton wick shaw brook ford dale field worth mere stone land gate croft holt "
      + "beck ridge well wood burn den combe stead thorp garth more side lock vane sett moss")
  private static let onsets = Array("BCDFGHJKLMNPRSTV".utf8)
  private static let vowels = Array("aeio".utf8)
  private static let consonants = Array("lnrsvdmtbkzfgpyw".utf8)
  private static let closings = words("a en is o")
  private static let parts =
    [[]]
    + words(
      "North South East West Upper Lower Great Little New Old High Long Nether Over Mid"
    ).map { $0 + [UInt8(ascii: " ")] }
}
