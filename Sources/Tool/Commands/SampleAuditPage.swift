import ArgumentParser
import Problems
import Website
import Workflows

struct SampleAuditPage: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "audit",
    abstract: "Writes a page that lets everybody check a sample.",
    discussion: """
      The page is one HTML file. It has CRNs and tickets, and no names, dates of birth or officers; \
      reasons that people wrote are in it as they stand.
      """)

  @Argument(help: "The sample file, or - for standard input.") var sample: String
  @Option(help: "Where to write the page; standard output unless said.") var out: String?

  func run() throws {
    let name = sample == "-" ? "standard input" : sample
    let file = try SampleFile(try Composition.bytes(ofFileAt: sample), name: name)
    let page = AuditPage(try SampleAudit(file))
    if let out {
      try Output.write(page.bytes, to: out, option: "--out")
    } else {
      Output.write(page.bytes)
    }
  }
}
