import Spreadsheets

/// The values of the column that cases are grouped by, numbered as they are first seen.
struct GroupNames {
  /// The groups in the order of their numbers.
  private(set) var names: [String] = []

  private let column: String
  private var places: [String: Int] = [:]
  private var spellings = NameTable()
  private var placeOfSpelling: [Int] = []

  /// The key of the first spelling of each group.
  private var keys: [NameKey] = []

  /// - Parameter column: The heading of the column.
  init(column: String) {
    self.column = column
  }

  /// What stands for a group as it is written in a file, until its place is asked for.
  @inline(__always)
  mutating func key(of spelling: UnsafeBufferPointer<UInt8>) -> NameKey {
    // A long one is looked up now, since its key does not hold its bytes.
    if let key = NameKey(spelling) { return key }
    return NameKey(ofLongName: place(of: spelling))
  }

  /// Whether a key stands for the group at a place.
  @inline(__always)
  mutating func isGroup(_ place: Int, _ key: NameKey) -> Bool {
    keys[place] == key || self.place(of: key) == place
  }

  mutating func place(of key: NameKey) -> Int {
    if key.isOfLongName { return Int(key.low) }
    return key.bytes.withUnsafeBufferPointer { place(of: $0) }
  }

  /// The place of a group as it is written in a file. White space around its name does not matter.
  mutating func place(of spelling: UnsafeBufferPointer<UInt8>) -> Int {
    let number = spellings.number(of: spelling)
    if number == placeOfSpelling.count {
      let name = TableRow.text(spelling)
      let place = place(of: name.isEmpty ? "\(column) not recorded" : name)
      placeOfSpelling.append(place)
      if place == keys.count { keys.append(NameKey(spelling) ?? NameKey(ofLongName: place)) }
    }
    return placeOfSpelling[number]
  }

  /// The place of a group, added if it is new.
  private mutating func place(of name: String) -> Int {
    if let place = places[name] { return place }
    places[name] = names.count
    names.append(name)
    return names.count - 1
  }
}
