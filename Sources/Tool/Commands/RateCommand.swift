import ArgumentParser
import Foundation
import OrderedJSON
import Problems
import Ratings
import Spreadsheets
import Standards
import Workflows

struct RateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "rate",
    abstract: "Rates an inspection from its answers, or verifies a sealed rating.",
    subcommands: [Files.self, Verify.self], defaultSubcommand: Files.self)

  struct Files: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "files",
      abstract: "Rates an inspection (this is what “plumbline rate FILE” does).")

    @Argument(
      help: "Answers: case,question,answer[,assessor]; or counts. - for standard input.")
    var answers: String?

    @Option(help: "An edition such as crc-2018, or a rule book file.") var standards: String

    @Option(help: "Ratings of standards judged on evidence: standard,rating,reason.")
    var evidence: String?

    @Option(help: "Ratings that are known without what they rest on: standard,rating.")
    var given: String?

    @Option(help: "Decisions of the ratings panel: standard,rating,reason,members.")
    var panel: String?

    @Option(help: "Pooled counts: question,sufficient,applicable[,inspection].")
    var counts: String?

    @Option(
      name: .customLong("by"), help: "Also rate each value of this column, such as office.")
    var groupedBy: String?

    @Flag(help: "As JSON.") var json = false
    @Flag(help: "Print the whole working.") var explain = false
    @Option(help: "Write a sealed result to this file.") var seal: String?

    func validate() throws {
      if [answers, evidence, given, counts].allSatisfy({ $0 == nil }) {
        throw ValidationError("Give a file of answers, or --given, --evidence or --counts.")
      }
      if [answers, evidence, given, counts, panel].count(where: { $0 == "-" }) > 1 {
        throw ValidationError("Standard input can be only one of the files.")
      }
      if seal != nil, [answers, evidence, given, counts, panel].contains("-") {
        throw ValidationError("A sealed rating needs files, not standard input.")
      }
    }

    func run() throws {
      let (book, bookPath) = try Composition.ruleBook(standards)
      let paths: [(RatingFiles.Role, String?)] = [
        (.answers, answers), (.counts, counts), (.evidence, evidence), (.given, given),
        (.panel, panel),
      ]
      let given = paths.compactMap { role, path in path.map { (role, $0) } }
      let rated = try RatingRun.rate(given, book: book, groupedBy: groupedBy)
      if let seal {
        let inputs = try RatingRun.inputs(given, bookPath: bookPath)
        try Output.write(Seal.write(rated, inputs: inputs).bytes, to: seal, option: "--seal")
      }
      if !json { rated.notices.forEach(Output.warn) }
      if json {
        Output.write(RatingDocument.of(rated).bytes)
      } else if explain {
        print(rated.rating.explanation(under: book))
      } else {
        print(RatingRun.summary(rated.rating))
      }
    }
  }

  struct Verify: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Recomputes a sealed rating offline and says what differs.")

    @Argument(help: "The sealed rating.") var seal: String
    @Argument(help: "The files that went into it, in any order.") var files: [String]

    func run() throws {
      let content = try Seal.read(try Composition.bytes(ofFileAt: seal), file: seal)
      let found = try files.map { path in
        (name: URL(fileURLWithPath: path).lastPathComponent, digest: try RatingRun.digest(path))
      }
      let matched = Seal.match(content.inputs, with: found)
      var differences: [String] = []
      var given: [(RatingFiles.Role, String)] = []
      var bookPath: String?
      for (input, place) in zip(content.inputs, matched) {
        guard let place else {
          differences.append("\(input.name) (\(input.role)) went into the seal and was not given")
          continue
        }
        if found[place].digest != input.digest {
          differences.append(
            "\(files[place]): sealed as \(input.name) with \(input.digest), "
              + "now \(found[place].digest)")
        }
        if let role = RatingFiles.Role(rawValue: input.role) {
          given.append((role, files[place]))
        } else {
          bookPath = files[place]
        }
      }
      for (place, path) in files.enumerated() where !matched.contains(place) {
        differences.append("\(path) did not go into the seal")
      }
      let book = try Composition.ruleBook(bookPath ?? content.edition).book
      do {
        let rated = try RatingRun.rate(given, book: book, groupedBy: content.groupedBy)
        differences += Seal.differences(content, from: rated)
      } catch {
        differences += error.list.map { "cannot be rated now: \($0)" }
      }
      guard differences.isEmpty else {
        throw Refusal(
          (["\(seal): does not hold"] + differences.map { "  \($0)" }).joined(separator: "\n"))
      }
      print("\(seal): holds. \(content.inputs.count) files, \(content.edition), same result.")
    }
  }
}

/// What rating and verifying share.
enum RatingRun {
  static func rate(
    _ paths: [(RatingFiles.Role, String)], book: RuleBook, groupedBy: String?
  ) throws(Problems) -> RatedInspection {
    var problems: [Problem] = []
    var files = RatingFiles(groupedBy: groupedBy)
    for (role, path) in paths {
      do {
        files.files[role] = try Composition.csv(path)
      } catch {
        problems += error.list
      }
    }
    try Problems.throwAny(problems)
    return try RateInspection.rate(files, under: book)
  }

  static func inputs(
    _ paths: [(RatingFiles.Role, String)], bookPath: String?
  ) throws -> [Seal.Input] {
    let all = paths.map { ($0.0.rawValue, $0.1) } + (bookPath.map { [("standards", $0)] } ?? [])
    return try all.map { role, path in
      Seal.Input(
        role: role, name: URL(fileURLWithPath: path).lastPathComponent, digest: try digest(path))
    }
  }

  static func digest(_ path: String) throws -> String {
    do {
      return try Seal.digest(ofFileAt: path)
    } catch {
      throw Problems(
        Problem(path, "cannot be opened", remedy: "check the name and whether you may read it"))
    }
  }

  /// The ratings in a table.
  static func summary(_ rating: InspectionRating) -> String {
    let rows = rating.standards.map { standard in
      let score = standard.score.map { "\($0)\(standard.isCounted ? "" : " (not counted)")" }
      let words: String =
        if case .notInspected = standard.outcome { "not inspected" } else {
          standard.rating?.title ?? "not known"
        }
      return [standard.code.text, standard.title, words, score ?? ""]
    }
    let overall: String =
      switch rating.overall.result {
      case .rated(let rating): rating.title
      case .open(let ratings): "\(ratings.lowerBound.title) to \(ratings.upperBound.title)"
      case .notRated: "not rated"
      }
    let possible = rating.overall.possible
    let score =
      rating.overall.score.map(String.init) ?? "\(possible.lowerBound) to \(possible.upperBound)"
    return Output.table(
      rows + [["", "Overall", overall, "\(score) of \(rating.overall.maximum)"]])
      + "\nEdition \(rating.edition) \(rating.editionDigest)"
      + (rating.notices.isEmpty ? "" : "\n\n" + rating.notices.joined(separator: "\n"))
  }
}
