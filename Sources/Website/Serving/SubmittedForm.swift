import Dispatch

/// What a form sent: nothing in it was checked.
struct SubmittedForm: Sendable {
  /// A file that was chosen in a form.
  struct File: Sendable {
    let name: String
    let bytes: [UInt8]
  }

  private var values: [String: [String]] = [:]
  private(set) var files: [String: File] = [:]

  /// The most fields: the largest form has two for each case of a sample.
  static let mostFields = 2_000

  /// Why a body is no form.
  enum Fault: Error {
    case wrongType
    case malformed
    case tooManyFields
  }

  init() {}

  /// Reads a body.
  ///
  /// - Parameter type: The value of `Content-Type`.
  init(_ body: [UInt8], type: String) throws(Fault) {
    let kind = type.prefix { $0 != ";" }.lowercased().filter { $0 != " " }
    switch kind {
    case "application/x-www-form-urlencoded": try read(pairs: body)
    case "multipart/form-data":
      guard let boundary = Multipart.boundary(in: type) else { throw .malformed }
      for part in try Multipart.parts(of: body, boundary: boundary) {
        if let file = part.fileName {
          // A file field that nobody filled in comes without a name and without bytes.
          if !file.isEmpty || !part.bytes.isEmpty {
            files[part.name] = File(name: file, bytes: Array(part.bytes))
          }
        } else {
          try add(part.name, String(decoding: part.bytes, as: UTF8.self))
        }
      }
    default: throw .wrongType
    }
  }

  /// Reads as many fields as stand whole at the start of a body that was too long.
  init(startOf body: [UInt8], type: String) {
    guard body.count <= Self.longestStart || type.hasPrefix("multipart/") else { return }
    if let boundary = Multipart.boundary(in: type) {
      for part in Multipart.wholeParts(of: body, boundary: boundary) where part.fileName == nil {
        values[part.name, default: []].append(String(decoding: part.bytes, as: UTF8.self))
      }
    } else {
      // What is no form has nothing to copy.
      let whole = body.lastIndex(of: UInt8(ascii: "&")) ?? 0
      guard let form = try? SubmittedForm(Array(body[..<whole]), type: type) else { return }
      self = form
    }
  }

  /// The most bytes of a body without files that are looked through when it was too long.
  private static let longestStart = 1 << 20

  /// From this many bytes on a body is read on a thread that nobody else waits for.
  private static let manyBytes = 256 << 10

  /// Reads the body of a request.
  static func read(_ request: StaffRequest) async throws(Fault) -> SubmittedForm {
    guard request.body.count > manyBytes else {
      return try SubmittedForm(request.body, type: request.contentType)
    }
    let read = await withCheckedContinuation { done in
      DispatchQueue.global().async {
        done.resume(
          returning: Result<SubmittedForm, Fault> { () throws(Fault) in
            try SubmittedForm(request.body, type: request.contentType)
          })
      }
    }
    return try read.get()
  }

  private mutating func read(pairs body: [UInt8]) throws(Fault) {
    for pair in body.split(separator: UInt8(ascii: "&")) {
      let parts = pair.split(
        separator: UInt8(ascii: "="), maxSplits: 1, omittingEmptySubsequences: false)
      try add(
        PercentEncoding.decode(parts[0], plusIsSpace: true),
        parts.count > 1 ? PercentEncoding.decode(parts[1], plusIsSpace: true) : "")
    }
  }

  private mutating func add(_ name: String, _ value: String) throws(Fault) {
    guard values.count + files.count < Self.mostFields else { throw .tooManyFields }
    values[name, default: []].append(value)
  }

  /// What was typed, as it was typed; empty where nothing was.
  func typed(_ name: String) -> String { values[name]?.first ?? "" }

  /// What was typed without white space around it; nothing where that is empty.
  subscript(name: String) -> String? {
    let text = typed(name)
    guard let first = text.firstIndex(where: { !$0.isWhitespace }),
      let last = text.lastIndex(where: { !$0.isWhitespace })
    else { return nil }
    return String(text[first...last])
  }

  /// The names of everything that was sent but for files.
  var names: some Collection<String> { values.keys }

  /// Every value of a name: the boxes that were ticked.
  func all(_ name: String) -> [String] { values[name] ?? [] }

  /// Every field as hidden fields of another form, so that what was typed is not lost: no secret,
  /// and no file.
  var carried: HTML {
    openValues.flatMap { name, values in values.map { Form.hidden(name, $0) } }.reduce(.none, +)
  }

  /// What somebody typed or chose, to be copied from: nothing that a page put there.
  var toCopy: [(name: String, text: String)] {
    let hidden: Set<String> = ["seen", "member", "frame", "next"]
    return openValues.filter {
      !hidden.contains($0.key) && !$0.key.contains(":") && !$0.key.hasPrefix("case-")
    }.flatMap { name, values in values.filter { !$0.isEmpty }.map { (name, $0) } }
  }

  private var openValues: [(key: String, value: [String])] {
    let secret: Set<String> = ["token", "password", "present", "code", "sealed", "new"]
    return values.filter { !secret.contains($0.key) }.sorted { $0.key < $1.key }
      .map { ($0.key, $0.value) }
  }

  /// The fields whose names start alike, with the rest of their names.
  func fields(startingWith start: String) -> [(rest: String, value: String)] {
    values.compactMap { name, values in
      name.hasPrefix(start) ? (String(name.dropFirst(start.count)), values[0]) : nil
    }.sorted { $0.rest < $1.rest }
  }

  /// Puts a value in, as if it had been typed.
  mutating func set(_ name: String, _ value: String) { values[name] = [value] }

  mutating func set(_ name: String, _ several: [String]) { values[name] = several }
}
