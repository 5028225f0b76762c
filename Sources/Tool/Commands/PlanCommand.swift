import ArgumentParser
import Calendars
import OrderedJSON
import Plans
import Problems
import RuleFiles
import Workflows

struct PlanCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "plan",
    abstract: "Counts the phases of an inspection back from the day of publication.",
    discussion: """
      Over the working days of England and Wales. Each phase has its source in the template; most \
      lengths are assumed, and an inspection may have others.
      """)

  @Option(help: "The day of publication, as in 2027-03-11.") var publication: Day
  @Option(help: "The template: probation or a file.") var template = "probation"
  @Option(help: "A file for calendar programs.") var ical: String?
  @Option(help: "How the calendar is called.") var name = "Inspection"
  @Flag(help: "As JSON.") var json = false

  func run() throws {
    let template = try Composition.planTemplate(template)
    let plan = try ProjectPlan(template, publication: publication, over: .englandAndWales)
    if let ical {
      let feed = CalendarFeed(
        plan.events, name: name,
        key: "plumbline-\(publication)-\(Digest(of: Array(name.utf8)).short)",
        changedAt: Composition.instant())
      try Output.write(feed.bytes, to: ical, option: "--ical")
    }
    if json {
      Output.write(PlanDocument.json(plan, template).bytes)
    } else {
      print(PlanDocument.text(plan))
    }
  }
}
