import ArgumentParser

struct CaseloadCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "caseload",
    abstract: "Checks a provider's list of cases, or makes one up.",
    subcommands: [CaseloadCheck.self, CaseloadMake.self, CaseloadAnswers.self])
}
