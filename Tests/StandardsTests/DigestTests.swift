import Foundation
import Problems
import RuleFiles
import Standards
import Testing

struct DigestTests {
  /// FIPS 180-4's examples.
  @Test func `a digest is SHA-256`() {
    #expect(
      Digest(of: []).description
        == "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
    #expect(
      Digest(of: "abc".utf8).description
        == "sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
    #expect(Digest(of: "abc".utf8).short == "ba7816bf8f01")
  }

  private func digest(_ yaml: String) throws(Problems) -> Digest {
    try RuleBook.read(yaml: yaml, file: "t.yaml").digest
  }

  /// The text cut before each key at the top, comments with the key that they stand above.
  private func blocks(_ yaml: String) -> [String] {
    var blocks: [String] = []
    for line in yaml.components(separatedBy: "\n") {
      if let first = line.first, first.isLetter { blocks.append("") }
      if !blocks.isEmpty { blocks[blocks.count - 1] += line + "\n" }
    }
    return blocks
  }

  @Test(arguments: Editions.names)
  func `layout is no part of a digest`(_ name: String) throws {
    let yaml = try Editions.source(name)
    let pinned = try Editions.book(name).digest
    let blocks = blocks(yaml)
    #expect(blocks.count >= 10)
    let layouts = [
      "more comments": "# More.\n"
        + yaml.replacing("status: assumed\n", with: "status: assumed # ?\n"),
      "no comments": yaml.components(separatedBy: "\n")
        .filter { !$0.trimmingCharacters(in: .whitespaces).hasPrefix("#") }
        .joined(separator: "\n"),
      "blank lines": yaml.replacing("\n\n", with: "\n\n\n\n"),
      "spaces": yaml.replacing("status: assumed", with: "status:    assumed  "),
      "CRLF": yaml.replacing("\n", with: "\r\n"),
      "double quotes": yaml.replacing("status: assumed", with: "status: \"assumed\""),
      "single quotes": yaml.replacing("\"", with: "'"),
      "no quotes": yaml.replacing(/code: "([0-9.]+)"/) { "code: \($0.output.1)" },
      "folded text": yaml.replacing(": >-\n", with: ": >\n"),
      "literal text": yaml.replacing(": >-\n", with: ": |\n"),
      "blocks for braces": yaml.replacing(
        /\{ rating: ([a-z-]+), from: ([0-9]+), words: ([a-z ]+) \}/
      ) { match in
        "rating: \(match.output.1)\n      from: \(match.output.2)\n      words: \(match.output.3)"
      },
      "keys at the top in reverse": blocks.reversed().joined(),
      "status before source": yaml.replacing(
        /( +)source: ([A-Z][^\n]*)\n +status: ([a-z]+)\n/
      ) { match in
        "\(match.output.1)status: \(match.output.3)\n\(match.output.1)source: \(match.output.2)\n"
      },
    ]
    for (change, changed) in layouts {
      #expect(changed != yaml, "\(change) must change the file")
      #expect(try digest(changed) == pinned, "\(change)")
    }
  }

  /// Every 61st word: with a letter more the file is another edition, or none at all.
  @Test(arguments: Editions.names)
  func `every word is part of a digest`(_ name: String) throws {
    let yaml = try Editions.source(name)
    let pinned = try Editions.book(name).digest
    var at = 0
    var changed = 0
    for word in yaml.matches(of: /[A-Za-z0-9]+/) {
      at += 1
      let line = yaml.lineRange(for: word.range)
      let isComment = yaml[line].trimmingCharacters(in: .whitespaces).hasPrefix("#")
      guard at.isMultiple(of: 61), !isComment else { continue }
      let other = yaml.replacingCharacters(in: word.range, with: yaml[word.range] + "x")
      do {
        #expect(try digest(other) != pinned, "\(yaml[line])")
        changed += 1
      } catch {
        // A key or a word of a fixed set. There is no digest of what is refused.
        #expect(!error.list.isEmpty)
      }
    }
    #expect(changed > 20)
  }

  @Test func `the order of a list is part of a digest`() throws {
    let yaml = try Editions.fixture("limits")
    let one = try yaml.changing("prompts: [A vision]", to: "prompts: [A vision, A plan]")
    let other = try yaml.changing("prompts: [A vision]", to: "prompts: [A plan, A vision]")
    #expect(try digest(one) != digest(other))
    #expect(try digest(one) != digest(yaml))
  }

  @Test func `white space within text is folded and a missing space is a change`() throws {
    let yaml = try Editions.fixture("limits")
    let wide = try yaml.changing("Is there a vision?", to: "\"Is  there \\t a\\n vision? \"")
    let narrow = try yaml.changing("Is there a vision?", to: "Is therea vision?")
    #expect(try digest(wide) == digest(yaml))
    #expect(try digest(narrow) != digest(yaml))
  }

  @Test func `two ways to write one letter make one digest`() throws {
    let yaml = try Editions.fixture("limits")
    let composed = try yaml.changing("Is there a vision?", to: "Is there caf\u{E9}?")
    let decomposed = try yaml.changing("Is there a vision?", to: "Is there cafe\u{301}?")
    let plain = try yaml.changing("Is there a vision?", to: "Is there cafe?")
    #expect(Array(composed.utf8) != Array(decomposed.utf8))
    #expect(try digest(composed) == digest(decomposed))
    #expect(try digest(composed) != digest(plain))
  }

  @Test func `no text can pretend to be two`() throws {
    let yaml = try Editions.fixture("limits")
    let two = try yaml.changing("prompts: [A vision]", to: #"prompts: ["A", "B"]"#)
    for pretender in [#"["A\",\"B"]"#, #"['A","B']"#, "['A\",\"\u{301}B']"] {
      #expect(
        try digest(yaml.changing("prompts: [A vision]", to: "prompts: \(pretender)")) != digest(two)
      )
    }
  }
}
