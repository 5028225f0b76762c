import ArgumentParser
import OrderedJSON
import Samples
import Workflows

struct SampleVerify: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify",
    abstract: "Draws a sample again from its list and says what differs.")

  @Argument(help: "The sample file.") var sample: String
  @Argument(help: "The list.") var file: String
  @Option(help: "The sampling plan, where it is a file.") var plan: String?
  @Option(help: "How the list is written, where it is a file.") var profile: String?

  func run() throws {
    let found = try Composition.sampleFile(sample)
    let list = try ListOptions.read(file, of: found, profile: profile)
    let plan = try Composition.samplingPlan(plan ?? found.planID)
    let differences = try ChangeSample.differences(found, from: list, plan: plan)
    guard differences.isEmpty else {
      throw Refusal(
        (["\(sample): does not hold"] + differences.map { "  \($0)" }).joined(separator: "\n"))
    }
    print("\(sample): holds. The same cases come out of \(file).")
  }
}

/// Who decides something about a sample, and why.
struct DecisionOptions: ParsableArguments {
  @Option(help: "Why.") var reason: String
  @Option(help: "Who decides, in a role.") var by = "the lead inspector"
  @Option(help: "When, as in 2026-05-04T10:15:00Z; now unless said.") var at: String?
  @Option(help: "Where to write the sample file; in its place unless said.") var out: String?

  func validate() throws {
    if reason.allSatisfy(\.isWhitespace) { throw ValidationError("--reason is empty.") }
  }

  var decision: ChangeSample.Decision {
    ChangeSample.Decision(reason: reason, by: by, at: at ?? Composition.now())
  }
}

struct SampleReplace: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "replace",
    abstract: "Replaces a case by the next one in reserve that keeps the officer's cap.")

  @Argument(help: "The sample file.") var sample: String
  @Argument(help: "The CRN of the case that goes.") var crn: String
  @OptionGroup var decision: DecisionOptions

  func run() throws {
    let file = try Composition.sampleFile(sample)
    let (json, into) = try ChangeSample.replace(
      crn.uppercased(), in: file, decision.decision)
    try Output.write(json.bytes, to: decision.out ?? sample, option: "--out")
    print("\(crn.uppercased()) is replaced by \(into).")
  }
}

struct SampleAdd: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "add",
    abstract: "Adds a case of the list on purpose; it is in no estimate.")

  @Argument(help: "The sample file.") var sample: String
  @Argument(help: "The CRN of the case that comes.") var crn: String
  @Argument(help: "The list.") var file: String
  @Option(help: "How the list is written, where it is a file.") var profile: String?
  @OptionGroup var decision: DecisionOptions

  func run() throws {
    let found = try Composition.sampleFile(sample)
    let list = try ListOptions.read(file, of: found, profile: profile)
    let json = try ChangeSample.add(crn.uppercased(), to: found, from: list, decision.decision)
    try Output.write(json.bytes, to: decision.out ?? sample, option: "--out")
    print("\(crn.uppercased()) is added.")
  }
}
