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
}
