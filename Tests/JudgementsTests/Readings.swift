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
