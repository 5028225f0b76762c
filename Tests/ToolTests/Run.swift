import Foundation
import Testing

/// Runs the built tool as its users do.
struct Run {
  let code: Int32
  let output: String
  let errors: String

  init(_ arguments: String..., input: String = "") throws {
    try self.init(arguments, input: input)
  }

  init(_ arguments: [String], input: String = "") throws {
    let process = Process()
    let tool: URL = try #require(Self.tool)
    process.executableURL = tool
    process.arguments = arguments
    let (out, err, into) = (Pipe(), Pipe(), Pipe())
    process.standardOutput = out
    process.standardError = err
    process.standardInput = into
    try process.run()
    into.fileHandleForWriting.write(Data(input.utf8))
    try into.fileHandleForWriting.close()
    output = String(decoding: out.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    errors = String(decoding: err.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    code = process.terminationStatus
  }

  /// The executable beside the tests.
  private static var tool: URL? {
    let folder = Bundle.module.bundleURL.deletingLastPathComponent()
    let tool = folder.appendingPathComponent("plumbline")
    return FileManager.default.isExecutableFile(atPath: tool.path) ? tool : nil
  }

  func json() throws -> Any {
    try JSONSerialization.jsonObject(with: Data(output.utf8))
  }
}
