import ArgumentParser
import Problems

/// The tool: noun, then verb.
@main
struct Plumbline: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "plumbline",
    abstract: "Ratings of probation inspections that anyone can check.",
    version: "plumbline 0.1.0",
    subcommands: [
      StandardsCommand.self, PlanCommand.self, RateCommand.self, AgreementCommand.self,
      RegisterCommand.self, LeagueCommand.self,
      CaseloadCommand.self, SampleCommand.self, InspectionCommand.self, RecordCommand.self,
      AccountCommand.self, BundleCommand.self,
      BackupCommand.self, RestoreCommand.self, DemoCommand.self, ServeCommand.self,
    ])

  static func main() async {
    do {
      var command = try parseAsRoot()
      if var command = command as? any AsyncParsableCommand {
        try await command.run()
      } else {
        try command.run()
      }
    } catch {
      ExitCodes.end(with: error)
    }
  }
}
