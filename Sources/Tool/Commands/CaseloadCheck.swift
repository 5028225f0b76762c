import ArgumentParser
import Calendars
import Caseloads
import OrderedJSON
import Problems
import Workflows

/// How a list of cases is read.
struct ListOptions: ParsableArguments {
  @Option(help: "How the list is written: plumbline, ndelius-2020 or a file.")
  var profile = "plumbline"

  @Option(help: "The day of the list, as in 2026-05-04; no order can have started after it.")
  var listDate: Day?

  /// A list with the file that it was read from.
  func read(_ path: String) throws(Problems) -> (list: CaseList, file: CaseFile) {
    try Self.read(path, profile: profile, listedOn: listDate)
  }

  /// The list that a sample was drawn from, read as it was then.
  ///
  /// - Parameter profile: The profile, where it is a file.
  static func read(
    _ path: String, of sample: SampleFile, profile: String?
  ) throws(Problems) -> CaseList {
    try read(path, profile: profile ?? sample.profileID, listedOn: sample.listedOn).list
  }

  private static func read(
    _ path: String, profile: String, listedOn: Day?
  ) throws(Problems) -> (list: CaseList, file: CaseFile) {
    let profile = try Composition.profile(profile)
    let file = try Composition.caseFile(path, profile)
    let progress = Progress("rows read")
    defer { progress.end() }
    let list = try CaseList.read(file, profile: profile, listedOn: listedOn) { progress.add($0) }
    return (list, file)
  }
}

struct CaseloadCheck: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Says what became of every row of a list, and how well it is kept.",
    discussion: "Exit 1 when rows were refused.")

  @Argument(help: "The list, or - for standard input.") var file: String
  @OptionGroup var options: ListOptions
  @Option(help: "Where to write the rows that were refused, with the reasons.") var rejects: String?
  @Option(help: "Decisions on people with several orders.") var keep: String?
  @Flag(help: "As JSON.") var json = false

  func run() throws {
    let decisions = try keep.map { try KeepDecisions(try Composition.csv($0)) }
    let (list, source) = try options.read(file)
    if let rejects {
      try Output.write(
        Array(try list.rejects(from: source).utf8), to: rejects, option: "--rejects")
    }
    let matches = list.matches()
    if json {
      Output.write(try CheckedListDocument.json(list, matches, decisions).bytes)
    } else {
      print(try CheckedListDocument.text(list, matches, decisions))
      let changes = CheckedListDocument.changes(list)
      if !changes.isEmpty { print((["", "Changed"] + changes).joined(separator: "\n")) }
    }
    if list.counts.refused > 0 {
      Output.flush()
      throw Refusal(CheckedListDocument.refusals(list).joined(separator: "\n"))
    }
  }
}
