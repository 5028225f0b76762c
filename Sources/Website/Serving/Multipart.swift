import Foundation

/// The parts of a form that holds files.
///
/// - Source: RFC 7578; of RFC 2046 what browsers send: no nesting, no transfer encodings.
enum Multipart {
  struct Part {
    let name: String

    /// Nothing for a field that is no file.
    let fileName: String?
    let bytes: ArraySlice<UInt8>
  }

  /// The most bytes of the heading of a part.
  private static let longestHeading = 8_192

  /// The boundary that the value of `Content-Type` names.
  static func boundary(in type: String) -> [UInt8]? {
    guard let value = parameter("boundary", of: type) else { return nil }
    let bytes = Array(value.utf8)
    // Seventy at most, of few kinds.
    return (1...70).contains(bytes.count) && bytes.allSatisfy { (33..<127).contains($0) }
      ? bytes : nil
  }

  static func parts(
    of body: [UInt8], boundary: [UInt8]
  ) throws(SubmittedForm.Fault) -> [Part] {
    let (parts, isWhole) = read(body, boundary)
    guard isWhole else { throw .malformed }
    return parts
  }

  /// The parts that stand whole at the start of a body.
  static func wholeParts(of body: [UInt8], boundary: [UInt8]) -> [Part] {
    read(body, boundary).parts
  }

  private static func read(
    _ body: [UInt8], _ boundary: [UInt8]
  ) -> (parts: [Part], isWhole: Bool) {
    let dashes = Array("--".utf8) + boundary
    guard body.starts(with: dashes) else { return ([], false) }
    let search = Search(for: Array("\r\n".utf8) + dashes)
    var parts: [Part] = []
    var start = dashes.count
    while true {
      if body[start...].starts(with: "--".utf8) { return (parts, true) }
      guard body[start...].starts(with: "\r\n".utf8), parts.count < SubmittedForm.mostFields else {
        return (parts, false)
      }
      let heading = start + 2
      guard let bodyStart = endOfHeading(body, from: heading),
        let end = search.first(in: body, from: bodyStart - 2)
      else { return (parts, false) }
      let lines = String(decoding: body[heading..<bodyStart], as: UTF8.self)
      guard let disposition = disposition(in: lines), let name = parameter("name", of: disposition)
      else { return (parts, false) }
      parts.append(
        Part(
          name: name, fileName: parameter("filename", of: disposition),
          bytes: body[min(bodyStart, end)..<end]))
      start = end + 2 + dashes.count
    }
  }

  /// The place behind the blank line that ends a heading.
  private static func endOfHeading(_ body: [UInt8], from start: Int) -> Int? {
    let mark = Array("\r\n\r\n".utf8)
    let last = min(body.count, start + longestHeading)
    var place = start
    while place + mark.count <= last {
      if body[place..<place + mark.count].elementsEqual(mark) { return place + mark.count }
      place += 1
    }
    return nil
  }

  private static func disposition(in heading: String) -> String? {
    heading.split(whereSeparator: \.isNewline).first {
      $0.lowercased().hasPrefix("content-disposition:")
    }.map(String.init)
  }

  /// The value of a parameter such as `name="list"`, with what browsers escape put back.
  private static func parameter(_ name: String, of line: String) -> String? {
    var rest = Substring(line)
    while let semicolon = rest.firstIndex(of: ";") {
      rest = rest[rest.index(after: semicolon)...].drop { $0 == " " || $0 == "\t" }
      guard let equals = rest.firstIndex(of: "=") else { return nil }
      let found = rest[..<equals].lowercased()
      rest = rest[rest.index(after: equals)...]
      let value: String
      if rest.first == "\"" {
        rest = rest.dropFirst()
        guard let quote = rest.firstIndex(of: "\"") else { return nil }
        value = String(rest[..<quote]).replacing("%22", with: "\"").replacing("%0D%0A", with: "\n")
        rest = rest[rest.index(after: quote)...]
      } else {
        value = String(rest.prefix { $0 != ";" && $0 != " " })
      }
      if found == name { return value }
    }
    return nil
  }
}

/// Finds some bytes among many. The first of them is rare, so the time grows with their number.
private struct Search {
  private let pattern: [UInt8]

  init(for pattern: [UInt8]) {
    self.pattern = pattern
  }

  func first(in bytes: [UInt8], from start: Int) -> Int? {
    bytes.withUnsafeBytes { bytes in
      guard let base = bytes.baseAddress else { return nil }
      var place = start
      while place + pattern.count <= bytes.count,
        let found = memchr(base + place, Int32(pattern[0]), bytes.count - place)
      {
        place = UnsafeRawPointer(found) - base
        let rest = bytes.count - place
        if rest >= pattern.count, memcmp(base + place, pattern, pattern.count) == 0 { return place }
        place += 1
      }
      return nil
    }
  }
}
