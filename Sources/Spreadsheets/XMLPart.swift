import Foundation
import FoundationXML

/// Takes the elements of an XML part one after the other.
protocol XMLPartReader {
  /// - Parameters:
  ///   - element: The name without its prefix.
  ///   - depth: How many elements are open around it; none around the root.
  mutating func open(
    _ element: String, _ attributes: [String: String], depth: Int
  ) throws(XLSXFault)

  /// Takes a piece of the text in the innermost element. Pieces end anywhere.
  mutating func text(_ piece: String) throws(XLSXFault)

  mutating func close(depth: Int) throws(XLSXFault)
}

extension ZipArchive {
  /// Has `reader` read a part through the platform's parser.
  ///
  /// - Returns: Whether there is such a part.
  func read(_ name: String, with reader: inout some XMLPartReader) throws(XLSXFault) -> Bool {
    guard let part = try part(name) else { return false }
    let stream = PartStream(part, name: name)
    let parser = XMLParser(stream: stream)
    let delegate = ParserDelegate(reader, part: name)
    parser.delegate = delegate
    let isWhole = parser.parse()
    if let fault = stream.fault ?? delegate.fault { throw fault }
    guard isWhole, delegate.isComplete else { throw .malformed(part: name) }
    reader = delegate.reader
    return true
  }
}

/// A part as the stream that the parser reads from. Never hands on bytes that were not looked at.
private final class PartStream: InputStream {
  private let part: ZipPart
  private let name: String
  private var check = MarkupCheck()

  /// Bytes that begin a character which the next piece ends.
  private var held: [UInt8] = []

  private(set) var fault: XLSXFault?

  init(_ part: ZipPart, name: String) {
    self.part = part
    self.name = name
    super.init(data: Data())
  }

  override func open() {}
  override func close() {}
  override var hasBytesAvailable: Bool { fault == nil }

  // The parser asks for it after a fault, and the platform's own answer stops the process.
  override var streamError: (any Error)? { nil }

  override func read(_ place: UnsafeMutablePointer<UInt8>, maxLength: Int) -> Int {
    guard fault == nil else { return -1 }
    do throws(XLSXFault) {
      return try fill(place, maxLength)
    } catch {
      fault = error
      return -1
    }
  }

  private func fill(
    _ place: UnsafeMutablePointer<UInt8>, _ size: Int
  ) throws(XLSXFault) -> Int {
    var count = held.count
    for (offset, byte) in held.enumerated() { place[offset] = byte }
    var isEnd = false
    while count < size, !isEnd {
      let got = try part.read(into: place + count, atMost: size - count)
      count += got
      isEnd = got == 0
    }
    let bytes = UnsafeBufferPointer(start: place, count: count)
    let whole = try check.look(at: bytes, isEnd: isEnd, part: name)
    held = Array(bytes[whole...])
    return whole
  }
}

/// Hands the parser's events on to a reader, as far as they can be part of a workbook.
private final class ParserDelegate<Reader: XMLPartReader>: NSObject, XMLParserDelegate {
  /// What the parser reports though the part can be read: warnings on versions, languages,
  /// namespaces that are not absolute and `xml:space`.
  private var warnings: ClosedRange<Int> { 97...107 }

  private(set) var reader: Reader
  private let part: String
  private var depth = 0
  private var markup = 0
  private var hasRoot = false

  private(set) var fault: XLSXFault?

  init(_ reader: Reader, part: String) {
    self.reader = reader
    self.part = part
  }

  /// Whether there was a root and all that was opened was closed. The parser alone calls a part
  /// read that ends in the middle.
  var isComplete: Bool { hasRoot && depth == 0 }

  /// - Parameter marks: How much is to be counted as markup.
  private func attempt(
    _ parser: XMLParser, marks: Int = 1, _ work: () throws(XLSXFault) -> Void
  ) {
    guard fault == nil else { return }
    markup += marks
    do throws(XLSXFault) {
      guard markup <= XLSXLimits.mostMarkup else { throw .tooMuchMarkup(part: part) }
      try work()
    } catch {
      fault = error
      parser.abortParsing()
    }
  }

  func parser(
    _ parser: XMLParser, didStartElement name: String, namespaceURI: String?,
    qualifiedName: String?, attributes: [String: String]
  ) {
    attempt(parser, marks: 1 + attributes.count) { () throws(XLSXFault) in
      guard depth < XLSXLimits.deepestNesting else { throw .tooDeep(part: part) }
      guard attributes.count <= XLSXLimits.mostAttributes else {
        throw .tooManyAttributes(part: part)
      }
      try reader.open(Self.localName(name), attributes, depth: depth)
      hasRoot = true
      depth += 1
    }
  }

  func parser(
    _ parser: XMLParser, didEndElement name: String, namespaceURI: String?, qualifiedName: String?
  ) {
    attempt(parser, marks: 0) { () throws(XLSXFault) in
      depth -= 1
      guard depth >= 0 else { throw .malformed(part: part) }
      try reader.close(depth: depth)
    }
  }

  func parser(_ parser: XMLParser, foundCharacters piece: String) {
    attempt(parser) { () throws(XLSXFault) in try reader.text(piece) }
  }

  func parser(_ parser: XMLParser, foundCDATA bytes: Data) {
    attempt(parser) { () throws(XLSXFault) in
      try reader.text(String(decoding: bytes, as: UTF8.self))
    }
  }

  func parser(_ parser: XMLParser, foundComment comment: String) {
    attempt(parser) {}
  }

  func parser(_ parser: XMLParser, parseErrorOccurred error: any Error) {
    // The parser goes on behind what it cannot read.
    attempt(parser) { () throws(XLSXFault) in
      guard warnings.contains((error as NSError).code) else {
        throw .malformed(part: part)
      }
    }
  }

  private static func localName(_ name: String) -> String {
    guard let colon = name.utf8.lastIndex(of: UInt8(ascii: ":")) else { return name }
    return String(name[name.utf8.index(after: colon)...])
  }
}
