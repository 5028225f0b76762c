import Foundation
import Judgements
import Problems
import Spreadsheets
import Standards
import Testing

/// What the tests of this target share.
enum Readings {
  private static let published = Result { try PublishedEditions.load() }

  static func book(_ name: String = "crc-2018") throws -> RuleBook {
    try published.get().edition(named: name)
  }

  static func code(_ text: String) throws -> Code {
    try #require(Code(text))
  }

  static func file(_ text: String) throws -> CSVFile {
    try CSVFile(bytes: Array(text.utf8), name: "t.csv")
  }

  static func fixture(_ name: String) throws -> CSVFile {
    let url = try #require(
      Bundle.module.url(forResource: name, withExtension: "csv", subdirectory: "Fixtures"))
    return try CSVFile(path: url.path, name: "\(name).csv")
  }

  /// The answers under a heading of `case,question,answer`.
  static func answers(_ rows: String...) throws -> Answers {
    let text = (["case,question,answer"] + rows).joined(separator: "\n")
    return try AnswerFile.read(file(text), for: book())
  }

  /// What is wrong, as it is printed; empty when nothing is.
  static func complaints(_ read: () throws -> some Any) throws -> [String] {
    do {
      _ = try read()
      return []
    } catch let problems as Problems {
      return problems.list.map(\.description)
    }
  }

  static func complaints(
    _ text: String, of edition: String = "crc-2018", by column: String? = nil
  ) throws -> [String] {
    let book = try book(edition)
    return try complaints { try AnswerFile.read(file(text), for: book, groupedBy: column) }
  }

  /// The tallies of a reading as texts: sufficient, insufficient, not applicable.
  static func texts(_ tally: Tally) -> [String: String] {
    Dictionary(
      uniqueKeysWithValues: tally.questions.map { code, tally in
        (code.text, "\(tally.sufficient)/\(tally.insufficient)/\(tally.notApplicable)")
      })
  }
}

/// Chance that can be had again: Knuth's linear congruential generator.
struct Chance: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) {
    state = seed
  }

  mutating func next() -> UInt64 {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    let high = state >> 32
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return high << 32 | state >> 32
  }
}
