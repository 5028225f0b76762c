import Foundation
import TestKit
import Testing
import Trials

@Suite struct TrialTests {
  @Test(.timeLimit(.minutes(1)), arguments: Trial.allCases)
  func `every input that is kept is read, or refused with reasons`(_ trial: Trial) throws {
    for input in try Input.kept(for: trial) {
      #expect(throws: Never.self, "\(trial.rawValue)/\(input.name)") { try trial.run(input.bytes) }
    }
  }

  @Test(.timeLimit(.minutes(1)), arguments: Trial.allCases)
  func `so is what comes of changing a few bytes`(_ trial: Trial) throws {
    let kept = try Input.kept(for: trial)
    var chance = Chance(seed: 2026)
    for number in 0..<100 {
      let bytes = Mutation.of(kept, by: &chance)
      do {
        try trial.run(bytes)
      } catch {
        Issue.record("\(trial.rawValue), change \(number): \(error)")
        Attachment.record(bytes, named: "\(trial.rawValue)-\(number)")
      }
    }
  }
}

/// An input that is kept in `Corpus/<trial>`.
struct Input {
  let name: String
  let bytes: [UInt8]

  /// The inputs of a trial, in the order of their names.
  static func kept(for trial: Trial) throws -> [Input] {
    let folder = try #require(Bundle.module.resourceURL)
      .appendingPathComponent("Corpus/\(trial.rawValue)")
    let files = try FileManager.default.contentsOfDirectory(
      at: folder, includingPropertiesForKeys: nil)
    let inputs = try files.sorted { $0.path < $1.path }.map {
      Input(name: $0.lastPathComponent, bytes: Array(try Data(contentsOf: $0)))
    }
    try #require(!inputs.isEmpty)
    return inputs
  }
}

/// Changes a few bytes of an input, the same ones each time.
enum Mutation {
  /// What readers may take for something: marks, ends, the largest numbers.
  private static let words = [
    ",", "\"", "\n", "\r\n", "\0", "\u{FEFF}", "\\ud800", "é", "\u{301}", "-1", "255", "256",
    "32768", "2147483648", "4294967296", "9223372036854775808", "1e999", "1048576", "9999-12-31",
    "1900-01-01", "&a ", "*a", "? ", ": ", "- ", "{", "[", "<c>", "</c>", "]]>", "&#0;",
    "PK\u{5}\u{6}",
  ].map { Array($0.utf8) }

  static func of(_ inputs: [Input], by chance: inout Chance) -> [UInt8] {
    var bytes = any(of: inputs, by: &chance).bytes
    for _ in 0..<Int.random(in: 1...4, using: &chance) {
      let place = Int.random(in: 0...bytes.count, using: &chance)
      let end = min(bytes.count, place + Int.random(in: 0...8, using: &chance))
      switch Int.random(in: 0..<5, using: &chance) {
      case 0 where place < bytes.count: bytes[place] = UInt8.random(in: 0...255, using: &chance)
      case 1: bytes.replaceSubrange(place..<end, with: any(of: words, by: &chance))
      case 2: bytes.removeSubrange(place..<end)
      case 3:
        bytes.insert(contentsOf: bytes[place..<min(bytes.count, place + 200)], at: place)
      default:
        let other = any(of: inputs, by: &chance).bytes
        let start = Int.random(in: 0...other.count, using: &chance)
        bytes = Array(bytes[..<place]) + other[start...].prefix(4_096)
      }
    }
    return bytes
  }

  private static func any<Value>(of values: [Value], by chance: inout Chance) -> Value {
    values[Int.random(in: 0..<values.count, using: &chance)]
  }
}
