import ArgumentParser
import Calendars
import OrderedJSON
import Providers
import RuleFiles
import Standards
import Statistics
import Workflows

struct StandardsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "standards",
    abstract: "The rule books: what is judged, and how judgements become ratings.",
    subcommands: [List.self, Show.self, Check.self, Diff.self])

  struct List: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Lists the published editions with their digests.")

    @Flag(help: "As JSON.") var json = false

    func run() throws {
      let books = try PublishedEditions.load().ruleBooks
      if json {
        Output.write(JSON.array(books.map(RuleBookDocument.summary)).bytes)
      } else {
        print(
          Output.table(
            books.map { [$0.id.text, $0.title, "\($0.standards.count) standards", "\($0.digest)"] })
        )
      }
    }
  }

  struct Show: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Shows an edition: domains, standards, questions, bands, rules.")

    @Argument(help: "An edition such as crc-2018, or a rule book file.") var id: String
    @Flag(help: "As JSON.") var json = false

    func run() throws {
      let book = try Composition.ruleBook(id).book
      if json {
        Output.write(RuleBookDocument.of(book).bytes)
      } else {
        print(RuleBookText.of(book))
      }
    }
  }

  struct Check: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Checks a rule book file and lists every problem with line and column.")

    @Argument(help: "A rule book in YAML, or - for standard input.") var file: String

    func run() throws {
      let book = try RuleBook.read(yaml: try Composition.text(ofFileAt: file), file: file)
      print(
        "\(file): \(book.id), \(book.standards.count) standards, "
          + "\(book.standards.reduce(0) { $0 + $1.questions.count }) key questions, no problems")
      print(book.digest)
    }
  }

  struct Diff: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Lists what changed from one edition to another.")

    @Argument(help: "The older edition.") var from: String
    @Argument(help: "The newer edition.") var to: String
    @Flag(help: "As JSON.") var json = false

    func run() throws {
      let difference = RuleBookDifference(
        from: try Composition.ruleBook(from).book, to: try Composition.ruleBook(to).book)
      if json {
        Output.write(RuleBookDocument.of(difference).bytes)
        return
      }
      for change in difference.changes {
        switch change.kind {
        case .added: print("+ \(change.place): \(change.after ?? "")")
        case .removed: print("- \(change.place): \(change.before ?? "")")
        case .changed:
          print("~ \(change.place): \(change.before ?? "")")
          print("  now: \(change.after ?? "")")
        }
      }
      if difference.changes.isEmpty { print("no differences") }
    }
  }
}

/// A rule book for a person at a terminal.
enum RuleBookText {
  static func of(_ book: RuleBook) -> String {
    var lines = [
      "\(book.title) (\(book.id))",
      "\(book.digest)",
      "Kinds of provider: \(book.providerKinds.map(\.abbreviation).joined(separator: ", "))",
      "Valid from \(book.validFrom.words)"
        + (book.validUntil.map { " until before \($0.words)" } ?? ""),
      "",
      "Rules",
    ]
    for (name, rule) in book.ruleTexts {
      lines.append("  \(name) [\(rule.provenance.status.rawValue)]: \(rule.text)")
      lines.append("    Source: \(rule.provenance.source)")
    }
    lines += ["", "Bands of the share of sufficient cases"]
    lines += book.bands.bands.map { "  \($0.rating.title): from \($0.from)" }
    if case .bandOfSummedScores(let sets, _) = book.rules.overall {
      for set in sets {
        lines += ["", "Bands of the summed scores, of \(set.maximum)"]
        lines += Rating.allCases.map { rating in
          let band = set.range(of: rating)
          return "  \(rating.title): \(band.lowerBound) to \(band.upperBound)"
        }
      }
    }
    for domain in book.domains {
      lines += ["", "\(domain.code) \(domain.title)"]
      for standard in domain.standards {
        lines.append(
          "  \(standard.code) \(standard.title), \(standard.ratedBy.words)"
            + "\(standard.isCounted ? "" : ", not counted") "
            + "[\(standard.provenance.status.rawValue)]")
        lines += standard.questions.map {
          "    \($0.code) \($0.title) [\($0.provenance.status.rawValue)]: \($0.text)"
        }
      }
    }
    return lines.joined(separator: "\n")
  }
}
