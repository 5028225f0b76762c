import ArgumentParser
import Problems
import Standards
import Statistics
import Workflows

/// Makes up answers on cases.
struct CaseloadAnswers: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "answers",
    abstract: "Makes up answers on cases so that rates come out as wished.")

  @Argument(help: "A list with a column case or crn. - for standard input.")
  var file: String?

  @Option(help: "Instead of a list: how many cases, T001 and so on.") var cases: Int?
  @Option(help: "An edition such as crc-2019, or a rule book file.") var standards: String

  @Option(help: "Percent sufficient: 60 for every question, 2.1.1=62 for one. May be repeated.")
  var rate: [String] = []

  @Option(help: "Any whole number from 0; the same one gives the same answers.")
  var seed: UInt64

  @Option(help: "Write to this file and not to standard output.") var out: String?

  func validate() throws {
    if (file == nil) == (cases == nil) {
      throw ValidationError("Give either a list of cases or --cases.")
    }
    if let cases, !(1...1_000_000).contains(cases) {
      throw ValidationError("--cases needs a number from 1 to 1000000, not \(cases).")
    }
    _ = try rates()
  }

  func run() throws {
    let book = try Composition.ruleBook(standards).book
    let references =
      if let file {
        try SyntheticAnswers.references(in: try Composition.csv(file))
      } else {
        SyntheticAnswers.references(cases ?? 0)
      }
    let (rate, rates) = try rates()
    let answers = try SyntheticAnswers(
      under: book, cases: references, rate: rate, rates: rates, seed: seed)
    try Destination.write(to: out) { write in try answers.forEachBlock(write) }
  }

  /// The rate of every question, 60 % unless another was given, and those of single ones.
  private func rates() throws -> (Percent, [Code: Percent]) {
    var all = Percent(60)
    var single: [Code: Percent] = [:]
    for text in rate {
      let parts = text.split(separator: "=", omittingEmptySubsequences: false)
      let percent = parts.last.flatMap { Int($0) }.flatMap { Percent($0) }
      if parts.count == 1, let percent {
        all = percent
      } else if parts.count == 2, let percent, let code = Code(parts[0]) {
        single[code] = percent
      } else {
        throw ValidationError("“\(text)” is not a rate. Write 60, or 2.1.1=62.")
      }
    }
    guard let all else { preconditionFailure("60 is a percentage.") }
    return (all, single)
  }
}
