public import ArgumentParser
import Calendars
import Caseloads
import Problems
import RuleFiles
public import Samples
import Website
import Workflows

struct SampleDraw: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "draw",
    abstract: "Draws a sample that anyone can draw again.",
    discussion: """
      Give --size, or --confidence and --margin (80 and 5 unless said). The frame's digest, which \
      caseload check prints, should be known before the seed is: with --frame the draw refuses any \
      other list.
      """)

  @Argument(help: "The list, or - for standard input.") var file: String
  @OptionGroup var options: ListOptions
  @Option(help: "Any text, made in public.") var seed: String
  @Option(help: "Where the seed comes from.") var seedSource: String?
  @Option(help: "How many cases.") var size: Int?
  @Option(help: "In percent.") var confidence: Double?
  @Option(help: "Half the width of the interval, in points of percent.") var margin: Double?
  @Option(help: "How the size is shared out over strata: webster/1 or moj-2020.")
  var method = Allocation.Method.webster
  @Option(help: "The sampling plan: probation or a file.") var plan = "probation"
  @Option(help: "Which sample: main, unpaid-work, through-the-gate or court-reports.")
  var sample = "main"
  @Option(help: "The first day of the window, as in 2026-05-04.") var from: Day?
  @Option(help: "The last day of the window.") var until: Day?
  @Option(help: "The digest that the frame must have.") var frame: String?
  @Option(help: "Decisions on people with several orders.") var keep: String?
  @Flag(help: "Draw although rows were refused, and leave those out.") var leaveOutRefused = false
  @Option(help: "Take fewer cases than wanted, and why.") var acceptShortfall: String?
  @Option(help: "Where to write the sample file; standard output unless said.") var out: String?
  @Option(help: "Where to write the audit page, which everybody may read.") var audit: String?

  func validate() throws {
    if size != nil, confidence != nil || margin != nil {
      throw ValidationError("Give --size, or --confidence and --margin, not both.")
    }
    if let from, let until, until < from {
      throw ValidationError("--until is before --from.")
    }
    if seed.isEmpty { throw ValidationError("--seed is empty.") }
  }

  func run() throws {
    let list = try options.read(file).list
    let digest = list.frame.description
    if let frame, digest != frame, digest != "sha256:" + frame {
      throw Refusal("\(list.name): its frame is \(digest); the list with \(frame) is wanted")
    }
    let sample = try Sample(from: list, by: try request())
    let bytes = SampleDocument(sample).bytes
    let page = try audit.map { _ in
      AuditPage(try SampleAudit(try SampleFile(bytes, name: out ?? "the sample")))
    }
    if let out {
      try Output.write(bytes, to: out, option: "--out")
    } else {
      Output.write(bytes)
    }
    if let audit, let page { try Output.write(page.bytes, to: audit, option: "--audit") }
    if out != nil { print(SampleSummary.text(sample)) }
  }

  private func request() throws(Problems) -> SampleRequest {
    var request = SampleRequest(plan: try Composition.samplingPlan(plan), seed: seed)
    request.kind = sample
    if let size {
      request.wanted = .cases(size)
    } else {
      request.wanted = .confidence(confidence ?? 80, margin: margin ?? 5)
    }
    request.method = method
    request.window = Scope.Window(from: from, until: until)
    request.seedSource = seedSource
    if let keep { request.decisions = try KeepDecisions(try Composition.csv(keep)) }
    request.leavesOutRefused = leaveOutRefused
    request.shortfallReason = acceptShortfall
    return request
  }
}

extension Allocation.Method: ExpressibleByArgument {}

struct SampleVerify: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify",
    abstract: "Draws a sample again from its list and says what differs.")

  @Argument(help: "The sample file.") var sample: String
  @Argument(help: "The list.") var file: String
  @Option(help: "The sampling plan, where it is a file.") var plan: String?
  @Option(help: "How the list is written, where it is a file.") var profile: String?

  func run() throws {
    let found = try SampleFile(try Composition.bytes(ofFileAt: sample), name: sample)
    var options = ListOptions()
    options.profile = profile ?? found.profileID
    options.listDate = found.listedOn
    let list = try options.read(file).list
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
    let file = try SampleFile(try Composition.bytes(ofFileAt: sample), name: sample)
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
    let found = try SampleFile(try Composition.bytes(ofFileAt: sample), name: sample)
    var options = ListOptions()
    options.profile = profile ?? found.profileID
    options.listDate = found.listedOn
    let list = try options.read(file).list
    let json = try ChangeSample.add(crn.uppercased(), to: found, from: list, decision.decision)
    try Output.write(json.bytes, to: decision.out ?? sample, option: "--out")
    print("\(crn.uppercased()) is added.")
  }
}
