import Names
import Spreadsheets

/// What the spellings in a column come to, each worked out once.
struct Spellings {
  private var table = NameTable()
  private var meanings: [UInt32] = []
  private let meaning: (String) -> UInt32

  /// - Parameter meaning: What a spelling without white space around it comes to.
  init(_ meaning: @escaping (String) -> UInt32) {
    self.meaning = meaning
  }

  @inline(__always)
  mutating func number(_ spelling: UnsafeBufferPointer<UInt8>) -> UInt32 {
    let number = table.number(of: spelling)
    if number == meanings.count { meanings.append(meaning(TableRow.text(spelling))) }
    return meanings[number]
  }
}

/// The codes of a field.
struct CodeReader {
  /// Stands for a spelling that no code has.
  static let unknown: UInt32 = 255

  private var spellings: Spellings

  init<Code: CaseCode>(_ field: CaseField, _: Code.Type, _ profile: Profile) {
    var known: [String: UInt32] = ["": 0]
    for text in profile.nothing[field] ?? [] { known[Profile.plain(text)] = 0 }
    for (code, texts) in profile.codes[field] ?? [:] {
      guard let code = Code(rawValue: code) else { continue }
      for text in texts { known[Profile.plain(text)] = UInt32(code.number) }
    }
    spellings = Spellings { known[Profile.plain($0)] ?? Self.unknown }
  }

  @inline(__always)
  mutating func code(_ bytes: UnsafeBufferPointer<UInt8>) -> UInt32 { spellings.number(bytes) }
}

/// The names in a column, numbered as they are first seen. The first is no name.
struct NameReader {
  private(set) var names = [""]
  private var spellings = NameTable()
  private var numbers: [UInt32] = []
  private var known: [String: UInt32] = ["": 0]

  init(nothing: [String] = []) {
    for text in nothing { known[text] = 0 }
  }

  @inline(__always)
  mutating func number(_ spelling: UnsafeBufferPointer<UInt8>) -> UInt32 {
    if spelling.isEmpty { return 0 }
    let number = spellings.number(of: spelling)
    if number == numbers.count { numbers.append(add(TableRow.text(spelling))) }
    return numbers[number]
  }

  /// The number of a name, which is added if it is new.
  mutating func add(_ name: String) -> UInt32 {
    if let number = known[name] { return number }
    let number = UInt32(names.count)
    known[name] = number
    names.append(name)
    return number
  }
}
