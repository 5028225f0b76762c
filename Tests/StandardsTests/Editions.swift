import Foundation
import Problems
import Standards
import Testing

/// What the tests of this target share.
enum Editions {
  static let published = Result { try PublishedEditions.load() }

  static let names = [
    "crc-2018", "crc-2019", "nps-2018", "nps-2019", "pdu-2021", "pdu-2023", "region-2023",
    "youth-2018",
  ]

  static func id(_ text: String) throws -> RuleBook.ID {
    try #require(RuleBook.ID(text))
  }

  static func book(_ text: String) throws -> RuleBook {
    try published.get().edition(named: text)
  }

  /// The file of a published edition as it was shipped.
  static func source(_ text: String) throws -> String {
    try #require(published.get().sources[id(text)])
  }

  static func code(_ text: String) throws -> Code {
    try #require(Code(text))
  }

  static func fixture(_ name: String) throws -> String {
    let url = try #require(
      Bundle.module.url(forResource: name, withExtension: "yaml", subdirectory: "Fixtures"))
    return try String(contentsOf: url, encoding: .utf8)
  }

  /// What is wrong with a rule book, as it is printed.
  static func complaints(_ yaml: String) -> [String] {
    do {
      _ = try RuleBook.read(yaml: yaml, file: "t.yaml")
      return []
    } catch {
      return error.list.map(\.description)
    }
  }
}

extension String {
  /// This text with the only occurrence of `old` replaced.
  func changing(_ old: String, to new: String) throws -> String {
    try #require(components(separatedBy: old).count == 2, "“\(old)” must occur once")
    return replacingOccurrences(of: old, with: new)
  }
}
