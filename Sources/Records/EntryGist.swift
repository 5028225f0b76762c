public import OrderedJSON
public import RuleFiles

/// What an entry says happened, without what proves it: enough to work out how an inspection stands.
///
/// Reading it takes a fraction of the time that reading an ``Entry`` takes. Whether the line is as it
/// was written is not looked at: that is what verifying a record is for.
public struct EntryGist: Sendable {
  public let id: EntryID
  public let sequence: Int
  public let author: AuthorID
  public let event: String
  public let subject: String

  /// The revision that its author was looking at.
  public let over: Int
  public let edition: Digest
  public let values: JSON

  public init(_ entry: Entry) {
    id = entry.id
    author = entry.draft.author
    over = entry.draft.over
    sequence = entry.sequence
    event = entry.draft.event
    subject = entry.draft.subject
    edition = entry.draft.edition
    values = entry.draft.values
  }

  /// Reads the line of an entry.
  ///
  /// - Throws: ``EntryFault`` when it is none.
  public init(line: [UInt8]) throws(EntryFault) {
    let quick = line.withUnsafeBufferPointer { bytes -> EntryGist? in
      var scanner = Scanner(bytes: bytes)
      return scanner.gist()
    }
    // Whatever is unusual in it, reading it whole tells whether it is an entry.
    if let quick {
      self = quick
    } else {
      self.init(try Entry(line: line))
    }
  }

  fileprivate init(
    id: EntryID, sequence: Int, author: AuthorID, event: String, subject: String, over: Int,
    edition: Digest, values: JSON
  ) {
    self.id = id
    self.author = author
    self.over = over
    self.sequence = sequence
    self.event = event
    self.subject = subject
    self.edition = edition
    self.values = values
  }
}

/// Goes along a line whose members stand in the order in which entries are written.
private struct Scanner {
  let bytes: UnsafeBufferPointer<UInt8>
  private var place = 0

  init(bytes: UnsafeBufferPointer<UInt8>) {
    self.bytes = bytes
  }

  /// Nothing when the line has another order, escapes in its names, or ends too soon.
  mutating func gist() -> EntryGist? {
    guard pass("{\"id\":"), let id = text(), pass(",\"inspection\":"), text() != nil,
      pass(",\"sequence\":"), let sequence = number(), pass(",\"at\":"), text() != nil,
      pass(",\"author\":"), let author = text(), pass(",\"event\":"), let event = text(),
      pass(",\"subject\":"), let subject = text(), pass(",\"over\":"), let over = number(),
      pass(",\"edition\":"), let edition = text(), pass(",\"values\":"), let values = object(),
      pass(",\"sealed\":"),
      let id = EntryID(UnsafeBufferPointer(rebasing: bytes[id])),
      let author = AuthorID(String(decoding: bytes[author], as: UTF8.self)),
      let digest = Digest(text: UnsafeBufferPointer(rebasing: bytes[edition])),
      // Whatever is wrong with them is told when the line is read whole.
      let json = try? JSON(bytes: Array(bytes[values]))
    else { return nil }
    return EntryGist(
      id: id, sequence: sequence, author: author,
      event: String(decoding: bytes[event], as: UTF8.self),
      subject: String(decoding: bytes[subject], as: UTF8.self), over: over, edition: digest,
      values: json)
  }

  private mutating func pass(_ literal: StaticString) -> Bool {
    let count = literal.utf8CodeUnitCount
    guard place + count <= bytes.count else { return false }
    for offset in 0..<count where bytes[place + offset] != literal.utf8Start[offset] {
      return false
    }
    place += count
    return true
  }

  /// A text in quotes without escapes.
  private mutating func text() -> Range<Int>? {
    guard place < bytes.count, bytes[place] == UInt8(ascii: "\"") else { return nil }
    let start = place + 1
    var end = start
    while end < bytes.count, bytes[end] != UInt8(ascii: "\"") {
      if bytes[end] == UInt8(ascii: "\\") { return nil }
      end += 1
    }
    guard end < bytes.count else { return nil }
    place = end + 1
    return start..<end
  }

  private mutating func number() -> Int? {
    var value = 0
    let start = place
    while place < bytes.count, case let digit = bytes[place] &- 48, digit < 10, place - start < 18 {
      value = value * 10 + Int(digit)
      place += 1
    }
    return place > start ? value : nil
  }

  /// A value in braces.
  private mutating func object() -> Range<Int>? {
    guard place < bytes.count, bytes[place] == UInt8(ascii: "{") else { return nil }
    let start = place
    var depth = 0
    var isInText = false
    while place < bytes.count {
      let byte = bytes[place]
      place += 1
      if isInText {
        if byte == UInt8(ascii: "\\") { place += 1 }
        if byte == UInt8(ascii: "\"") { isInText = false }
        continue
      }
      switch byte {
      case UInt8(ascii: "\""): isInText = true
      case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
      case UInt8(ascii: "}"), UInt8(ascii: "]"):
        depth -= 1
        if depth == 0 { return start..<place }
      default: break
      }
    }
    return nil
  }
}
