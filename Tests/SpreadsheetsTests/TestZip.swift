import CZip
import Foundation

/// Zip files made by hand, so that every byte of them can be wrong.
struct TestZip {
  struct Part {
    var name: String
    var bytes: [UInt8]
    var flags = 0
    var method = 0
    var checksum: UInt32?
    var statedSize: Int?
  }

  var parts: [Part] = []

  /// Where the directory says that each part starts, if not where it does.
  var startOfAll: Int?

  /// What the directory says of itself, if not the truth.
  var statedParts: Int?
  var statedDirectory: Int?

  init(_ parts: [(name: String, text: String)]) {
    self.parts = parts.map { Part(name: $0.name, bytes: Array($0.text.utf8)) }
  }

  subscript(name: String) -> Part {
    get { parts.first { $0.name == name } ?? Part(name: name, bytes: []) }
    set {
      parts.removeAll { $0.name == name }
      parts.append(newValue)
    }
  }

  /// The file, nothing in it compressed.
  var bytes: [UInt8] {
    var file: [UInt8] = []
    var directory: [UInt8] = []
    for part in parts {
      let start = file.count
      let name = Array(part.name.utf8)
      let size = part.statedSize ?? part.bytes.count
      let header =
        Self.number(20, 2) + Self.number(part.flags, 2) + Self.number(part.method, 2)
        + Self.number(0x0021_0000, 4) + Self.number(Int(part.checksum ?? Self.crc(part.bytes)), 4)
        + Self.number(size, 4) + Self.number(size, 4) + Self.number(name.count, 2)
        + Self.number(0, 2)
      file += Self.number(0x0403_4B50, 4) + header + name + part.bytes
      directory += Self.number(0x0201_4B50, 4) + Self.number(20, 2) + header
      directory += Self.number(0, 10) + Self.number(startOfAll ?? start, 4) + name
    }
    let start = file.count
    let end =
      Self.number(0x0605_4B50, 4) + Self.number(0, 4)
      + Self.number(statedParts ?? parts.count, 2) + Self.number(statedParts ?? parts.count, 2)
      + Self.number(statedDirectory ?? directory.count, 4) + Self.number(start, 4)
      + Self.number(0, 2)
    return file + directory + end
  }

  /// The file with every part compressed, written by libzip.
  func compressed() throws -> [UInt8] {
    let url = FileManager.default.temporaryDirectory
      .appendingPathComponent("plumbline-\(UUID().uuidString).zip")
    defer { try? FileManager.default.removeItem(at: url) }
    guard let archive = zip_open(url.path, ZIP_CREATE, nil) else { throw POSIXError(.EIO) }
    var held: [UnsafeMutableRawBufferPointer] = []
    defer { for buffer in held { buffer.deallocate() } }
    for part in parts {
      let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: part.bytes.count, alignment: 1)
      buffer.copyBytes(from: part.bytes)
      held.append(buffer)
      let source = zip_source_buffer(archive, buffer.baseAddress, UInt64(buffer.count), 0)
      guard zip_file_add(archive, part.name, source, 0) >= 0 else { throw POSIXError(.EIO) }
    }
    guard zip_close(archive) == 0 else { throw POSIXError(.EIO) }
    return Array(try Data(contentsOf: url))
  }

  /// The parts of a zip file with the instants that they say they were changed, by libzip.
  static func unpacked(_ file: [UInt8]) throws -> [(name: String, changedAt: Int, text: String)] {
    try file.withUnsafeBytes { file in
      let source = zip_source_buffer_create(file.baseAddress, UInt64(file.count), 0, nil)
      guard let source, let archive = zip_open_from_source(source, ZIP_RDONLY, nil) else {
        throw POSIXError(.EIO)
      }
      defer { zip_discard(archive) }
      return try (0..<UInt64(zip_get_num_entries(archive, 0))).map { index in
        var stat = zip_stat_t()
        guard zip_stat_index(archive, index, 0, &stat) == 0, let name = stat.name,
          let part = zip_fopen_index(archive, index, 0)
        else { throw POSIXError(.EIO) }
        defer { zip_fclose(part) }
        var bytes = [UInt8](repeating: 0, count: Int(stat.size))
        guard zip_fread(part, &bytes, stat.size) == stat.size else { throw POSIXError(.EIO) }
        return (String(cString: name), stat.mtime, String(decoding: bytes, as: UTF8.self))
      }
    }
  }

  private static func number(_ value: Int, _ size: Int) -> [UInt8] {
    (0..<size).map { $0 < 8 ? UInt8(truncatingIfNeeded: value >> (8 * $0)) : 0 }
  }

  private static let remainders: [UInt32] = (0..<256).map { byte in
    (0..<8).reduce(byte) { sum, _ in sum & 1 == 1 ? sum >> 1 ^ 0xEDB8_8320 : sum >> 1 }
  }

  private static func crc(_ bytes: [UInt8]) -> UInt32 {
    var sum = ~UInt32(0)
    for byte in bytes {
      sum = sum >> 8 ^ remainders[Int(UInt8(truncatingIfNeeded: sum) ^ byte)]
    }
    return ~sum
  }
}
