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
