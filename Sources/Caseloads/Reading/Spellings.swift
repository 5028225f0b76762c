import Names
import Spreadsheets

/// What the spellings in a column come to, each worked out once.
///
/// Most columns have few spellings. The last ones seen lie in a small table of their own, where a
/// spelling is found by comparing two words.
struct Spellings {
  private struct Recent {
    var key = NameKey(ofLongName: 0)
    var meaning: UInt32 = 0
  }

  private static let recents = 64

  private var recent = [Recent](repeating: Recent(), count: recents)
  private var table = NameTable()
  private var meanings: [UInt32] = []
  private let meaning: (String) -> UInt32

  /// - Parameter meaning: What a spelling without white space around it comes to.
  init(_ meaning: @escaping (String) -> UInt32) {
    self.meaning = meaning
  }

  @inline(__always)
  mutating func number(_ spelling: UnsafeBufferPointer<UInt8>) -> UInt32 {
    guard let key = NameKey(spelling) else { return find(spelling) }
    let place = key.hash & (Self.recents - 1)
    if recent[place].key == key { return recent[place].meaning }
    recent[place] = Recent(key: key, meaning: find(spelling))
    return recent[place].meaning
  }

  /// Brings near what is known of spellings that will be asked for soon.
  mutating func bringNear(_ spellings: UnsafeBufferPointer<NameKey>) { table.bringNear(spellings) }

  @inline(never)
  private mutating func find(_ spelling: UnsafeBufferPointer<UInt8>) -> UInt32 {
    let number = table.number(of: spelling)
    if number == meanings.count { meanings.append(meaning(TableRow.text(spelling))) }
    return meanings[number]
  }
}

/// The codes of a field.
struct CodeReader {
  /// Stands for a spelling that no code has.
  static let unknown: UInt32 = 255

  static let restricted = UInt32(Restriction.restricted.number)

  private var spellings: Spellings

  init<Code: CaseCode>(_ field: CaseField, _: Code.Type, _ profile: Profile) {
    var known: [String: UInt32] = ["": 0]
    if field == .restricted {
      // A lone dash is no blank here: it may stand for either.
      known = Restriction.inEveryProfile.mapValues { UInt32($0.number) }
    }
    for text in profile.nothing[field] ?? [] { known[Profile.plain(text)] = 0 }
    for (code, texts) in profile.codes[field] ?? [:] {
      guard let code = Code(rawValue: code) else { continue }
      for text in texts { known[Profile.plain(text)] = UInt32(code.number) }
    }
    spellings = Spellings { text in
      Profile.folded(text).isEmpty ? 0 : known[Profile.plain(text)] ?? Self.unknown
    }
  }

  @inline(__always)
  mutating func code(_ bytes: UnsafeBufferPointer<UInt8>) -> UInt32 { spellings.number(bytes) }
}

/// The names in a column, numbered as they are first seen. The first is no name.
struct NameReader {
  /// Names that were seen, shared with what finds them.
  private final class Seen {
    var names = [""]
    var numbers: [String: UInt32] = ["": 0]

    func number(of name: String) -> UInt32 {
      if let number = numbers[name] { return number }
      let number = UInt32(names.count)
      numbers[name] = number
      names.append(name)
      return number
    }
  }

  private let seen: Seen
  private var spellings: Spellings

  var names: [String] { seen.names }

  init(nothing: [String] = []) {
    let seen = Seen()
    for text in nothing { seen.numbers[text] = 0 }
    self.seen = seen
    spellings = Spellings { seen.number(of: $0) }
  }

  @inline(__always)
  mutating func number(_ spelling: UnsafeBufferPointer<UInt8>) -> UInt32 {
    spelling.isEmpty ? 0 : spellings.number(spelling)
  }

  /// Brings near what is known of names that will be asked for soon.
  mutating func bringNear(_ names: UnsafeBufferPointer<NameKey>) { spellings.bringNear(names) }

  /// The number of a name, which is added if it is new.
  func add(_ name: String) -> UInt32 { seen.number(of: name) }
}
