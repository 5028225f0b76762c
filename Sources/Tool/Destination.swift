import Foundation
import Problems

/// Where blocks of bytes go: a file, or standard output.
enum Destination {
  static func write(
    to path: String?, _ blocks: (([UInt8]) throws -> Void) throws -> Void
  ) throws {
    guard let path else { return try blocks(Output.write) }
    guard FileManager.default.createFile(atPath: path, contents: nil),
      let file = FileHandle(forWritingAtPath: path)
    else { throw Self.problem(path) }
    do {
      try blocks { try file.write(contentsOf: Data($0)) }
      try file.close()
    } catch {
      throw Self.problem(path)
    }
  }

  private static func problem(_ path: String) -> Problems {
    Problems(
      Problem(path, "cannot be written", remedy: "name another file with --out, or make room"))
  }
}
