import Foundation
import Problems

/// Reads a part of a file, piece by piece.
final class ByteSource {
  private let content: CSVFile.Content
  private let name: String
  private let end: Int
  private var offset: Int
  private let descriptor: Int32

  /// - Parameter name: What problems carry.
  init(
    _ content: CSVFile.Content, _ range: Range<Int>, name: String
  ) throws(Problems) {
    self.content = content
    self.name = name
    offset = range.lowerBound
    end = range.upperBound
    switch content {
    case .bytes: descriptor = -1
    case .path(let path):
      descriptor = open(path, O_RDONLY | O_CLOEXEC)
      guard descriptor >= 0 else { throw CSVFile.unreadable(name) }
    }
  }

  deinit {
    if descriptor >= 0 { close(descriptor) }
  }

  /// Whether all of the part has been read.
  var isAtEnd: Bool { offset == end }

  /// Reads on, as many bytes as there are and `count` at most.
  ///
  /// - Returns: How many bytes were read.
  /// - Throws: ``Problems`` when the file is shorter than it was or cannot be read.
  func read(into place: UnsafeMutablePointer<UInt8>, atMost count: Int) throws(Problems) -> Int {
    let wanted = min(count, end - offset)
    switch content {
    case .bytes(let bytes):
      bytes[offset..<offset + wanted].withUnsafeBufferPointer { part in
        if let base = part.baseAddress { place.update(from: base, count: wanted) }
      }
    case .path:
      var got = 0
      while got < wanted {
        let count = pread(descriptor, place + got, wanted - got, off_t(offset + got))
        guard count > 0 else { throw CSVFile.unreadable(name) }
        got += count
      }
    }
    offset += wanted
    return wanted
  }

  // MARK: - Whole files

  /// How many bytes a file has.
  ///
  /// - Parameter shouldBe: What it was meant to be, for complaints.
  /// - Throws: ``Problems`` when it cannot be opened or is no file.
  static func size(
    ofFileAt path: String, name: String, shouldBe kind: String
  ) throws(Problems) -> Int {
    guard let handle = FileHandle(forReadingAtPath: path) else {
      throw Problems(
        Problem(name, "cannot be opened", remedy: "check the name and whether you may read it"))
    }
    defer { try? handle.close() }  // Only read from: there is nothing that closing could lose.
    guard let size = try? handle.seekToEnd() else {  // Whatever the reason, it is no file.
      throw Problems(Problem(name, "cannot be read as a file", remedy: "save it as \(kind)"))
    }
    return Int(size)
  }

  /// The bytes of a part of a file.
  ///
  /// - Throws: ``Problems`` when they cannot be read.
  static func read(
    _ content: CSVFile.Content, _ range: Range<Int>, name: String
  ) throws(Problems) -> [UInt8] {
    let source = try ByteSource(content, range, name: name)
    var bytes = [UInt8](repeating: 0, count: range.count)
    try bytes.withUnsafeMutableBufferPointer { place throws(Problems) in
      if let base = place.baseAddress { _ = try source.read(into: base, atMost: range.count) }
    }
    return bytes
  }
}
