import Calendars
import OrderedJSON
import RuleFiles

/// How an entry is written on one line.
///
/// The members are `id`, `inspection`, `sequence`, `at`, `author`, `event`, `subject`, `over`,
/// `edition`, `values`, `sealed` and `previous`, always all of them and in this order, without white
/// space between them.
enum EntryLine {
  static func bytes(
    _ draft: Draft, sequence: Int, recordedAt: Instant, previous: Digest?
  ) -> [UInt8] {
    var line: [UInt8] = []
    line.reserveCapacity(512 + (draft.sealed?.text.utf8.count ?? 0))
    func put(_ name: String, _ value: JSON) {
      line.append(contentsOf: name.utf8)
      value.writeCompactly(to: &line)
    }
    put("{\"id\":", .string(draft.id.description))
    put(",\"inspection\":", .string(draft.inspection.description))
    put(",\"sequence\":", .number(sequence))
    put(",\"at\":", .string(recordedAt.description))
    put(",\"author\":", .string(draft.author.description))
    put(",\"event\":", .string(draft.event))
    put(",\"subject\":", .string(draft.subject))
    put(",\"over\":", .number(draft.over))
    put(",\"edition\":", .string(draft.edition.description))
    put(",\"values\":", draft.values)
    put(",\"sealed\":", .text(draft.sealed?.text))
    put(",\"previous\":", .text(previous?.description))
    line.append(UInt8(ascii: "}"))
    return line
  }

  static func read(
    _ line: [UInt8]
  ) throws(EntryFault) -> (draft: Draft, sequence: Int, recordedAt: Instant, previous: Digest?) {
    let json: JSON
    do { json = try JSON(bytes: line) } catch { throw .noJSON }
    func text<Value>(_ name: String, _ read: (String) -> Value?) throws(EntryFault) -> Value {
      guard let value = json[name].string.flatMap(read) else { throw .wrongMember(name) }
      return value
    }
    func number(_ name: String) throws(EntryFault) -> Int {
      guard let value = json[name].int else { throw .wrongMember(name) }
      return value
    }
    func optional<Value>(
      _ name: String, _ read: (String) -> Value?
    ) throws(EntryFault) -> Value? {
      json[name] == .null ? nil : try text(name, read)
    }
    let draft = Draft(
      id: try text("id") { EntryID($0) },
      inspection: try text("inspection") { InspectionID($0) },
      author: try text("author") { AuthorID($0) },
      event: try text("event") { $0 }, subject: try text("subject") { $0 },
      over: try number("over"), edition: try text("edition") { Digest(text: $0) },
      values: json["values"], sealed: try optional("sealed") { SealedText(text: $0) })
    let sequence = try number("sequence")
    let recordedAt = try text("at") { Instant($0) }
    let previous = try optional("previous") { Digest(text: $0) }
    let written = bytes(draft, sequence: sequence, recordedAt: recordedAt, previous: previous)
    guard written == line else { throw .notAsWritten }
    return (draft, sequence, recordedAt, previous)
  }
}
